#include "run/list_table.h"

#include <string.h>

#include "bom/formats.h"
#include "bom/reader.h"
#include "bom/source.h"
#include "core/date.h"
#include "core/mem.h"

/* What a column says. */
enum column_role {
    COLUMN_UNUSED,
    COLUMN_NAME,
    COLUMN_ALIASES,   /* several, separated by semicolons */
    COLUMN_KIND,      /* company or person */
    COLUMN_COUNTRIES, /* codes, separated by semicolons */
    COLUMN_FROM,
    COLUMN_UNTIL,
    COLUMN_DAYS, /* read only to see that they are days */
    COLUMN_URL,
    COLUMN_TITLE,
    COLUMN_ID, /* the end of the entry's address */
};

struct list_column {
    const char *header;
    enum column_role role;
    bool optional, repeats;
};

#define LIST_COLUMNS 20 /* of the longest row below, and one to end it */

struct list_format {
    const char *title, *jurisdiction, *url;
    const char *entry_url;     /* what an id is appended to; NULL: none */
    const char *not_companies; /* kinds, separated by blanks */
    const char *kinds;         /* all of them; NULL: any word */
    const char *after_name;    /* begins what is no part of it; NULL: nothing */
    const char *last_alias;    /* stands before it; NULL: nothing */
    bool closed;               /* no other columns */
    struct list_column columns[LIST_COLUMNS];
};

/* Headers as the publishers write them. What is not listed may be there too,
   unless the row says `closed`. */
static const struct list_format formats[] = {
    {
        .title = "Consolidated Screening List (trade.gov)",
        .jurisdiction = "US",
        .url = "https://www.trade.gov/consolidated-screening-list",
        .kinds = "Entity Individual Vessel Aircraft",
        .not_companies = "Individual Vessel Aircraft",
        .after_name = "; and any successor",
        .last_alias = "and ",
        .columns = {{.header = "_id"},
                    {.header = "source", .role = COLUMN_TITLE},
                    {.header = "entity_number"},
                    {.header = "type", .role = COLUMN_KIND},
                    {.header = "programs"},
                    {.header = "name", .role = COLUMN_NAME},
                    {.header = "title"},
                    {.header = "addresses"},
                    {.header = "federal_register_notice"},
                    {.header = "start_date", .role = COLUMN_FROM},
                    {.header = "end_date", .role = COLUMN_UNTIL},
                    {.header = "alt_names", .role = COLUMN_ALIASES},
                    {.header = "source_list_url", .role = COLUMN_URL}},
    },
    {
        .title = "OpenSanctions, simplified list",
        .jurisdiction = "international",
        .url = "https://www.opensanctions.org/",
        .entry_url = "https://www.opensanctions.org/entities/",
        .not_companies = "Person Vessel Airplane Vehicle Address Security "
                         "CryptoWallet Position Passport Identification",
        .columns = {{.header = "id", .role = COLUMN_ID},
                    {.header = "schema", .role = COLUMN_KIND},
                    {.header = "name", .role = COLUMN_NAME},
                    {.header = "aliases", .role = COLUMN_ALIASES},
                    {.header = "birth_date", .role = COLUMN_DAYS},
                    {.header = "countries", .role = COLUMN_COUNTRIES},
                    {.header = "addresses"},
                    {.header = "identifiers"},
                    {.header = "sanctions"},
                    {.header = "phones"},
                    {.header = "emails"},
                    {.header = "program_ids", .optional = true},
                    {.header = "dataset", .role = COLUMN_TITLE},
                    {.header = "first_seen", .role = COLUMN_DAYS},
                    {.header = "last_seen", .role = COLUMN_DAYS},
                    {.header = "last_change", .role = COLUMN_DAYS}},
    },
    {
        .title = "list of names",
        .jurisdiction = "company",
        .url = "",
        .closed = true,
        .columns = {{.header = "name", .role = COLUMN_NAME},
                    {"alias", COLUMN_ALIASES, true, true},
                    {"aliases", COLUMN_ALIASES, true, true},
                    {"country", COLUMN_COUNTRIES, true, false},
                    {"from", COLUMN_FROM, true, false},
                    {"until", COLUMN_UNTIL, true, false},
                    {"url", COLUMN_URL, true, false},
                    {"source", COLUMN_TITLE, true, false}},
    },
};

