#include <math.h>

#include "run/rollup_tree.h"

#define TOTAL_MAX 1e12 /* more is a slip, and no number to go by */
#define PLACES_MAX 16  /* told of one line */

/* Names on the way up from a line; the product's comes last. */
struct climb {
    const struct rollup *rollup;
    struct arena *arena;
    struct report_place *places;
    size_t count;
    bool more;
    uint32_t chain[ROLLUP_DEPTH_MAX];
};

static bool has_name(const struct climb *climb, uint32_t number,
                     uint32_t below) {
    const struct rollup_assembly *all = climb->rollup->assemblies;
    struct str name = all[number].name;
    return name.len != 0 &&
           !str_eq_nocase(name, str_from(climb->rollup->product)) &&
           (below == NO_USE || !str_eq_nocase(name, all[below].name));
}

static bool add_place(struct climb *climb, size_t depth) {
    if (climb->count == PLACES_MAX) {
        climb->more = true;
        return true;
    }
    const char **names = arena_array(climb->arena, depth + 1, sizeof(*names));
    size_t count = 0;
    if (names == NULL)
        return false;
    names[count++] = climb->rollup->product;
    for (size_t i = depth; i-- > 0;) {
        if (has_name(climb, climb->chain[i],
                     i + 1 < depth ? climb->chain[i + 1] : NO_USE))
            names[count++] =
                climb->rollup->assemblies[climb->chain[i]].name.ptr;
    }
    climb->places[climb->count++] = (struct report_place){names, count};
    return true;
}

static bool climb_from(struct climb *climb, uint32_t number, size_t depth) {
    const struct rollup *rollup = climb->rollup;
    const struct rollup_assembly *assembly = &rollup->assemblies[number];
    if (climb->more || depth == ROLLUP_DEPTH_MAX)
        return true;
    climb->chain[depth] = number;
    bool ok = assembly->times == 0 || add_place(climb, depth + 1);
    if (ok && assembly->occurs != NO_USE)
        ok = climb_from(climb, rollup->uses[assembly->occurs].assembly,
                        depth + 1);
    for (uint32_t use = assembly->uses; ok && use != NO_USE;
         use = rollup->uses[use].next)
        ok = climb_from(climb, rollup->uses[use].assembly, depth + 1);
    return ok;
}

bool rollup_find(const struct rollup *rollup, size_t bom, size_t line,
                 struct arena *arena, struct report_rollup *out) {
    struct climb climb = {.rollup = rollup, .arena = arena};
    *out = (struct report_rollup){.total = NAN};
    if (bom >= rollup->bom_count)
        return true;
    size_t number = rollup->boms[bom].first + line;
    if (number >= rollup_bom_end(rollup, bom))
        return true;
    const struct rollup_use *use = &rollup->uses[number];
    out->assembly = use->stands;
    out->total = use->quantity * rollup->assemblies[use->assembly].total;
    if (out->total >= TOTAL_MAX)
        out->total = NAN;
    climb.places = arena_array(arena, PLACES_MAX, sizeof(*climb.places));
    if (climb.places == NULL || !climb_from(&climb, use->assembly, 0))
        return false;
    out->places = climb.places;
    out->place_count = climb.count;
    out->more = climb.more;
    return true;
}
