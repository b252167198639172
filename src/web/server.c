#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "core/mem.h"
#include "web/answer.h"
#include "web/checks.h"
#include "web/guard.h"
#include "web/program.h"
#include "web/request.h"
#include "web/watch.h"

#define LEAVING_MAX 256 /* connections that are cut, and not closed yet */
#define RESULTS_MAX 1000
#define RESULTS_BYTES_MAX (4ULL << 30)
#define IDLE_SECONDS 30        /* without a byte */
#define HEAD_BYTES (32 * 1024) /* of a request, all its headers */
#define STOP_SECONDS 30        /* for what is going on */

/* ---- a connection's life, as libmicrohttpd tells it ---- */

static enum MHD_Result deal_with(void *ctx, struct MHD_Connection *connection,
                                 const char *url, const char *method,
                                 const char *version, const char *bytes,
                                 size_t *size, void **state) {
    struct server *server = ctx;
    struct request *request = *state;
    unsigned status;
    (void)version;
    if (request == NULL) {
        request = request_new(server, connection, url, method);
        if (request == NULL)
            return MHD_NO;
        *state = request;
        const char *refusal = request_refusal(request, &status);
        watch_phase(connection, refusal == NULL ? WATCH_BODY : WATCH_ANSWER);
        return refusal == NULL ? MHD_YES
                               : answer_error(request, status, refusal);
    }
    if (*size != 0) {
        bool ok = request_add(request, bytes, *size);
        watch_bytes(connection, *size);
        *size = 0;
        return ok ? MHD_YES : MHD_NO;
    }
    watch_phase(connection, WATCH_OURS);
    enum MHD_Result result = request_answer(request);
    watch_phase(connection, WATCH_ANSWER);
    return result;
}

static void end_request(void *ctx, struct MHD_Connection *connection,
                        void **state, enum MHD_RequestTerminationCode how) {
    (void)ctx;
    (void)how;
    watch_phase(connection, WATCH_HEAD);
    if (*state != NULL)
        request_free(*state);
    *state = NULL;
}

static void meet(void *ctx, struct MHD_Connection *connection, void **state,
                 enum MHD_ConnectionNotificationCode what) {
    struct server *server = ctx;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        atomic_fetch_add(&server->counters.connections, 1);
        *state = watch_begin(connection);
    } else {
        atomic_fetch_sub(&server->counters.connections, 1);
        watch_end(*state);
        *state = NULL;
    }
}

/* ---- where it listens ---- */

/* "127.0.0.1:8080", "[::1]:8080", ":8080" (anywhere). */
static bool split_listen(const char *listen, char host[64], char port[8],
                         struct err *err) {
    const char *colon = strrchr(listen, ':');
    size_t len = colon == NULL ? 0 : (size_t)(colon - listen);
    if (colon == NULL || len >= 60 || strlen(colon + 1) > 5 ||
        !str_is_digits(str_from(colon + 1)) ||
        str_number(str_from(colon + 1)) > 65535)
        return err_set(err, ERR_INVALID,
                       "--listen %s is no address; write 127.0.0.1:8080",
                       listen);
    snprintf(port, 8, "%s", colon + 1);
    bool bracketed = len >= 2 && listen[0] == '[' && colon[-1] == ']';
    snprintf(host, 64, "%.*s", (int)(bracketed ? len - 2 : len),
             bracketed ? listen + 1 : listen);
    return true;
}

