#include <string.h>

#include "cli/cli.h"
#include "core/lang.h"
#include "core/mem.h"

static bool read_map(const char *value, struct bom_map *map, struct err *err) {
    const char *equals = strchr(value, '=');
    struct str name = {value, equals == NULL ? 0 : (size_t)(equals - value)};
    map->field = bom_field_parse(name);
    if (equals == NULL || equals[1] == '\0')
        return err_set(err, ERR_INVALID, tr("%s '%s': write FIELD=HEADER"),
                       lang_option("map"), value);
    if (map->field != BOM_FIELD_COUNT) {
        map->header = equals + 1;
        return true;
    }
    struct strbuf known = {.ptr = NULL};
    for (int i = 0; i < BOM_FIELD_COUNT; i++)
        strbuf_printf(&known, "%s%s", i == 0 ? "" : ", ",
                      bom_field_name((enum bom_field)i));
    err_set(err, ERR_INVALID, tr("%s: unknown field '%.*s'; one of %s"),
            lang_option("map"), STR_ARG(name), known.failed ? "" : known.ptr);
    strbuf_dispose(&known);
    return false;
}

static bool add_map(struct cli_maps *maps, const char *value, struct err *err) {
    void *items = maps->items;
    struct bom_map map;
    struct str kept = arena_str(&maps->arena, str_from(value));
    if (maps->arena.failed ||
        !mem_grow(&items, &maps->cap, maps->count + 1, sizeof(map)))
        return err_nomem(err);
    maps->items = items;
    if (!read_map(kept.ptr, &map, err))
        return false;
    maps->items[maps->count++] = map;
    return true;
}

bool cli_read_maps(const struct cli_args *args, struct cli_maps *out,
                   struct err *err) {
    struct cli_maps maps = {.items = NULL};
    struct strbuf buf = {.ptr = NULL};
    const char *value;
    bool ok = true;
    for (size_t i = 0;
         ok && (value = cli_value_at(args, "map", i, &buf)) != NULL; i++)
        ok = add_map(&maps, value, err);
    strbuf_dispose(&buf);
    if (ok)
        *out = maps;
    else
        cli_maps_dispose(&maps);
    return ok;
}

void cli_maps_dispose(struct cli_maps *maps) {
    mem_free(maps->items);
    arena_dispose(&maps->arena);
    *maps = (struct cli_maps){.items = NULL};
}
