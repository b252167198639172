#include "run/parts_check.h"

#include "core/date.h"
#include "core/map.h"
#include "maker/maker.h"
#include "ruleset/name.h"
#include "run/parts_todo.h"

/* One look at a file. */
struct look {
    const struct parts_check_options *options;
    const struct named_table *table; /* of the file */
    struct maker_resolver *resolver;
    struct map keys;    /* key -> the row that said it first */
    struct map seen;    /* key and part number -> likewise */
    struct map numbers; /* part number alone -> likewise */
    struct arena arena;
    struct parts_keys writer;
    struct strbuf key;
};

static void add(struct look *look, const char *check, bool note,
                const struct err *what) {
    const struct parts_finding finding = {check, note, *what};
    look->options->add(look->options->ctx, &finding);
}

/* ---- names ---- */

/* A word list has the name, as it is compared. */
static bool is_word(struct look *look, const char *list, struct str name) {
    const struct ruleset *rules = look->options->rules;
    name_fold(&look->key, name);
    return rules_has_word(rules, rules_find_words(rules, str_from(list)),
                          strbuf_str(&look->key));
}

/* What to do about a name that no company has. */
static const char *advice_for(struct look *look, struct str name) {
    if (is_word(look, "placeholder", name))
        return "names nobody; leave the cell empty until the maker is known";
    if (is_word(look, "distributor", name))
        return "sells parts and makes none; write who made it, and the "
               "distributor's number under Distributor P/N";
    return "is no maker that the rules know: its parts stay unknown; look for "
           "another spelling with `bomgate explain`, or add the company to "
           "your own rules";
}

static void add_unknown(struct look *look, const struct parts_row *row,
                        const struct parts_choice *choice,
                        const struct maker *maker) {
    const struct ruleset *rules = look->options->rules;
    struct str name = str_take(choice->manufacturer, 60);
    struct err what = ERR_INIT;
    if (maker->candidate_count == 0) {
        named_cell_fault(look->table, row->source, PARTS_MANUFACTURER,
                         choice->set, &what, "'%.*s' %s", STR_ARG(name),
                         advice_for(look, choice->manufacturer));
    } else {
        const struct rules_party *party =
            rules_party(rules, maker->candidates[0].party);
        named_cell_fault(
            look->table, row->source, PARTS_MANUFACTURER, choice->set, &what,
            "'%.*s' may be %s; write the company's whole name, or its id '%s'",
            STR_ARG(name), rules_text(rules, party->name),
            rules_text(rules, party->id));
    }
    add(look, "unknown-maker", false, &what);
}

static void add_contradiction(struct look *look, const struct parts_row *row,
                              const struct parts_choice *choice) {
    bool is_signed = parts_row_is_signed(row);
    struct err what = ERR_INIT;
    named_cell_fault(
        look->table, row->source, PARTS_MPN, choice->set, &what,
        "'%.*s' has the form of another maker's part number, not of %.*s's%s",
        STR_ARG(str_take(choice->mpn, 60)),
        STR_ARG(str_take(choice->manufacturer, 60)),
        is_signed ? ""
                  : "; it is taken as it stands only with a name under By "
                    "and a ground under Evidence");
    add(look, "contradiction", is_signed, &what);
}

static bool look_at_maker(struct look *look, const struct parts_row *row,
                          const struct parts_choice *choice, struct err *err) {
    const struct ruleset *rules = look->options->rules;
    struct maker_query query = {.manufacturer = choice->manufacturer};
    struct maker maker;
    if (choice->manufacturer.len == 0)
        return true;
    if (!maker_resolve(look->resolver, &query, &maker, err))
        return false;
    if (choice->party == RULES_NONE)
        add_unknown(look, row, choice, &maker);
    if (choice->party == RULES_NONE || choice->mpn.len == 0)
        return true;
    /* Its own name: the cell may hold an id. */
    query.manufacturer =
        rules_str(rules, rules_party(rules, choice->party)->name);
    query.mpn = choice->mpn;
    if (!maker_resolve(look->resolver, &query, &maker, err))
        return false;
    if (maker_is_contradicted(&maker))
        add_contradiction(look, row, choice);
    return true;
}

/* ---- rows that say two things ---- */

/* The row that had the key first; `i` where it is the first itself. */
static bool first_of(struct look *look, struct map *rows, struct str key,
                     size_t i, const struct parts_row **first) {
    uint32_t known = map_get(rows, key);
    if (known == MAP_NONE) {
        struct str kept = arena_str(&look->arena, key);
        known = (uint32_t)i;
        if (look->arena.failed || !map_put(rows, kept, known))
            return false;
    }
    *first = parts_file_row(look->options->parts, known);
    return true;
}