const char *list_format_title(const struct list_format *format) {
    return format->title;
}

const char *list_format_jurisdiction(const struct list_format *format) {
    return format->jurisdiction;
}

const char *list_format_url(const struct list_format *format) {
    return format->url;
}

/* A list while it is being read. */
struct reading {
    struct list_table *table;
    const struct list_column *columns[READER_COLUMNS_MAX];
    size_t width;
    struct err trouble; /* the first thing the reader could not take as it is */
    struct err *err;
};

static const struct list_column *find_column(const struct list_format *format,
                                             struct str header) {
    for (const struct list_column *c = format->columns; c->header != NULL;
         c++) {
        if (str_eq(str_trim(header), str_from(c->header)))
            return c;
    }
    return NULL;
}

static size_t times_in(const struct row *row, const char *header) {
    size_t times = 0;
    for (size_t i = 0; i < row->count; i++)
        times += str_eq(str_trim(row->cells[i]), str_from(header));
    return times;
}

static size_t missing_in(const struct row *row,
                         const struct list_format *format) {
    size_t missing = 0;
    for (const struct list_column *c = format->columns; c->header != NULL; c++)
        missing += !c->optional && times_in(row, c->header) == 0;
    return missing;
}

/* The format that most of the columns speak for; a lone "name" could be of
   any, and lacks least of the plainest. */
static const struct list_format *likeliest(const struct row *row) {
    const struct list_format *best = NULL;
    size_t most = 0;
    for (size_t f = 0; f < ARRAY_LEN(formats); f++) {
        size_t there = 0;
        for (size_t i = 0; i < row->count; i++)
            there += find_column(&formats[f], row->cells[i]) != NULL;
        if (there > most ||
            (best != NULL && there == most &&
             missing_in(row, &formats[f]) < missing_in(row, best))) {
            most = there;
            best = &formats[f];
        }
    }
    return best;
}

static bool check_columns(struct reading *reading, const struct row *row,
                          const struct list_format *format) {
    for (const struct list_column *c = format->columns; c->header != NULL;
         c++) {
        size_t times = times_in(row, c->header);
        if (times == 0 && !c->optional)
            return err_set(reading->err, ERR_SYNTAX,
                           "this looks like the %s, but the column '%s' is "
                           "missing or has another name",
                           format->title, c->header);
        if (times > 1 && !c->repeats)
            return err_set(reading->err, ERR_SYNTAX,
                           "the column '%s' stands twice", c->header);
    }
    return true;
}

static bool read_header(struct reading *reading, const struct row *row) {
    const struct list_format *format = likeliest(row);
    if (format == NULL)
        return err_set(reading->err, ERR_SYNTAX,
                       "no list that is known: the first row must name the "
                       "columns of the Consolidated Screening List, of "
                       "OpenSanctions' targets.simple.csv, or name,alias,…, "
                       "or of an approved list IPN, Manufacturer, MPN, "
                       "Category, Status, …");
    if (!check_columns(reading, row, format))
        return false;
    reading->table->format = format;
    reading->width = row->count;
    for (size_t i = 0; i < row->count; i++) {
        reading->columns[i] = find_column(format, row->cells[i]);
        if (reading->columns[i] == NULL && format->closed)
            return err_set(reading->err, ERR_SYNTAX,
                           "unknown column '%.*s'; a plain list has name, "
                           "alias, aliases, country, from, until, url, source",
                           STR_ARG(str_take(row->cells[i], 60)));
    }
    return true;
}

static bool has_word(const char *words, struct str word) {
    struct str rest = str_from(words), one;
    while (str_split(&rest, ' ', &one)) {
        if (str_eq(one, word))
            return true;
    }
    return false;
}

