#include "report/excel_sheets.h"

#include "core/mem.h"
#include "report/instead.h"
#include "report/phrases.h"
#include "report/quantity_sum.h"

#include <stdlib.h>

/* Nobody works through more parts than this; what is beyond is said. */
#define PARTS_MAX 5000
#define ACTIONS_MAX 4
#define WORDS_MAX 8

/* Distinct texts in the order in which they came up. */
struct word_list {
    struct str items[WORDS_MAX];
    size_t count;
    bool more;
};

struct part {
    enum verdict worst;
    struct str maker, mpn, facts;
    struct date_span from; /* of the worst */
    struct quantity_sum quantity;
    struct word_list profiles, measures, actions;
    struct str instead, check, excluded;
};

enum {
    COLUMN_VERDICT,
    COLUMN_MAKER,
    COLUMN_MPN,
    COLUMN_FACTS,
    COLUMN_LINES,
    COLUMN_QUANTITY,
    COLUMN_WHERE,
    COLUMN_FROM,
    COLUMN_PROFILES,
    COLUMN_MEASURES,
    COLUMN_DO,
    COLUMN_INSTEAD,
    COLUMN_CHECK,
    COLUMN_NOT_INSTEAD,
    COLUMN_DECISION,
};

static const struct excel_column columns[] = {
    [COLUMN_VERDICT] = {"Verdict", 12, 13, EXCEL_TEXT},
    [COLUMN_MAKER] = {"Maker", 12, 22, EXCEL_TEXT},
    [COLUMN_MPN] = {"Part number", 14, 24, EXCEL_TEXT},
    [COLUMN_FACTS] = {"What it is", 14, 22, EXCEL_TEXT},
    [COLUMN_LINES] = {"Lines", 8, 9, EXCEL_NUMBER},
    [COLUMN_QUANTITY] = {"Qty", 7, 10, EXCEL_RIGHT},
    [COLUMN_WHERE] = {"Where", 10, 16, EXCEL_TEXT},
    [COLUMN_FROM] = {"From", 11, 12, EXCEL_TEXT},
    [COLUMN_PROFILES] = {"For whom", 12, 22, EXCEL_TEXT},
    [COLUMN_MEASURES] = {"Under", 12, 20, EXCEL_TEXT},
    [COLUMN_DO] = {"What to do", 24, 42, EXCEL_TEXT},
    [COLUMN_INSTEAD] = {"What can be bought instead", 20, 38, EXCEL_TEXT},
    [COLUMN_CHECK] = {"What to check", 16, 28, EXCEL_TEXT},
    [COLUMN_NOT_INSTEAD] = {"Not an alternative", 20, 32, EXCEL_TEXT},
    [COLUMN_DECISION] = {"Decision, by whom, when", 18, 18, EXCEL_TEXT},
};

void excel_todo_begin(struct excel_todo *todo, struct excel_book *book,
                      const char *footer) {
    *todo = (struct excel_todo){.parts.limit = PARTS_MAX};
    excel_table_begin(&todo->table, book, "What to do", columns,
                      ARRAY_LEN(columns), footer);
}

static void list_add(struct word_list *list, size_t limit, struct arena *arena,
                     struct str word) {
    if (word.len == 0)
        return;
    for (size_t i = 0; i < list->count; i++) {
        if (str_eq(list->items[i], word))
            return;
    }
    if (list->count == limit)
        list->more = true;
    else
        list->items[list->count++] = arena_str(arena, word);
}

static struct str alternatives_text(struct excel_todo *todo,
                                    const struct run_info *run,
                                    const struct alternatives *found) {
    struct strbuf *text = excel_start(todo->table.book);
    report_instead(text, run, found, ACTIONS_MAX, "\n");
    return arena_str(&todo->parts.arena, strbuf_str(text));
}

