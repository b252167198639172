#include "run/declaration_table.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/date.h"
#include "core/digest.h"
#include "core/mem.h"
#include "maker/maker.h"
#include "ruleset/country.h"
#include "ruleset/name.h"

/* A beginning that is shorter is many companies', unless one is named. */
#define PREFIX_MIN 4
#define ANY_MEASURE STR_LIT("all")

enum column {
    PARTY,
    MPN,
    MEASURE,
    STATEMENT,
    COUNTRY,
    DOCUMENT,
    SHA256,
    DATE,
    VALID_UNTIL,
    BY,
    COLUMN_COUNT
};

static const struct named_column columns[COLUMN_COUNT] = {
    [PARTY] = {"Party", BOM_MANUFACTURER, "table/party", false},
    [MPN] = {"MPN", BOM_MPN, NULL, false},
    [MEASURE] = {"Measure", BOM_FIELD_COUNT, "table/measure", false},
    [STATEMENT] = {"Statement", BOM_FIELD_COUNT, "table/statement", false},
    [COUNTRY] = {"Country", BOM_ORIGIN, NULL, false},
    [DOCUMENT] = {"Document", BOM_FIELD_COUNT, "table/document", false},
    [SHA256] = {"SHA-256", BOM_FIELD_COUNT, "table/sha-256", false},
    [DATE] = {"Date", BOM_FIELD_COUNT, "table/date", false},
    [VALID_UNTIL] = {"Valid until", BOM_FIELD_COUNT, "table/until", false},
    [BY] = {"By", BOM_FIELD_COUNT, "table/by", false},
};

struct declaration_reader {
    struct declarations_options options;
    struct named_table table;
    struct maker_resolver *resolver; /* for companies by their names */
    struct arena arena;
    struct strbuf text;
};

/* One cell of the row in hand. */
struct cell {
    struct declaration_reader *reader;
    const struct named_row *row;
    enum column column;
    struct str text;
};

static struct cell cell_of(struct declaration_reader *reader,
                           const struct named_row *row, enum column column) {
    return (struct cell){reader, row, column,
                         named_cell(&reader->table, row, column, 0)};
}

/* What is wrong with a cell: its value stands first in `fmt`. */
#define FAULT(cell, err, ...)                                                  \
    named_cell_fault(&(cell)->reader->table, (cell)->row, (cell)->column, 0,   \
                     err, __VA_ARGS__)

static const char *keep(const struct cell *cell) {
    return cell->text.len == 0
               ? NULL
               : arena_str(&cell->reader->arena, cell->text).ptr;
}

static bool need(const struct cell *cell, struct err *err) {
    return cell->text.len != 0 ||
           FAULT(cell, err, "'%s' is empty; a declaration needs it",
                 columns[cell->column].name);
}

/* ---- who and what ---- */

static bool resolve_party(const struct cell *cell, uint32_t *out,
                          struct err *err) {
    if (!maker_find_party(cell->reader->resolver, cell->reader->options.rules,
                          cell->text, out, err))
        return false;
    return *out != RULES_NONE ||
           FAULT(cell, err,
                 "'%.*s' is not surely one company that the rules know; write "
                 "its name as `bomgate explain` takes it, or leave the cell "
                 "empty and name the MPN",
                 STR_ARG(cell->text));
}

static bool take_party(const struct cell *cell, struct declaration *out,
                       struct err *err) {
    out->party = RULES_NONE;
    return cell->text.len == 0 || resolve_party(cell, &out->party, err);
}

static bool check_beginning(const struct cell *cell, bool has_party,
                            struct err *err) {
    ptrdiff_t star = str_find_char(cell->text, '*');
    if (star >= 0 && (size_t)star + 1 != cell->text.len)
        return FAULT(cell, err, "'%.*s': a * stands at the end only",
                     STR_ARG(cell->text));
    mpn_key(&cell->reader->text, cell->text);
    size_t len = cell->reader->text.len;
    if (len == 0)
        return FAULT(cell, err,
                     "'%.*s' is no part number; leave it empty for all parts "
                     "of the party",
                     STR_ARG(cell->text));
    if (star >= 0 && !has_party && len < PREFIX_MIN)
        return FAULT(cell, err,
                     "'%.*s' may begin anybody's part number; name the party "
                     "too, or %d or more characters",
                     STR_ARG(cell->text), PREFIX_MIN);
    return !cell->reader->text.failed || err_nomem(err);
}

static bool take_mpn(const struct cell *cell, struct declaration *out,
                     struct err *err) {
    out->mpn = keep(cell);
    if (out->mpn == NULL)
        return out->party != RULES_NONE ||
               FAULT(cell, err,
                     "neither a party nor an MPN; name whose parts, or which "
                     "one, is declared");
    return check_beginning(cell, out->party != RULES_NONE, err);
}

static struct str lower(const struct cell *cell) {
    struct strbuf *out = &cell->reader->text;
    strbuf_clear(out);
    strbuf_add_lower(out, cell->text);
    return strbuf_str(out);
}

