#include "report/todo.h"

#include <stdlib.h>

#include "core/lang.h"
#include "report/instead.h"
#include "report/phrases.h"

void todo_init(struct todo *todo) {
    *todo = (struct todo){.parts.limit = TODO_PARTS_MAX};
}

static void list_add(struct todo_words *list, size_t limit, struct arena *arena,
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

static struct str alternatives_text(struct todo *todo,
                                    const struct run_info *run,
                                    const struct alternatives *found) {
    struct strbuf *text = scratch_start(&todo->text);
    report_instead(text, run, found, TODO_ACTIONS_MAX, "\n");
    return arena_str(&todo->parts.arena, strbuf_str(text));
}

static struct str excluded_text(struct todo *todo, const struct run_info *run,
                                const struct alternatives *found) {
    struct strbuf *text = scratch_start(&todo->text);
    for (size_t i = 0; i < found->excluded_count && i < TODO_ACTIONS_MAX; i++) {
        strbuf_add_text(text, i == 0 ? "" : "\n");
        phrase_excluded(text, run, &found->excluded[i]);
    }
    return arena_str(&todo->parts.arena, strbuf_str(text));
}

static struct todo_part *make_part(struct todo *todo,
                                   const struct run_info *run,
                                   const struct finding *finding) {
    struct arena *arena = &todo->parts.arena;
    struct todo_part *part = arena_alloc(arena, sizeof(*part));
    if (part == NULL)
        return NULL;
    part->worst = finding->verdict;
    part->from = DATE_SPAN_NONE;
    struct strbuf *text = scratch_start(&todo->text);
    phrase_maker(text, run->rules, finding->maker, finding->owner);
    part->maker = arena_str(arena, strbuf_str(text));
    part->mpn = arena_str(arena, finding->part->mpn);
    text = scratch_start(&todo->text);
    report_part_facts(text, run->rules, &finding->maker->facts);
    part->facts = arena_str(arena, strbuf_str(text));
    if (finding->alternatives != NULL) {
        part->instead = alternatives_text(todo, run, finding->alternatives);
        text = scratch_start(&todo->text);
        report_instead_check(text, finding->alternatives);
        part->check = arena_str(arena, strbuf_str(text));
        part->excluded = excluded_text(todo, run, finding->alternatives);
    }
    return part;
}

/* Since when the worst of it holds. */
static void add_from(struct todo_part *part, const struct finding *finding) {
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

static void add_hit(struct todo *todo, struct todo_part *part,
                    const struct run_info *run, const struct finding *finding) {
    const struct screen_hit *hit = finding->hit;
    const struct ruleset *rules = run->rules;
    struct arena *arena = &todo->parts.arena;
    add_from(part, finding);
    struct strbuf *text = scratch_start(&todo->text);
    report_action(text, run, finding);
    list_add(&part->actions, TODO_ACTIONS_MAX, arena, strbuf_str(text));
    if (hit != NULL && hit->profile != RULES_NONE)
        list_add(&part->profiles, TODO_WORDS_MAX, arena,
                 rules_str(rules, rules_profile(rules, hit->profile)->id));
    if (hit != NULL && hit->measure != RULES_NONE)
        list_add(&part->measures, TODO_WORDS_MAX, arena,
                 rules_str(rules, rules_measure(rules, hit->measure)->id));
}

static void add_finding(struct todo *todo, const struct run_info *run,
                        const struct report_line *line,
                        const struct finding *finding) {
    group_part_key(&todo->key, finding);
    struct group *group =
        groups_at(&todo->parts, strbuf_str(&todo->key), todo->marker);
    if (group == NULL)
        return;
    if (group->data == NULL)
        group->data = make_part(todo, run, finding);
    struct todo_part *part = group->data;
    if (part == NULL)
        return;
    if (group->first) {
        quantity_add(&part->quantity, line->line->quantity);
        groups_add_place(&todo->parts, group, line);
    }
    add_hit(todo, part, run, finding);
}

void todo_line(struct todo *todo, const struct run_info *run,
               const struct report_line *line) {
    todo->marker++;
    for (size_t i = 0; i < line->finding_count; i++) {
        /* What is accepted asks nothing of anybody. */
        if (phrase_is_flagged(line->findings[i].verdict) &&
            !line->findings[i].waived)
            add_finding(todo, run, line, &line->findings[i]);
    }
}

static int compare_parts(const void *a, const void *b) {
    const struct group *left = a, *right = b;
    const struct todo_part *x = left->data, *y = right->data;
    if (x->worst != y->worst)
        return x->worst < y->worst ? -1 : 1;
    if (left->lines != right->lines)
        return left->lines > right->lines ? -1 : 1;
    /* The sort is not stable, and two runs must give one file. */
    return str_cmp(left->key, right->key);
}

/* Once sorted, the map no longer fits the items; nothing asks it again. */
void todo_sort(struct todo *todo) {
    if (todo->parts.count > 1 && todo_ok(todo))
        qsort(todo->parts.items, todo->parts.count, sizeof(*todo->parts.items),
              compare_parts);
}

bool todo_ok(const struct todo *todo) {
    return !todo->parts.failed && !todo->parts.arena.failed &&
           !todo->key.failed && scratch_ok(&todo->text);
}

void todo_dispose(struct todo *todo) {
    groups_dispose(&todo->parts);
    strbuf_dispose(&todo->key);
    scratch_dispose(&todo->text);
}

void todo_add_words(struct strbuf *out, const struct todo_words *words,
                    const char *between) {
    for (size_t i = 0; i < words->count; i++) {
        strbuf_add_text(out, i == 0 ? "" : between);
        strbuf_add(out, words->items[i]);
    }
    if (words->more)
        strbuf_printf(out, "\n%s", tr("and others, see Flagged"));
}

void todo_add_beyond(struct strbuf *out, const struct todo *todo) {
    if (todo->parts.beyond == 0)
        return;
    strbuf_printf(out,
                  tr_count("Only the first %s parts that were flagged are "
                           "summed up here; the others are among the flagged, "
                           "on %s line.",
                           "Only the first %s parts that were flagged are "
                           "summed up here; the others are among the flagged, "
                           "on %s lines.",
                           todo->parts.beyond),
                  shown_number(TODO_PARTS_MAX).text,
                  shown_number(todo->parts.beyond).text);
}