static struct str excluded_text(struct excel_todo *todo,
                                const struct run_info *run,
                                const struct alternatives *found) {
    struct strbuf *text = excel_start(todo->table.book);
    for (size_t i = 0; i < found->excluded_count && i < ACTIONS_MAX; i++) {
        strbuf_add_text(text, i == 0 ? "" : "\n");
        phrase_excluded(text, run, &found->excluded[i]);
    }
    return arena_str(&todo->parts.arena, strbuf_str(text));
}

static struct part *make_part(struct excel_todo *todo,
                              const struct run_info *run,
                              const struct finding *finding) {
    struct arena *arena = &todo->parts.arena;
    struct part *part = arena_alloc(arena, sizeof(*part));
    if (part == NULL)
        return NULL;
    part->worst = finding->verdict;
    part->from = DATE_SPAN_NONE;
    struct strbuf *text = excel_start(todo->table.book);
    phrase_maker(text, run->rules, finding->maker, finding->owner);
    part->maker = arena_str(arena, strbuf_str(text));
    part->mpn = arena_str(arena, finding->part->mpn);
    text = excel_start(todo->table.book);
    report_part_facts(text, run->rules, &finding->maker->facts);
    part->facts = arena_str(arena, strbuf_str(text));
    if (finding->alternatives != NULL) {
        part->instead = alternatives_text(todo, run, finding->alternatives);
        text = excel_start(todo->table.book);
        report_instead_check(text, finding->alternatives);
        part->check = arena_str(arena, strbuf_str(text));
        part->excluded = excluded_text(todo, run, finding->alternatives);
    }
    return part;
}

/* Since when the worst of it holds. */
static void add_from(struct part *part, const struct finding *finding) {
    struct date_span from =
        finding->hit != NULL ? finding->hit->from : DATE_SPAN_NONE;
    bool worse = finding->verdict < part->worst;
    bool earlier =
        finding->verdict == part->worst && from.first != DATE_NONE &&
        (part->from.first == DATE_NONE || from.first < part->from.first);
    if (worse || earlier)
        part->from = from;
    part->worst = verdict_worst(part->worst, finding->verdict);
}

static void add_hit(struct excel_todo *todo, struct part *part,
                    const struct run_info *run, const struct finding *finding) {
    const struct screen_hit *hit = finding->hit;
    const struct ruleset *rules = run->rules;
    struct arena *arena = &todo->parts.arena;
    add_from(part, finding);
    struct strbuf *text = excel_start(todo->table.book);
    report_action(text, run, finding);
    list_add(&part->actions, ACTIONS_MAX, arena, strbuf_str(text));
    if (hit != NULL && hit->profile != RULES_NONE)
        list_add(&part->profiles, WORDS_MAX, arena,
                 rules_str(rules, rules_profile(rules, hit->profile)->id));
    if (hit != NULL && hit->measure != RULES_NONE)
        list_add(&part->measures, WORDS_MAX, arena,
                 rules_str(rules, rules_measure(rules, hit->measure)->id));
}

static void add_finding(struct excel_todo *todo, const struct run_info *run,
                        const struct report_line *line,
                        const struct finding *finding) {
    group_part_key(&todo->key, finding);
    struct group *group =
        groups_at(&todo->parts, strbuf_str(&todo->key), todo->marker);
    if (group == NULL)
        return;
    if (group->data == NULL)
        group->data = make_part(todo, run, finding);
    struct part *part = group->data;
    if (part == NULL)
        return;
    if (group->first) {
        quantity_add(&part->quantity, line->line->quantity);
        groups_add_place(&todo->parts, group, line);
    }
    add_hit(todo, part, run, finding);
}

void excel_todo_line(struct excel_todo *todo, const struct run_info *run,
                     const struct report_line *line) {
    todo->marker++;
    for (size_t i = 0; i < line->finding_count; i++) {
        if (phrase_is_flagged(line->findings[i].verdict))
            add_finding(todo, run, line, &line->findings[i]);
    }
    if (todo->parts.failed || todo->parts.arena.failed || todo->key.failed)
        todo->table.book->no_memory = true;
}