static bool take_measure(const struct cell *cell, struct declaration *out,
                         struct err *err) {
    out->measure = RULES_NONE;
    if (cell->text.len == 0 || str_eq_nocase(cell->text, ANY_MEASURE))
        return true;
    out->measure = rules_find_measure(cell->reader->options.rules, lower(cell));
    if (cell->reader->text.failed)
        return err_nomem(err);
    return out->measure != RULES_NONE ||
           FAULT(cell, err,
                 "'%.*s' is no measure of the rules; `bomgate rules list` "
                 "shows their ids, and 'all' stands for each",
                 STR_ARG(cell->text));
}

/* ---- what is stated ---- */

static bool find_statement(const struct cell *cell, struct declaration *out) {
    const struct ruleset *rules = cell->reader->options.rules;
    struct strbuf *folded = &cell->reader->text;
    name_fold(folded, cell->text);
    for (unsigned i = 0; i < DECLARATION_STATEMENTS; i++) {
        out->statement = (enum declaration_statement)i;
        const char *name = declaration_statement_name(out->statement);
        struct str list =
            arena_printf(&cell->reader->arena, "statement/%s", name);
        if (str_eq(cell->text, str_from(name)) ||
            rules_has_word(rules, rules_find_words(rules, list),
                           strbuf_str(folded)))
            return true;
    }
    return false;
}

static bool take_statement(const struct cell *cell, struct declaration *out,
                           struct err *err) {
    return (need(cell, err) &&
            (find_statement(cell, out) ||
             FAULT(cell, err,
                   "'%.*s' is no statement; write contains-none, contains or "
                   "made-in",
                   STR_ARG(cell->text))));
}

static bool take_country(const struct cell *cell, struct declaration *out,
                         struct err *err) {
    struct strbuf *code = &cell->reader->text;
    out->country = NULL;
    if (out->statement != DECLARES_ORIGIN)
        return cell->text.len == 0 ||
               FAULT(cell, err,
                     "'%.*s': only made-in says a country; leave it empty",
                     STR_ARG(cell->text));
    if (!need(cell, err))
        return false;
    country_code(code, cell->reader->options.rules, cell->text);
    if (code->len == 0 && !code->failed)
        return FAULT(cell, err,
                     "'%.*s' is no country that is known; write its ISO 3166 "
                     "code, such as VN",
                     STR_ARG(cell->text));
    out->country = arena_str(&cell->reader->arena, strbuf_str(code)).ptr;
    return !code->failed || err_nomem(err);
}

/* Which of the listed parties' parts is inside depends on whose list it is;
   where a part was made does not. */
static bool check_scope(const struct cell *measure,
                        const struct declaration *declaration,
                        struct err *err) {
    if (declaration->statement == DECLARES_LISTED &&
        declaration->measure == RULES_NONE)
        return FAULT(measure, err,
                     "contains needs the measure whose list it speaks of; "
                     "write a row for each");
    if (declaration->statement == DECLARES_ORIGIN &&
        declaration->measure != RULES_NONE)
        return FAULT(measure, err,
                     "'%.*s': made-in holds for every measure; leave it empty",
                     STR_ARG(measure->text));
    return true;
}

/* ---- since when, and by what document ---- */

static bool take_day(const struct cell *cell, int32_t *out, struct err *err) {
    return need(cell, err) &&
           (date_parse(cell->text, out) ||
            FAULT(cell, err, "'%.*s' is no day; write YYYY-MM-DD",
                  STR_ARG(cell->text)));
}

static bool take_days(const struct cell *from, const struct cell *until,
                      struct declaration *out, struct err *err) {
    int32_t as_of = from->reader->options.as_of;
    if (!take_day(from, &out->date, err) ||
        !take_day(until, &out->valid_until, err))
        return false;
    if (out->valid_until < out->date)
        return FAULT(until, err, "'%.*s' is before the declaration's date",
                     STR_ARG(until->text));
    out->state = as_of < out->date          ? DECLARATION_NOT_YET
                 : as_of > out->valid_until ? DECLARATION_EXPIRED
                                            : DECLARATION_HOLDS;
    return true;
}

static bool is_hex(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = ascii_lower(text.ptr[i]);
        if (!ascii_is_digit(c) && (c < 'a' || c > 'f'))
            return false;
    }
    return text.len == DIGEST_HEX_SIZE - 1;
}

static bool take_sha256(const struct cell *cell, struct declaration *out,
                        struct err *err) {
    if (!need(cell, err))
        return false;
    if (!is_hex(cell->text))
        return FAULT(cell, err,
                     "'%.*s' is no SHA-256, which has 64 digits and letters "
                     "a to f; `sha256sum FILE` prints it",
                     STR_ARG(cell->text));
    out->sha256 = arena_str(&cell->reader->arena, lower(cell)).ptr;
    return !cell->reader->text.failed || err_nomem(err);
}

static bool digest_file(FILE *in, char hex[DIGEST_HEX_SIZE]) {
    char block[16384];
    size_t got;
    struct digest *digest = digest_new();
    hex[0] = '\0';
    while (digest != NULL && (got = fread(block, 1, sizeof(block), in)) != 0)
        digest_add(digest, (struct str){block, got});
    if (digest != NULL && !ferror(in))
        digest_hex(digest, hex);
    digest_free(digest);
    return hex[0] != '\0';
}

