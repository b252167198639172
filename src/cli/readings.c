#include <string.h>

#include "cli/cli.h"
#include "core/mem.h"

static bool add(struct cli_readings *readings, enum reading_kind kind,
                const char *text, struct err *err) {
    void *items = readings->items;
    struct str kept = arena_str(&readings->arena, str_from(text));
    if (readings->arena.failed ||
        !mem_grow(&items, &readings->cap, readings->count + 1,
                  sizeof(*readings->items)))
        return err_nomem(err);
    readings->items = items;
    readings->items[readings->count++] = (struct reading_wish){kind, kept.ptr};
    return true;
}

static bool add_maps(struct cli_readings *readings, const struct cli_args *args,
                     struct err *err) {
    struct strbuf buf = {.ptr = NULL};
    const char *value;
    bool ok = true;
    for (size_t i = 0;
         ok && (value = cli_value_at(args, "map", i, &buf)) != NULL; i++)
        ok = add(readings, READING_MAP, value, err);
    strbuf_dispose(&buf);
    return ok;
}

/* A sheet's name may hold a comma, at which no variable is taken apart. */
static bool add_given(struct cli_readings *readings,
                      const struct cli_args *args, const char *option,
                      enum reading_kind kind, struct err *err) {
    bool is_given = false, ok = true;
    for (size_t i = 0; ok && i < args->given_count; i++) {
        const struct cli_given *given = &args->given[i];
        if (strcmp(given->option->name, option) != 0)
            continue;
        is_given = true;
        ok = add(readings, kind, given->value, err);
    }
    const char *value = is_given ? NULL : cli_value(args, option);
    return ok && (value == NULL || add(readings, kind, value, err));
}

bool cli_read_readings(const struct cli_args *args, struct cli_readings *out,
                       struct err *err) {
    struct cli_readings readings = {.items = NULL};
    if (add_maps(&readings, args, err) &&
        add_given(&readings, args, "sheet", READING_SHEET, err) &&
        add_given(&readings, args, "encoding", READING_ENCODING, err)) {
        *out = readings;
        return true;
    }
    cli_readings_dispose(&readings);
    return false;
}

void cli_readings_dispose(struct cli_readings *readings) {
    mem_free(readings->items);
    arena_dispose(&readings->arena);
    *readings = (struct cli_readings){.items = NULL};
}
