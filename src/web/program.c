#define _GNU_SOURCE /* POLLRDHUP */

#include "web/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <lazy/microhttpd.h>

#include "core/compiler.h"
#include "core/lang.h"
#include "core/mem.h"
#include "run/run.h"

#define WAITING_MAX 64
#define NOT_STARTED 127 /* an exit status that the program does not know */
#define STEP_MS 200     /* how soon it is seen that nobody wants it any more */

/* What one run may use. */
#define MEMORY_MAX (4ULL << 30)
#define FILE_MAX_BYTES (2ULL << 30)

struct program {
    struct counters *counters;
    pthread_mutex_t lock;
    pthread_cond_t turn;
    unsigned slots, running, waiting;
    atomic_bool stopped;
    struct strbuf ceiling; /* of the environment of what runs */
};

bool program_new(struct program **out, struct counters *counters,
                 const char *folder, struct err *err) {
    struct program *program = mem_calloc(1, sizeof(*program));
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (program == NULL)
        return err_nomem(err);
    program->counters = counters;
    program->slots = processors > 1 ? (unsigned)processors : 1;
    pthread_mutex_init(&program->lock, NULL);
    pthread_cond_init(&program->turn, NULL);
    strbuf_printf(&program->ceiling, "GIT_CEILING_DIRECTORIES=%s", folder);
    if (program->ceiling.failed) {
        program_free(program);
        return err_nomem(err);
    }
    *out = program;
    return true;
}

void program_free(struct program *program) {
    if (program == NULL)
        return;
    pthread_cond_destroy(&program->turn);
    pthread_mutex_destroy(&program->lock);
    strbuf_dispose(&program->ceiling);
    mem_free(program);
}

void program_stop(struct program *program) {
    pthread_mutex_lock(&program->lock);
    atomic_store(&program->stopped, true);
    pthread_cond_broadcast(&program->turn);
    pthread_mutex_unlock(&program->lock);
}

/* ---- who wants it ---- */

