#include "run/contents.h"

#include "core/str.h"

static bool is_of_contents(const struct screen_hit *hit) {
    struct str relation = str_from(hit->via.relation);
    return hit->reason == REASON_CONTENTS ||
           str_eq(relation, STR_LIT(RELATION_MAY_CONTAIN)) ||
           str_eq(relation, STR_LIT(RELATION_CONTAINS));
}

static bool is_of_origin(const struct ruleset *rules,
                         const struct screen_hit *hit) {
    if (hit->clause == RULES_NONE)
        return false;
    const struct rules_clause *clause = rules_clause(rules, hit->clause);
    return clause->made_in.count + clause->not_made_in.count != 0;
}

struct screen_said contents_said(struct str origin, struct str noted,
                                 const struct part_declared *declared) {
    struct screen_said said = {
        .origin = origin,
        .noted_origin = noted,
        .declared_origin = declared->origin == NULL
                               ? STR_EMPTY
                               : str_from(declared->origin->country),
        .contents = declared->contents,
    };
    if (said.origin.len == 0 && declared->other != NULL)
        said.origin = str_from(declared->other->country);
    return said;
}

const struct declaration *contents_declaration(
    const struct ruleset *rules, const struct part_declared *declared,
    const struct screen_hit *hit) {
    if (hit->measure == RULES_NONE)
        return NULL;
    if (is_of_contents(hit))
        return declared->by_measure == NULL
                   ? NULL
                   : declared->by_measure[hit->measure];
    return is_of_origin(rules, hit) ? declared->origin : NULL;
}

static enum contents_state state_of(const struct declaration *declaration) {
    static const enum contents_state states[] = {
        [DECLARATION_HOLDS] = CONTENTS_DECLARED,
        [DECLARATION_EXPIRED] = CONTENTS_EXPIRED,
        [DECLARATION_NOT_YET] = CONTENTS_NOT_YET,
    };
    return declaration == NULL ? CONTENTS_UNDECLARED
                               : states[declaration->state];
}

/* The profiles that one measure asks for stand one after the other.
   @return how many; 0 when memory is out. */
static size_t take_measure(struct arena *arena, const struct report_part *part,
                           size_t first, struct report_contents *out) {
    const struct screening *screening = part->screening;
    const struct screen_asked *asked = &screening->asked[first];
    size_t count = 1;
    while (first + count < screening->asked_count &&
           asked[count].measure == asked->measure)
        count++;
    uint32_t *profiles = arena_array(arena, count, sizeof(*profiles));
    for (size_t i = 0; profiles != NULL && i < count; i++)
        profiles[i] = asked[i].profile;
    *out = (struct report_contents){
        .part = part,
        .measure = asked->measure,
        .profiles = profiles,
        .profile_count = count,
    };
    if (part->declared.by_measure != NULL)
        out->declaration = part->declared.by_measure[asked->measure];
    out->state = state_of(out->declaration);
    return profiles == NULL ? 0 : count;
}

bool contents_gather(struct arena *arena, struct report_line *line) {
    size_t room = 0, taken;
    for (size_t i = 0; i < line->part_count; i++)
        room += line->parts[i].screening->asked_count;
    if (room == 0)
        return true;
    struct report_contents *contents =
        arena_array(arena, room, sizeof(*contents));
    line->contents = contents;
    for (size_t i = 0; contents != NULL && i < line->part_count; i++) {
        const struct report_part *part = &line->parts[i];
        for (size_t k = 0; k < part->screening->asked_count; k += taken) {
            taken =
                take_measure(arena, part, k, &contents[line->contents_count++]);
            if (taken == 0)
                return false;
        }
    }
    return contents != NULL;
}

static bool is_waived(const struct report_line *line,
                      const struct report_contents *contents,
                      uint32_t profile) {
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct finding *finding = &line->findings[i];
        const struct screen_hit *hit = finding->hit;
        if (finding->waived && hit != NULL && is_of_contents(hit) &&
            finding->part == contents->part->part &&
            hit->measure == contents->measure && hit->profile == profile)
            return true;
    }
    return false;
}

static bool is_open(const struct report_line *line,
                    const struct report_contents *contents, uint32_t profile) {
    for (size_t i = 0; i < contents->profile_count; i++) {
        uint32_t asks = contents->profiles[i];
        if ((profile == RULES_NONE || asks == profile) &&
            !is_waived(line, contents, asks))
            return true;
    }
    return false;
}

bool contents_are_open(const struct report_line *line, uint32_t profile) {
    for (size_t i = 0; i < line->contents_count; i++) {
        const struct report_contents *contents = &line->contents[i];
        if (contents->state != CONTENTS_DECLARED &&
            is_open(line, contents, profile))
            return true;
    }
    return false;
}
