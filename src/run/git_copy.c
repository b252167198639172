#define _XOPEN_SOURCE 700 /* nftw(), mkdtemp() */

#include "run/git_copy.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "run/git_file.h"

static bool cannot(struct err *err, const char *path) {
    err_set(err, ERR_IO, "cannot write: %s", strerror(errno));
    return err_at(err, path, 0, 0);
}

static bool make_folder(struct strbuf *out, struct err *err) {
    const char *where = getenv("TMPDIR");
    strbuf_printf(out, "%s/bomgate-XXXXXX",
                  where != NULL && *where != '\0' ? where : "/tmp");
    if (out->failed)
        return err_nomem(err);
    if (mkdtemp(out->ptr) != NULL)
        return true;
    cannot(err, out->ptr);
    strbuf_clear(out); /* nothing is there to be removed */
    return false;
}

/* The folders on the way to a file, below the one that is there. */
static bool make_parents(char *path, size_t there, struct err *err) {
    for (char *slash = strchr(path + there + 1, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
        if (!made)
            cannot(err, path);
        *slash = '/';
        if (!made)
            return false;
    }
    return true;
}

static bool write_file(const char *path, struct str text, struct err *err) {
    FILE *out = fopen(path, "wbx");
    if (out == NULL)
        return cannot(err, path);
    bool ok = text.len == 0 || fwrite(text.ptr, 1, text.len, out) == text.len;
    ok = fclose(out) == 0 && ok;
    return ok || cannot(err, path);
}

/* @param name  Of a file in the folder; empty: the path is a file itself. */
static bool copy_one(struct git_copy *copy, const char *ref, const char *name,
                     struct err *err) {
    const char *slash = *name != '\0' ? "/" : "";
    struct strbuf from = {.ptr = NULL}, to = {.ptr = NULL},
                  text = {.ptr = NULL};
    bool there = false;
    strbuf_printf(&from, "%s%s%s", copy->named.ptr, slash, name);
    strbuf_printf(&to, "%s%s%s", copy->copied.ptr, slash, name);
    bool ok = ((!from.failed && !to.failed) || err_nomem(err)) &&
              git_file_read(ref, from.ptr, &text, &there, err);
    if (ok && !there)
        ok = err_set(err, ERR_IO, "it is no file and no folder in %s", ref) ||
             err_at(err, from.ptr, 0, 0);
    ok = ok && make_parents(to.ptr, copy->folder.len, err) &&
         write_file(to.ptr, strbuf_str(&text), err);
    strbuf_dispose(&from);
    strbuf_dispose(&to);
    strbuf_dispose(&text);
    return ok;
}

static bool copy_all(struct git_copy *copy, const char *ref, struct err *err) {
    struct strbuf names = {.ptr = NULL};
    bool folder = false;
    bool ok = git_folder_list(ref, copy->named.ptr, &names, &folder, err);
    struct str rest = strbuf_str(&names), name;
    while (ok && folder && rest.len != 0 && str_split(&rest, '\0', &name))
        ok = copy_one(copy, ref, name.ptr, err);
    if (ok && !folder)
        ok = copy_one(copy, ref, "", err);
    strbuf_dispose(&names);
    return ok;
}

static bool make_copy(struct git_copy *copy, const char *ref, struct err *err) {
    if (!make_folder(&copy->folder, err))
        return false;
    strbuf_printf(&copy->copied, "%s/copy", copy->folder.ptr);
    copy->path = copy->copied.ptr;
    return (!copy->copied.failed || err_nomem(err)) && copy_all(copy, ref, err);
}

bool git_copy_make(struct git_copy *out, const char *ref, const char *path,
                   struct err *err) {
    struct str named = str_from(path);
    *out = (struct git_copy){.changed = false};
    while (named.len > 1 && named.ptr[named.len - 1] == '/')
        named.len--;
    strbuf_add(&out->named, named);
    if (out->named.failed)
        return err_nomem(err);
    out->path = out->named.ptr;
    if (!git_path_changed(ref, out->path, &out->changed, err))
        return false;
    return !out->changed || make_copy(out, ref, err);
}

static int remove_one(const char *path, const struct stat *st, int kind,
                      struct FTW *walk) {
    (void)st;
    (void)kind;
    (void)walk;
    return remove(path);
}

void git_copy_dispose(struct git_copy *copy) {
    if (copy->folder.len != 0)
        nftw(copy->folder.ptr, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    strbuf_dispose(&copy->folder);
    strbuf_dispose(&copy->copied);
    strbuf_dispose(&copy->named);
    *copy = (struct git_copy){.path = NULL};
}
