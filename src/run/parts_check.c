#include "run/parts_check.h"

#include "core/map.h"
#include "maker/maker.h"
#include "ruleset/name.h"

/* One look at a file. */
struct look {
    const struct parts_check_options *options;
    const struct named_table *table; /* of the file */
    struct maker_resolver *resolver;
    struct map seen;    /* key and part number -> the row that said it first */
    struct map numbers; /* part number alone -> likewise */
    struct arena arena;
    struct strbuf key, mpn;
};

static void add(struct look *look, const char *check, bool note,
                const struct err *what) {
    const struct parts_finding finding = {check, note, *what};
    look->options->add(look->options->ctx, &finding);
}

static bool is_signed(const struct parts_row *row) {
    return row->by.len != 0 && row->evidence.len != 0;
}

/* ---- names ---- */

static void add_unknown(struct look *look, const struct parts_row *row,
                        const struct parts_choice *choice, size_t set,
                        const struct maker *maker) {
    const struct ruleset *rules = look->options->rules;
    struct err what = ERR_INIT;
    if (maker->candidate_count == 0)
        named_cell_fault(look->table, row->source, PARTS_MANUFACTURER, set,
                         &what,
                         "the rules know no maker '%.*s': its parts stay "
                         "unknown; look for another spelling with `bomgate "
                         "explain`, or add the company to your own rules",
                         STR_ARG(str_take(choice->manufacturer, 60)));
    else
        named_cell_fault(
            look->table, row->source, PARTS_MANUFACTURER, set, &what,
            "'%.*s' may be %s; write the company's whole name, or its id '%s'",
            STR_ARG(str_take(choice->manufacturer, 60)),
            rules_text(rules,
                       rules_party(rules, maker->candidates[0].party)->name),
            rules_text(rules,
                       rules_party(rules, maker->candidates[0].party)->id));
    add(look, "unknown-maker", false, &what);
}

static bool is_contradicted(const struct maker *maker) {
    for (size_t i = 0; i < maker->candidate_count; i++) {
        if ((maker->candidates[i].matched_by & MAKER_CONTRADICTED) != 0)
            return true;
    }
    return false;
}

static void add_contradiction(struct look *look, const struct parts_row *row,
                              const struct parts_choice *choice, size_t set) {
    struct err what = ERR_INIT;
    named_cell_fault(
        look->table, row->source, PARTS_MPN, set, &what,
        "'%.*s' has the form of another maker's part number, not of %.*s's%s",
        STR_ARG(str_take(choice->mpn, 60)),
        STR_ARG(str_take(choice->manufacturer, 60)),
        is_signed(row) ? ""
                       : "; it is taken as it stands only with a name under By "
                         "and a ground under Evidence");
    add(look, "contradiction", is_signed(row), &what);
}

static bool look_at_maker(struct look *look, const struct parts_row *row,
                          size_t set, struct err *err) {
    const struct parts_choice *choice = &row->choices[set];
    struct maker_query query = {.manufacturer = choice->manufacturer};
    struct maker maker;
    if (choice->manufacturer.len == 0)
        return true;
    if (!maker_resolve(look->resolver, &query, &maker, err))
        return false;
    if (choice->party == RULES_NONE)
        add_unknown(look, row, choice, set, &maker);
    if (choice->party == RULES_NONE || choice->mpn.len == 0)
        return true;
    /* Its own name: the cell may hold an id. */
    query.manufacturer = str_from(
        rules_text(look->options->rules,
                   rules_party(look->options->rules, choice->party)->name));
    query.mpn = choice->mpn;
    if (!maker_resolve(look->resolver, &query, &maker, err))
        return false;
    if (is_contradicted(&maker))
        add_contradiction(look, row, choice, set);
    return true;
}

/* ---- rows that say two things ---- */

static void add_lower(struct strbuf *key, struct str text) {
    for (size_t i = 0; i < text.len; i++)
        strbuf_add_char(key, ascii_lower(text.ptr[i]));
    strbuf_add_char(key, '\n');
}

/* The row's key with the part number. */
static struct str write_key(struct look *look, const struct parts_row *row,
                            const struct parts_choice *choice) {
    mpn_key(&look->mpn, choice->mpn);
    strbuf_clear(&look->key);
    add_lower(&look->key, row->ipn);
    if (row->ipn.len == 0)
        add_lower(&look->key, row->distributor_pn);
    if (row->ipn.len + row->distributor_pn.len == 0) {
        add_lower(&look->key, row->value);
        add_lower(&look->key, row->footprint);
    }
    strbuf_add(&look->key, strbuf_str(&look->mpn));
    return strbuf_str(&look->key);
}

static bool is_same_maker(const struct parts_choice *a,
                          const struct parts_choice *b) {
    return a->party != RULES_NONE && b->party != RULES_NONE
               ? a->party == b->party
               : str_eq_nocase(a->manufacturer, b->manufacturer);
}

