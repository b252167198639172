#include "bom/formats.h"

#include "bom/ods_table.h"
#include "bom/sheets.h"
#include "core/lang.h"
#include "core/mem.h"

#include <string.h>

/* More sheets than any workbook that was seen. */
#define ODS_SHEETS_MAX 1000

/* A table that is only looked at has nothing to tell. */
static const struct reader_diagnostics nobody = {.add = NULL};

struct reader {
    struct zip_parts *parts;
    struct arena arena; /* sheet names */
    struct sheet *sheets;
    size_t sheet_count, sheet_cap;
    size_t chosen;
    struct reader_diagnostics diagnostics;
    struct ods_tables tables;
    struct merges merges;
    uint32_t repeats; /* times that the last row is still to be given */
    struct sheet_row_mark mark; /* that row, before merged cells were filled */
};

static void manifest_start(void *ctx, const char *name,
                           const char *const *attributes) {
    bool *encrypted = ctx;
    (void)attributes;
    *encrypted |= str_ends(str_from(name), STR_LIT("|encryption-data"));
}

static void manifest_end(void *ctx, const char *name) { (void)ctx, (void)name; }

static bool check_password(struct zip_parts *parts, struct err *err) {
    static const struct xml_events events = {.start = manifest_start,
                                             .end = manifest_end};
    struct str manifest = STR_LIT("META-INF/manifest.xml");
    bool encrypted = false;
    if (!zip_parts_has(parts, manifest))
        return true;
    if (!xml_part_parse(parts, manifest, &events, &encrypted, err))
        return false;
    if (encrypted)
        return err_set(err, ERR_INVALID,
                       tr("the workbook is protected by a password"));
    return true;
}

static bool add_sheet(struct reader *reader, const struct ods_tables *tables,
                      struct err *err) {
    void *sheets = reader->sheets;
    if (reader->sheet_count == ODS_SHEETS_MAX)
        return err_set(err, ERR_LIMIT,
                       tr("the workbook has more than %d sheets"),
                       ODS_SHEETS_MAX);
    if (!mem_grow(&sheets, &reader->sheet_cap, reader->sheet_count + 1,
                  sizeof(*reader->sheets)))
        return err_nomem(err);
    reader->sheets = sheets;
    reader->sheets[reader->sheet_count++] = (struct sheet){
        .name = arena_str(&reader->arena, strbuf_str(&tables->name))};
    return !reader->arena.failed || err_nomem(err);
}

/* Of equal rows as many as a sample takes are sampled. */
static bool sample_row(struct reader *reader, struct ods_tables *tables,
                       const struct reader_options *options, struct err *err) {
    struct row row;
    struct sheet *sheet = &reader->sheets[reader->sheet_count - 1];
    if (!sheet_row_view(&tables->row, &row, err))
        return false;
    for (uint32_t i = 0; i < tables->repeat && !tables->skip; i++)
        tables->skip = !sheet_sample(sheet, &row, options);
    return true;
}

static bool scan(struct reader *reader, struct ods_tables *tables,
                 const struct reader_options *options, struct err *err) {
    enum xml_step step;
    while ((step = ods_tables_next(tables, err)) == XML_PAUSED) {
        if (reader->sheet_count < tables->table_count) {
            if (!add_sheet(reader, tables, err))
                return false;
        } else if (!sample_row(reader, tables, options, err)) {
            return false;
        }
        reader->sheets[reader->sheet_count - 1].hidden = tables->hidden;
    }
    return step == XML_ENDED;
}

static bool choose(struct reader *reader, const struct reader_options *options,
                   struct err *err) {
    if (reader->sheet_count == 0)
        return err_set(err, ERR_INVALID, tr("the document has no sheet"));
    const struct sheets_choice choice = {
        .sheets = reader->sheets,
        .count = reader->sheet_count,
        .options = options,
    };
    return sheets_pick(&choice, &reader->chosen, err);
}

/* All sheets are in one part: it is gone through once to choose. */
static bool scan_and_choose(struct reader *reader,
                            const struct reader_options *options,
                            struct err *err) {
    struct ods_tables *tables = mem_calloc(1, sizeof(*tables));
    if (tables == NULL)
        return err_nomem(err);
    bool ok = ods_tables_open(tables, reader->parts, &nobody, err) &&
              scan(reader, tables, options, err);
    ods_tables_close(tables);
    mem_free(tables);
    return ok && choose(reader, options, err);
}

static void ods_close(struct reader *reader) {
    if (reader == NULL)
        return;
    ods_tables_close(&reader->tables);
    merges_dispose(&reader->merges);
    zip_parts_close(reader->parts);
    arena_dispose(&reader->arena);
    mem_free(reader->sheets);
    mem_free(reader);
}

static bool ods_open(struct reader **out, struct source *source,
                     const struct reader_options *options, struct err *err) {
    struct reader *reader = mem_calloc(1, sizeof(*reader));
    if (reader == NULL)
        return err_nomem(err);
    reader->diagnostics = options->diagnostics;
    if (!zip_parts_open(&reader->parts, source, &ZIP_LIMITS, err) ||
        !check_password(reader->parts, err) ||
        !scan_and_choose(reader, options, err) ||
        !ods_tables_open(&reader->tables, reader->parts, &nobody, err)) {
        ods_close(reader);
        return false;
    }
    reader->tables.merges = &reader->merges;
    merges_ready(&reader->merges, reader->sheets[reader->chosen].header_line);
    *out = reader;
    return true;
}

/* Each of equal rows is filled for itself: a merged cell may end among them. */
static enum reader_step give_row(struct reader *reader, struct row *out,
                                 struct err *err) {
    struct sheet_row *row = &reader->tables.row;
    merges_fill(&reader->merges, row);
    row->text.failed |= reader->merges.failed;
    return sheet_row_view(row, out, err) ? READER_ROW : READER_ERROR;
}

static enum reader_step ods_next(struct reader *reader, struct row *row,
                                 struct err *err) {
    struct ods_tables *tables = &reader->tables;
    if (reader->repeats > 0) {
        reader->repeats--;
        sheet_row_repeat(&tables->row, &reader->mark);
        return give_row(reader, row, err);
    }
    for (;;) {
        enum xml_step step = ods_tables_next(tables, err);
        if (step != XML_PAUSED)
            return step == XML_ENDED ? READER_END : READER_ERROR;
        if (tables->row.used == 0) {
            bool wanted = tables->table_count == reader->chosen + 1;
            tables->skip = !wanted;
            tables->row.diagnostics = wanted ? &reader->diagnostics : &nobody;
            continue;
        }
        reader->repeats = tables->repeat - 1;
        sheet_row_mark(&tables->row, &reader->mark);
        return give_row(reader, row, err);
    }
}

static void ods_facts(const struct reader *reader, struct reader_facts *facts) {
    *facts = (struct reader_facts){
        .encoding = "UTF-8",
        .sheet = reader->sheets[reader->chosen].name.ptr,
    };
}

static int ods_sniff(struct str head) {
    if (!str_starts(head, STR_LIT("PK\3\4")))
        return 0;
    if (str_find(head,
                 STR_LIT("application/vnd.oasis.opendocument.spreadsheet")) >=
        0)
        return 98;
    return str_find(head, STR_LIT("content.xml")) >= 0 ? 88 : 0;
}

const struct reader_format ods_format = {
    .name = "ods",
    .extensions = "ods",
    .sniff = ods_sniff,
    .open = ods_open,
    .next = ods_next,
    .facts = ods_facts,
    .close = ods_close,
};
