#include "run/approved_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bom/words.h"
#include "core/date.h"
#include "core/map.h"
#include "core/mem.h"
#include "maker/describe.h"
#include "maker/maker.h"
#include "ruleset/name.h"

const struct named_column approved_columns[APPROVED_COLUMN_COUNT] = {
    [APPROVED_IPN] = {"IPN", BOM_IPN, NULL, false},
    [APPROVED_MANUFACTURER] = {"Manufacturer", BOM_MANUFACTURER, NULL, true},
    [APPROVED_MPN] = {"MPN", BOM_MPN, NULL, true},
    [APPROVED_CATEGORY] = {"Category", BOM_CATEGORY, NULL, false},
    [APPROVED_STATUS] = {"Status", BOM_FIELD_COUNT, "table/status", false},
    [APPROVED_FROM] = {"Valid from", BOM_FIELD_COUNT, "table/from", false},
    [APPROVED_UNTIL] = {"Valid until", BOM_FIELD_COUNT, "table/until", false},
    [APPROVED_BY] = {"By", BOM_FIELD_COUNT, "table/by", false},
    [APPROVED_DATE] = {"Date", BOM_FIELD_COUNT, "table/date", false},
    [APPROVED_EVIDENCE] = {"Evidence", BOM_FIELD_COUNT, "table/evidence",
                           false},
};

bool approved_list_is(const struct named_table *table) {
    return named_table_has(table, APPROVED_IPN) ||
           named_table_has(table, APPROVED_MANUFACTURER) ||
           named_table_has(table, APPROVED_MPN);
}

/* Who a name of a maker is; remembered, for a list names few of them often. */
struct name_answer {
    struct str parties[4]; /* ids; several: it may be any of them */
    size_t count;
    bool certain, distributor, nobody;
};

struct reading {
    const struct approved_list_options *options;
    struct approved_list *list;
    struct maker_resolver *resolver;
    struct describer describer;
    struct map names; /* cell -> index into `answers` */
    struct name_answer *answers;
    size_t answer_count, answer_cap;
    struct strbuf text;
    size_t faults;
    struct err *err;
};

/* ---- telling ---- */

static void tell(struct reading *reading, const struct named_row *row,
                 enum approved_column column, size_t set, const char *fmt, ...)
    PRINTF_LIKE(5, 6);

static void tell(struct reading *reading, const struct named_row *row,
                 enum approved_column column, size_t set, const char *fmt,
                 ...) {
    char text[512];
    struct err note = ERR_INIT;
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    named_cell_fault(&reading->list->table, row, column, set, &note, "%s",
                     text);
    reading->options->note(reading->options->ctx, &note);
}

static void refuse(struct reading *reading, const struct named_row *row,
                   enum approved_column column, size_t set, const char *what) {
    struct err note = ERR_INIT;
    named_cell_refuse(&reading->list->table, row, column, set, &note, what);
    reading->options->note(reading->options->ctx, &note);
    reading->faults++;
}

/* ---- makers ---- */

static bool is_word(struct reading *reading, const char *list,
                    struct str cell) {
    const struct ruleset *rules = reading->options->rules;
    name_fold(&reading->text, cell);
    return rules_has_word(rules, rules_find_words(rules, str_from(list)),
                          strbuf_str(&reading->text));
}

static bool resolve(struct reading *reading, struct str cell,
                    struct name_answer *out) {
    const struct ruleset *rules = reading->options->rules;
    const struct maker_query query = {.manufacturer = cell};
    struct maker maker;
    *out = (struct name_answer){.certain = true, .count = 1};
    out->parties[0] = cell;
    if (rules_find_party(rules, cell) != RULES_NONE)
        return true;
    if (!maker_resolve(reading->resolver, &query, &maker, reading->err))
        return false;
    out->count = 0;
    for (size_t i = 0; i < maker.candidate_count && i < ARRAY_LEN(out->parties);
         i++)
        out->parties[out->count++] =
            rules_str(rules, rules_party(rules, maker.candidates[i].party)->id);
    out->certain = maker_certain(&maker) != NULL;
    out->nobody = maker.candidate_count == 0;
    out->distributor = out->nobody && is_word(reading, "distributor", cell);
    return true;
}