static const struct parts_choice *choice_of(struct look *look,
                                            const struct parts_row *row,
                                            struct str mpn) {
    struct strbuf key = {.ptr = NULL};
    const struct parts_choice *found = NULL;
    for (size_t i = 0; i < row->choice_count && found == NULL; i++) {
        mpn_key(&key, row->choices[i].mpn);
        if (str_eq(strbuf_str(&key), mpn))
            found = &row->choices[i];
    }
    look->key.failed = look->key.failed || key.failed;
    strbuf_dispose(&key);
    return found;
}

static void add_clash(struct look *look, const struct parts_row *row,
                      size_t set, const struct parts_row *first,
                      const struct parts_choice *before) {
    struct err what = ERR_INIT;
    named_cell_fault(look->table, row->source, PARTS_MANUFACTURER, set, &what,
                     "'%.*s' makes this part, but line %u says '%.*s'",
                     STR_ARG(str_take(row->choices[set].manufacturer, 60)),
                     (unsigned)first->source->line,
                     STR_ARG(str_take(before->manufacturer, 60)));
    add(look, "clash", false, &what);
}

/* Another key of ours has the same part number. */
static void add_other_maker(struct look *look, const struct parts_row *row,
                            size_t set, const struct parts_row *first) {
    const struct parts_choice *before =
        choice_of(look, first, strbuf_str(&look->mpn));
    if (before != NULL && before->manufacturer.len != 0 &&
        row->choices[set].manufacturer.len != 0 &&
        !is_same_maker(&row->choices[set], before))
        add_clash(look, row, set, first, before);
}

static void add_double(struct look *look, const struct parts_row *row,
                       size_t set, const struct parts_row *first) {
    const struct parts_choice *choice = &row->choices[set];
    const struct parts_choice *before =
        choice_of(look, first, strbuf_str(&look->mpn));
    struct err what = ERR_INIT;
    if (before == NULL)
        return;
    bool same = str_eq_nocase(row->category, first->category) &&
                str_eq_nocase(row->origin, first->origin);
    if (is_same_maker(choice, before) && !same) {
        named_cell_fault(look->table, row->source, PARTS_ORIGIN, 0, &what,
                         "line %u says another category or origin of this part",
                         (unsigned)first->source->line);
        add(look, "clash", false, &what);
        return;
    }
    if (is_same_maker(choice, before)) {
        named_cell_fault(look->table, row->source, PARTS_MPN, set, &what,
                         "line %u says the same; keep one",
                         (unsigned)first->source->line);
        add(look, "repeated", true, &what);
        return;
    }
    add_clash(look, row, set, first, before);
}

static bool look_for_double(struct look *look, size_t i, size_t set) {
    const struct parts_row *row = parts_file_row(look->options->parts, i);
    struct str key = write_key(look, row, &row->choices[set]);
    if (look->mpn.len == 0) /* several makers of one value are a choice */
        return !look->key.failed;
    uint32_t first = map_get(&look->seen, key);
    if (first == i)
        return true;
    uint32_t number = map_get(&look->numbers, strbuf_str(&look->mpn));
    if (first == MAP_NONE && number != MAP_NONE && number != i)
        add_other_maker(look, row, set,
                        parts_file_row(look->options->parts, number));
    struct str mpn = arena_str(&look->arena, strbuf_str(&look->mpn));
    if (number == MAP_NONE &&
        (look->arena.failed || !map_put(&look->numbers, mpn, (uint32_t)i)))
        return false;
    if (first != MAP_NONE) {
        add_double(look, row, set, parts_file_row(look->options->parts, first));
        return !look->key.failed;
    }
    struct str kept = arena_str(&look->arena, key);
    return !look->key.failed && !look->mpn.failed && !look->arena.failed &&
           map_put(&look->seen, kept, (uint32_t)i);
}

/* ---- the file ---- */

static void look_at_signature(struct look *look, const struct parts_row *row) {
    struct err what = ERR_INIT;
    if (row->by.len != 0 && row->date.len != 0 && row->evidence.len != 0)
        return;
    named_cell_fault(look->table, row->source, PARTS_BY, 0, &what,
                     "an answer says who gave it, when, and on what ground: "
                     "fill in By, Date and Evidence");
    add(look, "unsigned", true, &what);
}

static bool look_at_row(struct look *look, size_t i, struct err *err) {
    const struct parts_row *row = parts_file_row(look->options->parts, i);
    if (!row->answered)
        return true;
    for (size_t set = 0; set < row->choice_count; set++) {
        if (!look_at_maker(look, row, set, err))
            return false;
        if (!look_for_double(look, i, set))
            return err_nomem(err);
    }
    look_at_signature(look, row);
    return true;
}

bool parts_check(const struct parts_check_options *options, struct err *err) {
    struct look look = {.options = options,
                        .table = parts_file_table(options->parts),
                        .resolver = maker_resolver_new(options->rules)};
    bool ok = look.resolver != NULL || err_nomem(err);
    for (size_t i = 0; ok && i < parts_file_count(options->parts); i++)
        ok = look_at_row(&look, i, err);
    maker_resolver_free(look.resolver);
    map_dispose(&look.seen);
    map_dispose(&look.numbers);
    arena_dispose(&look.arena);
    strbuf_dispose(&look.key);
    strbuf_dispose(&look.mpn);
    return ok;
}
