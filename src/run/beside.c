#define _XOPEN_SOURCE 700 /* realpath() */

#include "run/beside.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

static bool exists(struct strbuf *path, struct str folder, const char *name) {
    strbuf_clear(path);
    strbuf_printf(path, "%.*s/%s", folder.len == 1 ? 0 : (int)folder.len,
                  folder.ptr, name);
    return !path->failed && access(path->ptr, F_OK) == 0;
}

/* Settings of a folder above somebody else's checkout are none of its
   business, so the way up ends at the repository's root. */
static bool climb(struct strbuf *path, struct str folder, const char *name) {
    struct str root = repository_root(folder);
    while (folder.len >= root.len && folder.len != 0) {
        if (exists(path, folder, name))
            return true;
        folder = root.len != 0 ? folder_parent(folder) : STR_EMPTY;
    }
    return false;
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

bool find_beside(const char *const *paths, size_t path_count, const char *name,
                 struct strbuf *out, struct err *err) {
    char *folder = common_folder(paths, path_count);
    strbuf_clear(out);
    bool found = folder != NULL && climb(out, str_from(folder), name);
    free(folder); /* realpath() allocated it */
    if (out->failed)
        return err_nomem(err);
    if (!found)
        strbuf_clear(out);
    return !found || make_relative(out) || err_nomem(err);
}
