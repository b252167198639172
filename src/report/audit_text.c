#include "report/audit_report.h"

#include "report/audit_phrases.h"
#include "report/audit_table.h"
#include "report/phrases.h"
#include "report/spool.h"
#include "report/text_layout.h"

/* Findings of one state beyond that many are for a file. */
#define ROWS_MAX 100
#define LABEL_WIDTH 12
#define VERDICT_WIDTH 12
#define PRODUCT_WIDTH 22
#define MPN_WIDTH 24

struct writer {
    const struct audit *audit;
    struct text_page page;
    struct scratch scratch;
};

/* Nothing where there is nothing to say. */
static void put_pair(struct writer *writer, const char *label,
                     audit_say *words) {
    struct strbuf *text = text_start(&writer->page);
    words(text, writer->audit);
    if (text->len != 0)
        text_paragraph(&writer->page, label, LABEL_WIDTH, strbuf_str(text));
}

static void put_top(struct writer *writer) {
    struct strbuf *text = text_start(&writer->page);
    if (audit_is_broken(writer->audit)) {
        audit_say_alarm(text, writer->audit);
        struct str lines = strbuf_str(text), line;
        while (str_split(&lines, '\n', &line)) {
            struct text_page *page = &writer->page;
            text_heading(page, line);
        }
        text_end_line(&writer->page);
    }
    text = text_start(&writer->page);
    audit_say_title(text, writer->audit);
    text_heading(&writer->page, strbuf_str(text));
    text = text_start(&writer->page);
    audit_say_headline(text, writer->audit);
    text_paragraph(&writer->page, "", 0, strbuf_str(text));
    text_end_line(&writer->page);
    put_pair(writer, "Period", audit_say_when);
    put_pair(writer, "Against", audit_say_against);
    put_pair(writer, "Only", audit_say_narrowed);
    put_pair(writer, "Checked", audit_say_scope);
    put_pair(writer, "Set apart", audit_say_apart);
    put_pair(writer, "New", audit_say_new);
    put_pair(writer, "Resolved", audit_say_resolved);
    put_pair(writer, "Waivers", audit_say_waivers);
    put_pair(writer, "Rules", audit_say_rules);
    put_pair(writer, "Chain head", audit_say_head);
    put_pair(writer, "Before", audit_say_previous);
}

static void put_finding(struct writer *writer,
                        const struct audit_finding *finding) {
    struct text_page *page = &writer->page;
    fputs("  ", page->out);
    text_verdict(page, finding->fact->verdict, VERDICT_WIDTH);
    struct strbuf *text = text_start(page);
    audit_say_board(text, finding->series->board);
    text_cell(page, strbuf_str(text), PRODUCT_WIDTH);
    text_cell(page, str_from(finding->fact->mpn), MPN_WIDTH);
    text = text_start(page);
    audit_say_rule(text, finding->fact);
    text_last(page, strbuf_str(text),
              page->columns - VERDICT_WIDTH - PRODUCT_WIDTH - MPN_WIDTH - 5);
    text = text_start(page);
    if (finding->fact->profile[0] != '\0')
        strbuf_printf(text, "For %s. ", finding->fact->profile);
    audit_say_why(text, finding);
    if (finding->waiver != NULL) {
        strbuf_add_text(text, " Waiver: ");
        audit_say_decision(text, finding);
        strbuf_add_char(text, '.');
    }
    if (text->len != 0)
        text_paragraph(page, "", VERDICT_WIDTH + 3, strbuf_str(text));
}

static void put_state(struct writer *writer, enum audit_state state) {
    const struct audit *audit = writer->audit;
    struct text_page *page = &writer->page;
    uint32_t count = audit_count(audit, state), shown = 0;
    if (count == 0)
        return;
    struct strbuf *text = text_start(page);
    strbuf_printf(text, "%s %s: ", audit_state_sign(state),
                  audit_state_title(state));
    phrase_number(text, count);
    text_end_line(page);
    text_heading(page, strbuf_str(text));
    for (size_t i = 0; i < audit->finding_count; i++) {
        if (audit->findings[i].state == state && shown++ < ROWS_MAX)
            put_finding(writer, &audit->findings[i]);
    }
    if (shown > ROWS_MAX) {
        text = text_start(page);
        strbuf_add_text(text, "and ");
        phrase_number(text, shown - ROWS_MAX);
        strbuf_add_text(text, " more; -o audit.xlsx has all of them");
        text_paragraph(page, "", 2, strbuf_str(text));
    }
}

/* A name of any length first, and numbers after it. */
static void put_trend(struct writer *writer) {
    const struct audit_table *table = &audit_table_trend;
    struct text_page *page = &writer->page;
    size_t first = writer->audit->period.quarter != 0 ? 8 : 24;
    text_end_line(page);
    text_heading(page, STR_LIT("Trend"));
    for (size_t row = 0; row <= table->rows(writer->audit); row++) {
        fputs("  ", page->out);
        for (unsigned i = 0; i < table->column_count; i++) {
            struct strbuf *text = text_start(page);
            struct audit_cell cell =
                audit_cell_of(table, writer->audit, row == 0 ? 0 : row - 1, i,
                              &writer->scratch);
            if (table->columns[i].wide)
                continue;
            if (row == 0)
                strbuf_add_text(text, table->columns[i].header);
            else if (table->columns[i].look == AUDIT_LOOK_NUMBER)
                phrase_number(text, cell.number);
            else
                strbuf_add(text, strbuf_str(cell.text));
            if (i == 0)
                text_cell(page, strbuf_str(text), first);
            else
                text_right(page, strbuf_str(text), i < 5 ? 11 : 9);
        }
        text_end_line(page);
    }
}

static void put_waivers(struct writer *writer) {
    const struct audit_table *table = &audit_table_waivers;
    struct text_page *page = &writer->page;
    size_t count = writer->audit->expired.count + writer->audit->expiring.count;
    if (count == 0)
        return;
    text_end_line(page);
    text_heading(page, STR_LIT("Waivers to look at"));
    for (size_t row = 0; row < count && row < ROWS_MAX; row++) {
        struct strbuf *text = text_start(page);
        for (unsigned i = 0; i < 9; i++) {
            struct audit_cell cell =
                audit_cell_of(table, writer->audit, row, i, &writer->scratch);
            if (cell.text->len != 0)
                strbuf_printf(text, "%s%.*s", i == 0 ? "" : ", ",
                              STR_ARG(strbuf_str(cell.text)));
        }
        text_paragraph(page, "", 2, strbuf_str(text));
    }
}

static bool write(const struct audit_report *report,
                  const struct report_target *target, struct err *err) {
    size_t columns = target->columns == 0 ? TEXT_COLUMNS : target->columns;
    struct writer writer = {
        .audit = report->audit,
        .page = {.out = target->out,
                 .color = target->color,
                 .columns =
                     columns < TEXT_COLUMNS_MIN ? TEXT_COLUMNS_MIN : columns},
    };
    put_top(&writer);
    for (int s = 0; !target->summary_only && s < AUDIT_STATE_COUNT; s++)
        put_state(&writer, (enum audit_state)s);
    if (!target->summary_only) {
        put_waivers(&writer);
        put_trend(&writer);
    }
    bool memory = scratch_ok(&writer.scratch) &&
                  (text_page_ok(&writer.page) || ferror(target->out));
    text_page_dispose(&writer.page);
    scratch_dispose(&writer.scratch);
    return memory ? spool_flush(target->out, err) : err_nomem(err);
}

const struct audit_format audit_text_format = {
    .name = "text",
    .extension = ".txt",
    .summary = "a page for people",
    .write = write,
};
