#define _XOPEN_SOURCE 700 /* realpath() */

#include "run/beside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/git_file.h"
#include "run/place.h"

/* The longest folder that both lie in. Both are absolute and real. */
static void keep_common(char *common, const char *other) {
    size_t same = 0, end = 0;
    while (common[same] != '\0' && common[same] == other[same]) {
        if (common[same] == '/')
            end = same;
        same++;
    }
    bool common_ends = common[same] == '\0', other_ends = other[same] == '\0';
    if ((common_ends && (other_ends || other[same] == '/')) ||
        (other_ends && common[same] == '/'))
        end = same;
    common[end != 0 ? end : 1] = '\0';
}

/* The folder of a BOM, absolute; freed with free(), as realpath() asks. NULL
   for one that is not there: opening it will say so. */
static char *real_folder(const char *path) {
    struct stat st;
    char *real = realpath(strcmp(path, "-") == 0 ? "." : path, NULL);
    if (real == NULL || (stat(real, &st) == 0 && S_ISDIR(st.st_mode)))
        return real;
    char *slash = strrchr(real, '/');
    slash[slash == real ? 1 : 0] = '\0';
    return real;
}

static char *common_folder(const char *const *paths, size_t count) {
    char *common = NULL;
    for (size_t i = 0; i < count; i++) {
        char *folder = real_folder(paths[i]);
        if (common == NULL) {
            common = folder;
            continue;
        }
        if (folder != NULL)
            keep_common(common, folder);
        free(folder);
    }
    return common;
}

/* Where a file is looked for. */
struct search {
    const char *name;
    const char *ref;     /* a commit, or NULL: the working tree */
    struct strbuf *path; /* of the file */
    struct strbuf *text; /* what that commit has there */
};

static bool look(const struct search *search, struct str folder, bool *found,
                 struct err *err) {
    struct strbuf *path = search->path;
    strbuf_clear(path);
    strbuf_printf(path, "%.*s/%s", folder.len == 1 ? 0 : (int)folder.len,
                  folder.ptr, search->name);
    if (path->failed)
        return err_nomem(err);
    if (search->ref != NULL)
        return git_file_read(search->ref, path->ptr, search->text, found, err);
    /* What is there and cannot be read, a link to nowhere, is an error later,
       and not the same as nothing. */
    struct stat st;
    *found =
        lstat(path->ptr, &st) == 0 || (errno != ENOENT && errno != ENOTDIR);
    return true;
}

/* Settings of a folder above somebody else's checkout are none of its
   business, so the way up ends at the repository's root. */
static bool climb(const struct search *search, struct str folder,
                  struct err *err) {
    struct str root = repository_root(folder);
    bool found = false;
    while (folder.len >= root.len && folder.len != 0) {
        if (!look(search, folder, &found, err))
            return false;
        if (found)
            return true;
        folder = root.len != 0 ? folder_parent(folder) : STR_EMPTY;
    }
    strbuf_clear(search->path);
    return true;
}

/* As the user would write it, so that a report says the same in every checkout:
   from the working folder, by way of ".." where it lies above. */
static bool make_relative(struct strbuf *path) {
    char *here = realpath(".", NULL);
    struct strbuf relative = {.ptr = NULL};
    size_t same = 0, i = 0;
    if (here == NULL)
        return true; /* the absolute path will do */
    for (; here[i] != '\0' && here[i] == path->ptr[i]; i++) {
        if (here[i] == '/')
            same = i;
    }
    if (here[i] == '\0' && path->ptr[i] == '/')
        same = i;
    for (const char *rest = here + same; *rest != '\0'; rest++) {
        if (*rest == '/' && rest[1] != '\0')
            strbuf_add_text(&relative, "../");
    }
    strbuf_add_text(&relative, path->ptr + same + 1);
    free(here); /* realpath() allocated it */
    bool ok = !relative.failed;
    strbuf_clear(path);
    strbuf_add(path, strbuf_str(&relative));
    strbuf_dispose(&relative);
    return ok && !path->failed;
}

static bool find(const struct search *search, const char *const *paths,
                 size_t path_count, struct err *err) {
    char *folder = common_folder(paths, path_count);
    strbuf_clear(search->path);
    bool ok = folder == NULL || climb(search, str_from(folder), err);
    free(folder); /* realpath() allocated it */
    return ok && (search->path->len == 0 || make_relative(search->path) ||
                  err_nomem(err));
}

bool find_beside(const char *const *paths, size_t path_count, const char *name,
                 struct strbuf *out, struct err *err) {
    struct search search = {.name = name, .path = out};
    return find(&search, paths, path_count, err);
}

bool find_beside_in(const char *ref, const char *const *paths,
                    size_t path_count, const char *name, struct strbuf *out,
                    struct strbuf *text, struct err *err) {
    struct search search = {name, ref, out, text};
    return find(&search, paths, path_count, err);
}
