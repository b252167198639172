#include "ruleset/sources.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/mem.h"

static bool cannot(struct err *err, const char *path, const char *what) {
    err_set(err, ERR_IO, "cannot %s: %s", what, strerror(errno));
    return err_at(err, path, 0, 0);
}

static bool add_file(struct rule_sources *sources, struct rule_file file,
                     struct err *err) {
    for (size_t i = 0; i < sources->count; i++) {
        if (str_eq(sources->files[i].path, file.path)) {
            sources->files[i] = file;
            return true;
        }
    }
    if (sources->count == RULE_FILES_MAX) {
        err_set(err, ERR_LIMIT, "more than %d rule files", RULE_FILES_MAX);
        return err_at(err, file.place.ptr, 0, 0);
    }
    void *items = sources->files;
    if (!mem_grow(&items, &sources->cap, sources->count + 1,
                  sizeof(*sources->files)))
        return err_nomem(err);
    sources->files = items;
    sources->files[sources->count++] = file;
    return true;
}

static bool read_text(struct arena *arena, const char *path, struct str *out,
                      struct err *err) {
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        return cannot(err, path, "read");
    struct strbuf text = {.ptr = NULL};
    char block[16384];
    size_t got;
    while ((got = fread(block, 1, sizeof(block), in)) != 0 &&
           text.len <= RULE_FILE_MAX)
        strbuf_add(&text, (struct str){block, got});
    bool ok = !ferror(in);
    if (!ok)
        cannot(err, path, "read");
    fclose(in);
    if (ok && text.len > RULE_FILE_MAX) {
        err_set(err, ERR_LIMIT, "a rule file has at most %d bytes",
                RULE_FILE_MAX);
        ok = err_at(err, path, 0, 0);
    }
    *out = arena_str(arena, strbuf_str(&text));
    if (ok && (text.failed || arena->failed))
        ok = err_nomem(err);
    strbuf_dispose(&text);
    return ok;
}

static struct str with_origin(struct rule_sources *sources, const char *origin,
                              struct str path) {
    if (origin == NULL)
        return path;
    return arena_printf(&sources->arena, "%s%c%.*s", origin, RULE_ORIGIN,
                        STR_ARG(path));
}

static bool add_path(struct rule_sources *sources, const char *root,
                     struct str path, struct err *err) {
    struct rule_file file = {
        .path = with_origin(sources, sources->origin, path),
        .place = arena_printf(&sources->arena, "%s/%.*s", root, STR_ARG(path)),
    };
    if (sources->arena.failed)
        return err_nomem(err);
    return read_text(&sources->arena, file.place.ptr, &file.text, err) &&
           add_file(sources, file, err);
}

static const char *const folders[] = {
    "", "measures/", "parties/", "profiles/", "parts/", "words/",
};

static bool is_rule_folder(const char *name) {
    for (size_t i = 1; i < ARRAY_LEN(folders); i++) {
        struct str folder = str_from(folders[i]);
        if (str_eq(str_take(folder, folder.len - 1), str_from(name)))
            return true;
    }
    return false;
}

/* A slip in the name of a folder must not cost a check its measures. */
static bool spare_folder(const char *root, struct str path, const char *folder,
                         const char *name, struct arena *arena,
                         struct err *err) {
    struct stat st;
    const char *place = arena_printf(arena, "%s/%.*s", root, STR_ARG(path)).ptr;
    if (stat(place, &st) != 0 || !S_ISDIR(st.st_mode) ||
        (folder[0] == '\0' && is_rule_folder(name)))
        return true;
    err_set(err, ERR_INVALID,
            "'%s' would be passed over: the folders are measures, parties, "
            "profiles, parts and words",
            name);
    return err_at(err, root, 0, 0);
}

static bool add_entry(struct rule_sources *sources, const char *root,
                      const char *folder, const char *name, struct err *err) {
    struct str path = arena_printf(&sources->arena, "%s%s", folder, name);
    if (sources->arena.failed)
        return err_nomem(err);
    if (name[0] == '.')
        return true;
    if (str_ends(path, STR_LIT(".yml"))) {
        err_set(err, ERR_INVALID,
                "'%s' would be passed over: rule files end in .yaml", name);
        return err_at(err, root, 0, 0);
    }
    if (!str_ends(path, STR_LIT(".yaml")))
        return spare_folder(root, path, folder, name, &sources->arena, err);
    return add_path(sources, root, path, err);
}

