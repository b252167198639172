#include "run/parts_file.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/lang.h"
#include "core/map.h"
#include "core/mem.h"
#include "maker/describe.h"
#include "maker/maker.h"
#include "ruleset/country.h"
#include "ruleset/name.h"

const struct named_column parts_columns[PARTS_COLUMN_COUNT] = {
    [PARTS_IPN] = {N_("IPN"), BOM_IPN, NULL, false},
    [PARTS_DISTRIBUTOR_PN] = {N_("Distributor P/N"), BOM_DISTRIBUTOR_PN, NULL,
                              false},
    [PARTS_VALUE] = {N_("Value"), BOM_VALUE, NULL, false},
    [PARTS_FOOTPRINT] = {N_("Footprint"), BOM_FOOTPRINT, NULL, false},
    [PARTS_DESCRIPTION] = {N_("Description"), BOM_DESCRIPTION, NULL, false},
    [PARTS_MANUFACTURER] = {N_("Manufacturer"), BOM_MANUFACTURER, NULL, true},
    [PARTS_MPN] = {N_("MPN"), BOM_MPN, NULL, true},
    [PARTS_CATEGORY] = {N_("Category"), BOM_CATEGORY, NULL, false},
    [PARTS_ORIGIN] = {N_("Origin"), BOM_ORIGIN, NULL, false},
    [PARTS_LIFECYCLE] = {N_("Lifecycle"), BOM_LIFECYCLE, NULL, false},
    [PARTS_BY] = {N_("By"), BOM_FIELD_COUNT, "table/by", false},
    [PARTS_DATE] = {N_("Date"), BOM_FIELD_COUNT, "table/date", false},
    [PARTS_EVIDENCE] = {N_("Evidence"), BOM_FIELD_COUNT, "table/evidence",
                        false},
};

const char *const parts_lifecycles[PARTS_LIFECYCLES] = {
    "active",
    "not recommended",
    "end of life",
    "obsolete",
};

/* A row among those of its key. */
struct link {
    size_t next;     /* or PARTS_END */
    uint32_t length; /* rows from here */
};

struct parts_file {
    struct named_table table;
    struct parts_row *rows;
    struct link *links; /* PARTS_KEY_COUNT of each row */
    struct map first[PARTS_KEY_COUNT];
    struct parts_keys keys;
};

/* A file while it is being read. */
struct reading {
    struct parts_file *parts;
    const struct ruleset *rules;
    struct maker_resolver *resolver;
    struct describer describer;
    struct strbuf text;
    const struct parts_file_options *options;
    size_t fault_count;
};

/* ---- telling ---- */

static void tell(struct reading *reading, const struct err *err) {
    reading->options->fault(reading->options->ctx, err);
    reading->fault_count++;
}

static void refuse(struct reading *reading, const struct parts_row *row,
                   enum parts_column column, const char *what) {
    struct err err = ERR_INIT;
    named_cell_refuse(&reading->parts->table, row->source, column, 0, &err,
                      what);
    tell(reading, &err);
}

static void refuse_row(struct reading *reading, const struct parts_row *row,
                       enum parts_column column, const char *what) {
    struct err err = ERR_INIT;
    named_cell_fault(&reading->parts->table, row->source, column, 0, &err, "%s",
                     what);
    tell(reading, &err);
}

/* ---- keys ---- */

static struct link *link_of(const struct parts_file *parts, enum parts_key key,
                            size_t row) {
    return &parts->links[row * PARTS_KEY_COUNT + key];
}

static void refuse_crowd(struct reading *reading, size_t row,
                         enum parts_key key) {
    static const enum parts_column columns[PARTS_KEY_COUNT] = {
        [PARTS_BY_IPN] = PARTS_IPN,
        [PARTS_BY_DISTRIBUTOR_PN] = PARTS_DISTRIBUTOR_PN,
        [PARTS_BY_VALUE] = PARTS_VALUE,
        [PARTS_BY_MPN] = PARTS_MPN,
    };
    refuse(reading, &reading->parts->rows[row], columns[key],
           "what more than 1000 rows are known by: nobody chooses between so "
           "many");
}

