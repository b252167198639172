#include "report/unknowns.h"

#include "core/lang.h"
#include "report/phrases.h"
#include "ruleset/name.h"

/* No manufacturer's cell can hold it. */
#define PASSIVE_KEY "\n"

void unknowns_init(struct unknowns *unknowns) {
    *unknowns = (struct unknowns){.parts.limit = UNKNOWNS_MAX};
}

static struct str key_of(struct unknowns *unknowns,
                         const struct finding *finding) {
    if (finding->maker->passive)
        return STR_LIT(PASSIVE_KEY);
    struct strbuf key = {.ptr = NULL};
    mpn_key(&key, finding->part->mpn);
    strbuf_clear(&unknowns->key);
    strbuf_add(&unknowns->key, str_trim(finding->part->manufacturer));
    strbuf_add_char(&unknowns->key, '\n');
    strbuf_add(&unknowns->key, strbuf_str(&key));
    unknowns->parts.failed =
        unknowns->parts.failed || key.failed || unknowns->key.failed;
    strbuf_dispose(&key);
    return strbuf_str(&unknowns->key);
}

static struct unknown_part *make_unknown(struct unknowns *unknowns,
                                         const struct run_info *run,
                                         const struct finding *finding) {
    struct arena *arena = &unknowns->parts.arena;
    struct unknown_part *made = arena_alloc(arena, sizeof(*made));
    if (made == NULL)
        return NULL;
    if (finding->maker->passive) {
        made->why = str_from(tr("Generic parts such as resistors and "
                                "capacitors that name no maker."));
        return made;
    }
    struct strbuf *text = scratch_start(&unknowns->text);
    report_why(text, run, finding);
    made->maker = arena_str(arena, str_trim(finding->part->manufacturer));
    made->mpn = arena_str(arena, finding->part->mpn);
    made->why = arena_str(arena, strbuf_str(text));
    return made;
}

void unknowns_line(struct unknowns *unknowns, const struct run_info *run,
                   const struct report_line *line) {
    unknowns->marker++;
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct finding *finding = &line->findings[i];
        if (finding->verdict != VERDICT_UNKNOWN)
            continue;
        struct group *group = groups_at(
            &unknowns->parts, key_of(unknowns, finding), unknowns->marker);
        if (group == NULL)
            continue;
        if (group->data == NULL)
            group->data = make_unknown(unknowns, run, finding);
        groups_add_place(&unknowns->parts, group, line);
    }
}

bool unknowns_ok(const struct unknowns *unknowns) {
    return !unknowns->parts.failed && !unknowns->parts.arena.failed &&
           scratch_ok(&unknowns->text);
}

void unknowns_dispose(struct unknowns *unknowns) {
    groups_dispose(&unknowns->parts);
    strbuf_dispose(&unknowns->key);
    scratch_dispose(&unknowns->text);
}
