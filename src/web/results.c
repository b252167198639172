#define _XOPEN_SOURCE 700 /* realpath() */

#include "web/results.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/folder.h"
#include "core/lang.h"
#include "core/mem.h"

struct entry {
    struct result result;
    struct entry *next; /* the one before it */
    unsigned held;
    bool listed, doomed;
    time_t made;
    unsigned long long bytes; /* of its reports */
};

struct results {
    pthread_mutex_t lock;
    struct entry *newest;
    size_t count;
    unsigned long long bytes; /* of those that are listed */
    struct results_limits limits;
    char *folder;
    int lock_fd; /* held while the folder is in use; -1: not yet */
};

const char *result_state_name(enum result_state state) {
    static const char *const names[] = {
        [RESULT_RUNNING] = "running",
        [RESULT_DONE] = "done",
        [RESULT_FAILED] = "failed",
    };
    return names[state];
}

static struct entry *entry_of(struct result *result) {
    return (struct entry *)result; /* its first member */
}

#define FOLDER_NAME "bomgate-serve-"
#define SETTLED 60 /* seconds, after which a folder is locked or nobody's */

/* Whoever serves from a folder holds a lock on it, until its process ends. */
static int lock_folder(const char *folder) {
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* What a server that was killed left behind is somebody's BOMs. */
static void sweep_entry(const char *temp, const char *name) {
    struct strbuf folder = {.ptr = NULL};
    struct stat st;
    strbuf_printf(&folder, "%s/%s", temp, name);
    if (!folder.failed && lstat(folder.ptr, &st) == 0 && S_ISDIR(st.st_mode) &&
        st.st_uid == geteuid()) {
        int fd = lock_folder(folder.ptr);
        if (fd >= 0) {
            folder_remove(folder.ptr);
            close(fd);
        }
    }
    strbuf_dispose(&folder);
}

static void sweep_stale(const char *temp) {
    DIR *dir = opendir(temp);
    struct dirent *entry;
    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        if (str_starts(str_from(entry->d_name), STR_LIT(FOLDER_NAME)))
            sweep_entry(temp, entry->d_name);
    }
    if (dir != NULL)
        closedir(dir);
}

static bool make_folder(struct results *results, struct err *err) {
    struct strbuf path = {.ptr = NULL};
    const char *temp = getenv("TMPDIR");
    char *real = realpath(temp != NULL && temp[0] == '/' ? temp : "/tmp", NULL);
    const char *where = real != NULL ? real : "/tmp";
    sweep_stale(where);
    strbuf_printf(&path, "%s/" FOLDER_NAME "XXXXXX", where);
    free(real); /* realpath() allocated it */
    if (path.failed) {
        strbuf_dispose(&path);
        return err_nomem(err);
    }
    results->folder = path.ptr;
    if (mkdtemp(path.ptr) != NULL)
        results->lock_fd = lock_folder(path.ptr);
    return results->lock_fd >= 0 ||
           err_set(err, ERR_IO, tr("%s: cannot make a folder for uploads: %s"),
                   path.ptr, strerror(errno));
}

const char *results_folder(const struct results *results) {
    return results->folder;
}

bool results_new(struct results **out, const struct results_limits *limits,
                 struct err *err) {
    struct results *results = mem_calloc(1, sizeof(*results));
    if (results == NULL)
        return err_nomem(err);
    results->limits = *limits;
    results->lock_fd = -1;
    pthread_mutex_init(&results->lock, NULL);
    if (make_folder(results, err)) {
        *out = results;
        return true;
    }
    pthread_mutex_destroy(&results->lock);
    mem_free(results->folder);
    mem_free(results);
    return false;
}

static void destroy(struct entry *entry) {
    folder_remove(entry->result.folder);
    mem_free(entry->result.folder);
    mem_free(entry);
}

void results_free(struct results *results) {
    if (results == NULL)
        return;
    while (results->newest != NULL) {
        struct entry *entry = results->newest;
        results->newest = entry->next;
        destroy(entry);
    }
    folder_remove(results->folder);
    close(results->lock_fd);
    mem_free(results->folder);
    pthread_mutex_destroy(&results->lock);
    mem_free(results);
}

/* ---- with the lock held ---- */

static void unlist(struct results *results, struct entry *entry) {
    struct entry **place = &results->newest;
    while (*place != NULL && *place != entry)
        place = &(*place)->next;
    if (*place == NULL)
        return;
    *place = entry->next;
    entry->listed = false;
    results->count--;
    results->bytes -= entry->bytes;
}

/* @return whether nobody needs it any more. */
static bool doom(struct results *results, struct entry *entry) {
    entry->doomed = true;
    if (entry->listed)
        unlist(results, entry);
    return entry->held == 0;
}

