#include "run/waivers.h"

#include <cyaml/cyaml.h>
#include <stdio.h>

#include "core/arena.h"
#include "core/date.h"
#include "core/lang.h"
#include "core/mem.h"
#include "report/waiver_form.h"
#include "ruleset/name.h"
#include "ruleset/yaml_load.h"
#include "ruleset/yaml_place.h"
#include "run/git_file.h"
#include "run/text_file.h"

static const char *const kinds[] = {
    N_("exception"),   N_("licence"),       N_("installed-stock"),
    N_("false-match"), N_("risk-accepted"),
};

bool waiver_kind_is_known(struct str kind) {
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (str_eq(kind, str_from(kinds[i])))
            return true;
    }
    return false;
}

/* ---- the file ---- */

struct yaml_waiver {
    char *measure, *clause, *party, *mpn, *product, *kind, *reason, *expires,
        *approved_by, *ticket, *evidence;
};

#define TEXT_IF(key, member)                                                   \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,      \
                           struct yaml_waiver, member, 0, CYAML_UNLIMITED)

static const cyaml_schema_field_t waiver_fields[] = {
    TEXT_IF("measure", measure),
    TEXT_IF("clause", clause),
    TEXT_IF("party", party),
    TEXT_IF("mpn", mpn),
    TEXT_IF("product", product),
    TEXT_IF("kind", kind),
    TEXT_IF("reason", reason),
    TEXT_IF("expires", expires),
    TEXT_IF("approved-by", approved_by),
    TEXT_IF("ticket", ticket),
    TEXT_IF("evidence", evidence),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t waiver_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_waiver, waiver_fields),
};
static const cyaml_schema_value_t file_schema = {
    CYAML_VALUE_SEQUENCE(CYAML_FLAG_POINTER, struct yaml_waiver, &waiver_entry,
                         0, CYAML_UNLIMITED),
};

/* A waiver, and what it is compared by. */
struct item {
    struct waiver waiver;
    struct str key;          /* of its part number, from mpn_key() */
    uint32_t measure, party; /* RULES_NONE: any */
    bool holds;              /* unless the policy says otherwise */
};

struct waivers {
    struct waivers_options options;
    struct arena arena;
    struct item *items;
    struct waiver *all;
    size_t count, cap;
    struct strbuf key;
};

/* ---- checking ---- */

static bool is_missing(const char *text) {
    return text == NULL || str_trim(str_from(text)).len == 0;
}

static const char *missing_of(const struct yaml_waiver *from) {
    const struct {
        const char *key, *value;
    } needed[] = {
        {"measure", from->measure},         {"kind", from->kind},
        {"reason", from->reason},           {"expires", from->expires},
        {"approved-by", from->approved_by},
    };
    for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
        if (is_missing(needed[i].value))
            return needed[i].key;
    }
    return is_missing(from->party) && is_missing(from->mpn) ? "party or mpn"
                                                            : NULL;
}

/* A form that was pasted and not filled in decides nothing. */
static bool is_filled_in(const struct yaml_waiver *from, struct err *err) {
    const struct {
        const char *key, *value, *blank;
    } asked[] = {
        {"party", from->party, WAIVER_BLANK_PARTY},
        {"mpn", from->mpn, WAIVER_BLANK_MPN},
        {"kind", from->kind, WAIVER_BLANK_KIND},
        {"reason", from->reason, WAIVER_BLANK_REASON},
        {"expires", from->expires, WAIVER_BLANK_EXPIRES},
        {"approved-by", from->approved_by, WAIVER_BLANK_APPROVED_BY},
    };
    struct strbuf left = {.ptr = NULL};
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        if (str_eq(str_trim(str_from(asked[i].value)),
                   str_from(asked[i].blank)))
            strbuf_printf(&left, "%s%s (%s)", left.len == 0 ? "" : ", ",
                          asked[i].key, asked[i].blank);
    }
    bool ok = !left.failed || err_nomem(err);
    if (ok && left.len != 0)
        ok = err_set(err, ERR_INVALID, "a waiver that is not filled in: %s",
                     left.ptr);
    strbuf_dispose(&left);
    return ok;
}