/* `folder` is "" or ends with '/'. A folder that is not there is empty. */
static bool add_listed(struct rule_sources *sources, const char *root,
                       const char *folder, struct err *err) {
    struct str path = arena_printf(&sources->arena, "%s/%s", root, folder);
    if (sources->arena.failed)
        return err_nomem(err);
    DIR *dir = opendir(path.ptr);
    if (dir == NULL && errno == ENOENT && folder[0] != '\0')
        return true;
    if (dir == NULL)
        return cannot(err, path.ptr, "read the rules folder");
    bool ok = true;
    while (ok) {
        errno = 0;
        struct dirent *entry = readdir(dir);
        if (entry == NULL) {
            if (errno != 0)
                ok = cannot(err, path.ptr, "read the rules folder");
            break;
        }
        ok = add_entry(sources, root, folder, entry->d_name, err);
    }
    closedir(dir);
    return ok;
}

bool rule_sources_add_folder(struct rule_sources *sources, const char *root,
                             const char *folder, struct err *err) {
    bool all = folder[0] == '\0';
    for (size_t i = 0; i < (all ? ARRAY_LEN(folders) : 1); i++) {
        if (!add_listed(sources, root, all ? folders[i] : folder, err))
            return false;
    }
    return !sources->arena.failed || err_nomem(err);
}

/* A rule set that was lent files itself has some of the same name. */
static struct str based(struct rule_sources *sources, struct str path) {
    if (str_find_char(path, RULE_ORIGIN) < 0)
        return with_origin(sources, RULE_BASE, path);
    return arena_printf(&sources->arena, "%s-%.*s", RULE_BASE, STR_ARG(path));
}

/* Is there a file of that name that says the same, word for word? */
static bool has_same(const struct rule_sources *sources, struct str path,
                     struct str text) {
    for (size_t i = 0; i < sources->count; i++) {
        if (str_eq(sources->files[i].path, path) &&
            str_eq(sources->files[i].text, text))
            return true;
    }
    return false;
}

bool rule_sources_add_ruleset(struct rule_sources *sources,
                              const struct ruleset *rules, const char *folder,
                              bool lenient, struct err *err) {
    for (uint32_t i = 0; i < rules_file_count(rules); i++) {
        const struct rules_file *from = rules_file(rules, i);
        struct str whole = rules_str(rules, from->path);
        struct str path =
            str_skip(whole, (size_t)(str_find_char(whole, RULE_ORIGIN) + 1));
        struct str text = rules_str(rules, from->text);
        if (!str_starts(path, str_from(folder)) ||
            has_same(sources, path, text))
            continue;
        struct rule_file file = {
            .path = based(sources, whole),
            .place = arena_printf(&sources->arena, "shipped rules/%.*s",
                                  STR_ARG(path)),
            .text = text,
            /* What was lent before is as it was then. */
            .lenient = lenient || path.len != whole.len,
        };
        if (!add_file(sources, file, err))
            return false;
    }
    return !sources->arena.failed || err_nomem(err);
}

bool rule_sources_add_text(struct rule_sources *sources, const char *root,
                           struct str path, struct str text, struct err *err) {
    struct arena *arena = &sources->arena;
    struct rule_file file = {
        .path = with_origin(sources, sources->origin, arena_str(arena, path)),
        .place = arena_printf(arena, "%s/%.*s", root, STR_ARG(path)),
        .text = arena_str(arena, text),
    };
    if (arena->failed)
        return err_nomem(err);
    return add_file(sources, file, err);
}

void rule_sources_drop(struct rule_sources *sources, struct str path) {
    struct str whole = with_origin(sources, sources->origin, path);
    for (size_t i = 0; i < sources->count; i++) {
        if (!str_eq(sources->files[i].path, whole))
            continue;
        sources->files[i] = sources->files[--sources->count];
        return;
    }
}

bool rule_sources_has(const struct rule_sources *sources, const char *folder) {
    for (size_t i = 0; i < sources->count; i++) {
        if (str_starts(sources->files[i].path, str_from(folder)))
            return true;
    }
    return false;
}

static int by_path(const void *a, const void *b) {
    const struct rule_file *left = a, *right = b;
    return str_cmp(left->path, right->path);
}

void rule_sources_sort(struct rule_sources *sources) {
    if (sources->count > 1)
        qsort(sources->files, sources->count, sizeof(*sources->files), by_path);
}

void rule_sources_dispose(struct rule_sources *sources) {
    mem_free(sources->files);
    arena_dispose(&sources->arena);
    *sources = (struct rule_sources){.files = NULL};
}

void rule_sources_sha256(const struct rule_sources *sources,
                         char hex[DIGEST_HEX_SIZE]) {
    struct digest *digest = digest_new();
    hex[0] = '\0';
    if (digest == NULL)
        return;
    for (size_t i = 0; i < sources->count; i++) {
        digest_add_field(digest, sources->files[i].path);
        digest_add_field(digest, sources->files[i].text);
    }
    digest_hex(digest, hex);
    digest_free(digest);
}
