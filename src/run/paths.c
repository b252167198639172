#include "run/paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bom/reader.h"
#include "core/lang.h"
#include "core/mem.h"
#include "run/place.h"

static bool cannot(struct err *err, const char *path) {
    err_set(err, ERR_IO, tr("cannot read: %s"), strerror(errno));
    return err_at(err, path, 0, 0);
}

static bool add_path(struct path_list *list, const char *path, bool found,
                     struct err *err) {
    void *items = list->paths;
    struct str copy = arena_str(&list->arena, str_from(path));
    struct strbuf place = {.ptr = NULL};
    if (list->count == PATHS_MAX)
        return err_set(err, ERR_LIMIT, tr("more than %d BOM files"), PATHS_MAX);
    bool placed = place_of(&place, path, err);
    struct str shown = arena_str(&list->arena, strbuf_str(&place));
    strbuf_dispose(&place);
    if (!placed)
        return false;
    if (list->arena.failed ||
        !mem_grow(&items, &list->cap, list->count + 1, sizeof(*list->paths)))
        return err_nomem(err);
    list->paths = items;
    list->paths[list->count++] =
        (struct listed_path){copy.ptr, shown.ptr, found, list->named};
    return true;
}

bool path_list_skip(struct path_list *list, const char *path, const char *why,
                    struct err *err) {
    void *items = list->skipped;
    struct report_skip skip = {
        .path = arena_str(&list->arena, str_from(path)).ptr,
        .why = arena_str(&list->arena, str_from(why)).ptr,
    };
    if (list->arena.failed || !mem_grow(&items, &list->skipped_cap,
                                        list->skipped_count + 1, sizeof(skip)))
        return err_nomem(err);
    list->skipped = items;
    list->skipped[list->skipped_count++] = skip;
    return true;
}

static bool ends_nocase(struct str text, struct str end) {
    return text.len >= end.len &&
           str_eq_nocase(str_skip(text, text.len - end.len), end);
}

/* "bom.csv", "bom.csv.gz"; not ".csv". */
static bool has_extension(struct str name) {
    ptrdiff_t dot = -1;
    if (ends_nocase(name, STR_LIT(".gz")))
        name = str_take(name, name.len - 3);
    for (size_t i = 0; i < name.len; i++)
        dot = name.ptr[i] == '.' ? (ptrdiff_t)i : dot;
    if (dot <= 0)
        return false;
    struct str extension = str_skip(name, (size_t)dot + 1);
    for (size_t f = 0; reader_formats[f] != NULL; f++) {
        struct str rest = str_from(reader_formats[f]->extensions), one;
        while (str_split(&rest, ',', &one)) {
            if (str_eq_nocase(extension, one))
                return true;
        }
    }
    return false;
}

static int by_bytes(const void *a, const void *b) {
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

/* Names in a folder, sorted; freed with free_names(). */
static bool list_names(const char *path, char ***out, size_t *count,
                       struct err *err) {
    DIR *dir = opendir(path);
    char **names = NULL;
    size_t cap = 0;
    *count = 0;
    if (dir == NULL)
        return cannot(err, path);
    bool ok = true;
    struct dirent *entry;
    while (ok && (errno = 0, entry = readdir(dir)) != NULL) {
        struct strbuf name = {.ptr = NULL};
        void *items = names;
        if (entry->d_name[0] == '.')
            continue;
        strbuf_add_text(&name, entry->d_name);
        ok = !name.failed && mem_grow(&items, &cap, *count + 1, sizeof(*names));
        names = items;
        if (ok)
            names[(*count)++] = name.ptr;
        else
            strbuf_dispose(&name);
    }
    bool whole = entry != NULL || errno == 0;
    if (ok && !whole)
        cannot(err, path);
    closedir(dir);
    if (*count > 1)
        qsort(names, *count, sizeof(*names), by_bytes);
    *out = names;
    return ok ? whole : err_nomem(err);
}

static void free_names(char **names, size_t count) {
    for (size_t i = 0; i < count; i++)
        mem_free(names[i]);
    mem_free(names);
}

static bool add_folder(struct path_list *list, const char *folder,
                       unsigned depth, struct err *err);

static bool add_entry(struct path_list *list, const char *path,
                      const char *name, unsigned depth, struct err *err) {
    struct stat st;
    if (lstat(path, &st) != 0)
        return cannot(err, path);
    if (S_ISDIR(st.st_mode))
        return add_folder(list, path, depth + 1, err);
    /* A link to a file is as good as the file; one to a folder may lead round
       in a circle. */
    if (S_ISLNK(st.st_mode) && (stat(path, &st) != 0 || !S_ISREG(st.st_mode)))
        return path_list_skip(list, path, tr("a link that leads to no file"),
                              err);
    if (!S_ISREG(st.st_mode))
        return path_list_skip(list, path, tr("not a regular file"), err);
    if (!has_extension(str_from(name)))
        return path_list_skip(list, path, tr("no BOM by its extension"), err);
    return add_path(list, path, true, err);
}

static bool add_folder(struct path_list *list, const char *folder,
                       unsigned depth, struct err *err) {
    char **names = NULL;
    size_t count;
    if (depth > PATHS_DEPTH_MAX) {
        err_set(err, ERR_LIMIT, tr("folders nested deeper than %d"),
                PATHS_DEPTH_MAX);
        return err_at(err, folder, 0, 0);
    }
    bool ok = list_names(folder, &names, &count, err);
    size_t len = strlen(folder);
    const char *slash = len > 0 && folder[len - 1] == '/' ? "" : "/";
    for (size_t i = 0; ok && i < count; i++) {
        struct str path =
            arena_printf(&list->arena, "%s%s%s", folder, slash, names[i]);
        ok = add_entry(list, path.ptr, names[i], depth, err);
    }
    free_names(names, count);
    return ok;
}

bool path_list_add(struct path_list *list, const char *path, struct err *err) {
    struct stat st;
    bool folder =
        strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    bool ok = folder ? add_folder(list, path, 0, err)
                     : add_path(list, path, false, err);
    list->named++;
    return ok;
}

void path_list_dispose(struct path_list *list) {
    mem_free(list->paths);
    mem_free(list->skipped);
    arena_dispose(&list->arena);
    *list = (struct path_list){.paths = NULL};
}