static void add_clash(struct look *look, const struct parts_row *row,
                      const struct parts_choice *choice,
                      const struct parts_row *first,
                      const struct parts_choice *before) {
    struct err what = ERR_INIT;
    named_cell_fault(look->table, row->source, PARTS_MANUFACTURER, choice->set,
                     &what, "'%.*s' makes this part, but line %u says '%.*s'",
                     STR_ARG(str_take(choice->manufacturer, 60)),
                     (unsigned)first->source->line,
                     STR_ARG(str_take(before->manufacturer, 60)));
    add(look, "clash", false, &what);
}

static void add_repeated(struct look *look, const struct parts_row *row,
                         const struct parts_choice *choice,
                         const struct parts_row *first) {
    struct err what = ERR_INIT;
    named_cell_fault(look->table, row->source, PARTS_MPN, choice->set, &what,
                     "line %u says the same; keep one",
                     (unsigned)first->source->line);
    add(look, "repeated", true, &what);
}

/* Two companies for one number. An empty cell says nothing of who makes it. */
static bool names_other(const struct parts_choice *choice,
                        const struct parts_choice *before) {
    return before->manufacturer.len != 0 && choice->manufacturer.len != 0 &&
           !parts_choice_same_maker(choice, before);
}

static bool look_for_double(struct look *look, size_t i,
                            const struct parts_choice *choice) {
    const struct parts_row *row = parts_file_row(look->options->parts, i);
    const struct parts_row *first, *number;
    if (choice->key.len == 0) /* several makers of one value are a choice */
        return true;
    strbuf_clear(&look->key);
    parts_own_key(&look->writer, &look->key, &row->own);
    strbuf_add(&look->key, choice->key);
    if (!first_of(look, &look->seen, strbuf_str(&look->key), i, &first) ||
        !first_of(look, &look->numbers, choice->key, i, &number))
        return false;
    /* Another key of ours may have the same part number. */
    const struct parts_row *other = first != row ? first : number;
    const struct parts_choice *before = parts_row_choice(other, choice->key);
    if (other != row && names_other(choice, before))
        add_clash(look, row, choice, other, before);
    else if (first != row && parts_choice_same_maker(choice, before))
        add_repeated(look, row, choice, first);
    return true;
}

static void add_difference(struct look *look, const struct parts_row *row,
                           const struct parts_row *first,
                           enum parts_column column) {
    struct err what = ERR_INIT;
    named_cell_fault(look->table, row->source, column, 0, &what,
                     "line %u of the same key says another '%s'; where they "
                     "differ neither is used",
                     (unsigned)first->source->line, parts_columns[column].name);
    add(look, "clash", false, &what);
}

/* A distributor sells one company's part under a number of its own. */
static void look_for_second_maker(struct look *look,
                                  const struct parts_row *row,
                                  const struct parts_row *first) {
    if (row->choice_count == 0 || first->choice_count == 0)
        return;
    const struct parts_choice *choice = &row->choices[0];
    const struct parts_choice *before = &first->choices[0];
    if (names_other(choice, before) && !str_eq(choice->key, before->key))
        add_clash(look, row, choice, first, before);
}

static bool look_at_key(struct look *look, size_t i) {
    const struct parts_row *row = parts_file_row(look->options->parts, i);
    const struct parts_row *first;
    strbuf_clear(&look->key);
    enum parts_key key = parts_own_key(&look->writer, &look->key, &row->own);
    if (key == PARTS_KEY_COUNT)
        return true;
    if (!first_of(look, &look->keys, strbuf_str(&look->key), i, &first))
        return false;
    if (first == row)
        return true;
    if (!str_eq_nocase(row->category, first->category))
        add_difference(look, row, first, PARTS_CATEGORY);
    if (!str_eq_nocase(row->origin, first->origin))
        add_difference(look, row, first, PARTS_ORIGIN);
    if (key == PARTS_BY_DISTRIBUTOR_PN)
        look_for_second_maker(look, row, first);
    return true;
}

/* ---- the file ---- */