static bool find_measure(const struct waivers *waivers, struct item *item,
                         struct err *err) {
    struct str id = str_from(item->waiver.measure);
    item->measure = RULES_NONE;
    if (str_eq(id, STR_LIT(WAIVER_UNKNOWN_MAKER)))
        return true;
    item->measure = rules_find_measure(waivers->options.rules, id);
    return item->measure != RULES_NONE ||
           err_set(err, ERR_INVALID,
                   "a waiver for the measure '%s', which the rules do not "
                   "have; `bomgate rules list` shows them",
                   id.ptr);
}

static bool find_party(const struct waivers *waivers, struct item *item,
                       struct err *err) {
    item->party = RULES_NONE;
    if (item->waiver.party == NULL)
        return true;
    item->party =
        rules_find_party(waivers->options.rules, str_from(item->waiver.party));
    return item->party != RULES_NONE ||
           err_set(err, ERR_INVALID,
                   "a waiver for the party '%s', which the rules do not have; "
                   "a report names it under \"party\"",
                   item->waiver.party);
}

static bool check(struct waivers *waivers, const struct yaml_waiver *from,
                  struct item *item, struct err *err) {
    const char *missing = missing_of(from);
    if (missing != NULL)
        return err_set(err, ERR_INVALID, "a waiver without %s", missing);
    if (!is_filled_in(from, err))
        return false;
    if (!waiver_kind_is_known(str_from(from->kind)))
        return err_set(err, ERR_INVALID,
                       "a waiver of the kind '%s'; one of exception, licence, "
                       "installed-stock, false-match, risk-accepted",
                       from->kind);
    if (!date_parse(str_from(from->expires), &item->waiver.expires))
        return err_set(err, ERR_INVALID,
                       "a waiver that expires on '%s'; write a day, "
                       "YYYY-MM-DD",
                       from->expires);
    return find_measure(waivers, item, err) && find_party(waivers, item, err);
}

/* ---- reading ---- */

static const char *keep(struct arena *arena, const char *text) {
    return is_missing(text) ? NULL
                            : arena_str(arena, str_trim(str_from(text))).ptr;
}

static bool take(struct waivers *waivers, const struct yaml_waiver *from,
                 struct item *item, struct err *err) {
    struct arena *arena = &waivers->arena;
    item->waiver = (struct waiver){
        .measure = keep(arena, from->measure),
        .clause = keep(arena, from->clause),
        .party = keep(arena, from->party),
        .mpn = keep(arena, from->mpn),
        .product = keep(arena, from->product),
        .kind = keep(arena, from->kind),
        .reason = keep(arena, from->reason),
        .approved_by = keep(arena, from->approved_by),
        .ticket = keep(arena, from->ticket),
        .evidence = keep(arena, from->evidence),
        .state = WAIVER_UNUSED,
    };
    if (!check(waivers, from, item, err))
        return false;
    item->holds = item->waiver.expires >= waivers->options.as_of;
    if (!item->holds)
        item->waiver.state = WAIVER_EXPIRED;
    if (item->waiver.mpn != NULL) {
        mpn_key(&waivers->key, str_from(item->waiver.mpn));
        item->key = arena_str(arena, strbuf_str(&waivers->key));
    }
    return (!arena->failed && !waivers->key.failed) || err_nomem(err);
}

static bool append(struct waivers *waivers, const struct item *item,
                   struct err *err) {
    void *items = waivers->items;
    if (!mem_grow(&items, &waivers->cap, waivers->count + 1,
                  sizeof(*waivers->items)))
        return err_nomem(err);
    waivers->items = items;
    waivers->items[waivers->count++] = *item;
    return true;
}

