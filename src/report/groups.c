#include "report/groups.h"

#include "core/lang.h"
#include "core/mem.h"
#include "report/phrases.h"
#include "ruleset/name.h"

static struct group *add_group(struct groups *groups, struct str key) {
    void *items = groups->items;
    if (!mem_grow(&items, &groups->cap, groups->count + 1,
                  sizeof(*groups->items)))
        return NULL;
    groups->items = items;
    key = arena_str(&groups->arena, key);
    if (groups->arena.failed ||
        !map_put(&groups->map, key, (uint32_t)groups->count))
        return NULL;
    struct group *group = &groups->items[groups->count++];
    *group = (struct group){.key = key};
    return group;
}

struct group *groups_at(struct groups *groups, struct str key,
                        uint32_t marker) {
    uint32_t at = map_get(&groups->map, key);
    struct group *group = at == MAP_NONE ? NULL : &groups->items[at];
    if (group == NULL && groups->count >= groups->limit) {
        groups->beyond += groups->beyond_marker != marker;
        groups->beyond_marker = marker;
        return NULL;
    }
    if (group == NULL)
        group = add_group(groups, key);
    if (group == NULL) {
        groups->failed = true;
        return NULL;
    }
    group->first = group->marker != marker;
    group->lines += group->first;
    group->marker = marker;
    return group;
}

void group_part_key(struct strbuf *out, const struct finding *finding) {
    const struct maker *maker = finding->maker;
    struct strbuf number = {.ptr = NULL};
    mpn_key(&number, finding->part->mpn);
    strbuf_clear(out);
    if (maker->candidate_count != 0)
        strbuf_printf(out, "%u", (unsigned)maker->candidates[0].party);
    else
        strbuf_add(out, finding->part->manufacturer);
    strbuf_add_char(out, '\n');
    strbuf_add(out, strbuf_str(&number));
    out->failed = out->failed || number.failed;
    strbuf_dispose(&number);
}

void groups_add_place(struct groups *groups, struct group *group,
                      const struct report_line *line) {
    if (!group->first || group->place_count == GROUP_PLACES)
        return;
    struct strbuf where = {.ptr = NULL};
    phrase_place(&where, line);
    group->places[group->place_count++] = (struct group_place){
        .bom = arena_str(&groups->arena, str_base_name(line->bom->path)),
        .where = arena_str(&groups->arena, strbuf_str(&where)),
    };
    groups->failed = groups->failed || groups->arena.failed || where.failed;
    strbuf_dispose(&where);
}

void group_places(struct strbuf *out, const struct group *group,
                  bool with_bom) {
    for (size_t i = 0; i < group->place_count; i++) {
        const struct group_place *place = &group->places[i];
        phrase_comma(out, i);
        if (with_bom)
            strbuf_printf(out, tr("%.*s: "), STR_ARG(place->bom));
        strbuf_add(out, place->where);
    }
    size_t more = group->lines - group->place_count;
    if (more != 0 && group->place_count != 0)
        strbuf_printf(out,
                      tr_count(" and %s more line", " and %s more lines", more),
                      shown_number(more).text);
}

void groups_dispose(struct groups *groups) {
    arena_dispose(&groups->arena);
    map_dispose(&groups->map);
    mem_free(groups->items);
    *groups = (struct groups){.limit = groups->limit};
}