/* One that has closed its side does not wait for an answer. */
static bool has_gone(struct MHD_Connection *client) {
    const union MHD_ConnectionInfo *info =
        client == NULL ? NULL
                       : MHD_get_connection_info(
                             client, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct pollfd end = {.fd = info == NULL ? -1 : info->connect_fd,
                         .events = POLLRDHUP};
    return poll(&end, 1, 0) > 0;
}

/* @return PROGRAM_ENDED: somebody does. */
static enum program_end is_unwanted(struct program *program,
                                    const struct program_call *call) {
    return atomic_load(&program->stopped) ? PROGRAM_STOPPED
           : has_gone(call->client) ||
                   (call->is_dropped != NULL && call->is_dropped(call->ctx))
               ? PROGRAM_VAIN
               : PROGRAM_ENDED;
}

/* ---- turns ---- */

static void wait_a_step(struct program *program) {
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_nsec += STEP_MS * 1000000L;
    end.tv_sec += end.tv_nsec / 1000000000;
    end.tv_nsec %= 1000000000;
    (void)pthread_cond_timedwait(&program->turn, &program->lock, &end);
}

static enum program_end take_turn(struct program *program,
                                  const struct program_call *call) {
    enum program_end end = PROGRAM_ENDED;
    pthread_mutex_lock(&program->lock);
    if (program->running >= program->slots && program->waiting >= WAITING_MAX)
        end = PROGRAM_CROWDED;
    program->waiting++;
    atomic_store(&program->counters->waiting, program->waiting);
    if (end == PROGRAM_ENDED)
        end = is_unwanted(program, call);
    while (end == PROGRAM_ENDED && program->running >= program->slots) {
        wait_a_step(program);
        end = is_unwanted(program, call);
    }
    program->waiting--;
    if (end == PROGRAM_ENDED)
        program->running++;
    atomic_store(&program->counters->waiting, program->waiting);
    atomic_store(&program->counters->running, program->running);
    pthread_mutex_unlock(&program->lock);
    return end;
}

static void end_turn(struct program *program) {
    pthread_mutex_lock(&program->lock);
    program->running--;
    atomic_store(&program->counters->running, program->running);
    pthread_cond_signal(&program->turn);
    pthread_mutex_unlock(&program->lock);
}

/* ---- in the new process: only what may be called after fork() ---- */

static struct rlimit limit(unsigned long long most) {
    return (struct rlimit){most, most};
}

static void set_limits(const struct program_call *call) {
    const struct rlimit core = limit(0), time = limit(call->seconds + 1),
                        file = limit(FILE_MAX_BYTES),
                        memory = limit(MEMORY_MAX);
    (void)setrlimit(RLIMIT_CORE, &core);
    (void)setrlimit(RLIMIT_CPU, &time);
    (void)setrlimit(RLIMIT_FSIZE, &file);
    if (!SANITIZED) /* A sanitizer maps all there is. */
        (void)setrlimit(RLIMIT_AS, &memory);
}

static bool put_in_place(const char *path, int flags, int fd) {
    int opened = open(path, flags, 0600);
    return opened >= 0 && dup2(opened, fd) == fd &&
           (opened == fd || close(opened) == 0);
}

/* What it is started with. */
struct beginning {
    const char *const *words, *const *environment;
    pid_t parent;
};

static void become(const struct program_call *call,
                   const struct beginning *with) {
    const int write_flags = O_WRONLY | O_CREAT | O_TRUNC;
    sigset_t blocked;
    /* It may finish when all of the service or the terminal is told to end:
       whoever stops the server waits for that, or kills. */
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGINT);
    /* Nobody is left who would end it if the server is killed. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != with->parent ||
        chdir(call->folder) != 0 || !put_in_place("/dev/null", O_RDONLY, 0) ||
        !put_in_place(call->output, write_flags, 1) ||
        !put_in_place(call->messages, write_flags, 2) ||
        sigprocmask(SIG_SETMASK, &blocked, NULL) != 0)
        _exit(NOT_STARTED);
    set_limits(call);
    execve("/proc/self/exe", (char *const *)(uintptr_t)with->words,
           (char *const *)(uintptr_t)with->environment);
    _exit(NOT_STARTED);
}

/* ---- in the server ---- */

static long long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static enum program_end watch(struct program *program, int fd,
                              const struct program_call *call) {
    long long last = now_ms() + (long long)call->seconds * 1000;
    for (;;) {
        struct pollfd ended = {.fd = fd, .events = POLLIN};
        if (poll(&ended, 1, STEP_MS) > 0)
            return PROGRAM_ENDED;
        enum program_end end = is_unwanted(program, call);
        if (end != PROGRAM_ENDED)
            return end;
        if (now_ms() > last)
            return PROGRAM_LATE;
    }
}

static enum program_end collect(pid_t pid, enum program_end end, int *status) {
    int how = 0;
    if (end != PROGRAM_ENDED)
        kill(pid, SIGKILL);
    while (waitpid(pid, &how, 0) < 0 && errno == EINTR)
        continue;
    if (end != PROGRAM_ENDED)
        return end;
    if (!WIFEXITED(how))
        return PROGRAM_KILLED;
    *status = WEXITSTATUS(how);
    return *status == NOT_STARTED    ? PROGRAM_FAILED
           : *status > EXIT_NO_LINES ? PROGRAM_KILLED
                                     : PROGRAM_ENDED;
}

static enum program_end run(struct program *program,
                            const struct program_call *call,
                            const char *const *words, int *status) {
    char language[64];
    const char *const environment[] = {"PATH=/usr/bin:/bin",
                                       PROGRAM_BY_FORM "=1", language,
                                       program->ceiling.ptr, NULL};
    const struct beginning with = {words, environment, getpid()};
    snprintf(language, sizeof(language), PROGRAM_LANGUAGE "=%s", lang_name());
    pid_t pid = fork();
    if (pid < 0)
        return PROGRAM_FAILED;
    if (pid == 0)
        become(call, &with);
    int fd = pidfd_open(pid, 0);
    enum program_end end = fd < 0 ? PROGRAM_FAILED : watch(program, fd, call);
    if (fd >= 0)
        close(fd);
    return collect(pid, end, status);
}

enum program_end program_run(struct program *program,
                             const struct program_call *call, int *status) {
    size_t count = 0;
    while (call->args[count] != NULL)
        count++;
    const char **words = mem_calloc(count + 2, sizeof(*words));
    if (words == NULL)
        return PROGRAM_FAILED;
    words[0] = "bomgate";
    memcpy(words + 1, call->args, count * sizeof(*words));
    enum program_end end = take_turn(program, call);
    if (end == PROGRAM_ENDED) {
        end = run(program, call, words, status);
        end_turn(program);
    }
    mem_free(words);
    return end;
}