static bool take_all(struct waivers *waivers, struct str text, const char *path,
                     const struct yaml_waiver *from, unsigned count,
                     struct err *err) {
    char place[16];
    for (unsigned i = 0; i < count; i++) {
        struct item item = {.holds = false};
        snprintf(place, sizeof(place), "%u", i);
        uint32_t line = yaml_line_of_path(text, str_from(place));
        if (!take(waivers, &from[i], &item, err))
            return err_at(err, path, line, 0);
        item.waiver.path = path;
        item.waiver.line = line;
        if (!append(waivers, &item, err))
            return false;
    }
    return true;
}

/* Everything may be commented out. */
static bool parse(struct waivers *waivers, struct str text, const char *path,
                  struct err *err) {
    struct yaml_waiver *yaml = NULL;
    unsigned count = 0;
    if (!yaml_load(text, &file_schema, (void **)&yaml, &count, err)) {
        if (err->code != ERR_EMPTY && !yaml_starts_with_sequence(text))
            err_set(err, ERR_SYNTAX,
                    "waivers are a list, each beginning with \"- measure:\"");
        return err->code == ERR_EMPTY || err_at(err, path, 0, 0);
    }
    bool ok = take_all(waivers, text, path, yaml, count, err);
    yaml_load_free(&file_schema, yaml, count);
    return ok;
}

/* ---- what stands in the base too ---- */

static bool same_text(const char *a, const char *b) {
    return str_eq(str_from(a), str_from(b));
}

static bool is_same(const struct waiver *a, const struct waiver *b) {
    return same_text(a->measure, b->measure) &&
           same_text(a->clause, b->clause) && same_text(a->party, b->party) &&
           same_text(a->mpn, b->mpn) && same_text(a->product, b->product) &&
           same_text(a->kind, b->kind) && same_text(a->reason, b->reason) &&
           same_text(a->approved_by, b->approved_by) &&
           a->expires == b->expires;
}

/* The tree's waivers stand first, then those of the base: one that only the
   tree has waits for its approval. */
static void mark_pending(struct waivers *waivers, size_t of_tree) {
    for (size_t i = 0; i < of_tree; i++) {
        struct item *item = &waivers->items[i];
        size_t k = of_tree;
        while (k < waivers->count &&
               !is_same(&item->waiver, &waivers->items[k].waiver))
            k++;
        if (k == waivers->count && item->holds) {
            item->holds = false;
            item->waiver.state = WAIVER_PENDING;
        }
    }
    waivers->count = of_tree;
}

static bool compare_with_base(struct waivers *waivers, struct err *err) {
    const struct waivers_options *options = &waivers->options;
    struct strbuf text = {.ptr = NULL};
    size_t of_tree = waivers->count;
    bool there = false;
    bool ok = git_file_read(options->base, options->path, &text, &there, err);
    if (ok && there)
        ok = parse(
            waivers, strbuf_str(&text),
            arena_printf(&waivers->arena, "%s:%s", options->base, options->path)
                .ptr,
            err);
    if (ok)
        mark_pending(waivers, of_tree);
    strbuf_dispose(&text);
    return ok;
}

static bool read_all(struct waivers *waivers, struct err *err) {
    const struct waivers_options *options = &waivers->options;
    struct strbuf text = {.ptr = NULL};
    if (options->path == NULL)
        return true;
    waivers->options.path =
        arena_str(&waivers->arena, str_from(options->path)).ptr;
    bool ok = (!waivers->arena.failed || err_nomem(err)) &&
              text_file_read(options->path, "waivers", &text, err) &&
              parse(waivers, strbuf_str(&text), options->path, err) &&
              (options->base == NULL || compare_with_base(waivers, err));
    strbuf_dispose(&text);
    return ok;
}

