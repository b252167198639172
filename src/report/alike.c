#include "report/alike.h"

#include "core/lang.h"
#include "report/phrases.h"

#define PROFILES_SHOWN 6

static bool is_alike(const struct finding *a, const struct finding *b) {
    return a->part == b->part && a->verdict == b->verdict &&
           a->waiver == b->waiver && a->waived == b->waived &&
           a->known == b->known && a->hit != NULL && b->hit != NULL &&
           a->hit->measure == b->hit->measure &&
           a->hit->reason == b->hit->reason &&
           a->hit->customer == b->hit->customer;
}

size_t alike_count(const struct finding *findings, size_t count) {
    size_t alike = 1;
    while (alike < count && is_alike(&findings[0], &findings[alike]))
        alike++;
    return alike;
}

static const char *profile_id(const struct run_info *run,
                              const struct finding *finding) {
    uint32_t profile = finding->hit->profile;
    return profile == RULES_NONE
               ? tr("any buyer")
               : rules_text(run->rules, rules_profile(run->rules, profile)->id);
}

void alike_profiles(struct strbuf *out, const struct run_info *run,
                    const struct finding *findings, size_t count) {
    const char *before = "";
    size_t shown = 0, distinct = 0;
    for (size_t i = 0; i < count; i++) {
        const char *id = profile_id(run, &findings[i]);
        if (str_eq(str_from(id), str_from(before)))
            continue;
        before = id;
        if (distinct++ >= PROFILES_SHOWN)
            continue;
        phrase_comma(out, shown++);
        strbuf_add_text(out, id);
    }
    if (distinct > shown)
        strbuf_printf(out, tr(" and %zu more"), distinct - shown);
}

void alike_why(struct strbuf *out, const struct run_info *run,
               const struct finding *findings) {
    struct finding first = findings[0];
    struct screen_hit hit;
    if (first.hit != NULL) {
        hit = *first.hit;
        hit.profile = RULES_NONE;
        first.hit = &hit;
    }
    report_why(out, run, &first);
}
