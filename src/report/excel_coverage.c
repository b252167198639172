#include "report/excel_sheets.h"

#include "core/lang.h"
#include "report/phrases.h"
#include "report/statements.h"

/* The sheet's tables stand below each other and share these columns. */
static const unsigned widths[] = {34, 24, 9,  18, 44, 32,
                                  10, 10, 10, 10, 10, 44};

enum { COLUMN_COUNT = ARRAY_LEN(widths), PAGE_WIDTH = 255 };

void excel_coverage_begin(struct excel_coverage *coverage,
                          struct excel_book *book) {
    *coverage = (struct excel_coverage){.book = book};
    unknowns_init(&coverage->unknown);
    contents_init(&coverage->contents, UNKNOWNS_MAX);
    coverage->sheet = excel_sheet_add(book, tr("Coverage"), NULL);
    if (coverage->sheet == NULL)
        return;
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        coverage->sheet->widths[i] = widths[i];
        excel_note(book,
                   worksheet_set_column(coverage->sheet->handle, (lxw_col_t)i,
                                        (lxw_col_t)i, widths[i], NULL));
    }
}

void excel_coverage_line(struct excel_coverage *coverage,
                         const struct run_info *run,
                         const struct report_line *line) {
    unknowns_line(&coverage->unknown, run, line);
    contents_line(&coverage->contents, run, line);
    if (!unknowns_ok(&coverage->unknown) || !contents_ok(&coverage->contents))
        coverage->book->no_memory = true;
}

static void heading(struct excel_coverage *coverage, const char *text) {
    excel_wide(coverage->sheet, 0, COLUMN_COUNT - 1, PAGE_WIDTH, str_from(text),
               EXCEL_HEADING);
    excel_next_row(coverage->sheet);
}

static void head_row(struct excel_coverage *coverage,
                     const char *const *headers, size_t count) {
    for (unsigned i = 0; i < count; i++)
        excel_text(coverage->sheet, i, str_from(tr(headers[i])),
                   i == 2 || (i >= 7 && i <= 10) ? EXCEL_HEAD_NUMBER
                                                 : EXCEL_HEAD);
    excel_next_row(coverage->sheet);
}

static void put_bom_text(struct excel_coverage *coverage,
                         const struct bom_info *info) {
    struct excel_sheet *sheet = coverage->sheet;
    excel_text(sheet, 0, str_from(info->path), EXCEL_TEXT);
    struct strbuf *text = excel_start(coverage->book);
    report_read_as(text, info);
    excel_text(sheet, 1, strbuf_str(text), EXCEL_TEXT);
    excel_number(sheet, 2, info->lines, EXCEL_NUMBER);
    excel_text(sheet, 3, str_from(info->sheet), EXCEL_TEXT);
    text = excel_start(coverage->book);
    phrase_columns(text, info, "\n");
    excel_text(sheet, 4, strbuf_str(text), EXCEL_TEXT);
    text = excel_start(coverage->book);
    for (size_t i = 0; i < info->unmapped_count; i++) {
        phrase_comma(text, i);
        strbuf_add(text, info->unmapped[i]);
    }
    excel_text(sheet, 5, strbuf_str(text), EXCEL_TEXT);
    text = excel_start(coverage->book);
    if (info->header_line != 0)
        strbuf_printf(text, tr("line %u"), (unsigned)info->header_line);
    else
        strbuf_add_text(text, tr("none"));
    excel_text(sheet, 6, strbuf_str(text), EXCEL_TEXT);
}

static void put_bom(struct excel_coverage *coverage,
                    const struct bom_totals *totals) {
    struct excel_sheet *sheet = coverage->sheet;
    put_bom_text(coverage, &totals->info);
    excel_number(sheet, 7, totals->resolved, EXCEL_NUMBER);
    excel_number(sheet, 8, totals->counts.verdicts[VERDICT_UNKNOWN],
                 EXCEL_NUMBER);
    excel_number(sheet, 9, totals->passives, EXCEL_NUMBER);
    excel_number(sheet, 10, totals->lost, EXCEL_NUMBER);
    excel_text(sheet, 11, str_from(totals->error), EXCEL_TEXT);
    excel_next_row(sheet);
}

