#include <string.h>

#include "cli/cli.h"
#include "core/mem.h"

static bool read_map(const char *value, struct bom_map *map, struct err *err) {
    const char *equals = strchr(value, '=');
    struct str name = {value, equals == NULL ? 0 : (size_t)(equals - value)};
    map->field = bom_field_parse(name);
    if (equals == NULL || equals[1] == '\0')
        return err_set(err, ERR_INVALID, "--map '%s': write FIELD=HEADER",
                       value);
    if (map->field != BOM_FIELD_COUNT) {
        map->header = equals + 1;
        return true;
    }
    struct strbuf known = {.ptr = NULL};
    for (int i = 0; i < BOM_FIELD_COUNT; i++)
        strbuf_printf(&known, "%s%s", i == 0 ? "" : ", ",
                      bom_field_name((enum bom_field)i));
    err_set(err, ERR_INVALID, "--map: unknown field '%.*s'; one of %s",
            STR_ARG(name), known.failed ? "" : known.ptr);
    strbuf_dispose(&known);
    return false;
}

bool cli_read_maps(const struct cli_args *args, struct bom_map **out,
                   size_t *count, struct err *err) {
    struct bom_map *maps = mem_calloc(args->given_count + 1, sizeof(*maps));
    size_t used = 0;
    if (maps == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < args->given_count; i++) {
        if (strcmp(args->given[i].option->name, "map") != 0)
            continue;
        if (!read_map(args->given[i].value, &maps[used++], err)) {
            mem_free(maps);
            return false;
        }
    }
    *out = maps;
    *count = used;
    return true;
}
