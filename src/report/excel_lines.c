#include "report/excel_sheets.h"

#include "core/lang.h"
#include "report/phrases.h"
#include "report/told.h"

/* What Excel still filters and scrolls at once; --all-lines lists more. */
#define LINES_LISTED 10000

enum {
    COLUMN_BOM,
    COLUMN_LINE,
    COLUMN_REFDES,
    COLUMN_QUANTITY,
    COLUMN_FITTED,
    COLUMN_WRITTEN,
    COLUMN_MPN,
    COLUMN_DESCRIPTION,
    COLUMN_MAKER,
    COLUMN_CATEGORY,
    COLUMN_VERDICT,
    COLUMN_WHY,
};

static const struct excel_column columns[] = {
    [COLUMN_BOM] = {N_("BOM"), 10, 24, EXCEL_TEXT},
    [COLUMN_LINE] = {N_("Line"), 7, 9, EXCEL_NUMBER},
    [COLUMN_REFDES] = {N_("Refdes"), 10, 24, EXCEL_TEXT},
    [COLUMN_QUANTITY] = {N_("Qty"), 7, 9, EXCEL_RIGHT},
    [COLUMN_FITTED] = {N_("Fitted"), 9, 11, EXCEL_TEXT},
    [COLUMN_WRITTEN] = {N_("Maker as written"), 12, 24, EXCEL_TEXT},
    [COLUMN_MPN] = {N_("Part number"), 12, 28, EXCEL_TEXT},
    [COLUMN_DESCRIPTION] = {N_("Description"), 12, 36, EXCEL_TEXT},
    [COLUMN_MAKER] = {N_("Maker"), 10, 24, EXCEL_TEXT},
    [COLUMN_CATEGORY] = {N_("Category"), 10, 22, EXCEL_TEXT},
    [COLUMN_VERDICT] = {N_("Verdict"), 12, 14, EXCEL_TEXT},
    [COLUMN_WHY] = {N_("Why"), 24, 56, EXCEL_TEXT},
};

void excel_lines_begin(struct excel_lines *lines, struct excel_book *book,
                       const char *footer) {
    lines->lines = 0;
    excel_table_begin(&lines->table, book, N_("All lines"), columns,
                      ARRAY_LEN(columns), footer);
}

static const struct finding *worst_of(const struct report_line *line,
                                      const struct bom_part *part) {
    const struct finding *worst = NULL;
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct finding *finding = &line->findings[i];
        if (finding->part == part &&
            (worst == NULL || finding->verdict < worst->verdict))
            worst = finding;
    }
    return worst;
}

static void put_written(struct excel_table *table,
                        const struct report_line *line,
                        const struct bom_part *part) {
    const struct bom_line *cells = line->line;
    excel_table_text(table, COLUMN_BOM, str_from(line->bom->path));
    excel_table_number(table, COLUMN_LINE, part->line);
    excel_table_text(table, COLUMN_REFDES, cells->refdes);
    excel_table_text(table, COLUMN_QUANTITY, cells->quantity);
    const char *fitted =
        cells->fitted ? tr_in("fitted", "yes") : tr_in("fitted", "no");
    excel_table_text(
        table, COLUMN_FITTED,
        str_from(part->alternate ? tr_in("fitted", "alternate") : fitted));
    excel_table_text(table, COLUMN_WRITTEN, part->manufacturer);
    excel_table_text(table, COLUMN_MPN, part->mpn);
    excel_table_text(table, COLUMN_DESCRIPTION, cells->description);
}

static void put_answer(struct excel_table *table, const struct run_info *run,
                       const struct report_part *item,
                       const struct finding *worst) {
    struct strbuf *text = excel_start(table->book);
    phrase_maker(text, run->rules, item->maker, item->screening->owner);
    excel_table_text(table, COLUMN_MAKER, strbuf_str(text));
    excel_table_text(
        table, COLUMN_CATEGORY,
        str_from(phrase_kind(run->rules, item->maker->facts.category)));
    excel_table_verdict(table, COLUMN_VERDICT, item->screening->verdict);
    text = excel_start(table->book);
    if (worst == NULL)
        strbuf_add_text(text, phrase_verdict(item->screening->verdict));
    else {
        report_why(text, run, worst);
        told_decision(text, worst);
    }
    excel_table_text(table, COLUMN_WHY, strbuf_str(text));
}

static void say_limit(struct excel_table *table) {
    struct strbuf *text = excel_start(table->book);
    strbuf_printf(text,
                  tr("From here on only lines that are not clear are listed: "
                     "the run has more than %s lines%s."),
                  shown_number(LINES_LISTED).text,
                  lang_is_by_form() ? ""
                                    : tr(", and --all-lines was not given"));
    excel_table_note(table, strbuf_str(text));
}

bool excel_lines_skip_clear(const struct excel_lines *lines,
                            const struct run_info *run) {
    return !run->all_lines && lines->lines > LINES_LISTED;
}

void excel_lines_line(struct excel_lines *lines, const struct run_info *run,
                      const struct report_line *line) {
    lines->lines++;
    if (!run->all_lines && lines->lines == LINES_LISTED + 1)
        say_limit(&lines->table);
    if (excel_lines_skip_clear(lines, run) && line->verdict == VERDICT_CLEAR)
        return;
    for (size_t i = 0; i < line->part_count; i++) {
        const struct report_part *item = &line->parts[i];
        excel_table_row(&lines->table);
        put_written(&lines->table, line, item->part);
        put_answer(&lines->table, run, item, worst_of(line, item->part));
    }
}

void excel_lines_end(struct excel_lines *lines) {
    if (lines->table.rows == 0)
        excel_table_note(&lines->table,
                         str_from(tr("No part line could be read.")));
    excel_table_end(&lines->table);
}