static void look_at_signature(struct look *look, const struct parts_row *row) {
    struct err what = ERR_INIT;
    if (row->by.len != 0 && row->date.len != 0 && row->evidence.len != 0)
        return;
    named_cell_fault(look->table, row->source, PARTS_BY, 0, &what,
                     "an answer says who gave it, when, and on what ground: "
                     "fill in By, Date and Evidence%s",
                     row->category.len != 0 && !parts_row_is_signed(row)
                         ? "; until then its category takes no question away"
                         : "");
    add(look, "unsigned", true, &what);
}

/* A value says little of a part: with no footprint beside it, less. */
static void look_at_footprint(struct look *look, const struct parts_row *row) {
    struct err what = ERR_INIT;
    strbuf_clear(&look->key);
    if (row->own.footprint.len != 0 ||
        parts_own_key(&look->writer, &look->key, &row->own) != PARTS_BY_VALUE)
        return;
    named_cell_fault(look->table, row->source, PARTS_VALUE, 0, &what,
                     "'%.*s' has no footprint: the row speaks only of lines "
                     "that have none either",
                     STR_ARG(str_take(row->own.value, 60)));
    add(look, "no-footprint", true, &what);
}

/* A slip there hides that a part is at its end. */
static void look_at_lifecycle(struct look *look, const struct parts_row *row) {
    struct err what = ERR_INIT;
    if (row->lifecycle.len == 0)
        return;
    for (size_t i = 0; i < PARTS_LIFECYCLES; i++) {
        if (str_eq_nocase(row->lifecycle, str_from(parts_lifecycles[i])))
            return;
    }
    named_cell_fault(look->table, row->source, PARTS_LIFECYCLE, 0, &what,
                     "'%.*s' is none of active, not recommended, end of life, "
                     "obsolete",
                     STR_ARG(str_take(row->lifecycle, 60)));
    add(look, "lifecycle", true, &what);
}

static void look_at_date(struct look *look, const struct parts_row *row) {
    struct err what = ERR_INIT;
    int32_t day;
    if (!date_parse(row->date, &day) || day <= look->options->today)
        return;
    named_cell_fault(look->table, row->source, PARTS_DATE, 0, &what,
                     "'%.*s' is still to come", STR_ARG(row->date));
    add(look, "future", false, &what);
}

static bool look_at_row(struct look *look, size_t i, struct err *err) {
    const struct parts_row *row = parts_file_row(look->options->parts, i);
    if (!row->answered)
        return true;
    for (size_t c = 0; c < row->choice_count; c++) {
        if (!look_at_maker(look, row, &row->choices[c], err))
            return false;
        if (!look_for_double(look, i, &row->choices[c]))
            return err_nomem(err);
    }
    if (!look_at_key(look, i))
        return err_nomem(err);
    look_at_footprint(look, row);
    look_at_date(look, row);
    look_at_lifecycle(look, row);
    look_at_signature(look, row);
    return (!look->writer.failed && !look->key.failed) || err_nomem(err);
}

/* A column of the company's own may be what it takes for an answer. */
static bool look_at_columns(struct look *look, struct err *err) {
    struct parts_todo_others others;
    struct err what = ERR_INIT;
    if (!parts_todo_find_others(look->options->parts, &others, err))
        return false;
    strbuf_clear(&look->key);
    for (size_t i = 0; i < others.count; i++) {
        strbuf_add_text(&look->key, i == 0 ? "" : ", ");
        strbuf_add(&look->key,
                   str_take(others.table->others[others.at[i]].name, 60));
    }
    if (others.count == 0)
        return true;
    err_set(&what, ERR_SYNTAX,
            "what stands in these columns is not used: %.*s; approvals and "
            "their ends are read by `bomgate rules import`",
            STR_ARG(strbuf_str(&look->key)));
    err_at(&what, look->table->path, look->table->header_line, 0);
    add(look, "unused-columns", true, &what);
    return true;
}

bool parts_check(const struct parts_check_options *options, struct err *err) {
    struct look look = {.options = options,
                        .table = parts_file_table(options->parts),
                        .writer = {.rules = options->rules},
                        .resolver = maker_resolver_new(options->rules)};
    bool ok = look.resolver != NULL || err_nomem(err);
    ok = ok && look_at_columns(&look, err);
    for (size_t i = 0; ok && i < parts_file_count(options->parts); i++)
        ok = look_at_row(&look, i, err);
    maker_resolver_free(look.resolver);
    map_dispose(&look.keys);
    map_dispose(&look.seen);
    map_dispose(&look.numbers);
    arena_dispose(&look.arena);
    strbuf_dispose(&look.key);
    strbuf_dispose(&look.writer.text);
    return ok;
}