static bool find_maker(struct reading *reading, const struct named_row *row,
                       size_t set, struct str cell,
                       const struct name_answer **out) {
    struct approved_list *list = reading->list;
    uint32_t known = map_get(&reading->names, cell);
    if (known != MAP_NONE) {
        *out = &reading->answers[known];
        return true;
    }
    void *items = reading->answers;
    struct name_answer answer;
    if (!resolve(reading, cell, &answer))
        return false;
    if (!mem_grow(&items, &reading->answer_cap, reading->answer_count + 1,
                  sizeof(answer)) ||
        !map_put(&reading->names, cell, (uint32_t)reading->answer_count))
        return err_nomem(reading->err);
    reading->answers = items;
    reading->answers[reading->answer_count] = answer;
    *out = &reading->answers[reading->answer_count++];
    list->known += answer.certain;
    list->unknown += answer.nobody && !answer.distributor;
    list->doubtful += !answer.nobody && !answer.certain;
    if (answer.distributor)
        tell(reading, row, APPROVED_MANUFACTURER, set,
             "note: '%.*s' is a distributor, who makes nothing: its rows are "
             "left out",
             STR_ARG(str_take(cell, 60)));
    else if (!answer.nobody && !answer.certain)
        tell(reading, row, APPROVED_MANUFACTURER, set,
             "note: '%.*s' may be the party '%.*s'%s; what it is approved for "
             "is asked about until the list names it plainly",
             STR_ARG(str_take(cell, 60)), STR_ARG(answer.parties[0]),
             answer.count > 1 ? " or another" : "");
    return true;
}

/* ---- cells ---- */

static const char *const status_lists[] = {
    [RULES_APPROVED] = "approval/approved",
    [RULES_CONDITIONAL] = "approval/conditional",
    [RULES_PENDING] = "approval/pending",
    [RULES_OBSOLETE] = "approval/obsolete",
    [RULES_DISQUALIFIED] = "approval/disqualified",
};

static void take_status(struct reading *reading, const struct named_row *row,
                        struct approved_row *out) {
    struct str cell =
        named_cell(&reading->list->table, row, APPROVED_STATUS, 0);
    out->status = RULES_APPROVED;
    if (cell.len == 0)
        return;
    for (size_t i = 0; i < ARRAY_LEN(status_lists); i++) {
        if (!is_word(reading, status_lists[i], cell))
            continue;
        out->status = (enum rules_approval_status)i;
        return;
    }
    refuse(reading, row, APPROVED_STATUS, 0,
           "no status that is known, such as approved, conditional, pending, "
           "obsolete, disqualified");
}

/* "31.12.2026" and "2026/12/31" are no other days. */
static bool read_day(struct str cell, char out[DATE_TEXT_SIZE],
                     struct date_span *span) {
    int32_t day;
    if (date_parse_span(cell, span)) {
        date_format_span(*span, out);
        return true;
    }
    char text[] = "0000-00-00";
    bool german = cell.len == 10 && cell.ptr[2] == '.' && cell.ptr[5] == '.';
    bool slashed = cell.len == 10 && cell.ptr[4] == '/' && cell.ptr[7] == '/';
    if (!german && !slashed)
        return false;
    memcpy(text, cell.ptr + (german ? 6 : 0), 4);
    memcpy(text + 5, cell.ptr + (german ? 3 : 5), 2);
    memcpy(text + 8, cell.ptr + (german ? 0 : 8), 2);
    if (!date_parse(str_from(text), &day))
        return false;
    *span = (struct date_span){day, day};
    date_format(day, out);
    return true;
}

#define FOREVER_YEAR "9999" /* how some systems write that nothing ends */

static void take_day(struct reading *reading, const struct named_row *row,
                     enum approved_column column, struct str *out) {
    struct named_table *table = &reading->list->table;
    struct str cell = named_cell(table, row, column, 0);
    char day[DATE_TEXT_SIZE];
    struct date_span span;
    *out = STR_EMPTY;
    if (cell.len == 0)
        return;
    if (!read_day(cell, day, &span))
        refuse(reading, row, column, 0, "no day; write it as YYYY-MM-DD");
    else if (column != APPROVED_UNTIL ||
             !str_starts(str_from(day), STR_LIT(FOREVER_YEAR)))
        *out = arena_str(&table->arena, str_from(day));
}

static void take_category(struct reading *reading, const struct named_row *row,
                          struct approved_row *out) {
    const struct ruleset *rules = reading->options->rules;
    struct str cell =
        named_cell(&reading->list->table, row, APPROVED_CATEGORY, 0);
    out->covers = STR_EMPTY;
    /* A part is approved whatever its company files it under. */
    if (cell.len == 0 || out->ipn.len != 0 || out->mpn.len != 0)
        return;
    name_fold(&reading->text, cell);
    uint32_t category =
        describe_column(&reading->describer, cell, strbuf_str(&reading->text));
    if (category == RULES_NONE)
        refuse(reading, row, APPROVED_CATEGORY, 0,
               "no category that is known; take one of the rules', such as "
               "memory/dram");
    else
        out->covers = rules_str(rules, rules_category(rules, category)->id);
}

/* ---- rows ---- */

