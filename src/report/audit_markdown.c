#include "report/audit_report.h"

#include "report/audit_phrases.h"
#include "report/audit_table.h"
#include "report/markdown_text.h"
#include "report/phrases.h"
#include "report/spool.h"

/* Rows of one table beyond which a page of Markdown is no page. */
#define ROWS_MAX 1000
#define CELL_COLUMNS 400

struct writer {
    const struct audit_report *report;
    FILE *out;
    struct scratch text, line;
};

static void put(struct writer *writer, const struct strbuf *line) {
    if (line->len != 0)
        fwrite(line->ptr, 1, line->len, writer->out);
}

/* What is composed in `text`, escaped. */
static void put_text(struct writer *writer, const char *before,
                     const struct strbuf *text, const char *after) {
    struct strbuf *line = scratch_start(&writer->line);
    strbuf_add_text(line, before);
    markdown_text(line, strbuf_str(text), SIZE_MAX);
    strbuf_add_text(line, after);
    put(writer, line);
}

static void put_pair(struct writer *writer, const char *label,
                     audit_say *words) {
    struct strbuf *text = scratch_start(&writer->text);
    words(text, writer->report->audit);
    if (text->len == 0)
        return;
    fprintf(writer->out, "- **%s:** ", label);
    put_text(writer, "", text, "\n");
}

static void put_alarm(struct writer *writer) {
    struct strbuf *text = scratch_start(&writer->text);
    audit_say_alarm(text, writer->report->audit);
    struct str lines = strbuf_str(text), one;
    fputs("> [!CAUTION]\n", writer->out);
    while (str_split(&lines, '\n', &one)) {
        struct strbuf *line = scratch_start(&writer->line);
        strbuf_add_text(line, "> ");
        markdown_text(line, one, SIZE_MAX);
        strbuf_add_text(line, "  \n");
        put(writer, line);
    }
    fputc('\n', writer->out);
}

static void put_top(struct writer *writer) {
    const struct audit *audit = writer->report->audit;
    fputs("<!-- bomgate audit -->\n", writer->out);
    if (audit_is_broken(audit))
        put_alarm(writer);
    struct strbuf *text = scratch_start(&writer->text);
    audit_report_title(text, writer->report);
    put_text(writer, "# ", text, "\n\n");
    if (writer->report->company != NULL) {
        text = scratch_start(&writer->text);
        strbuf_add_text(text, writer->report->company);
        put_text(writer, "", text, "\n\n");
    }
    text = scratch_start(&writer->text);
    audit_say_headline(text, audit);
    put_text(writer, "**", text, "**\n\n");
    put_pair(writer, "Period", audit_say_periods);
    put_pair(writer, "Only", audit_say_narrowed);
    put_pair(writer, "Checked", audit_say_scope);
    put_pair(writer, "Set apart", audit_say_apart);
    put_pair(writer, "New", audit_say_new);
    put_pair(writer, "Resolved", audit_say_resolved);
    put_pair(writer, "Waivers", audit_say_waivers);
    put_pair(writer, "Rules", audit_say_rules);
    if (audit->chain.head[0] != '\0')
        fprintf(writer->out, "- **Chain head:** `%s`\n", audit->chain.head);
    put_pair(writer, "Before", audit_say_previous);
    fputc('\n', writer->out);
}

static void put_counts(struct writer *writer) {
    const struct audit *audit = writer->report->audit;
    fputs("| Findings | All |", writer->out);
    for (int v = 0; phrase_is_flagged((enum verdict)v); v++)
        fprintf(writer->out, " %s %s |", phrase_sign((enum verdict)v),
                verdict_name((enum verdict)v));
    fputs(" What it means |\n| --- | ---: | ---: | ---: | ---: | ---: | --- "
          "|\n",
          writer->out);
    for (int s = 0; s < AUDIT_STATE_COUNT; s++) {
        enum audit_state state = (enum audit_state)s;
        fprintf(writer->out, "| %s | %u |", audit_state_title(state),
                (unsigned)audit_count(audit, state));
        for (int v = 0; phrase_is_flagged((enum verdict)v); v++)
            fprintf(writer->out, " %u |", (unsigned)audit->counts[s][v]);
        fprintf(writer->out, " %s |\n", audit_state_meaning(state));
    }
}

