#define _XOPEN_SOURCE 700 /* realpath() */

#include "run/place.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct str folder_parent(struct str folder) {
    size_t len = folder.len;
    while (len > 1 && folder.ptr[len - 1] != '/')
        len--;
    return str_take(folder, folder.len <= 1 ? 0 : len > 1 ? len - 1 : 1);
}

static bool is_root(struct str folder) {
    struct strbuf git = {.ptr = NULL};
    strbuf_printf(&git, "%.*s/.git", STR_ARG(folder));
    bool found = !git.failed && access(git.ptr, F_OK) == 0;
    strbuf_dispose(&git);
    return found;
}

/* As git has it: above such a folder nobody looks.
   https://git-scm.com/docs/git#Documentation/git.txt-GITCEILINGDIRECTORIES */
static bool is_ceiling(struct str folder) {
    const char *list = getenv("GIT_CEILING_DIRECTORIES");
    struct str rest = str_from(list == NULL ? "" : list), one;
    while (str_split(&rest, ':', &one)) {
        if (str_eq(one, folder))
            return true;
    }
    return false;
}

struct str repository_root(struct str folder) {
    while (folder.len != 0 && !is_root(folder)) {
        folder = folder_parent(folder);
        if (is_ceiling(folder))
            return STR_EMPTY;
    }
    return folder;
}

/* The file itself may be a link; its name is the link's. */
static char *real_folder_of(const char *path, struct str name) {
    struct strbuf folder = {.ptr = NULL};
    strbuf_printf(&folder, "%.*s.", (int)(name.ptr - path), path);
    char *real = folder.failed ? NULL : realpath(folder.ptr, NULL);
    strbuf_dispose(&folder);
    return real;
}

/* What is left of a folder below another; ptr NULL when it is not there. */
static struct str below(struct str folder, struct str top) {
    if (top.len == 0 || !str_starts(folder, top))
        return (struct str){NULL, 0};
    if (top.len == 1 || folder.len == top.len)
        return str_skip(folder, top.len);
    return folder.ptr[top.len] == '/' ? str_skip(folder, top.len + 1)
                                      : (struct str){NULL, 0};
}

static struct str from_top(struct str folder) {
    struct str rest = below(folder, repository_root(folder));
    char *here = rest.ptr == NULL ? realpath(".", NULL) : NULL;
    if (here != NULL)
        rest = below(folder, str_from(here));
    free(here); /* realpath() allocated it */
    return rest;
}

bool place_of(struct strbuf *out, const char *path, struct err *err) {
    struct str name = str_base_name(path);
    char *folder = real_folder_of(path, name);
    struct str rest = {NULL, 0};
    if (folder != NULL && strcmp(path, "-") != 0)
        rest = from_top(str_from(folder));
    strbuf_clear(out);
    strbuf_add(out, rest.ptr == NULL ? str_from(path) : rest);
    if (rest.ptr != NULL) {
        strbuf_add_text(out, rest.len != 0 ? "/" : "");
        strbuf_add(out, name);
    }
    free(folder); /* realpath() allocated it */
    return !out->failed || err_nomem(err);
}