/* Runs of blanks and line breaks become one blank. */
static struct str tidy(struct arena *arena, struct str text) {
    struct str copy = arena_str(arena, str_trim(text));
    char *to = arena_alloc(arena, copy.len + 1);
    size_t len = 0;
    for (size_t i = 0; to != NULL && i < copy.len; i++) {
        bool space = ascii_is_space(copy.ptr[i]);
        if (!space || (len > 0 && to[len - 1] != ' '))
            to[len++] = space ? ' ' : copy.ptr[i];
    }
    return to == NULL ? STR_EMPTY : (struct str){to, len};
}

static bool bad_cell(struct reading *reading, size_t column, struct str cell,
                     const char *what) {
    return err_set(reading->err, ERR_SYNTAX,
                   "'%.*s' in the column '%s' is no %s; the columns may have "
                   "shifted",
                   STR_ARG(str_take(cell, 60)),
                   reading->columns[column]->header, what);
}

static struct str without_start(struct str text, const char *start) {
    if (start == NULL || !str_starts(text, str_from(start)))
        return text;
    return str_skip(text, strlen(start));
}

/* "X; and any successor, sub-unit, or subsidiary thereof" is called X. */
static bool take_name(struct reading *reading, struct list_entry *entry,
                      struct str cell) {
    const char *after = reading->table->format->after_name;
    ptrdiff_t end = after == NULL ? -1 : str_find(cell, str_from(after));
    if (end >= 0)
        cell = str_take(cell, (size_t)end);
    entry->name = tidy(&reading->table->arena, cell);
    return entry->name.len != 0 ||
           err_set(reading->err, ERR_SYNTAX, "the name is empty");
}

static bool take_aliases(struct reading *reading, struct list_entry *entry,
                         struct str cell) {
    struct arena *arena = &reading->table->arena;
    struct str rest = cell, one;
    size_t count = entry->alias_count + 1;
    for (size_t i = 0; i < cell.len; i++)
        count += cell.ptr[i] == ';';
    if (count > LIST_ALIASES_MAX)
        return err_set(reading->err, ERR_LIMIT, "more than %d aliases",
                       LIST_ALIASES_MAX);
    struct str *aliases = arena_array(arena, count, sizeof(*aliases));
    if (aliases == NULL)
        return err_nomem(reading->err);
    if (entry->alias_count != 0)
        memcpy(aliases, entry->aliases, entry->alias_count * sizeof(*aliases));
    entry->aliases = aliases;
    while (str_split(&rest, ';', &one)) {
        struct str alias = tidy(arena, one);
        if (rest.len == 0 && one.len != cell.len)
            alias = without_start(alias, reading->table->format->last_alias);
        if (alias.len != 0)
            aliases[entry->alias_count++] = alias;
    }
    return true;
}

/* "Entity"; a word that the publisher has not used so far is a sign that the
   columns have moved. */
static bool take_kind(struct reading *reading, struct list_entry *entry,
                      size_t column, struct str cell) {
    const struct list_format *format = reading->table->format;
    bool word = cell.len != 0 || format->kinds != NULL;
    for (size_t i = 0; i < cell.len; i++)
        word = word && ascii_is_alpha(cell.ptr[i]);
    if (!word || (cell.len != 0 && format->kinds != NULL &&
                  !has_word(format->kinds, cell)))
        return bad_cell(reading, column, cell, "kind of entry");
    entry->company = !has_word(format->not_companies, cell);
    return true;
}

/* One country is the company's; several say nothing of where it sits. */
static bool take_countries(struct reading *reading, struct list_entry *entry,
                           size_t column, struct str cell) {
    struct str rest = cell, one, first = STR_EMPTY;
    size_t count = 0;
    while (cell.len != 0 && str_split(&rest, ';', &one)) {
        one = str_trim(one);
        bool code = one.len >= 2 && one.len <= 8;
        for (size_t i = 0; i < one.len; i++)
            code = code && (ascii_is_alpha(one.ptr[i]) || one.ptr[i] == '-');
        if (!code)
            return bad_cell(reading, column, cell, "country code");
        first = count++ == 0 ? one : first;
    }
    if (count != 1 || first.len != 2)
        return true;
    char upper[2] = {ascii_upper(first.ptr[0]), ascii_upper(first.ptr[1])};
    entry->country = arena_str(&reading->table->arena, (struct str){upper, 2});
    return true;
}

