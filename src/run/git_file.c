#include "run/git_file.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

#define WORDS_MAX 10 /* the last is NULL */

/* A pipe whose ends no other child keeps open. */
static bool open_pipe(int ends[2]) {
    if (pipe(ends) != 0)
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return true;
}

static bool spawn(const char *const words[], int out, pid_t *child) {
    posix_spawn_file_actions_t actions;
    char *argv[WORDS_MAX] = {NULL};
    for (size_t i = 0; words[i] != NULL; i++)
        argv[i] = (char *)(uintptr_t)words[i]; /* POSIX does not write there */
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    bool ok = posix_spawn_file_actions_adddup2(&actions, out, 1) == 0 &&
              posix_spawn_file_actions_addopen(&actions, 2, "/dev/null",
                                               O_WRONLY, 0) == 0 &&
              posix_spawnp(child, "git", &actions, NULL, argv, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return ok;
}

static bool read_all(int in, struct strbuf *out) {
    char block[4096];
    ssize_t got;
    while ((got = read(in, block, sizeof(block))) > 0 ||
           (got < 0 && errno == EINTR)) {
        if (got > 0 && out->len <= GIT_FILE_MAX)
            strbuf_add(out, (struct str){block, (size_t)got});
    }
    return got == 0;
}

/* Run git and take what it prints. @param[out] status  Its exit status. */
static bool run_git(const char *const words[], struct strbuf *out, int *status,
                    struct err *err) {
    int ends[2];
    pid_t child;
    strbuf_clear(out);
    if (!open_pipe(ends))
        return err_set(err, ERR_IO, "cannot run git: %s", strerror(errno));
    bool ok = spawn(words, ends[1], &child);
    close(ends[1]);
    if (!ok) {
        close(ends[0]);
        return err_set(err, ERR_IO, "cannot run git; is it installed?");
    }
    ok = read_all(ends[0], out);
    close(ends[0]);
    int how;
    while (waitpid(child, &how, 0) < 0 && errno == EINTR)
        continue;
    *status = WIFEXITED(how) ? WEXITSTATUS(how) : -1;
    if (out->failed)
        return err_nomem(err);
    return ok || err_set(err, ERR_IO, "cannot read from git");
}

/* A path, taken apart where git can be run: in a folder that is there. */
struct split_path {
    struct strbuf folder;
    const char *name; /* below it */
};

static bool split_path(struct split_path *at, const char *path,
                       struct err *err) {
    size_t len = strlen(path);
    do {
        while (len != 0 && path[len - 1] != '/')
            len--;
        at->name = path + len;
        strbuf_clear(&at->folder);
        strbuf_printf(&at->folder, "%.*s", len == 0 ? 1 : (int)len,
                      len == 0 ? "." : path);
    } while (!at->folder.failed && len > 1 &&
             access(at->folder.ptr, F_OK) != 0 && --len != 0);
    return !at->folder.failed || err_nomem(err);
}

/* Run `git -C FOLDER WORD… OBJECT`, a path in a commit being the object. */
static bool ask_of(const char *ref, const char *path, const char *const *words,
                   struct strbuf *out, int *status, struct err *err) {
    struct split_path at = {.name = NULL};
    struct strbuf object = {.ptr = NULL};
    const char *all[WORDS_MAX] = {"git", "-C"};
    size_t count = 3;
    bool ok = split_path(&at, path, err);
    all[2] = at.folder.ptr;
    for (; ok && *words != NULL; words++)
        all[count++] = *words;
    strbuf_printf(&object, "%s:./%s", ref, ok ? at.name : "");
    all[count] = object.ptr;
    ok = ok && (!object.failed || err_nomem(err)) &&
         run_git(all, out, status, err);
    strbuf_dispose(&at.folder);
    strbuf_dispose(&object);
    return ok;
}

static bool check_ref(const char *ref, const char *path, struct strbuf *out,
                      struct err *err) {
    struct split_path at = {.name = NULL};
    struct strbuf object = {.ptr = NULL};
    int status = 0;
    bool ok = split_path(&at, path, err);
    strbuf_printf(&object, "%s^{commit}", ref);
    const char *const words[] = {"git",       "-C",       at.folder.ptr,
                                 "rev-parse", "--verify", "--quiet",
                                 object.ptr,  NULL};
    ok = ok && (!object.failed || err_nomem(err)) &&
         run_git(words, out, &status, err);
    if (ok && (status != 0 || ref[0] == '-'))
        ok = err_set(err, ERR_INVALID,
                     "no commit '%s' in the repository here; fetch it, or "
                     "name another one",
                     ref);
    strbuf_dispose(&at.folder);
    strbuf_dispose(&object);
    return ok;
}

bool git_file_read(const char *ref, const char *path, struct strbuf *out,
                   bool *there, struct err *err) {
    static const char *const show[] = {"show", NULL};
    int status = 0;
    *there = false;
    bool ok = check_ref(ref, path, out, err) &&
              ask_of(ref, path, show, out, &status, err);
    *there = ok && status == 0;
    if (ok && out->len > GIT_FILE_MAX)
        ok = err_set(err, ERR_LIMIT, "in %s: it has more than %d bytes", ref,
                     GIT_FILE_MAX);
    return ok;
}

bool git_folder_list(const char *ref, const char *path, struct strbuf *names,
                     bool *there, struct err *err) {
    static const char *const list[] = {"ls-tree", "-r", "-z", "--name-only",
                                       NULL};
    int status = 0;
    bool ok = check_ref(ref, path, names, err) &&
              ask_of(ref, path, list, names, &status, err);
    *there = ok && status == 0;
    return ok;
}

bool git_path_changed(const char *ref, const char *path, bool *changed,
                      struct err *err) {
    struct split_path at = {.name = NULL};
    struct strbuf out = {.ptr = NULL}, spec = {.ptr = NULL};
    int status = 0;
    bool ok = split_path(&at, path, err);
    strbuf_printf(&spec, ":(literal)%s", ok ? at.name : "");
    const char *const diff[] = {"git", "-C", at.folder.ptr, "diff", "--quiet",
                                ref,   "--", spec.ptr,      NULL};
    ok = ok && (!spec.failed || err_nomem(err)) &&
         run_git(diff, &out, &status, err);
    *changed = ok && status == 1;
    strbuf_dispose(&at.folder);
    strbuf_dispose(&spec);
    strbuf_dispose(&out);
    return ok;
}
