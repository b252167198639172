#include "run/part_recall.h"

struct part_named part_named_of(const struct bom_line *line,
                                const struct bom_part *part) {
    return (struct part_named){
        .mpn = part->mpn,
        .ipn = line->ipn,
        .maker = part->manufacturer.len != 0,
    };
}

bool part_is_told(const struct screening *screening) {
    return screening->hit_count != 0 ||
           screening->without_hits != VERDICT_CLEAR;
}

static bool add_evidence(struct part_recall *recall,
                         const struct maker_query *query,
                         struct part_answer *answer, struct err *err) {
    struct maker_query full = *query;
    struct maker maker;
    full.brief = false;
    if (!maker_resolve(recall->resolver, &full, &maker, err))
        return false;
    answer->maker.evidence = arena_str(&recall->parts.arena, maker.evidence);
    return !recall->parts.arena.failed || err_nomem(err);
}

/* Whoever approves part numbers, or says where a part was made, goes by more
   than the gist of it. */
static bool has_gist(struct part_recall *recall, const struct bom_part *part,
                     const struct maker_query *query, struct maker_gist *out) {
    return part->origin.len == 0 && !rules_have_approvals(recall->rules) &&
           maker_gist(recall->resolver, query, out);
}

/* `gist` is NULL where the part has none. */
static struct part_answer *find_out(struct part_recall *recall,
                                    const struct bom_line *line,
                                    const struct bom_part *part,
                                    const struct maker_query *query,
                                    const struct maker_gist *gist,
                                    struct err *err) {
    const struct part_named named = part_named_of(line, part);
    const struct screen_said said = {.origin = part->origin};
    struct part_answer *answer = NULL;
    struct screening screening;
    struct maker maker;
    if (!maker_resolve(recall->resolver, query, &maker, err) ||
        !screen_part(recall->screener, &maker, &named, &said, &screening, err))
        return NULL;
    if (gist != NULL && !part_is_told(&screening))
        answer = gist_memo_keep(&recall->gists, gist,
                                maker_gist_epoch(recall->resolver), &maker,
                                &screening);
    if (answer == NULL)
        answer = part_memo_keep(&recall->parts, &maker, &screening);
    if (answer == NULL)
        err_nomem(err);
    return answer;
}

/* By all of its cells. */
static struct part_answer *recall_by_cells(struct part_recall *recall,
                                           const struct bom_line *line,
                                           const struct bom_part *part,
                                           const struct maker_query *query,
                                           const struct maker_gist *gist,
                                           struct err *err) {
    const struct str cells[PART_CELLS] = {
        query->manufacturer,
        query->mpn,
        query->value,
        query->description,
        query->category,
        query->manufacturer_header,
        query->mpn_header,
        part->origin,
        rules_have_approvals(recall->rules) ? line->ipn : STR_EMPTY,
    };
    struct part_answer *known = part_memo_find(&recall->parts, cells);
    return known != NULL ? known
                         : find_out(recall, line, part, query, gist, err);
}

const struct part_answer *part_recall(struct part_recall *recall,
                                      const struct bom_line *line,
                                      const struct bom_part *part,
                                      const struct maker_query *query,
                                      struct err *err) {
    struct maker_gist gist;
    bool gisted = has_gist(recall, part, query, &gist);
    struct part_answer *answer =
        gisted ? gist_memo_find(&recall->gists, &gist,
                                maker_gist_epoch(recall->resolver))
               : NULL;
    if (answer == NULL)
        answer = recall_by_cells(recall, line, part, query,
                                 gisted ? &gist : NULL, err);
    if (answer == NULL || !part_is_told(&answer->screening) ||
        answer->maker.evidence.len != 0 ||
        add_evidence(recall, query, answer, err))
        return answer;
    return NULL;
}

bool part_recall_names(struct part_recall *recall, const struct bom_part *part,
                       const struct maker_query *query, uint64_t *names) {
    struct maker_gist gist;
    if (!has_gist(recall, part, query, &gist))
        return false;
    *names = maker_gist_names(recall->resolver, &gist);
    return true;
}

void part_recall_trim(struct part_recall *recall, bool anew) {
    if (anew) {
        part_memo_clear(&recall->parts);
        gist_memo_clear(&recall->gists);
    }
    part_memo_trim(&recall->parts);
    gist_memo_trim(&recall->gists, maker_gist_epoch(recall->resolver));
}

void part_recall_dispose(struct part_recall *recall) {
    part_memo_dispose(&recall->parts);
    gist_memo_dispose(&recall->gists);
}
