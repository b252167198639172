#include "report/text_lines.h"

#include "core/lang.h"
#include "report/alike.h"
#include "report/instead.h"
#include "report/phrases.h"
#include "report/rolled.h"

/* A part of a company on every list hits dozens of clauses when no profile is
   declared; the worst few are enough to read, the others are in the files. */
#define GROUPS_SHOWN 4
#define ALTERNATIVES_SHOWN 3
#define EXCLUDED_SHOWN 2

struct text_table text_table_for(size_t columns) {
    struct text_table table = {.line = 6, .verdict = 12, .from = 10};
    size_t fixed = table.line + table.verdict + table.from + 5;
    size_t room = columns - fixed;
    table.refdes = room / 5;
    table.maker = (room - table.refdes) * 2 / 5;
    table.mpn = room - table.refdes - table.maker;
    return table;
}

void text_table_dispose(struct text_table *table) {
    scratch_dispose(&table->block);
}

void text_table_head(struct text_page *page, struct text_table *table) {
    text_right(page, str_from(tr("Line")), table->line);
    text_cell(page, STR_EMPTY, 0);
    text_cell(page, str_from(tr("Refdes")), table->refdes);
    text_cell(page, str_from(tr("Maker")), table->maker);
    text_cell(page, str_from(tr("Part number")), table->mpn);
    text_cell(page, str_from(tr("Verdict")), table->verdict);
    text_last(page, str_from(tr("From")), table->from);
    table->block_count = 0;
}

bool text_line_is_flagged(const struct report_line *line) {
    for (size_t i = 0; i < line->finding_count; i++) {
        if (phrase_is_flagged(line->findings[i].verdict))
            return true;
    }
    return false;
}

/* `hit` NULL: no clause says anything of the part. */
static void put_row(struct text_page *page, const struct text_table *table,
                    const struct report_line *line, const struct bom_part *part,
                    enum verdict verdict, const struct screen_hit *hit) {
    struct strbuf *text = text_start(page);
    strbuf_printf(text, "%u", (unsigned)part->line);
    text_right(page, strbuf_str(text), table->line);
    text_cell(page, STR_EMPTY, 0);
    text_cell(page, line->line->refdes, table->refdes);
    text_cell(page, part->manufacturer, table->maker);
    text_cell(page, part->mpn, table->mpn);
    text_verdict(page, verdict, table->verdict);
    text_start(page);
    if (hit != NULL)
        phrase_span(text, hit->from);
    text_last(page, strbuf_str(text), table->from);
    if (!line->line->fitted)
        text_paragraph(page, "", table->line + 1, str_from(tr("Not fitted.")));
    text_start(page);
    if (report_rolled(text, line))
        text_paragraph(page, "", table->line + 1, strbuf_str(text));
}

static void add_group(struct strbuf *block, const struct run_info *run,
                      const struct finding *findings, size_t count) {
    if (findings[0].hit != NULL) {
        struct strbuf buyers = {.ptr = NULL};
        alike_profiles(&buyers, run, findings, count);
        strbuf_printf(
            block, tr("%s, %s for %s: "), tr(verdict_name(findings[0].verdict)),
            rules_text(run->rules,
                       rules_measure(run->rules, findings[0].hit->measure)->id),
            phrase_text(&buyers));
        phrase_end(block, &buyers);
    }
    alike_why(block, run, findings);
    strbuf_add_char(block, '\n');
}

static void add_offered(struct strbuf *block, const struct run_info *run,
                        const struct alternatives *found) {
    strbuf_add_text(block, tr("Instead: "));
    report_instead(block, run, found, ALTERNATIVES_SHOWN, tr("; "));
    if (found->count != 0)
        strbuf_add_text(block, tr("\nCheck: "));
    report_instead_check(block, found);
    strbuf_add_char(block, '\n');
}

static void add_excluded(struct strbuf *block, const struct run_info *run,
                         const struct alternatives *found) {
    for (size_t i = 0; i < found->excluded_count && i < EXCLUDED_SHOWN; i++) {
        strbuf_add_text(block, i == 0 ? tr("Not instead: ") : tr("; "));
        phrase_excluded(block, run, &found->excluded[i]);
    }
    strbuf_add_char(block, '\n');
}