static bool is_loopback(const struct sockaddr *address) {
    if (address->sa_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(
            &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
    const struct sockaddr_in *v4 =
        (const struct sockaddr_in *)(const void *)address;
    return address->sa_family == AF_INET &&
           ntohl(v4->sin_addr.s_addr) >> 24 == 127;
}

static bool cannot_listen(const char *listen, struct err *err) {
    return err_set(err, ERR_IO, "cannot listen on %s: %s", listen,
                   strerror(errno));
}

static bool bind_to(struct server *server, const struct addrinfo *address,
                    int *out, struct err *err) {
    const int yes = 1;
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const char *listen_on = server->options->listen;
    if (fd < 0)
        return cannot_listen(listen_on, err);
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    if (bind(fd, address->ai_addr, address->ai_addrlen) != 0 ||
        listen(fd, SOMAXCONN) != 0) {
        cannot_listen(listen_on, err);
        close(fd);
        return false;
    }
    *out = fd;
    return true;
}

/* "127.0.0.1:41234": what was bound, its port known now. */
static void name_authority(struct server *server, int fd, const char *host) {
    struct sockaddr_storage bound;
    socklen_t size = sizeof(bound);
    char port[8] = "";
    if (getsockname(fd, (struct sockaddr *)&bound, &size) == 0)
        (void)getnameinfo((struct sockaddr *)&bound, size, NULL, 0, port,
                          sizeof(port), NI_NUMERICSERV);
    bool v6 = strchr(host, ':') != NULL;
    snprintf(server->authority, sizeof(server->authority), "%s%.46s%s:%s",
             v6 ? "[" : "", host[0] == '\0' ? "localhost" : host, v6 ? "]" : "",
             port);
}

static bool open_socket(struct server *server, int *fd, struct err *err) {
    char host[64], port[8];
    struct addrinfo *found = NULL;
    const struct addrinfo hints = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV,
                                   .ai_socktype = SOCK_STREAM};
    if (!split_listen(server->options->listen, host, port, err))
        return false;
    int fault =
        getaddrinfo(host[0] == '\0' ? NULL : host, port, &hints, &found);
    if (fault != 0)
        return err_set(err, ERR_INVALID, "--listen %s: %s",
                       server->options->listen, gai_strerror(fault));
    server->loopback = is_loopback(found->ai_addr);
    bool ok = guard_listen(server->options, server->loopback, err) &&
              bind_to(server, found, fd, err);
    freeaddrinfo(found);
    if (ok)
        name_authority(server, *fd, host);
    return ok;
}

/* ---- the server's life ---- */

static void block_signals(sigset_t *signals) {
    sigemptyset(signals);
    sigaddset(signals, SIGTERM);
    sigaddset(signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, signals, NULL);
}

static void wait_for_end(struct server *server, const sigset_t *signals) {
    const struct timespec second = {.tv_sec = 1};
    for (;;) {
        if (sigtimedwait(signals, NULL, &second) > 0)
            return;
        watch_sweep();
        results_sweep(server->results);
    }
}

static bool is_busy(struct server *server) {
    return watch_is_busy() || atomic_load(&server->counters.running) != 0 ||
           atomic_load(&server->counters.waiting) != 0;
}

/* Until the server is told to stop once more. */
static void await_idle(struct server *server, unsigned most,
                       const sigset_t *signals) {
    const struct timespec step = {.tv_nsec = 50 * 1000 * 1000};
    for (unsigned i = 0; i < most * 20 && is_busy(server); i++) {
        if (sigtimedwait(signals, NULL, &step) > 0)
            return;
    }
}

/* Nothing new; what is going on may finish, for a while, or until the server
   is told a second time; then it is said that it does not. */
static void stop(struct server *server, struct MHD_Daemon *daemon,
                 const sigset_t *signals) {
    MHD_socket listening = MHD_quiesce_daemon(daemon);
    await_idle(server, STOP_SECONDS, signals);
    program_stop(server->program);
    await_idle(server, 1, signals);
    watch_hurry();
    MHD_stop_daemon(daemon);
    if (listening != MHD_INVALID_SOCKET)
        close(listening);
    checks_wait();
}

static bool run(struct server *server, int fd, struct err *err) {
    sigset_t signals;
    block_signals(&signals);
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD |
            MHD_USE_POLL | MHD_USE_ITC,
        0, NULL, NULL, deal_with, server, MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_CONNECTION_LIMIT, server->options->connections + LEAVING_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES * 2,
        MHD_OPTION_NOTIFY_COMPLETED, end_request, server,
        MHD_OPTION_NOTIFY_CONNECTION, meet, server, MHD_OPTION_END);
    if (daemon == NULL) {
        close(fd);
        return err_set(err, ERR_IO, "cannot start the server: %s",
                       strerror(errno));
    }
    printf("bomgate: http://%s/\n", server->authority);
    fflush(stdout);
    wait_for_end(server, &signals);
    stop(server, daemon, &signals);
    return true;
}

bool web_serve(const struct web_options *options, struct err *err) {
    struct server *server = mem_calloc(1, sizeof(*server));
    int fd = -1;
    if (server == NULL)
        return err_nomem(err);
    const struct results_limits limits = {options->keep_minutes, RESULTS_MAX,
                                          RESULTS_BYTES_MAX};
    server->options = options;
    server->counters.started = time(NULL);
    watch_limit(options->connections, options->upload_seconds);
    bool ok = lazy_microhttpd_load(err) && open_socket(server, &fd, err);
    if (ok) {
        ok = results_new(&server->results, &limits, err) &&
             program_new(&server->program, &server->counters,
                         results_folder(server->results), err);
        if (ok)
            ok = run(server, fd, err);
        else
            close(fd);
    }
    program_free(server->program);
    results_free(server->results);
    mem_free(server);
    return ok;
}
