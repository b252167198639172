#include "history/audit_inside.h"

#include <string.h>

#include "core/date.h"

/* The two sides that are compared: the run that found it, and the one on the
   other side of the turn of the period that did not. */
struct sides {
    const struct audit_run *found, *other;
};

/* Was the part, as it is written, on any BOM of that board in that run? */
static bool has_part(struct audit_work *work, const struct audit_fact *fact,
                     const struct audit_run *run,
                     const struct audit_board *board, bool *out,
                     struct err *err) {
    *out = false;
    for (size_t i = 0; !*out && i < run->bom_count; i++) {
        struct query *query = audit_query(work, AUDIT_SQL_PART, err);
        if (query == NULL)
            return false;
        if (run->boms[i]->board != board)
            continue;
        query_set_int(query, 1, fact->mpn_text);
        query_set_int(query, 2, fact->manufacturer_text);
        query_set_int(query, 3, run->boms[i]->content);
        if (!query_next(query, out, err))
            return false;
    }
    return true;
}

/* "zte", "clause A, listing zte". */
static bool names(const char *item, const char *id) {
    struct str text = str_from(item), name = str_from(id);
    if (name.len == 0 || !str_ends(text, name))
        return false;
    return text.len == name.len || text.ptr[text.len - name.len - 1] == ' ';
}

/* Does a change of the rules concern what the finding says? What stands in a
   source is not asked. */
static bool concerns(const struct audit_change *change,
                     const struct audit_fact *fact) {
    bool owned =
        fact->owner[0] != '\0' && strcmp(change->name, fact->owner) == 0;
    if (strcmp(change->what, "source") == 0)
        return false;
    if (strcmp(change->what, "listing") == 0)
        return names(change->item, fact->party) ||
               names(change->item, fact->owner);
    if (strcmp(change->what, "clause") == 0)
        return strcmp(change->name, fact->measure) == 0 &&
               strcmp(change->item, fact->clause) == 0;
    return owned ||
           (fact->measure[0] != '\0' &&
            strcmp(change->name, fact->measure) == 0) ||
           (fact->party[0] != '\0' && strcmp(change->name, fact->party) == 0);
}

static bool find_changes(struct audit_work *work, struct audit_finding *finding,
                         const struct audit_ruleset *from,
                         const struct audit_ruleset *to, struct err *err) {
    struct audit_list all = {.count = 0}, kept = {.count = 0};
    if (!audit_changes_between(work, from, to, &all, err))
        return false;
    for (size_t i = 0; i < all.count; i++) {
        if (concerns(all.items[i], finding->fact))
            audit_list_add(work, &kept, all.items[i]);
    }
    finding->changes = audit_list_items(work, &kept);
    finding->change_count = kept.count;
    return audit_ok(work, err);
}

/* The clause began to hold between the two days that were asked about. */
static bool began_between(const struct audit_fact *fact,
                          const struct audit_run *before,
                          const struct audit_run *now) {
    return fact->since[0] != '\0' && strcmp(before->as_of, fact->since) < 0 &&
           strcmp(fact->since, now->as_of) <= 0;
}

static bool same_program(const struct audit_run *a, const struct audit_run *b) {
    return strcmp(a->tool, b->tool) == 0 && strcmp(a->method, b->method) == 0;
}

static bool rules_differ(struct audit_work *work, struct audit_finding *finding,
                         const struct audit_run *before,
                         const struct audit_run *now, struct err *err) {
    if (!find_changes(work, finding, before->rules, now->rules, err))
        return false;
    finding->cause =
        finding->change_count == 0 && began_between(finding->fact, before, now)
            ? AUDIT_DAY
            : AUDIT_RULES;
    return true;
}

/* The part stands on both sides. Where nothing but the BOM is left to differ,
   its line says something else of the part. */
static bool look_further(struct audit_work *work, struct audit_finding *finding,
                         const struct audit_run *before,
                         const struct audit_run *now, struct err *err) {
    if (before->rules != now->rules)
        return rules_differ(work, finding, before, now, err);
    if (!same_program(before, now))
        finding->cause = AUDIT_PROGRAM;
    else
        finding->cause =
            strcmp(before->as_of, now->as_of) != 0 ? AUDIT_DAY : AUDIT_DESIGN;
    return true;
}

bool audit_find_cause(struct audit_work *work, struct audit_finding *finding,
                      const struct audit_known *before,
                      const struct audit_known *now, struct err *err) {
    size_t number = finding->series->number;
    bool is_new = finding->state == AUDIT_NEW, there = false;
    struct sides sides = {
        finding->run,
        is_new ? before->counts[number] : now->counts[number],
    };
    if (sides.other == NULL) {
        finding->cause = AUDIT_FIRST_CHECKED;
        return true;
    }
    if (!has_part(work, finding->fact, sides.other, finding->series->board,
                  &there, err))
        return false;
    finding->cause = AUDIT_DESIGN;
    if (!there)
        return true;
    return is_new ? look_further(work, finding, sides.other, sides.found, err)
                  : look_further(work, finding, sides.found, sides.other, err);
}