static bool add_row(struct reading *reading, const struct approved_row *row) {
    struct approved_list *list = reading->list;
    void *items = list->rows;
    if (!mem_grow(&items, &list->cap, list->count + 1, sizeof(*list->rows)))
        return err_nomem(reading->err);
    list->rows = items;
    list->rows[list->count++] = *row;
    return true;
}

static bool add_maker(struct reading *reading, const struct named_row *row,
                      size_t set, struct str cell,
                      const struct approved_row *from) {
    const struct name_answer *answer = NULL;
    struct approved_row one = *from;
    if (!find_maker(reading, row, set, cell, &answer))
        return false;
    if (answer->distributor) {
        reading->list->distributors++;
        return true;
    }
    one.name = cell;
    if (answer->nobody)
        return add_row(reading, &one);
    one.name = STR_EMPTY;
    one.unconfirmed = !answer->certain;
    for (size_t i = 0; i < answer->count; i++) {
        one.party = answer->parties[i];
        if (!add_row(reading, &one))
            return false;
    }
    return true;
}

/* One maker and part number of a row; many makers may stand side by side. */
static bool take_set(struct reading *reading, const struct named_row *row,
                     size_t set, const struct approved_row *from) {
    const struct named_table *table = &reading->list->table;
    struct approved_row one = *from;
    struct str maker = named_cell(table, row, APPROVED_MANUFACTURER, set);
    one.mpn = named_cell(table, row, APPROVED_MPN, set);
    if (maker.len != 0 && is_word(reading, "placeholder", maker))
        maker = STR_EMPTY;
    if (set != 0 && maker.len == 0 && one.mpn.len == 0)
        return true;
    mpn_key(&reading->text, one.mpn);
    if (one.mpn.len != 0 && reading->text.len == 0) {
        refuse(reading, row, APPROVED_MPN, set, "no part number");
        return true;
    }
    take_category(reading, row, &one);
    if (maker.len != 0)
        return add_maker(reading, row, set, maker, &one);
    if (one.ipn.len + one.mpn.len + one.covers.len != 0)
        return add_row(reading, &one);
    tell(reading, row, APPROVED_MANUFACTURER, set,
         "the row names no maker, part number, IPN or category");
    reading->faults++;
    return true;
}

static void take_texts(struct reading *reading, const struct named_row *row,
                       struct approved_row *out) {
    const struct named_table *table = &reading->list->table;
    out->ipn = named_cell(table, row, APPROVED_IPN, 0);
    out->by = named_cell(table, row, APPROVED_BY, 0);
    out->evidence = named_cell(table, row, APPROVED_EVIDENCE, 0);
    take_status(reading, row, out);
    take_day(reading, row, APPROVED_FROM, &out->from);
    take_day(reading, row, APPROVED_UNTIL, &out->until);
    take_day(reading, row, APPROVED_DATE, &out->date);
    if (out->from.len == 10 && out->until.len == 10 &&
        str_cmp(out->until, out->from) < 0)
        refuse(reading, row, APPROVED_UNTIL, 0, "before the first day");
    if (out->date.len == 10 && str_cmp(out->date, reading->list->newest) > 0)
        reading->list->newest = out->date;
}

static bool has_further_set(const struct named_table *table,
                            const struct named_row *row) {
    for (size_t set = 1; set < NAMED_SETS_MAX; set++) {
        if (named_cell(table, row, APPROVED_MANUFACTURER, set).len +
                named_cell(table, row, APPROVED_MPN, set).len !=
            0)
            return true;
    }
    return false;
}

static bool take_row(struct reading *reading, const struct named_row *row) {
    const struct named_table *table = &reading->list->table;
    struct approved_row from = {.line = row->line};
    take_texts(reading, row, &from);
    bool first = named_cell(table, row, APPROVED_MANUFACTURER, 0).len +
                     named_cell(table, row, APPROVED_MPN, 0).len !=
                 0;
    for (size_t set = 0; set < NAMED_SETS_MAX; set++) {
        if (set == 0 && !first && has_further_set(table, row))
            continue;
        if (!take_set(reading, row, set, &from))
            return false;
    }
    return !reading->text.failed || err_nomem(reading->err);
}

/* ---- order ---- */

/* What it speaks of; a name and an id are apart. */
static int by_part(const struct approved_row *a, const struct approved_row *b) {
    const struct str left[] = {a->ipn, a->party, a->name, a->mpn, a->covers};
    const struct str right[] = {b->ipn, b->party, b->name, b->mpn, b->covers};
    int order = 0;
    for (size_t i = 0; order == 0 && i < ARRAY_LEN(left); i++)
        order = str_cmp(left[i], right[i]);
    return order;
}

