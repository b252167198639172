#include "report/tally.h"

#include "core/mem.h"
#include "report/phrases.h"

struct tally_mark {
    uint32_t line; /* the last one that was counted */
    enum tally_rank rank;
};

bool tally_init(struct tally *tally, const struct ruleset *rules) {
    uint32_t count = rules_measure_count(rules);
    tally->line = 0;
    tally->counts = mem_calloc(count, sizeof(*tally->counts));
    tally->marks = mem_calloc(count, sizeof(*tally->marks));
    return tally->counts != NULL && tally->marks != NULL;
}

static enum tally_rank rank_of(const struct finding *finding) {
    if (!phrase_is_flagged(finding->verdict))
        return TALLY_LISTED;
    return finding->waived ? TALLY_WAIVED : TALLY_FLAGGED;
}

void tally_add(struct tally *tally, const struct report_line *line) {
    tally->line++;
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct screen_hit *hit = line->findings[i].hit;
        if (hit == NULL || hit->measure == RULES_NONE)
            continue;
        struct tally_mark *mark = &tally->marks[hit->measure];
        uint32_t *counts = tally->counts[hit->measure];
        bool again = mark->line == tally->line;
        enum tally_rank rank = rank_of(&line->findings[i]);
        if (again && rank >= mark->rank)
            continue;
        if (again)
            counts[mark->rank]--;
        counts[rank]++;
        *mark = (struct tally_mark){tally->line, rank};
    }
}

void tally_dispose(struct tally *tally) {
    mem_free(tally->counts);
    mem_free(tally->marks);
    *tally = (struct tally){.line = 0};
}
