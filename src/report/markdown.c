#include "report/formats.h"

#include "core/lang.h"
#include "core/mem.h"
#include "report/contents.h"
#include "report/markdown_entry.h"
#include "report/markdown_text.h"
#include "report/phrases.h"
#include "report/spool.h"
#include "report/statements.h"
#include "report/waiver_form.h"

/* A comment on a change: what must be known first, what to act on, and what
   else there is to know. An escaped column takes 14 bytes at most, so that the
   lists and the three paragraphs leave room for an entry whatever they say. */
#define HEAD_MAX 8000
#define LIST_MAX 3000
#define PARAGRAPH_COLUMNS 1100
#define ITEM_COLUMNS 200
#define BOM_COLUMNS 100
#define CONTENTS_PARTS 50
#define CONTENTS_COLUMNS 400
/* For the sentence on what was left out, and for headings. */
#define NOTE_MAX 1000

struct report {
    const struct run_info *run;
    FILE *out;
    struct markdown_entries entries;
    struct contents_sums contents;
    struct scratch text, item;
};

static void free_report(struct report *report) {
    if (report == NULL)
        return;
    markdown_entries_dispose(&report->entries);
    contents_dispose(&report->contents);
    scratch_dispose(&report->text);
    scratch_dispose(&report->item);
    mem_free(report);
}

static bool begin(struct report **out, const struct report_target *target,
                  const struct run_info *run, struct err *err) {
    struct report *report = mem_calloc(1, sizeof(*report));
    if (report == NULL)
        return err_nomem(err);
    report->run = run;
    report->out = target->out;
    contents_init(&report->contents, CONTENTS_PARTS);
    *out = report;
    return true;
}

static bool check(const struct report *report, struct err *err) {
    bool ok = markdown_entries_ok(&report->entries) &&
              contents_ok(&report->contents) && scratch_ok(&report->text) &&
              scratch_ok(&report->item);
    return ok ? true : err_nomem(err);
}

static bool bom_begin(struct report *report, const struct bom_info *bom,
                      struct err *err) {
    (void)bom;
    markdown_entries_bom(&report->entries);
    return check(report, err);
}

static bool put_line(struct report *report, const struct report_line *line,
                     struct err *err) {
    markdown_entries_add(&report->entries, report->run, line);
    contents_line(&report->contents, report->run, line);
    return check(report, err);
}

static bool skips_clear(const struct report *report) {
    (void)report;
    return true;
}

static bool bom_end(struct report *report, const struct bom_totals *totals,
                    struct err *err) {
    (void)totals;
    return check(report, err);
}

/* A list of which only whole items are written, in so many bytes. */
struct list {
    struct strbuf *out;
    size_t limit, left_out;
};

static void add_item(struct list *list, const struct strbuf *item) {
    if (list->out->len + item->len <= list->limit && list->left_out == 0)
        strbuf_add(list->out, strbuf_str(item));
    else
        list->left_out++;
}

static void end_list(struct list *list, const char *before) {
    if (list->left_out == 0)
        return;
    strbuf_add_text(list->out, before);
    strbuf_printf(list->out, tr("and %zu more\n"), list->left_out);
}

/* What is composed in `text`, as a paragraph. */
static void add_paragraph(struct report *report, struct strbuf *out,
                          const char *lead, const char *end) {
    strbuf_add_text(out, lead);
    markdown_text(out, strbuf_str(&report->text.text), PARAGRAPH_COLUMNS);
    strbuf_add_text(out, end);
}

static void add_alarm(struct report *report, struct strbuf *out,
                      const struct run_totals *totals) {
    if (totals->complete && totals->conclusive)
        return;
    strbuf_printf(out, "> [!CAUTION]\n> **%s**\n>\n", report_alarm(totals));
    struct list list = {.out = out, .limit = HEAD_MAX};
    for (size_t i = 0; i < totals->problem_count; i++) {
        struct strbuf *item = scratch_start(&report->item);
        strbuf_add_text(item, "> - ");
        markdown_text(item, str_from(totals->problems[i]), ITEM_COLUMNS);
        strbuf_add_char(item, '\n');
        add_item(&list, item);
    }
    end_list(&list, "> - ");
    strbuf_add_char(out, '\n');
}