static void add_cell(struct strbuf *line, const struct audit_column *column,
                     const struct audit_cell *cell) {
    struct str text = strbuf_str(cell->text);
    if (column->look == AUDIT_LOOK_NUMBER)
        phrase_number(line, cell->number);
    else if (column->look == AUDIT_LOOK_VERDICT)
        strbuf_printf(line, "%s %s", phrase_sign(cell->verdict),
                      verdict_name(cell->verdict));
    else if (column->look == AUDIT_LOOK_LINK)
        markdown_link(line, text, cell->url != NULL ? cell->url : "");
    else
        markdown_text(line, text, CELL_COLUMNS);
}

static void put_header(struct writer *writer, const struct audit_table *table) {
    struct strbuf *line = scratch_start(&writer->line);
    strbuf_add_char(line, '|');
    for (size_t i = 0; i < table->column_count; i++) {
        if (!table->columns[i].wide)
            strbuf_printf(line, " %s |", table->columns[i].header);
    }
    strbuf_add_text(line, "\n|");
    for (size_t i = 0; i < table->column_count; i++) {
        if (!table->columns[i].wide)
            strbuf_add_text(line, table->columns[i].look == AUDIT_LOOK_NUMBER
                                      ? " ---: |"
                                      : " --- |");
    }
    strbuf_add_char(line, '\n');
    put(writer, line);
}

static void put_row(struct writer *writer, const struct audit_table *table,
                    size_t row) {
    struct strbuf *line = scratch_start(&writer->line);
    strbuf_add_char(line, '|');
    for (unsigned i = 0; i < table->column_count; i++) {
        if (table->columns[i].wide)
            continue;
        struct audit_cell cell =
            audit_cell_of(table, writer->report->audit, row, i, &writer->text);
        strbuf_add_char(line, ' ');
        add_cell(line, &table->columns[i], &cell);
        strbuf_add_text(line, " |");
    }
    strbuf_add_char(line, '\n');
    put(writer, line);
}

static void put_table(struct writer *writer, const struct audit_table *table) {
    size_t count = table->rows(writer->report->audit);
    fprintf(writer->out, "\n## %s\n\n%s\n\n", table->sheet,
            count == 0 ? table->none : table->about);
    if (count == 0)
        return;
    put_header(writer, table);
    for (size_t row = 0; row < count && row < ROWS_MAX; row++)
        put_row(writer, table, row);
    if (count > ROWS_MAX)
        fprintf(writer->out,
                "\nand %zu more rows; the workbook has all of them\n",
                count - ROWS_MAX);
}

static bool write(const struct audit_report *report,
                  const struct report_target *target, struct err *err) {
    struct writer writer = {.report = report, .out = target->out};
    put_top(&writer);
    put_counts(&writer);
    put_table(&writer, &audit_table_trend);
    for (size_t i = 0; audit_tables[i] != NULL; i++)
        put_table(&writer, audit_tables[i]);
    struct strbuf *text = scratch_start(&writer.text);
    audit_say_disclaimer(text, report->audit);
    put_text(&writer, "\n<sub>", text, "</sub>\n");
    bool memory = scratch_ok(&writer.text) && scratch_ok(&writer.line);
    scratch_dispose(&writer.text);
    scratch_dispose(&writer.line);
    return memory ? spool_flush(target->out, err) : err_nomem(err);
}

const struct audit_format audit_markdown_format = {
    .name = "markdown",
    .extension = ".md",
    .summary = "for a wiki or a ticket",
    .write = write,
};
