#include "report/audit_xlsx.h"

#include "report/audit_phrases.h"
#include "report/audit_table.h"
#include "report/excel_table.h"

struct writer {
    const struct audit_report *report;
    struct excel_book book;
    struct scratch text;
    struct strbuf title, footer;
};

/* ---- tables ---- */

static void put_cell(struct excel_table *table, unsigned column,
                     enum audit_look look, const struct audit_cell *cell) {
    struct str text = strbuf_str(cell->text);
    if (look == AUDIT_LOOK_NUMBER)
        excel_table_number(table, column, cell->number);
    else if (look == AUDIT_LOOK_VERDICT)
        excel_table_verdict(table, column, cell->verdict);
    else if (look == AUDIT_LOOK_LINK)
        excel_link(table->sheet, column, cell->url != NULL ? cell->url : "",
                   text);
    else
        excel_table_text(table, column, text);
}

static void put_table(struct writer *writer, const struct audit_table *from) {
    struct excel_column columns[AUDIT_COLUMNS_MAX];
    struct excel_table table;
    size_t count = from->rows(writer->report->audit);
    for (size_t i = 0; i < from->column_count; i++) {
        const struct audit_column *column = &from->columns[i];
        columns[i] = (struct excel_column){
            column->header, column->min, column->max,
            column->look == AUDIT_LOOK_NUMBER ? EXCEL_NUMBER : EXCEL_TEXT};
    }
    excel_table_begin(&table, &writer->book, from->sheet, columns,
                      from->column_count, writer->footer.ptr);
    for (size_t row = 0; row < count && excel_writable(table.sheet); row++) {
        excel_table_row(&table);
        for (unsigned i = 0; i < from->column_count; i++) {
            struct audit_cell cell = audit_cell_of(from, writer->report->audit,
                                                   row, i, &writer->text);
            put_cell(&table, i, from->columns[i].look, &cell);
        }
    }
    if (count == 0)
        excel_table_note(&table, str_from(from->none));
    excel_table_end(&table);
}

/* ---- the book ---- */

static bool open_book(struct writer *writer, const char *path,
                      struct err *err) {
    const struct audit *audit = writer->report->audit;
    audit_report_title(&writer->title, writer->report);
    audit_say_title(&writer->footer, audit);
    if (audit->chain.head[0] != '\0')
        strbuf_printf(&writer->footer, ", chain head %.16s…",
                      audit->chain.head);
    if (writer->title.failed || writer->footer.failed)
        return err_nomem(err);
    struct excel_properties properties = {
        .title = writer->title.ptr,
        .company = writer->report->company,
        .comments = writer->footer.ptr,
        .day = audit->period.to,
    };
    return excel_book_open(&writer->book, path, &properties, err);
}

static bool write_all(struct writer *writer, const struct report_target *target,
                      struct err *err) {
    if (!open_book(writer, target->path, err))
        return false;
    audit_xlsx_summary(excel_sheet_add(&writer->book, "Summary", NULL),
                       writer->report, writer->footer.ptr);
    for (size_t i = 0; audit_tables[i] != NULL; i++)
        put_table(writer, audit_tables[i]);
    if (!scratch_ok(&writer->text))
        return err_nomem(err);
    return excel_book_close(&writer->book, err) &&
           (target->path != NULL ||
            excel_book_copy(&writer->book, target->out, err));
}

static bool write(const struct audit_report *report,
                  const struct report_target *target, struct err *err) {
    struct writer writer = {.report = report};
    bool ok = write_all(&writer, target, err);
    excel_book_dispose(&writer.book);
    scratch_dispose(&writer.text);
    strbuf_dispose(&writer.title);
    strbuf_dispose(&writer.footer);
    return ok;
}

const struct audit_format audit_xlsx_format = {
    .name = "xlsx",
    .extension = ".xlsx",
    .summary = "an Excel workbook: summary, findings, waivers, evidence",
    .flags = REPORT_BINARY | REPORT_BY_NAME,
    .write = write,
};