/* Rows are added from the last to the first, each before the others of its
   key, so that the file's order stays. */
static bool add_key(struct reading *reading, enum parts_key key,
                    struct str written, size_t row) {
    struct parts_file *parts = reading->parts;
    struct link *link = link_of(parts, key, row);
    if (written.len == 0)
        return true;
    uint32_t first = map_get(&parts->first[key], written);
    if (first == row) /* the same number twice in a row */
        return true;
    link->next = first == MAP_NONE ? PARTS_END : first;
    link->length =
        first == MAP_NONE ? 1 : link_of(parts, key, first)->length + 1;
    if (link->length > PARTS_ROWS_MAX) {
        link->length = 1;
        link->next = PARTS_END;
        refuse_crowd(reading, row, key);
    }
    struct str kept = arena_str(&parts->table.arena, written);
    return !parts->table.arena.failed &&
           map_put(&parts->first[key], kept, (uint32_t)row);
}

static bool add_keys(struct reading *reading, size_t i) {
    struct parts_file *parts = reading->parts;
    const struct parts_row *row = &parts->rows[i];
    if (!row->answered)
        return true;
    strbuf_clear(&reading->text);
    enum parts_key key = parts_own_key(&parts->keys, &reading->text, &row->own);
    bool ok = key == PARTS_KEY_COUNT ||
              add_key(reading, key, strbuf_str(&parts->keys.text), i);
    for (size_t c = 0; ok && c < row->choice_count; c++)
        ok = add_key(reading, PARTS_BY_MPN, row->choices[c].key, i);
    return ok && !parts->keys.failed;
}

static bool index_rows(struct reading *reading) {
    struct parts_file *parts = reading->parts;
    for (size_t i = parts->table.count; i-- > 0;) {
        for (unsigned key = 0; key < PARTS_KEY_COUNT; key++)
            link_of(parts, (enum parts_key)key, i)->next = PARTS_END;
        if (!add_keys(reading, i))
            return false;
    }
    return true;
}

/* ---- rows ---- */

static bool take_choices(struct reading *reading, struct parts_row *row,
                         struct err *err) {
    struct named_table *table = &reading->parts->table;
    struct parts_choice choices[NAMED_SETS_MAX];
    for (size_t set = 0; set < NAMED_SETS_MAX; set++) {
        struct parts_choice choice = {
            .manufacturer =
                named_cell(table, row->source, PARTS_MANUFACTURER, set),
            .mpn = named_cell(table, row->source, PARTS_MPN, set),
            .set = set,
        };
        if (choice.manufacturer.len == 0 && choice.mpn.len == 0)
            continue;
        if (!maker_find_party(reading->resolver, reading->rules,
                              choice.manufacturer, &choice.party, err))
            return false;
        choice.key = arena_str(&table->arena,
                               parts_key_of(&reading->parts->keys, PARTS_BY_MPN,
                                            choice.mpn, STR_EMPTY));
        choices[row->choice_count++] = choice;
    }
    struct parts_choice *kept =
        arena_array(&table->arena, row->choice_count, sizeof(*kept));
    if (row->choice_count == 0)
        return true;
    if (kept == NULL)
        return err_nomem(err);
    memcpy(kept, choices, row->choice_count * sizeof(*kept));
    row->choices = kept;
    return true;
}

static void take_texts(const struct named_table *table, struct parts_row *row) {
    const struct {
        enum parts_column column;
        struct str *text;
    } cells[] = {
        {PARTS_IPN, &row->own.ipn},
        {PARTS_DISTRIBUTOR_PN, &row->own.distributor_pn},
        {PARTS_VALUE, &row->own.value},
        {PARTS_FOOTPRINT, &row->own.footprint},
        {PARTS_CATEGORY, &row->category},
        {PARTS_ORIGIN, &row->origin},
        {PARTS_LIFECYCLE, &row->lifecycle},
        {PARTS_BY, &row->by},
        {PARTS_DATE, &row->date},
        {PARTS_EVIDENCE, &row->evidence},
    };
    for (size_t i = 0; i < ARRAY_LEN(cells); i++)
        *cells[i].text = named_cell(table, row->source, cells[i].column, 0);
}

