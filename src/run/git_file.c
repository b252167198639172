#include "run/git_file.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

#define WORDS_MAX 8

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

bool git_file_read(const char *ref, const char *path, struct strbuf *out,
                   bool *there, struct err *err) {
    struct strbuf folder = {.ptr = NULL}, object = {.ptr = NULL};
    const char *slash = strrchr(path, '/');
    int status = 0;
    strbuf_printf(&folder, "%.*s", slash == NULL ? 1 : (int)(slash - path) + 1,
                  slash == NULL ? "." : path);
    strbuf_printf(&object, "%s^{commit}", ref);
    *there = false;
    bool ok = (!folder.failed && !object.failed) || err_nomem(err);
    const char *const verify[] = {"git",       "-C",       folder.ptr,
                                  "rev-parse", "--verify", "--quiet",
                                  object.ptr,  NULL};
    ok = ok && run_git(verify, out, &status, err);
    if (ok && (status != 0 || ref[0] == '-'))
        ok = err_set(err, ERR_INVALID,
                     "no commit '%s' in the repository here; fetch it, or "
                     "name another one",
                     ref);
    strbuf_clear(&object);
    strbuf_printf(&object, "%s:./%s", ref, slash == NULL ? path : slash + 1);
    const char *const show[] = {"git",  "-C",       folder.ptr,
                                "show", object.ptr, NULL};
    ok = ok && (!object.failed || err_nomem(err)) &&
         run_git(show, out, &status, err);
    *there = ok && status == 0;
    if (ok && out->len > GIT_FILE_MAX)
        ok = err_set(err, ERR_LIMIT, "in %s: it has more than %d bytes", ref,
                     GIT_FILE_MAX);
    strbuf_dispose(&folder);
    strbuf_dispose(&object);
    return ok;
}