static void put_boms(struct excel_coverage *coverage,
                     const struct run_totals *totals) {
    static const char *const headers[COLUMN_COUNT] = {
        N_("BOM"),           N_("Read as"),      N_("Lines"),
        N_("Sheet"),         N_("Columns used"), N_("Columns not used"),
        N_("Header"),        N_("Maker known"),  N_("Maker not known"),
        N_("Generic parts"), N_("Rows lost"),    N_("Problem")};
    heading(coverage, tr("How the files were read"));
    head_row(coverage, headers, COLUMN_COUNT);
    for (size_t i = 0; i < totals->bom_count; i++)
        put_bom(coverage, &totals->boms[i]);
    for (size_t i = 0; i < totals->skipped_count; i++) {
        excel_text(coverage->sheet, 0, str_from(totals->skipped[i].path),
                   EXCEL_TEXT);
        excel_text(coverage->sheet, 1, str_from(tr("skipped")), EXCEL_TEXT);
        excel_text(coverage->sheet, 11, str_from(totals->skipped[i].why),
                   EXCEL_TEXT);
        excel_next_row(coverage->sheet);
    }
    excel_next_row(coverage->sheet);
}

static void put_unknown(struct excel_coverage *coverage,
                        const struct group *group, bool with_bom) {
    const struct unknown_part *unknown = group->data;
    struct excel_sheet *sheet = coverage->sheet;
    if (unknown == NULL)
        return;
    excel_text(sheet, 0, unknown->maker, EXCEL_TEXT);
    excel_text(sheet, 1, unknown->mpn, EXCEL_TEXT);
    excel_number(sheet, 2, group->lines, EXCEL_NUMBER);
    struct strbuf *text = excel_start(coverage->book);
    group_places(text, group, with_bom);
    excel_text(sheet, 3, strbuf_str(text), EXCEL_TEXT);
    excel_text(sheet, 4, unknown->why, EXCEL_TEXT);
    excel_next_row(sheet);
}

static void put_note(struct excel_coverage *coverage,
                     const struct strbuf *text) {
    excel_wide(coverage->sheet, 0, COLUMN_COUNT - 1, PAGE_WIDTH,
               strbuf_str(text), EXCEL_NOTE);
    excel_next_row(coverage->sheet);
}

static void put_unknowns(struct excel_coverage *coverage, bool with_bom) {
    static const char *const headers[] = {N_("Maker as written"),
                                          N_("Part number"), N_("Lines"),
                                          N_("Where"), N_("Why it is open")};
    if (coverage->unknown.parts.count == 0)
        return;
    heading(coverage, tr(UNKNOWNS_TITLE));
    head_row(coverage, headers, ARRAY_LEN(headers));
    for (size_t i = 0; i < coverage->unknown.parts.count; i++)
        put_unknown(coverage, &coverage->unknown.parts.items[i], with_bom);
    size_t beyond = coverage->unknown.parts.beyond;
    if (beyond != 0) {
        struct strbuf *text = excel_start(coverage->book);
        strbuf_printf(
            text,
            tr_count("The sheet All lines has the others, on %s line.",
                     "The sheet All lines has the others, on %s lines.",
                     beyond),
            shown_number(beyond).text);
        put_note(coverage, text);
    }
    excel_next_row(coverage->sheet);
}