bool waivers_read(struct waivers **out, const struct waivers_options *options,
                  struct err *err) {
    struct waivers *waivers = mem_calloc(1, sizeof(*waivers));
    if (waivers == NULL)
        return err_nomem(err);
    waivers->options = *options;
    bool ok = read_all(waivers, err);
    waivers->all = mem_calloc(waivers->count + 1, sizeof(*waivers->all));
    if (ok && waivers->all != NULL) {
        *out = waivers;
        return true;
    }
    if (ok)
        err_nomem(err);
    waivers_free(waivers);
    return false;
}

void waivers_free(struct waivers *waivers) {
    if (waivers == NULL)
        return;
    mem_free(waivers->items);
    mem_free(waivers->all);
    strbuf_dispose(&waivers->key);
    arena_dispose(&waivers->arena);
    mem_free(waivers);
}

/* ---- applying ---- */

static uint32_t party_of(const struct finding *finding) {
    if (finding->hit != NULL && finding->hit->party != RULES_NONE)
        return finding->hit->party;
    return finding->maker->candidate_count == 0
               ? RULES_NONE
               : finding->maker->candidates[0].party;
}

bool waiver_is_for(const struct waiver *waiver, struct str product,
                   const char *place) {
    struct str wanted = str_from(waiver->product);
    if (str_starts(wanted, STR_LIT(WAIVER_HERE)))
        return str_eq(str_skip(wanted, sizeof(WAIVER_HERE) - 1),
                      str_from(place));
    return waiver->product == NULL || str_eq(wanted, product) ||
           str_eq(wanted, str_from(place));
}

static bool is_meant(const struct waivers *waivers, const struct item *item,
                     const struct finding *finding) {
    const struct ruleset *rules = waivers->options.rules;
    const struct waiver *waiver = &item->waiver;
    uint32_t measure =
        finding->hit == NULL ? RULES_NONE : finding->hit->measure;
    if (item->measure != measure ||
        (item->party != RULES_NONE && item->party != party_of(finding)))
        return false;
    if (waiver->clause != NULL &&
        (finding->hit == NULL ||
         !str_eq(
             rules_str(rules, rules_clause(rules, finding->hit->clause)->id),
             str_from(waiver->clause))))
        return false;
    return item->key.len == 0 || str_eq(item->key, strbuf_str(&waivers->key));
}

/* Which of two waivers for one finding tells more: one that holds, else the
   one that may come to hold. */
static unsigned worth(const struct waivers *waivers, const struct item *item,
                      const struct finding *finding) {
    if (item->waiver.state == WAIVER_EXPIRED)
        return 1;
    if (item->waiver.state == WAIVER_PENDING)
        return 3;
    bool risk = str_eq(str_from(item->waiver.kind), STR_LIT("risk-accepted"));
    return risk && finding->verdict < waivers->options.risk_limit ? 2 : 4;
}

bool waivers_apply(struct waivers *waivers, struct str product,
                   const char *place, struct finding *finding) {
    struct item *best = NULL;
    unsigned most = 0;
    mpn_key(&waivers->key, finding->part->mpn);
    for (size_t i = 0; i < waivers->count; i++) {
        struct item *item = &waivers->items[i];
        if (!waiver_is_for(&item->waiver, product, place) ||
            !is_meant(waivers, item, finding))
            continue;
        unsigned is_worth = worth(waivers, item, finding);
        if (is_worth > most) {
            most = is_worth;
            best = item;
        }
    }
    if (best == NULL)
        return !waivers->key.failed;
    if (most == 4)
        best->waiver.state = WAIVER_USED;
    else if (most == 2 && best->waiver.state == WAIVER_UNUSED)
        best->waiver.state = WAIVER_REFUSED;
    finding->waiver = &best->waiver;
    finding->waived = most == 4;
    return !waivers->key.failed;
}

const struct waiver *waivers_all(const struct waivers *waivers, size_t *count) {
    for (size_t i = 0; i < waivers->count; i++)
        waivers->all[i] = waivers->items[i].waiver;
    *count = waivers->count;
    return waivers->all;
}