/* One whose time is over, or the oldest of too many. */
static struct entry *spare(struct results *results) {
    const struct results_limits *limits = &results->limits;
    time_t oldest = time(NULL) - (time_t)limits->minutes * 60;
    bool too_many =
        results->count > limits->count || results->bytes > limits->bytes;
    struct entry *found = NULL;
    for (struct entry *e = results->newest; e != NULL; e = e->next) {
        if (e->result.state != RESULT_RUNNING && e->held == 0 &&
            (e->made < oldest || too_many))
            found = e;
    }
    return found;
}

/* ---- */

static bool make_token(char token[RESULT_TOKEN_SIZE]) {
    unsigned char bytes[16];
    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
        return false;
    for (size_t i = 0; i < sizeof(bytes); i++)
        snprintf(token + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

bool results_begin(struct results *results, struct result **out,
                   struct err *err) {
    struct entry *entry = mem_calloc(1, sizeof(*entry));
    struct strbuf folder = {.ptr = NULL};
    if (entry == NULL)
        return err_nomem(err);
    bool ok = make_token(entry->result.token) ||
              err_set(err, ERR_IO, tr("the system has no random numbers"));
    if (ok)
        strbuf_printf(&folder, "%s/%s", results->folder, entry->result.token);
    entry->result.folder = folder.ptr;
    entry->held = 1;
    entry->made = time(NULL);
    ok = ok && (!folder.failed || err_nomem(err));
    if (ok && mkdir(folder.ptr, 0700) != 0)
        ok = err_set(err, ERR_IO, tr("there is no room for the upload: %s"),
                     strerror(errno));
    if (ok) {
        *out = &entry->result;
        return true;
    }
    mem_free(folder.ptr);
    mem_free(entry);
    return false;
}

struct result *results_find(struct results *results, struct str token) {
    struct entry *found = NULL;
    pthread_mutex_lock(&results->lock);
    for (struct entry *e = results->newest; e != NULL && found == NULL;
         e = e->next) {
        if (str_eq(str_from(e->result.token), token))
            found = e;
    }
    if (found != NULL)
        found->held++;
    pthread_mutex_unlock(&results->lock);
    return found == NULL ? NULL : &found->result;
}

static void list(struct results *results, struct entry *entry) {
    if (entry->listed || entry->doomed)
        return;
    entry->next = results->newest;
    results->newest = entry;
    entry->listed = true;
    results->count++;
    results->bytes += entry->bytes;
}

void result_publish(struct results *results, struct result *result) {
    pthread_mutex_lock(&results->lock);
    list(results, entry_of(result));
    pthread_mutex_unlock(&results->lock);
}

void result_end(struct results *results, struct result *result,
                const struct result_outcome *outcome) {
    unsigned long long bytes = folder_bytes(result->folder);
    struct entry *entry = entry_of(result);
    pthread_mutex_lock(&results->lock);
    if (entry->listed)
        unlist(results, entry); /* it is the newest now */
    entry->bytes = bytes;
    result->state = outcome->state;
    result->exit_status = outcome->exit_status;
    result->unread = outcome->unread;
    snprintf(result->message, sizeof(result->message), "%s", outcome->message);
    entry->made = time(NULL);
    list(results, entry);
    pthread_mutex_unlock(&results->lock);
}

struct result result_look(struct results *results,
                          const struct result *result) {
    pthread_mutex_lock(&results->lock);
    struct result copy = *result;
    pthread_mutex_unlock(&results->lock);
    return copy;
}

void result_remove(struct results *results, struct result *result) {
    pthread_mutex_lock(&results->lock);
    (void)doom(results, entry_of(result));
    pthread_mutex_unlock(&results->lock);
}

bool result_is_removed(struct results *results, struct result *result) {
    pthread_mutex_lock(&results->lock);
    bool removed = entry_of(result)->doomed;
    pthread_mutex_unlock(&results->lock);
    return removed;
}

void result_release(struct results *results, struct result *result) {
    struct entry *entry = entry_of(result);
    pthread_mutex_lock(&results->lock);
    bool unused = --entry->held == 0 && !entry->listed;
    pthread_mutex_unlock(&results->lock);
    if (unused)
        destroy(entry);
}

void results_sweep(struct results *results) {
    for (;;) {
        pthread_mutex_lock(&results->lock);
        struct entry *entry = spare(results);
        bool unused = entry != NULL && doom(results, entry);
        pthread_mutex_unlock(&results->lock);
        if (!unused)
            return;
        destroy(entry);
    }
}

size_t results_count(struct results *results) {
    pthread_mutex_lock(&results->lock);
    size_t count = results->count;
    pthread_mutex_unlock(&results->lock);
    return count;
}