static void put_diagnostic(struct excel_coverage *coverage, const char *path,
                           const struct report_diagnostic *item) {
    struct excel_sheet *sheet = coverage->sheet;
    excel_text(sheet, 0, str_from(path), EXCEL_TEXT);
    excel_text(sheet, 1, str_from(report_severity(item->severity)), EXCEL_TEXT);
    excel_number(sheet, 2, item->line, EXCEL_NUMBER);
    excel_text(sheet, 3, str_from(item->code), EXCEL_TEXT);
    excel_text(sheet, 4, str_from(item->message), EXCEL_TEXT);
    struct strbuf *text = excel_start(coverage->book);
    if (item->column != 0)
        strbuf_printf(text, tr("column %u"), (unsigned)item->column);
    excel_text(sheet, 5, strbuf_str(text), EXCEL_TEXT);
    excel_next_row(sheet);
}

static void put_more_remarks(struct excel_coverage *coverage, uint32_t more) {
    if (more == 0)
        return;
    struct strbuf *text = excel_start(coverage->book);
    strbuf_printf(text,
                  tr_count("Not listed: %s more remark.",
                           "Not listed: %s more remarks.", more),
                  shown_number(more).text);
    put_note(coverage, text);
}

static void put_diagnostics(struct excel_coverage *coverage,
                            const struct run_totals *totals) {
    static const char *const headers[] = {N_("BOM"),  N_("What happened"),
                                          N_("Line"), N_("Code"),
                                          N_("What"), N_("Where in the row")};
    bool headed = false;
    for (size_t i = 0; i < totals->bom_count; i++) {
        const struct bom_totals *bom = &totals->boms[i];
        for (size_t k = 0; k < bom->diagnostic_count; k++) {
            if (!headed) {
                heading(coverage, tr("What could not be read as it stands"));
                head_row(coverage, headers, ARRAY_LEN(headers));
                headed = true;
            }
            put_diagnostic(coverage, bom->info.path, &bom->diagnostics[k]);
        }
        put_more_remarks(coverage, bom->diagnostics_more);
    }
    if (headed)
        excel_next_row(coverage->sheet);
}

static void put_sentence(struct excel_coverage *coverage, struct str text) {
    excel_wide(coverage->sheet, 0, COLUMN_COUNT - 1, PAGE_WIDTH, text,
               EXCEL_SENTENCE);
    excel_next_row(coverage->sheet);
}

static void put_list(struct excel_coverage *coverage, const char *title,
                     const char *const *items, size_t count) {
    if (count == 0)
        return;
    heading(coverage, title);
    for (size_t i = 0; i < count; i++)
        put_sentence(coverage, str_from(items[i]));
    excel_next_row(coverage->sheet);
}

/* One list below the other. */
struct listed {
    struct excel_coverage *coverage;
    bool any;
};

static void put_asked(void *ctx, const char *title, struct str sentence) {
    struct listed *listed = ctx;
    if (title != NULL && listed->any)
        excel_next_row(listed->coverage->sheet);
    if (title != NULL)
        heading(listed->coverage, title);
    put_sentence(listed->coverage, sentence);
    listed->any = true;
}

static void put_contents(struct excel_coverage *coverage,
                         const struct run_info *run, bool with_bom) {
    struct listed listed = {.coverage = coverage};
    contents_tell(&coverage->contents, run, with_bom, put_asked, &listed);
    if (listed.any)
        excel_next_row(coverage->sheet);
}

void excel_coverage_end(struct excel_coverage *coverage,
                        const struct run_info *run,
                        const struct run_totals *totals, const char *footer) {
    put_list(coverage, tr("Why the run is incomplete or inconclusive"),
             totals->problems, totals->problem_count);
    put_boms(coverage, totals);
    put_diagnostics(coverage, totals);
    put_unknowns(coverage, totals->bom_count > 1);
    put_contents(coverage, run, totals->bom_count > 1);
    put_list(coverage, tr("What was not checked"), totals->not_checked,
             totals->not_checked_count);
    excel_print_setup(coverage->sheet, EXCEL_PAGE_TABLE, UINT32_MAX,
                      str_from(footer));
}

void excel_coverage_dispose(struct excel_coverage *coverage) {
    unknowns_dispose(&coverage->unknown);
    contents_dispose(&coverage->contents);
}
