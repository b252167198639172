#include "history/audit_inside.h"

#include <string.h>

#include "core/date.h"

/* Is the part on any BOM of its board in that run? Asked by AUDIT_SQL_PART: as
   it is written; by AUDIT_SQL_SAME_LINE: with all that the line says of it. */
static bool is_on(struct audit_work *work, enum audit_sql which,
                  const struct audit_finding *finding,
                  const struct audit_run *run, bool *out, struct err *err) {
    *out = false;
    for (size_t i = 0; !*out && i < run->bom_count; i++) {
        struct query *query = audit_query(work, which, err);
        if (query == NULL)
            return false;
        if (run->boms[i]->board != finding->series->board)
            continue;
        query_set_int(query, 1, finding->fact->mpn_text);
        query_set_int(query, 2, finding->fact->manufacturer_text);
        query_set_int(query, 3, run->boms[i]->content);
        if (which == AUDIT_SQL_SAME_LINE)
            query_set_int(query, 4, finding->bom->content);
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
                         const struct audit_run *from,
                         const struct audit_run *to, struct err *err) {
    const struct audit_list *all;
    struct audit_list kept = {.count = 0};
    if (!audit_changes_between(work, from, to, &all, err))
        return false;
    for (size_t i = 0; i < all->count; i++) {
        if (concerns(all->items[i], finding->fact))
            audit_list_add(work, &kept, all->items[i]);
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

/* The part stands on both sides. A rule of it that changed comes first, then
   what the line says, then the calendar. */
static enum audit_cause tell_apart(const struct audit_finding *finding,
                                   bool same_line,
                                   const struct audit_run *before,
                                   const struct audit_run *now) {
    if (finding->change_count != 0)
        return AUDIT_RULES;
    if (!same_line)
        return AUDIT_DESIGN;
    if (began_between(finding->fact, before, now))
        return AUDIT_DAY;
    if (before->rules != now->rules)
        return AUDIT_RULES;
    return same_program(before, now) ? AUDIT_DAY : AUDIT_PROGRAM;
}

static bool look_further(struct audit_work *work, struct audit_finding *finding,
                         const struct audit_run *other, struct err *err) {
    bool is_gone = finding->state == AUDIT_RESOLVED, same_line = false;
    const struct audit_run *before = is_gone ? finding->run : other;
    const struct audit_run *now = is_gone ? other : finding->run;
    if (before->rules != now->rules &&
        !find_changes(work, finding, before, now, err))
        return false;
    if (!is_on(work, AUDIT_SQL_SAME_LINE, finding, other, &same_line, err))
        return false;
    finding->cause = tell_apart(finding, same_line, before, now);
    return true;
}

bool audit_find_cause(struct audit_work *work, struct audit_finding *finding,
                      const struct audit_known *before,
                      const struct audit_known *now, struct err *err) {
    size_t number = finding->series->number;
    const struct audit_run *other = finding->before_run;
    if (finding->state == AUDIT_NEW)
        other = before->counts[number];
    else if (finding->state == AUDIT_RESOLVED)
        other = now->counts[number];
    bool there = false;
    finding->cause = AUDIT_FIRST_CHECKED;
    if (other == NULL)
        return true;
    finding->cause = AUDIT_DESIGN;
    if (!is_on(work, AUDIT_SQL_PART, finding, other, &there, err))
        return false;
    return !there || look_further(work, finding, other, err);
}
