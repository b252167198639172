#include <stdio.h>

#include "cli/history_verbs.h"
#include "cli/page.h"
#include "core/date.h"
#include "core/mem.h"
#include "history/where_used.h"
#include "maker/maker.h"
#include "ruleset/name.h"
#include "run/run.h"
#include "screen/ownership.h"

/* A company whose parts are looked for. */
struct wanted {
    uint32_t party;
    uint32_t owner; /* the one asked for, which owns it; or RULES_NONE */
};

struct search {
    struct history *history;
    struct ruleset *rules;
    struct str name; /* what is asked for */
    int32_t as_of;
    struct strbuf mpn_key;
    struct wanted *wanted;
    size_t count, cap;
    struct query rows;
};

static struct str party_id(const struct search *search, uint32_t party) {
    return rules_str(search->rules, rules_party(search->rules, party)->id);
}

static struct str party_name(const struct search *search, uint32_t party) {
    return rules_str(search->rules, rules_party(search->rules, party)->name);
}

static bool want(struct search *search, uint32_t party, uint32_t owner,
                 struct err *err) {
    void *items = search->wanted;
    for (size_t i = 0; i < search->count; i++) {
        if (search->wanted[i].party == party)
            return true;
    }
    if (!mem_grow(&items, &search->cap, search->count + 1,
                  sizeof(*search->wanted)))
        return err_nomem(err);
    search->wanted = items;
    search->wanted[search->count++] = (struct wanted){party, owner};
    return where_used_party(search->history, party_id(search, party), err);
}

/* A name that is only like one, or that several companies go by and nothing
   tells apart, would widen what was asked for in silence; the latter is what
   was asked for all the same. */
static bool want_named(struct search *search, struct err *err) {
    const struct maker_query query = {
        .manufacturer = search->name,
        .manufacturer_header = STR_LIT("query"),
    };
    struct maker maker;
    uint32_t party = rules_find_party(search->rules, search->name);
    if (party != RULES_NONE)
        return want(search, party, RULES_NONE, err);
    struct maker_resolver *resolver = maker_resolver_new(search->rules);
    bool ok = (resolver != NULL || err_nomem(err)) &&
              maker_resolve(resolver, &query, &maker, err);
    for (size_t i = 0; ok && i < maker.candidate_count; i++) {
        const struct maker_candidate *candidate = &maker.candidates[i];
        if (candidate->confidence == MAKER_CERTAIN ||
            (candidate->matched_by & MAKER_BY_SHARED) != 0)
            ok = want(search, candidate->party, RULES_NONE, err);
    }
    maker_resolver_free(resolver);
    return ok;
}

static bool want_if_owned(struct search *search, uint32_t party, size_t named,
                          struct err *err) {
    struct owner_step steps[OWNERS_MAX];
    size_t count = owners_on(search->rules, party, search->as_of, steps);
    for (size_t s = 0; s < count; s++) {
        for (size_t i = 0; i < named; i++) {
            if (!steps[s].minority && steps[s].party == search->wanted[i].party)
                return want(search, party, steps[s].party, err);
        }
    }
    return true;
}

static bool want_owned(struct search *search, struct err *err) {
    size_t named = search->count;
    bool ok = true;
    for (uint32_t i = 0; ok && i < rules_party_count(search->rules); i++)
        ok = want_if_owned(search, i, named, err);
    return ok;
}

/* Rules come and go: the history may know a company that they do not. */
static bool open_search(struct search *search, struct err *err) {
    mpn_key(&search->mpn_key, search->name);
    if (search->mpn_key.failed)
        return err_nomem(err);
    return where_used_party(search->history, search->name, err) &&
           want_named(search, err) && want_owned(search, err) &&
           where_used_open(&search->rows, search->history,
                           strbuf_str(&search->mpn_key), err);
}

/* The company that was asked for, when the part's is one that it owns. */
static uint32_t owner_of(const struct search *search, struct str party) {
    for (size_t i = 0; i < search->count; i++) {
        if (str_eq(party_id(search, search->wanted[i].party), party))
            return search->wanted[i].owner;
    }
    return RULES_NONE;
}

static void put_asked(struct text_page *page, const struct search *search) {
    struct strbuf *text = text_start(page);
    size_t owned = 0;
    for (size_t i = 0; i < search->count; i++) {
        if (search->wanted[i].owner != RULES_NONE) {
            owned++;
            continue;
        }
        strbuf_printf(text, "%s%.*s [%.*s]", text->len == 0 ? "" : "; ",
                      STR_ARG(party_name(search, search->wanted[i].party)),
                      STR_ARG(party_id(search, search->wanted[i].party)));
    }
    if (search->count == 0)
        strbuf_printf(text, "%.*s, taken for a part number",
                      STR_ARG(search->name));
    if (owned != 0)
        strbuf_printf(text, ", and %zu compan%s owned by it", owned,
                      owned == 1 ? "y" : "ies");
    text_paragraph(page, "", 0, strbuf_str(text));
}