static void note_day(struct list_table *table, struct str day) {
    if (day.len == 10 && str_cmp(day, table->newest) > 0)
        table->newest = day;
}

static bool take_day(struct reading *reading, size_t column, struct str cell,
                     struct str *out) {
    int32_t day;
    if (cell.len == 0)
        return true;
    if (!date_parse(cell, &day))
        return bad_cell(reading, column, cell, "day (YYYY-MM-DD)");
    *out = arena_str(&reading->table->arena, cell);
    return true;
}

/* "2024-05-01T06:10:00", "1970", or several of them. */
static bool check_days(struct reading *reading, size_t column,
                       struct str cell) {
    struct str rest = cell, one;
    while (cell.len != 0 && str_split(&rest, ';', &one)) {
        struct date_span span;
        one = str_trim(one);
        ptrdiff_t time = str_find_char(one, 'T');
        struct str day = time < 0 ? one : str_take(one, (size_t)time);
        if (!date_parse_span(day, &span))
            return bad_cell(reading, column, cell, "day");
        if (reading->columns[column]->header[0] != 'b')
            note_day(reading->table, arena_str(&reading->table->arena, day));
    }
    return true;
}

static bool take_url(struct reading *reading, struct list_entry *entry,
                     size_t column, struct str cell) {
    if (cell.len != 0 && !str_starts(cell, STR_LIT("https://")) &&
        !str_starts(cell, STR_LIT("http://")))
        return bad_cell(reading, column, cell, "address");
    if (cell.len != 0)
        entry->url = tidy(&reading->table->arena, cell);
    return true;
}

static bool take_cell(struct reading *reading, struct list_entry *entry,
                      size_t column, struct str cell) {
    struct arena *arena = &reading->table->arena;
    const struct list_format *format = reading->table->format;
    switch (reading->columns[column]->role) {
    case COLUMN_NAME:
        return take_name(reading, entry, cell);
    case COLUMN_ALIASES:
        return take_aliases(reading, entry, cell);
    case COLUMN_KIND:
        return take_kind(reading, entry, column, cell);
    case COLUMN_COUNTRIES:
        return take_countries(reading, entry, column, cell);
    case COLUMN_FROM:
        if (!take_day(reading, column, cell, &entry->from))
            return false;
        note_day(reading->table, entry->from);
        return true;
    case COLUMN_UNTIL:
        return take_day(reading, column, cell, &entry->until);
    case COLUMN_DAYS:
        return check_days(reading, column, cell);
    case COLUMN_URL:
        return take_url(reading, entry, column, cell);
    case COLUMN_TITLE:
        entry->title = tidy(arena, cell);
        return true;
    case COLUMN_ID:
        entry->url = arena_printf(arena, "%s%.*s", format->entry_url,
                                  STR_ARG(tidy(arena, cell)));
        return cell.len != 0 ||
               err_set(reading->err, ERR_SYNTAX, "the id is empty");
    case COLUMN_UNUSED:
        break;
    }
    return true;
}

static bool add_entry(struct reading *reading, const struct row *row) {
    struct list_table *table = reading->table;
    struct list_entry entry = {.line = row->line, .company = true};
    if (row->count != reading->width)
        return err_set(reading->err, ERR_SYNTAX,
                       "the row has %zu cells, the header %zu", row->count,
                       reading->width);
    for (size_t i = 0; i < row->count; i++) {
        if (reading->columns[i] != NULL &&
            !take_cell(reading, &entry, i, str_trim(row->cells[i])))
            return false;
    }
    if (entry.from.len != 0 && entry.until.len != 0 &&
        str_cmp(entry.until, entry.from) < 0)
        return err_set(reading->err, ERR_SYNTAX,
                       "the entry ends before it begins");
    if (table->count == LIST_ENTRIES_MAX)
        return err_set(reading->err, ERR_LIMIT, "more than %d entries",
                       LIST_ENTRIES_MAX);
    void *items = table->entries;
    if (table->arena.failed || !mem_grow(&items, &table->cap, table->count + 1,
                                         sizeof(*table->entries)))
        return err_nomem(reading->err);
    table->entries = items;
    table->entries[table->count++] = entry;
    return true;
}