static void check_cells(struct reading *reading, const struct parts_row *row) {
    int32_t day;
    if (row->category.len != 0) {
        name_fold(&reading->text, row->category);
        if (describe_column(&reading->describer, row->category,
                            strbuf_str(&reading->text)) == RULES_NONE)
            refuse(reading, row, PARTS_CATEGORY,
                   "no category that is known; take one of the list, such as "
                   "memory/dram");
    }
    if (row->origin.len != 0) {
        country_code(&reading->text, reading->rules, row->origin);
        if (reading->text.len == 0)
            refuse(reading, row, PARTS_ORIGIN,
                   "no country; write its code, such as TW");
    }
    if (row->date.len != 0 && !date_parse(row->date, &day))
        refuse(reading, row, PARTS_DATE, "no day; write it as YYYY-MM-DD");
}

/* Is it known by anything but a part number? */
static bool has_own_key(struct reading *reading, const struct parts_row *row) {
    strbuf_clear(&reading->text);
    return parts_own_key(&reading->parts->keys, &reading->text, &row->own) !=
           PARTS_KEY_COUNT;
}

static bool has_mpn(const struct parts_row *row) {
    for (size_t i = 0; i < row->choice_count; i++) {
        if (row->choices[i].key.len != 0)
            return true;
    }
    return false;
}

/* A key alone is a question. A part number for another key answers it, once
   somebody has signed it: the work-list is written with those of the BOMs. */
static bool is_answered(const struct named_table *table,
                        const struct parts_row *row, bool has_own_key) {
    bool named = has_own_key && has_mpn(row) &&
                 (row->by.len != 0 || !named_table_has(table, PARTS_BY));
    for (size_t i = 0; i < row->choice_count; i++)
        named = named || row->choices[i].manufacturer.len != 0;
    return named || row->category.len != 0 || row->origin.len != 0;
}

static bool take_row(struct reading *reading, size_t i, struct err *err) {
    struct parts_row *row = &reading->parts->rows[i];
    *row = (struct parts_row){.source = &reading->parts->table.rows[i]};
    take_texts(&reading->parts->table, row);
    if (!take_choices(reading, row, err))
        return false;
    check_cells(reading, row);
    bool has_own = has_own_key(reading, row);
    row->answered = is_answered(&reading->parts->table, row, has_own);
    if (row->answered && !has_own && !has_mpn(row))
        refuse_row(reading, row, PARTS_IPN,
                   "the row has no IPN, no distributor's number, no MPN and no "
                   "value: nobody can tell which part is meant");
    return !reading->text.failed || err_nomem(err);
}

static bool take_rows(struct reading *reading, struct err *err) {
    struct parts_file *parts = reading->parts;
    size_t count = parts->table.count;
    struct arena *arena = &parts->table.arena;
    parts->rows = arena_array(arena, count, sizeof(*parts->rows));
    parts->links =
        arena_array(arena, count * PARTS_KEY_COUNT, sizeof(*parts->links));
    if (count != 0 && (parts->rows == NULL || parts->links == NULL))
        return err_nomem(err);
    for (size_t i = 0; i < count; i++) {
        if (!take_row(reading, i, err))
            return false;
    }
    return index_rows(reading) || err_nomem(err);
}

static bool check_header(const struct parts_file *parts, struct err *err) {
    const struct named_table *table = &parts->table;
    if (named_table_has(table, PARTS_MANUFACTURER) ||
        named_table_has(table, PARTS_CATEGORY) ||
        named_table_has(table, PARTS_ORIGIN))
        return true;
    err_set(err, ERR_SYNTAX,
            "a parts file needs a column Manufacturer, Category or Origin: "
            "what it says of the parts");
    return err_at(err, table->path, 0, 0);
}

