#include "bom/diagnostics.h"

#include "core/lang.h"
#include "core/mem.h"

static void drop(struct diagnostics *diagnostics, enum bom_severity severity,
                 uint32_t line) {
    if (diagnostics->dropped++ == 0)
        diagnostics->dropped_line = line;
    diagnostics->dropped_lost |= severity == BOM_LOST;
}

void diagnostics_add(struct diagnostics *diagnostics,
                     enum bom_severity severity, const char *code,
                     uint32_t line, uint32_t column, const char *message) {
    if (diagnostics->count == 0) {
        arena_reset(&diagnostics->arena);
        diagnostics->first = 0;
    }
    if (diagnostics->count >= DIAGNOSTICS_MAX) {
        drop(diagnostics, severity, line);
        return;
    }
    struct str copy = arena_str(&diagnostics->arena, str_from(message));
    size_t end = diagnostics->first + diagnostics->count;
    if (diagnostics->arena.failed ||
        !mem_grow((void **)&diagnostics->items, &diagnostics->cap, end + 1,
                  sizeof(*diagnostics->items))) {
        diagnostics->failed = true;
        return;
    }
    diagnostics->items[end] =
        (struct bom_diagnostic){line, column, severity, code, copy.ptr};
    diagnostics->count++;
}

static bool tell_dropped(struct diagnostics *diagnostics,
                         struct bom_diagnostic *out) {
    if (diagnostics->dropped == 0)
        return false;
    struct str text =
        arena_printf(&diagnostics->arena, tr("and %u more like these"),
                     diagnostics->dropped);
    *out = (struct bom_diagnostic){diagnostics->dropped_line, 0,
                                   diagnostics->dropped_lost ? BOM_LOST
                                                             : BOM_NOTE_KEPT,
                                   "more-diagnostics", text.ptr};
    diagnostics->dropped = 0;
    diagnostics->dropped_lost = false;
    return true;
}

bool diagnostics_next(struct diagnostics *diagnostics,
                      struct bom_diagnostic *out) {
    if (diagnostics->count == 0)
        return tell_dropped(diagnostics, out);
    *out = diagnostics->items[diagnostics->first++];
    diagnostics->count--;
    return true;
}

void diagnostics_dispose(struct diagnostics *diagnostics) {
    arena_dispose(&diagnostics->arena);
    mem_free(diagnostics->items);
    *diagnostics = (struct diagnostics){.items = NULL};
}