static void add_head(struct report *report, struct strbuf *out,
                     const struct run_totals *totals) {
    strbuf_add_text(out, "<!-- bomgate -->\n");
    add_alarm(report, out, totals);
    if (report->run->title != NULL) {
        strbuf_add_text(out, "## ");
        markdown_text(out, str_from(report->run->title), ITEM_COLUMNS);
        strbuf_add_text(out, "\n\n");
    }
    struct strbuf *text = scratch_start(&report->text);
    report_headline(text, report->run, totals, NULL);
    add_paragraph(report, out, "**", "**\n\n");
    size_t count = markdown_entries_count(&report->entries);
    if (report->run->baseline) {
        strbuf_printf(out,
                      tr_count("### New: %s part to act on\n\n",
                               "### New: %s parts to act on\n\n", count),
                      shown_number(count).text);
    }
    text = scratch_start(&report->text);
    report_rule_change(text, report->run, totals);
    if (text->len != 0)
        add_paragraph(report, out, "", "\n\n");
}

static void add_known(struct report *report, struct strbuf *out,
                      const struct run_totals *totals) {
    if (!report->run->baseline || totals->known_findings == 0)
        return;
    strbuf_printf(out,
                  tr("### %s known, not yours\n\nAlready in the baseline: this "
                     "change did not bring it in.\n\n"),
                  shown_number(totals->known_findings).text);
}

/* Those that hold are counted; the others somebody must look at. */
static void add_waivers(struct report *report, struct strbuf *out,
                        const struct run_totals *totals) {
    if (totals->waiver_count == 0)
        return;
    struct list list = {.out = out, .limit = out->len + LIST_MAX};
    size_t used = 0;
    strbuf_printf(out, "### %s\n\n", tr("Waivers"));
    for (size_t i = 0; i < totals->waiver_count; i++) {
        if (totals->waivers[i].state == WAIVER_USED) {
            used++;
            continue;
        }
        struct strbuf *item = scratch_start(&report->item);
        struct strbuf *text = scratch_start(&report->text);
        report_waiver_told(text, &totals->waivers[i]);
        strbuf_add_text(item, "- ");
        markdown_text(item, strbuf_str(text), ITEM_COLUMNS);
        strbuf_add_char(item, '\n');
        add_item(&list, item);
    }
    end_list(&list, "- ");
    strbuf_printf(
        out,
        tr_count("- %s waiver in use\n\n", "- %s waivers in use\n\n", used),
        shown_number(used).text);
}

/* Its lists are open one at a time. */
struct contents_list {
    struct report *report;
    struct list list;
    bool open;
};

static void end_contents(struct contents_list *to) {
    if (!to->open)
        return;
    end_list(&to->list, "- ");
    strbuf_add_char(to->list.out, '\n');
    to->open = false;
}

static void put_contents(void *ctx, const char *title, struct str sentence) {
    struct contents_list *to = ctx;
    struct strbuf *out = to->list.out;
    if (title != NULL) {
        end_contents(to);
        to->list = (struct list){.out = out, .limit = out->len + LIST_MAX};
        strbuf_printf(out, "### %s\n\n", title);
        to->open = true;
    }
    struct strbuf *item = scratch_start(&to->report->item);
    strbuf_add_text(item, "- ");
    markdown_text(item, sentence, CONTENTS_COLUMNS);
    strbuf_add_char(item, '\n');
    add_item(&to->list, item);
}

static void add_contents(struct report *report, struct strbuf *out,
                         const struct run_totals *totals) {
    struct contents_list to = {.report = report, .list = {.out = out}};
    contents_tell(&report->contents, report->run, totals->bom_count > 1,
                  put_contents, &to);
    end_contents(&to);
}

static void add_bom(struct strbuf *item, const struct bom_totals *totals) {
    const struct bom_info *info = &totals->info;
    strbuf_add_text(item, "| ");
    markdown_text(item, str_from(info->place), BOM_COLUMNS);
    strbuf_add_text(item, " | ");
    report_read_as(item, info);
    strbuf_add_text(item, " | ");
    phrase_number(item, info->lines);
    strbuf_add_text(item, " | ");
    phrase_number(item, totals->resolved);
    strbuf_add_text(item, " | ");
    phrase_number(item, totals->counts.verdicts[VERDICT_UNKNOWN]);
    strbuf_add_text(item, " | ");
    phrase_number(item, totals->lost);
    strbuf_printf(
        item, " | %u %% |\n",
        info->lines == 0 ? 0 : (unsigned)(bom_totals_resolved(totals) * 100));
}