static int by_row(const void *a, const void *b) {
    const struct approved_row *left = a, *right = b;
    int order = by_part(left, right);
    if (order == 0)
        order = str_cmp(left->from, right->from);
    if (order == 0)
        order = str_cmp(left->until, right->until);
    if (order == 0)
        order = (int)left->status - (int)right->status;
    if (order == 0)
        order = str_cmp(left->date, right->date);
    if (order == 0)
        order = str_cmp(left->by, right->by);
    return order != 0 ? order : str_cmp(left->evidence, right->evidence);
}

static bool is_after(struct str from, struct str until) {
    return from.len != 0 && until.len != 0 && str_cmp(from, until) > 0;
}

/* On the same day the same part cannot be approved and not. */
static bool contradict(const struct approved_row *a,
                       const struct approved_row *b) {
    return a->status != b->status && by_part(a, b) == 0 &&
           !is_after(a->from, b->until) && !is_after(b->from, a->until);
}

static void tell_contradiction(struct reading *reading,
                               const struct approved_row *a,
                               const struct approved_row *b) {
    const struct approved_row *first = a->line < b->line ? a : b;
    const struct approved_row *second = first == a ? b : a;
    const struct named_row place = {.line = second->line};
    tell(reading, &place, APPROVED_STATUS, 0,
         "the row is %s, but line %u names the same part as %s",
         rules_approval_status_name(second->status), (unsigned)first->line,
         rules_approval_status_name(first->status));
    reading->faults++;
}

static bool says_the_same(const struct approved_row *a,
                          const struct approved_row *b) {
    return by_part(a, b) == 0 && a->status == b->status &&
           str_eq(a->from, b->from) && str_eq(a->until, b->until);
}

/* The rows of one part stand together. */
static void settle(struct reading *reading) {
    struct approved_list *list = reading->list;
    size_t kept = 0;
    if (list->count > 1)
        qsort(list->rows, list->count, sizeof(*list->rows), by_row);
    for (size_t i = 0; i < list->count; i++) {
        if (kept != 0 && says_the_same(&list->rows[kept - 1], &list->rows[i]))
            continue;
        list->rows[kept++] = list->rows[i];
    }
    list->count = kept;
    for (size_t i = 0; i < kept; i++) {
        for (size_t k = i + 1;
             k < kept && by_part(&list->rows[i], &list->rows[k]) == 0; k++) {
            if (contradict(&list->rows[i], &list->rows[k]))
                tell_contradiction(reading, &list->rows[i], &list->rows[k]);
        }
    }
}

/* ---- the list ---- */

/* A column whose name is misspelt says nothing, and all its rows approve. */
static void tell_unread(struct reading *reading) {
    const struct named_table *table = &reading->list->table;
    struct err note = ERR_INIT;
    if (table->unread.len == 0)
        return;
    err_set(&note, ERR_SYNTAX, "note: columns that were left out: %.*s%s",
            STR_ARG(table->unread),
            named_table_has(table, APPROVED_STATUS)
                ? ""
                : "; none is a status, so every row approves");
    err_at(&note, table->path, table->header_line, 0);
    reading->options->note(reading->options->ctx, &note);
}

static bool read_rows(struct reading *reading) {
    struct approved_list *list = reading->list;
    struct err *err = reading->err;
    reading->resolver = maker_resolver_new(reading->options->rules);
    if (reading->resolver == NULL ||
        !describer_init(&reading->describer, reading->options->rules))
        return err_nomem(err);
    tell_unread(reading);
    for (size_t i = 0; i < list->table.count; i++) {
        if (!take_row(reading, &list->table.rows[i]))
            return false;
    }
    settle(reading);
    if (list->table.arena.failed)
        return err_nomem(err);
    if (reading->faults != 0)
        return err_set(err, ERR_SYNTAX,
                       "%zu cell%s of this list cannot be used; nothing was "
                       "written",
                       reading->faults, reading->faults == 1 ? "" : "s");
    return list->count != 0 ||
           err_set(err, ERR_SYNTAX,
                   "the list has no row, which would approve nothing");
}

bool approved_list_make(struct approved_list *out, struct named_table *table,
                        const struct approved_list_options *options,
                        struct err *err) {
    struct approved_list list = {.table = *table};
    struct reading reading = {.options = options, .list = &list, .err = err};
    *table = (struct named_table){.path = NULL};
    bool ok = read_rows(&reading);
    maker_resolver_free(reading.resolver);
    describer_dispose(&reading.describer);
    map_dispose(&reading.names);
    mem_free(reading.answers);
    strbuf_dispose(&reading.text);
    if (ok)
        *out = list;
    else
        approved_list_dispose(&list);
    return ok ? true : err_at(err, options->path, 0, 0);
}

void approved_list_dispose(struct approved_list *list) {
    named_table_dispose(&list->table);
    mem_free(list->rows);
    *list = (struct approved_list){.count = 0};
}
