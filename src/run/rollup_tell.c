#include <math.h>

#include "core/lang.h"
#include "run/rollup_tree.h"

/* Where a number that leads nowhere goes. */
struct telling {
    const struct rollup *rollup;
    const char *settings;
    void (*tell)(void *ctx, const struct err *note);
    void *ctx;
};

static void tell_unused(const struct telling *to,
                        const struct rolled_bom *bom) {
    struct err note = ERR_INIT;
    if (bom->bom->is == NULL || bom->bom->times != 0 || bom->parent ||
        to->rollup->assemblies[bom->root].uses != NO_USE)
        return;
    err_set(&note, ERR_INVALID,
            tr("is: no line of the product is '%s'; its BOM counts once"),
            bom->bom->is);
    err_at(&note, to->settings, bom->bom->line, 0);
    to->tell(to->ctx, &note);
}

/* At the first line that names it. */
static void tell_open_parent(const struct telling *to, uint32_t number) {
    const struct rollup *rollup = to->rollup;
    const struct rollup_assembly *assembly = &rollup->assemblies[number];
    struct err note = ERR_INIT;
    uint32_t use = 0;
    if (number == rollup->boms[assembly->bom].root || !isnan(assembly->times))
        return;
    while (rollup->uses[use].assembly != number)
        use++;
    err_set(&note, ERR_INVALID,
            tr("no line is its parent '%s'; how often it is in the product is "
               "not known"),
            assembly->name.ptr);
    err_at(&note, rollup->boms[assembly->bom].path, rollup->uses[use].line, 0);
    to->tell(to->ctx, &note);
}

static bool is_uncounted(const struct rollup_use *use) {
    return isnan(use->quantity) && !use->unplaced && !use->twice;
}

static bool is_skipped(const struct rollup_use *use) { return use->skipped; }

static bool is_unplaced(const struct rollup_use *use) { return use->unplaced; }

static bool is_twice(const struct rollup_use *use) { return use->twice; }

/* How many lines of a BOM are such ones, and the first of them. */
static size_t find_lines(const struct rollup *rollup, size_t bom,
                         bool (*is)(const struct rollup_use *use),
                         const struct rollup_use **first) {
    size_t count = 0;
    for (uint32_t i = (uint32_t)rollup->boms[bom].first;
         i < rollup_bom_end(rollup, bom); i++) {
        if (is(&rollup->uses[i]) && count++ == 0)
            *first = &rollup->uses[i];
    }
    return count;
}

static void say_uncounted(struct err *note, size_t count) {
    err_set(note, ERR_INVALID,
            tr_count("%zu line has no quantity that is a number; "
                     "how often its part is in the product is not known",
                     "%zu lines, this one first, have no quantity that is a "
                     "number; how often their parts are in the product is not "
                     "known",
                     count),
            count);
}

static void say_skipped(struct err *note, size_t count) {
    err_set(note, ERR_INVALID,
            tr_count("%zu line is more than a level below the line "
                     "above it; it counts as a part of that line",
                     "%zu lines, this one first, are more than a level below "
                     "the line above them; they count as parts of that line",
                     count),
            count);
}

static void say_unplaced(struct err *note, size_t count) {
    err_set(note, ERR_INVALID,
            tr_count("%zu line has no level that can be read; where its part "
                     "sits, and how often, is not known",
                     "%zu lines, this one first, have no level that can be "
                     "read; where their parts sit, and how often, is not known",
                     count),
            count);
}

static void say_twice(struct err *note, size_t count) {
    err_set(note, ERR_INVALID,
            tr_count("%zu line stands below its parent more than once, with "
                     "the same designators or none; list each assembly once: "
                     "how often its part is in the product is not known",
                     "%zu lines, this one first, stand below their parents "
                     "more than once, with the same designators or none; list "
                     "each assembly once: how often their parts are in the "
                     "product is not known",
                     count),
            count);
}

/* What is told once of each BOM. */
static const struct {
    bool (*is)(const struct rollup_use *use);
    void (*say)(struct err *note, size_t count);
} remarks[] = {
    {is_uncounted, say_uncounted},
    {is_skipped, say_skipped},
    {is_unplaced, say_unplaced},
    {is_twice, say_twice},
};

static void tell_remark(const struct telling *to, size_t bom, size_t remark) {
    const struct rollup_use *first;
    size_t count = find_lines(to->rollup, bom, remarks[remark].is, &first);
    struct err note = ERR_INIT;
    if (count == 0)
        return;
    remarks[remark].say(&note, count);
    err_at(&note, to->rollup->boms[bom].path, first->line, 0);
    to->tell(to->ctx, &note);
}

void rollup_tell(const struct rollup *rollup, const char *settings,
                 void (*tell)(void *ctx, const struct err *note), void *ctx) {
    const struct telling to = {rollup, settings, tell, ctx};
    for (size_t i = 0; i < rollup->bom_count; i++)
        tell_unused(&to, &rollup->boms[i]);
    for (uint32_t i = 0; i < rollup->count; i++)
        tell_open_parent(&to, i);
    for (size_t i = 0; i < rollup->bom_count; i++) {
        for (size_t k = 0; k < ARRAY_LEN(remarks); k++)
            tell_remark(&to, i, k);
    }
}