/* For a BOM a note keeps the row; here whatever is not plain may have cost an
   entry. */
static void hear(void *ctx, enum bom_severity severity, const char *code,
                 uint32_t line, uint32_t column, const char *message) {
    struct reading *reading = ctx;
    (void)severity;
    (void)code;
    if (reading->trouble.code != ERR_NONE)
        return;
    err_set(&reading->trouble, ERR_SYNTAX, "%s", message);
    err_at(&reading->trouble, "", line, column);
}

static bool take_row(struct reading *reading, const struct row *row) {
    bool ok = reading->table->format == NULL ? read_header(reading, row)
                                             : add_entry(reading, row);
    if (!ok && reading->table->arena.failed)
        err_nomem(reading->err); /* an empty cell may be only that */
    if (!ok && reading->err->line == 0)
        reading->err->line = row->line;
    return ok;
}

static bool read_rows(struct reading *reading, struct reader *reader) {
    struct row row;
    enum reader_step step = READER_ROW;
    bool ok = true;
    while (ok && reading->trouble.code == ERR_NONE) {
        step = csv_format.next(reader, &row, reading->err);
        if (step != READER_ROW)
            break;
        if (reading->trouble.code == ERR_NONE)
            ok = take_row(reading, &row);
    }
    if (ok && reading->trouble.code != ERR_NONE) {
        *reading->err = reading->trouble;
        return false;
    }
    if (!ok || step == READER_ERROR)
        return false;
    if (reading->table->format == NULL)
        return err_set(reading->err, ERR_SYNTAX, "the file is empty");
    return reading->table->count != 0 ||
           err_set(reading->err, ERR_SYNTAX,
                   "the list has no entry, which would empty the measure's");
}

static enum list_likeness likeness_of(const struct row *row) {
    const struct list_format *format = likeliest(row);
    size_t needed = 0;
    if (format == NULL)
        return LIST_UNLIKE;
    for (const struct list_column *c = format->columns; c->header != NULL; c++)
        needed += !c->optional;
    return !format->closed && missing_in(row, format) * 2 <= needed
               ? LIST_CERTAIN
               : LIST_LIKE;
}

enum list_likeness list_table_likeness(const char *path) {
    struct reader_options options = {.encoding = "UTF-8"};
    struct source *source = NULL;
    struct reader *reader = NULL;
    struct err err = ERR_INIT;
    struct row row;
    enum list_likeness likeness = LIST_UNLIKE;
    if (source_open_file(&source, path, &err) &&
        csv_format.open(&reader, source, &options, &err)) {
        if (csv_format.next(reader, &row, &err) == READER_ROW)
            likeness = likeness_of(&row);
        csv_format.close(reader);
    }
    source_close(source);
    return likeness;
}

static bool read_source(struct reading *reading, struct source *source) {
    struct reader *reader = NULL;
    /* A guessed encoding would turn every name of a list with one bad byte
       into another. */
    struct reader_options options = {
        .encoding = "UTF-8",
        .diagnostics = {.add = hear, .ctx = reading},
    };
    if (!csv_format.open(&reader, source, &options, reading->err))
        return false;
    bool ok = read_rows(reading, reader);
    csv_format.close(reader);
    return ok;
}

bool list_table_read(struct list_table *out, const char *path,
                     struct err *err) {
    struct list_table table = {.format = NULL};
    struct reading *reading = mem_calloc(1, sizeof(*reading));
    struct source *source = NULL;
    if (reading == NULL)
        return err_nomem(err);
    reading->table = &table;
    reading->err = err;
    bool ok =
        source_open_file(&source, path, err) && read_source(reading, source);
    source_close(source);
    mem_free(reading);
    if (ok)
        *out = table;
    else
        list_table_dispose(&table);
    return ok ? true : err_at(err, path, 0, 0);
}

void list_table_dispose(struct list_table *table) {
    mem_free(table->entries);
    arena_dispose(&table->arena);
    *table = (struct list_table){.format = NULL};
}