/* "gateway, revision A: boards/gw.csv of acme/boards" */
static void put_bom(struct text_page *page, const struct query *row) {
    struct str revision = query_text(row, USED_REVISION);
    struct str repository = query_text(row, USED_REPOSITORY);
    struct strbuf *text = text_start(page);
    text_end_line(page);
    strbuf_printf(text, "%.*s%s%.*s", STR_ARG(query_text(row, USED_PRODUCT)),
                  revision.len != 0 ? ", revision " : "", STR_ARG(revision));
    text_heading(page, strbuf_str(text));
    text = text_start(page);
    strbuf_printf(
        text, "%.*s%s%.*s; run %lld of %.*s, %s",
        STR_ARG(query_text(row, USED_PATH)), repository.len != 0 ? " of " : "",
        STR_ARG(repository), (long long)query_int(row, USED_RUN),
        STR_ARG(query_text(row, USED_TIME)),
        query_int(row, USED_LATEST) != 0 ? "the board's newest BOM"
                                         : "NOT the board's newest BOM");
    text_paragraph(page, "", 2, strbuf_str(text));
}

static void put_line(struct text_page *page, const struct search *search,
                     const struct query *row) {
    uint32_t owner = owner_of(search, query_text(row, USED_PARTY));
    struct strbuf *text = text_start(page);
    history_add_place(text, query_text(row, USED_REFDES),
                      query_text(row, USED_QUANTITY));
    strbuf_printf(text, "%.*s %.*s (line %lld)",
                  STR_ARG(query_text(row, USED_MANUFACTURER)),
                  STR_ARG(query_text(row, USED_MPN)),
                  (long long)query_int(row, USED_LINE));
    if (query_int(row, USED_ALTERNATE) != 0)
        strbuf_add_text(text, ", an alternate");
    if (query_int(row, USED_FITTED) == 0)
        strbuf_add_text(text, ", not fitted");
    if (owner != RULES_NONE)
        strbuf_printf(text, "; %.*s is owned by %.*s",
                      STR_ARG(query_text(row, USED_PARTY)),
                      STR_ARG(party_id(search, owner)));
    text_paragraph(page, "", 4, strbuf_str(text));
}

static bool print_text(struct search *search, struct err *err) {
    struct text_page page = cli_open_page();
    const struct query *rows = &search->rows;
    int64_t bom = 0;
    size_t boms = 0;
    bool row = true, ok = true;
    put_asked(&page, search);
    while (ok && (ok = query_next(&search->rows, &row, err)) && row) {
        if (boms == 0 || query_int(rows, USED_BOM) != bom) {
            put_bom(&page, rows);
            boms++;
        }
        bom = query_int(rows, USED_BOM);
        put_line(&page, search, rows);
    }
    if (ok && boms == 0)
        fputs("no BOM in the history holds it; `bomgate explain` says what a "
              "name or number is taken for\n",
              page.out);
    return cli_end_page(&page, ok, err);
}

static void put_parties(struct json_writer *json, const struct search *search) {
    json_key(json, "parties");
    json_open_array(json);
    for (size_t i = 0; i < search->count; i++) {
        const struct wanted *wanted = &search->wanted[i];
        json_open_object(json);
        json_inline(json);
        json_put_str(json, "party", party_id(search, wanted->party));
        json_put_str(json, "name", party_name(search, wanted->party));
        json_put_optional(json, "via",
                          wanted->owner == RULES_NONE
                              ? STR_EMPTY
                              : party_id(search, wanted->owner));
        json_close_object(json);
    }
    json_close_array(json);
}

static bool print_json(struct search *search, struct err *err) {
    struct json_writer json = JSON_WRITER(stdout);
    json_open_object(&json);
    json_put_text(&json, "schema", "bomgate-history-where-used/1");
    json_put_str(&json, "query", search->name);
    json_put_optional(&json, "mpn_key", strbuf_str(&search->mpn_key));
    json_put_date(&json, "as_of", search->as_of);
    put_parties(&json, search);
    bool ok = history_put_rows(&json, "uses", &search->rows, NULL, err);
    json_put_bool(&json, "complete", ok);
    json_close_object(&json);
    json_finish(&json);
    return ok;
}

int cli_history_where_used(struct history_call *call) {
    const struct cli_args *args = call->args;
    struct search search = {.history = call->history};
    struct err err = ERR_INIT;
    if (args->operand_count != 2)
        return cli_usage_error("history where-used needs one company, by its "
                               "id or a name, or one part number");
    search.name = str_trim(str_from(args->operands[1]));
    search.as_of = date_today();
    bool ok = cli_read_day(args, "as-of", &search.as_of, &err) &&
              cli_open_rules(args, &search.rules, &err);
    int status = ok ? EXIT_CLEAN : cli_refuse(&err);
    if (ok) {
        ok = open_search(&search, &err) &&
             (call->json ? print_json(&search, &err)
                         : print_text(&search, &err));
        status = ok ? cli_finish(EXIT_CLEAN) : cli_fail(&err);
    }
    query_close(&search.rows);
    strbuf_dispose(&search.mpn_key);
    mem_free(search.wanted);
    ruleset_close(search.rules);
    return status;
}