static bool read_table(struct reading *reading,
                       const struct parts_file_options *options,
                       struct err *err) {
    struct named_table *table = &reading->parts->table;
    if (named_table_read(table, options->path, reading->rules, parts_columns,
                         PARTS_COLUMN_COUNT, err)) {
        table->path = options->name;
        return check_header(reading->parts, err);
    }
    snprintf(err->file, sizeof(err->file), "%s", options->name);
    return false;
}

static bool read_parts(struct reading *reading,
                       const struct parts_file_options *options,
                       struct err *err) {
    if (!read_table(reading, options, err))
        return false;
    reading->resolver = maker_resolver_new(reading->rules);
    if (reading->resolver == NULL ||
        !describer_init(&reading->describer, reading->rules))
        return err_nomem(err);
    if (!take_rows(reading, err))
        return false;
    if (reading->fault_count == 0 || options->keep_faulty)
        return true;
    err_set(err, ERR_SYNTAX, "%zu cell%s of this parts file cannot be used",
            reading->fault_count, reading->fault_count == 1 ? "" : "s");
    return err_at(err, options->name, 0, 0);
}

bool parts_file_read(struct parts_file **out,
                     const struct parts_file_options *options,
                     struct err *err) {
    struct parts_file *parts = mem_calloc(1, sizeof(*parts));
    struct reading reading = {
        .parts = parts, .rules = options->rules, .options = options};
    if (parts == NULL)
        return err_nomem(err);
    parts->keys.rules = options->rules;
    bool ok = read_parts(&reading, options, err);
    maker_resolver_free(reading.resolver);
    describer_dispose(&reading.describer);
    strbuf_dispose(&reading.text);
    if (ok)
        *out = parts;
    else
        parts_file_free(parts);
    return ok;
}

void parts_file_free(struct parts_file *parts) {
    if (parts == NULL)
        return;
    for (unsigned key = 0; key < PARTS_KEY_COUNT; key++)
        map_dispose(&parts->first[key]);
    strbuf_dispose(&parts->keys.text);
    named_table_dispose(&parts->table);
    mem_free(parts);
}

/* ---- asking ---- */

const char *parts_file_path(const struct parts_file *parts) {
    return parts->table.path;
}

const char *parts_file_sha256(const struct parts_file *parts) {
    return parts->table.sha256;
}

const struct named_table *parts_file_table(const struct parts_file *parts) {
    return &parts->table;
}

size_t parts_file_count(const struct parts_file *parts) {
    return parts->table.count;
}

const struct parts_row *parts_file_row(const struct parts_file *parts,
                                       size_t i) {
    return &parts->rows[i];
}

bool parts_row_is_signed(const struct parts_row *row) {
    return row->by.len != 0 && row->evidence.len != 0;
}

const struct parts_choice *parts_row_choice(const struct parts_row *row,
                                            struct str key) {
    for (size_t i = 0; key.len != 0 && i < row->choice_count; i++) {
        if (str_eq(row->choices[i].key, key))
            return &row->choices[i];
    }
    return NULL;
}

bool parts_choice_same_maker(const struct parts_choice *a,
                             const struct parts_choice *b) {
    return a->party != RULES_NONE && b->party != RULES_NONE
               ? a->party == b->party
               : str_eq_nocase(a->manufacturer, b->manufacturer);
}

struct parts_keys *parts_file_keys(struct parts_file *parts) {
    return &parts->keys;
}

size_t parts_file_find(const struct parts_file *parts, enum parts_key key,
                       struct str written) {
    uint32_t first =
        written.len == 0 ? MAP_NONE : map_get(&parts->first[key], written);
    return first == MAP_NONE ? PARTS_END : first;
}

size_t parts_file_next(const struct parts_file *parts, enum parts_key key,
                       size_t i) {
    return link_of(parts, key, i)->next;
}
