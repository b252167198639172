#define _XOPEN_SOURCE 700 /* nftw() */

#include "core/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/str.h"

bool folder_make(const char *path, struct err *err) {
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return true;
    err_set(err, ERR_IO, "cannot make the folder: %s", strerror(errno));
    return err_at(err, path, 0, 0);
}

bool folder_make_above(const char *path, struct err *err) {
    struct strbuf folder = {.ptr = NULL};
    bool ok = true;
    for (size_t i = 1; ok && path[0] != '\0' && path[i] != '\0'; i++) {
        if (path[i] != '/')
            continue;
        strbuf_clear(&folder);
        strbuf_add(&folder, (struct str){path, i});
        ok = folder.failed ? err_nomem(err) : folder_make(folder.ptr, err);
    }
    strbuf_dispose(&folder);
    return ok;
}

unsigned long long folder_bytes(const char *path) {
    unsigned long long bytes = 0;
    const struct dirent *entry;
    struct stat st;
    DIR *folder = opendir(path);
    if (folder == NULL)
        return 0;
    while ((entry = readdir(folder)) != NULL) {
        if (fstatat(dirfd(folder), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) ==
                0 &&
            S_ISREG(st.st_mode))
            bytes += (unsigned long long)st.st_size;
    }
    closedir(folder);
    return bytes;
}

#define FOLDERS_OPEN 16

static int remove_entry(const char *path, const struct stat *st, int kind,
                        struct FTW *place) {
    (void)st;
    (void)kind;
    (void)place;
    (void)remove(path);
    return 0;
}

void folder_remove(const char *path) {
    (void)nftw(path, remove_entry, FOLDERS_OPEN, FTW_DEPTH | FTW_PHYS);
}