static void add_coverage(struct report *report, struct strbuf *out,
                         const struct run_totals *totals) {
    static const char *const headers[] = {
        N_("BOM"),         N_("Read as"),         N_("Lines"),
        N_("Maker known"), N_("Maker not known"), N_("Rows lost"),
        N_("Resolved"),
    };
    strbuf_printf(out, "### %s\n\n|", tr("Coverage"));
    for (size_t i = 0; i < ARRAY_LEN(headers); i++)
        strbuf_printf(out, " %s |", tr(headers[i]));
    strbuf_add_text(out,
                    "\n| --- | --- | ---: | ---: | ---: | ---: | ---: |\n");
    struct list list = {.out = out, .limit = out->len + LIST_MAX};
    for (size_t i = 0; i < totals->bom_count; i++) {
        struct strbuf *item = scratch_start(&report->item);
        add_bom(item, &totals->boms[i]);
        add_item(&list, item);
    }
    strbuf_add_char(out, '\n');
    end_list(&list, "");
}

static void add_not_checked(struct report *report, struct strbuf *out,
                            const struct run_totals *totals) {
    if (totals->not_checked_count == 0)
        return;
    strbuf_printf(out, "<details><summary>%s</summary>\n\n",
                  tr("What was not checked"));
    struct list list = {.out = out, .limit = out->len + LIST_MAX};
    for (size_t i = 0; i < totals->not_checked_count; i++) {
        struct strbuf *item = scratch_start(&report->item);
        strbuf_add_text(item, "- ");
        markdown_text(item, str_from(totals->not_checked[i]), ITEM_COLUMNS);
        strbuf_add_char(item, '\n');
        add_item(&list, item);
    }
    end_list(&list, "- ");
    strbuf_add_text(out, "\n</details>\n\n");
}

static void add_tail(struct report *report, struct strbuf *out,
                     const struct run_totals *totals) {
    add_known(report, out, totals);
    add_waivers(report, out, totals);
    add_contents(report, out, totals);
    add_coverage(report, out, totals);
    add_not_checked(report, out, totals);
    struct strbuf *text = scratch_start(&report->text);
    report_declared(text, report->run);
    strbuf_printf(text, tr(", SHA-256 %.16s…."),
                  ruleset_sha256(report->run->rules));
    add_paragraph(report, out, "", "\n\n");
    text = scratch_start(&report->text);
    report_recorded(text, totals);
    if (text->len != 0)
        add_paragraph(report, out, "", "\n\n");
    text = scratch_start(&report->text);
    report_disclaimer(text, report->run, totals);
    add_paragraph(report, out, "<sub>", "</sub>\n");
}

static void add_entries(struct report *report, struct strbuf *out,
                        size_t tail) {
    size_t left = markdown_entries_put(
        out, &report->entries, MARKDOWN_MAX - NOTE_MAX - out->len - tail);
    if (left == 0)
        return;
    strbuf_printf(out,
                  tr_count("%s more part to act on found no room here; the "
                           "other reports list all of them.\n\n",
                           "%s more parts to act on found no room here; the "
                           "other reports list all of them.\n\n",
                           left),
                  shown_number(left).text);
}

static bool write_all(struct report *report, const struct run_totals *totals,
                      struct err *err) {
    struct strbuf page = {.ptr = NULL}, tail = {.ptr = NULL};
    add_head(report, &page, totals);
    add_tail(report, &tail, totals);
    bool ok = !page.failed && !tail.failed && check(report, err);
    if (ok) {
        add_entries(report, &page, tail.len);
        strbuf_add(&page, strbuf_str(&tail));
        ok = !page.failed;
    }
    if (ok)
        fwrite(page.ptr, 1, page.len, report->out);
    strbuf_dispose(&page);
    strbuf_dispose(&tail);
    if (!ok)
        return err_nomem(err);
    return spool_flush(report->out, err);
}

static bool finish(struct report *report, const struct run_totals *totals,
                   struct err *err) {
    bool ok = write_all(report, totals, err);
    free_report(report);
    return ok;
}

const struct report_format report_markdown = {
    .name = "markdown",
    .extension = ".md",
    .media_type = "text/markdown; charset=utf-8",
    .summary = N_("a comment on a change, with waivers to paste"),
    .begin = begin,
    .bom_begin = bom_begin,
    .line = put_line,
    .skips_clear = skips_clear,
    .bom_end = bom_end,
    .finish = finish,
    .abandon = free_report,
};
