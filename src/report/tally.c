#include "report/tally.h"

#include "core/mem.h"
#include "report/phrases.h"

struct tally_mark {
    uint32_t line; /* the last one that was counted */
    enum verdict verdict;
};

bool tally_init(struct tally *tally, const struct ruleset *rules) {
    uint32_t count = rules_measure_count(rules);
    tally->line = 0;
    tally->counts = mem_calloc(count, sizeof(*tally->counts));
    tally->marks = mem_calloc(count, sizeof(*tally->marks));
    return tally->counts != NULL && tally->marks != NULL;
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
        enum verdict verdict = line->findings[i].verdict;
        if (again && verdict >= mark->verdict)
            continue;
        if (again)
            counts[mark->verdict]--;
        counts[verdict]++;
        *mark = (struct tally_mark){tally->line, verdict};
    }
}

uint32_t tally_flagged(const struct tally *tally, uint32_t measure) {
    uint32_t sum = 0;
    for (enum verdict v = VERDICT_PROHIBITED; phrase_is_flagged(v); v++)
        sum += tally->counts[measure][v];
    return sum;
}

void tally_dispose(struct tally *tally) {
    mem_free(tally->counts);
    mem_free(tally->marks);
    *tally = (struct tally){.line = 0};
}