static void add_more(struct strbuf *block, size_t more) {
    strbuf_printf(block,
                  tr_count("and %s more finding of this part; the JSON and "
                           "Excel reports list them all\n",
                           "and %s more findings of this part; the JSON and "
                           "Excel reports list them all\n",
                           more),
                  shown_number(more).text);
}

/* What was decided about a part's findings, each decision once. */
static void add_decisions(struct strbuf *block, const struct finding *all,
                          size_t start, size_t end) {
    for (size_t i = start; i < end; i++) {
        size_t k = start;
        while (k < i &&
               (all[k].waiver != all[i].waiver ||
                all[k].waived != all[i].waived || all[k].known != all[i].known))
            k++;
        if (k != i || (all[i].waiver == NULL && !all[i].known))
            continue;
        strbuf_add_text(block, tr("Decided: "));
        phrase_decision(block, &all[i]);
        strbuf_add_char(block, '\n');
    }
}

/* All findings of one part, a paragraph a line. @return where the next part's
   findings start. */
static size_t add_part(struct strbuf *block, const struct run_info *run,
                       const struct report_line *line, size_t start) {
    const struct finding *all = line->findings;
    size_t groups = 0, more = 0, i = start;
    while (i < line->finding_count && all[i].part == all[start].part) {
        size_t count = alike_count(&all[i], line->finding_count - i);
        if (phrase_is_flagged(all[i].verdict)) {
            if (groups++ < GROUPS_SHOWN)
                add_group(block, run, &all[i], count);
            else
                more += count;
        }
        i += count;
    }
    if (more != 0)
        add_more(block, more);
    strbuf_add_text(block, tr("Do: "));
    report_action(block, run, &all[start]);
    strbuf_add_char(block, '\n');
    add_decisions(block, all, start, i);
    if (all[start].alternatives != NULL) {
        add_offered(block, run, all[start].alternatives);
        add_excluded(block, run, all[start].alternatives);
    }
    return i;
}

/* A board has 30 parts of one maker; what is said of the first holds for the
   others. @return 0 when it was not said yet. */
static uint32_t said_at(struct text_table *table, uint32_t line) {
    uint64_t hash = str_hash(strbuf_str(&table->block.text));
    for (size_t i = 0; i < table->block_count && i < TEXT_BLOCKS; i++) {
        if (table->hashes[i] == hash)
            return table->lines[i];
    }
    size_t at = table->block_count++ % TEXT_BLOCKS;
    table->hashes[at] = hash;
    table->lines[at] = line;
    return 0;
}

static void put_block(struct text_page *page, struct text_table *table,
                      uint32_t line) {
    struct str rest = strbuf_str(&table->block.text), paragraph;
    uint32_t before = said_at(table, line);
    if (before != 0) {
        struct strbuf *text = text_start(page);
        if (before == line)
            strbuf_add_text(text, tr("As above."));
        else
            strbuf_printf(text, tr("As line %u."), (unsigned)before);
        text_paragraph(page, "", table->line + 1, strbuf_str(text));
        return;
    }
    while (str_split(&rest, '\n', &paragraph)) {
        if (paragraph.len != 0)
            text_paragraph(page, "", table->line + 1, paragraph);
    }
}

void text_table_plain(struct text_page *page, const struct text_table *table,
                      const struct report_line *line) {
    for (size_t i = 0; i < line->part_count; i++)
        put_row(page, table, line, line->parts[i].part,
                line->parts[i].screening->verdict, NULL);
}

void text_table_line(struct text_page *page, struct text_table *table,
                     const struct run_info *run,
                     const struct report_line *line) {
    size_t i = 0;
    while (i < line->finding_count) {
        const struct finding *first = &line->findings[i];
        if (!phrase_is_flagged(first->verdict)) {
            i++;
            continue;
        }
        put_row(page, table, line, first->part, first->verdict, first->hit);
        i = add_part(scratch_start(&table->block), run, line, i);
        put_block(page, table, first->part->line);
    }
}