static int compare_parts(const void *a, const void *b) {
    const struct group *left = a, *right = b;
    const struct part *x = left->data, *y = right->data;
    if (x->worst != y->worst)
        return x->worst < y->worst ? -1 : 1;
    if (left->lines != right->lines)
        return left->lines > right->lines ? -1 : 1;
    /* The sort is not stable, and two runs must give one file. */
    return str_cmp(left->key, right->key);
}

static struct str joined(struct excel_todo *todo, const struct word_list *list,
                         const char *between) {
    struct strbuf *text = excel_start(todo->table.book);
    for (size_t i = 0; i < list->count; i++) {
        strbuf_add_text(text, i == 0 ? "" : between);
        strbuf_add(text, list->items[i]);
    }
    if (list->more)
        strbuf_add_text(text, "\nand others, see Flagged");
    return strbuf_str(text);
}

static void put_sums(struct excel_todo *todo, const struct group *group,
                     const struct part *part, bool with_bom) {
    struct excel_table *table = &todo->table;
    excel_table_number(table, COLUMN_LINES, group->lines);
    struct strbuf *text = excel_start(table->book);
    quantity_phrase(text, &part->quantity);
    excel_table_text(table, COLUMN_QUANTITY, strbuf_str(text));
    text = excel_start(table->book);
    group_places(text, group, with_bom);
    excel_table_text(table, COLUMN_WHERE, strbuf_str(text));
    text = excel_start(table->book);
    phrase_span(text, part->from);
    excel_table_text(table, COLUMN_FROM, strbuf_str(text));
}

static void put_part(struct excel_todo *todo, const struct group *group,
                     bool with_bom) {
    struct excel_table *table = &todo->table;
    const struct part *part = group->data;
    excel_table_row(table);
    excel_table_verdict(table, COLUMN_VERDICT, part->worst);
    excel_table_text(table, COLUMN_MAKER, part->maker);
    excel_table_text(table, COLUMN_MPN, part->mpn);
    excel_table_text(table, COLUMN_FACTS, part->facts);
    put_sums(todo, group, part, with_bom);
    excel_table_text(table, COLUMN_PROFILES,
                     joined(todo, &part->profiles, "\n"));
    excel_table_text(table, COLUMN_MEASURES,
                     joined(todo, &part->measures, "\n"));
    excel_table_text(table, COLUMN_DO, joined(todo, &part->actions, "\n"));
    excel_table_text(table, COLUMN_INSTEAD, part->instead);
    excel_table_text(table, COLUMN_CHECK, part->check);
    excel_table_text(table, COLUMN_NOT_INSTEAD, part->excluded);
    excel_table_text(table, COLUMN_DECISION, STR_EMPTY);
}

void excel_todo_end(struct excel_todo *todo, const struct run_totals *totals) {
    struct excel_table *table = &todo->table;
    /* Once sorted, the map no longer fits the items; nothing asks it again. */
    if (todo->parts.count > 1 && excel_writable(table->sheet))
        qsort(todo->parts.items, todo->parts.count, sizeof(*todo->parts.items),
              compare_parts);
    for (size_t i = 0; i < todo->parts.count && excel_writable(table->sheet);
         i++)
        put_part(todo, &todo->parts.items[i], totals->bom_count > 1);
    if (todo->parts.count == 0)
        excel_table_note(table, STR_LIT("Nothing was flagged, so nothing is "
                                        "asked of anybody."));
    if (todo->parts.beyond != 0) {
        struct strbuf *text = excel_start(table->book);
        strbuf_add_text(text, "Only the first ");
        phrase_count(text, PARTS_MAX, "part");
        strbuf_add_text(text, " that were flagged are summed up here; the "
                              "others are on the sheet Flagged, on ");
        phrase_count(text, todo->parts.beyond, "line");
        strbuf_add_char(text, '.');
        excel_table_note(table, strbuf_str(text));
    }
    excel_table_end(table);
}

void excel_todo_dispose(struct excel_todo *todo) {
    groups_dispose(&todo->parts);
    strbuf_dispose(&todo->key);
}
