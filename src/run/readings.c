#include "run/readings.h"

#include <string.h>

#include "core/lang.h"

/* `path` NULL: it is for all BOMs. */
struct reading {
    enum reading_kind kind;
    const char *path;
    const char *text; /* a sheet, an encoding */
    struct bom_map map;
};

/* "mpn=Part No." */
static bool parse_map(const char *text, struct bom_map *map) {
    const char *equals = strchr(text, '=');
    if (equals == NULL || equals[1] == '\0')
        return false;
    map->field = bom_field_parse((struct str){text, (size_t)(equals - text)});
    map->header = equals + 1;
    return map->field != BOM_FIELD_COUNT;
}

/* "a.csv" of "a.csv:mpn=Part No.": what stands before a field. */
static struct str file_before_field(const char *text) {
    struct bom_map map;
    for (const char *at = text; (at = strchr(at, ':')) != NULL; at++) {
        if (parse_map(at + 1, &map))
            return (struct str){text, (size_t)(at - text)};
    }
    return STR_EMPTY;
}

static bool refuse_map(const char *text, struct err *err) {
    const char *equals = strchr(text, '=');
    struct str file = file_before_field(text);
    if (equals == NULL || equals[1] == '\0')
        return err_set(err, ERR_INVALID,
                       tr("%s '%s': write FIELD=HEADER, or BOM:FIELD=HEADER"),
                       lang_option("map"), text);
    if (file.len != 0)
        return err_set(err, ERR_INVALID,
                       tr("%s '%s': '%.*s' is none of the BOMs"),
                       lang_option("map"), text, STR_ARG(file));
    struct strbuf known = {.ptr = NULL};
    for (int i = 0; i < BOM_FIELD_COUNT; i++)
        strbuf_printf(&known, "%s%s", i == 0 ? "" : ", ",
                      bom_field_name((enum bom_field)i));
    err_set(err, ERR_INVALID, tr("%s: unknown field '%.*s'; one of %s"),
            lang_option("map"), (int)(equals - text), text,
            known.failed ? "" : known.ptr);
    strbuf_dispose(&known);
    return false;
}

static bool is_about(const char *text, const char *path, size_t len) {
    return strncmp(text, path, len) == 0 && text[len] == ':' &&
           text[len + 1] != '\0';
}

/* The longest: "a:b.csv:GBK" is for "a:b.csv" and not for "a". */
static const char *path_of(const char *text, const struct path_list *paths) {
    const char *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < paths->count; i++) {
        const char *path = paths->paths[i].path;
        size_t len = strlen(path);
        if (len > most && is_about(text, path, len)) {
            best = path;
            most = len;
        }
    }
    return best;
}

static bool resolve(struct reading *reading, const struct reading_wish *wish,
                    const struct path_list *paths, struct err *err) {
    const char *path = path_of(wish->text, paths);
    *reading = (struct reading){
        .kind = wish->kind,
        .path = path,
        .text = path == NULL ? wish->text : wish->text + strlen(path) + 1,
    };
    if (wish->kind != READING_MAP || parse_map(reading->text, &reading->map))
        return true;
    return refuse_map(reading->text, err);
}

static bool is_same(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* A BOM has many columns, but one sheet and one encoding. */
static bool is_repeated(const struct reading *items, size_t at,
                        struct err *err) {
    static const char *const names[] = {
        [READING_SHEET] = "sheet", [READING_ENCODING] = "encoding"};
    const struct reading *item = &items[at];
    for (size_t i = 0; i < at && item->kind != READING_MAP; i++) {
        if (items[i].kind != item->kind || !is_same(items[i].path, item->path))
            continue;
        if (item->path == NULL)
            err_set(err, ERR_INVALID, tr("%s is given twice"),
                    lang_option(names[item->kind]));
        else
            err_set(err, ERR_INVALID, tr("%s is given twice for %s"),
                    lang_option(names[item->kind]), item->path);
        return true;
    }
    return false;
}

bool readings_resolve(struct readings *out, const struct reading_wishes *wishes,
                      const struct path_list *paths, struct err *err) {
    struct readings made = {.count = wishes->count};
    made.items = arena_array(&made.arena, made.count, sizeof(*made.items));
    made.maps = arena_array(&made.arena, made.count, sizeof(*made.maps));
    bool ok = !made.arena.failed || err_nomem(err);
    for (size_t i = 0; ok && i < made.count; i++)
        ok = resolve(&made.items[i], &wishes->items[i], paths, err) &&
             !is_repeated(made.items, i, err);
    if (ok)
        *out = made;
    else
        readings_dispose(&made);
    return ok;
}

/* The BOM's own maps come before those of all. */
static bool is_said(const struct bom_options *how, const struct bom_map *map) {
    for (size_t i = 0; i < how->map_count; i++) {
        if (how->maps[i].field == map->field ||
            strcmp(how->maps[i].header, map->header) == 0)
            return true;
    }
    return false;
}

static void fill(struct readings *readings, const char *path,
                 struct bom_options *how) {
    const struct bom_options own = *how;
    for (size_t i = 0; i < readings->count; i++) {
        const struct reading *reading = &readings->items[i];
        if (!is_same(reading->path, path))
            continue;
        if (reading->kind == READING_SHEET && own.sheet == NULL)
            how->sheet = reading->text;
        if (reading->kind == READING_ENCODING && own.encoding == NULL)
            how->encoding = reading->text;
        if (reading->kind == READING_MAP && !is_said(&own, &reading->map))
            readings->maps[how->map_count++] = reading->map;
    }
}

void readings_fill(struct readings *readings, const char *path,
                   struct bom_options *how) {
    how->encoding = how->sheet = NULL;
    how->maps = readings->maps;
    how->map_count = 0;
    fill(readings, path, how);
    fill(readings, NULL, how);
}

void readings_dispose(struct readings *readings) {
    arena_dispose(&readings->arena);
    *readings = (struct readings){.count = 0};
}
