#ifndef BOMGATE_TESTS_TEMP_FOLDER_H
#define BOMGATE_TESTS_TEMP_FOLDER_H

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"

#define TEMP_PATH_MAX 512

/** A folder that a test fills and removes. */
struct temp_folder {
    char path[64];
};

static inline bool temp_folder_make(struct temp_folder *folder) {
    strcpy(folder->path, "/tmp/bomgate-test-XXXXXX");
    return mkdtemp(folder->path) != NULL;
}

/** The path of `name` below the folder, in `out`. */
static inline const char *temp_path(const struct temp_folder *folder,
                                    const char *name, char out[TEMP_PATH_MAX]) {
    snprintf(out, TEMP_PATH_MAX, "%s/%s", folder->path, name);
    return out;
}

/** Write a file, "a/b.txt" in a folder that is made when it is not there. */
static inline bool temp_write(const struct temp_folder *folder,
                              const char *name, const char *text) {
    char path[TEMP_PATH_MAX];
    temp_path(folder, name, path);
    for (char *slash = path + strlen(folder->path) + 1;
         (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    FILE *out = fopen(path, "wb");
    if (out == NULL)
        return false;
    bool ok = fwrite(text, 1, strlen(text), out) == strlen(text);
    return fclose(out) == 0 && ok;
}

static inline bool temp_exists(const struct temp_folder *folder,
                               const char *name) {
    char path[TEMP_PATH_MAX];
    struct stat st;
    return lstat(temp_path(folder, name, path), &st) == 0;
}

/** How many entries the folder has, hidden ones too. */
static inline size_t temp_count(const char *path) {
    size_t count = 0;
    DIR *dir = opendir(path);
    if (dir == NULL)
        return 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        count +=
            strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(dir);
    return count;
}

static inline void temp_remove_all(const char *path) {
    struct stat st;
    if (lstat(path, &st) != 0)
        return;
    if (!S_ISDIR(st.st_mode)) {
        unlink(path);
        return;
    }
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
        struct strbuf below = {.ptr = NULL};
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        strbuf_printf(&below, "%s/%s", path, entry->d_name);
        temp_remove_all(below.ptr);
        strbuf_dispose(&below);
    }
    if (dir != NULL)
        closedir(dir);
    rmdir(path);
}

static inline void temp_folder_remove(const struct temp_folder *folder) {
    temp_remove_all(folder->path);
}

#endif