/* A name beside the table: no address, and nowhere above it. */
static bool is_beside(struct str name) {
    struct str rest = name, folder;
    bool beside = name.ptr[0] != '/' && str_find(name, STR_LIT("://")) < 0;
    while (beside && str_split(&rest, '/', &folder))
        beside = !str_eq(folder, STR_LIT(".."));
    return beside;
}

/* Is it a file that lies there? Its path is the reader's text then. */
static bool find_document(const struct cell *cell) {
    struct strbuf *path = &cell->reader->text;
    const char *named = cell->reader->options.named;
    const char *slash = strrchr(named, '/');
    struct stat status;
    strbuf_clear(path);
    if (slash != NULL)
        strbuf_add(path, (struct str){named, (size_t)(slash - named) + 1});
    strbuf_add(path, cell->text);
    return !path->failed && stat(path->ptr, &status) == 0 &&
           S_ISREG(status.st_mode);
}

static bool check_document(const struct cell *cell, const struct cell *sha256,
                           const struct declaration *declaration,
                           struct err *err) {
    char hex[DIGEST_HEX_SIZE];
    if (!is_beside(cell->text) || !find_document(cell))
        return !cell->reader->text.failed || err_nomem(err);
    FILE *in = fopen(cell->reader->text.ptr, "rb");
    bool read = in != NULL && digest_file(in, hex);
    if (in != NULL)
        fclose(in);
    if (!read)
        return FAULT(cell, err, "'%.*s' cannot be read", STR_ARG(cell->text));
    return strcmp(hex, declaration->sha256) == 0 ||
           FAULT(sha256, err,
                 "'%.*s' is not the hash of %.*s, which is %s; look whether "
                 "the document was changed",
                 STR_ARG(sha256->text), STR_ARG(cell->text), hex);
}

static bool take_document(const struct cell *cell, const struct cell *sha256,
                          struct declaration *out, struct err *err) {
    if (!need(cell, err) || !take_sha256(sha256, out, err))
        return false;
    out->document = keep(cell);
    return check_document(cell, sha256, out, err);
}

bool declaration_reader_row(struct declaration_reader *reader,
                            const struct named_row *row,
                            struct declaration *out, struct err *err) {
    struct cell cells[COLUMN_COUNT];
    for (unsigned c = 0; c < COLUMN_COUNT; c++)
        cells[c] = cell_of(reader, row, (enum column)c);
    *out =
        (struct declaration){.path = reader->options.named, .line = row->line};
    if (!take_party(&cells[PARTY], out, err) ||
        !take_mpn(&cells[MPN], out, err) ||
        !take_measure(&cells[MEASURE], out, err) ||
        !take_statement(&cells[STATEMENT], out, err) ||
        !take_country(&cells[COUNTRY], out, err) ||
        !check_scope(&cells[MEASURE], out, err) ||
        !take_document(&cells[DOCUMENT], &cells[SHA256], out, err) ||
        !take_days(&cells[DATE], &cells[VALID_UNTIL], out, err) ||
        !need(&cells[BY], err))
        return false;
    out->by = keep(&cells[BY]);
    return !reader->arena.failed || err_nomem(err);
}

/* ---- the table ---- */

static bool check_header(const struct named_table *table, struct err *err) {
    static const enum column needed[] = {STATEMENT, DOCUMENT,    SHA256,
                                         DATE,      VALID_UNTIL, BY};
    for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
        if (named_table_has(table, needed[i]))
            continue;
        err_set(err, ERR_SYNTAX,
                "no column for '%s'; the header of declarations is Party, MPN, "
                "Measure, Statement, Country, Document, SHA-256, Date, Valid "
                "until, By",
                columns[needed[i]].name);
        return err_at(err, table->path, 0, 0);
    }
    return true;
}

bool declaration_reader_new(struct declaration_reader **out,
                            const struct declarations_options *options,
                            struct err *err) {
    struct declaration_reader *reader = mem_calloc(1, sizeof(*reader));
    if (reader == NULL)
        return err_nomem(err);
    reader->options = *options;
    reader->options.named =
        arena_str(&reader->arena, str_from(options->named)).ptr;
    reader->resolver = maker_resolver_new(options->rules);
    bool ok =
        (!reader->arena.failed && reader->resolver != NULL) || err_nomem(err);
    if (ok &&
        named_table_read(&reader->table, options->path, options->rules, columns,
                         COLUMN_COUNT, err) &&
        check_header(&reader->table, err)) {
        *out = reader;
        return true;
    }
    declaration_reader_free(reader);
    return false;
}

void declaration_reader_free(struct declaration_reader *reader) {
    if (reader == NULL)
        return;
    named_table_dispose(&reader->table);
    maker_resolver_free(reader->resolver);
    arena_dispose(&reader->arena);
    strbuf_dispose(&reader->text);
    mem_free(reader);
}

const struct named_table *declaration_reader_table(
    const struct declaration_reader *reader) {
    return &reader->table;
}
