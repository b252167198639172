#include "web/watch.h"

#include <pthread.h>
#include <sys/socket.h>
#include <time.h>

#include "core/mem.h"

/* How long a client may take: the largest upload, and the largest report,
   come through a slow line in time; 0: no client is waited for. */
static const time_t seconds[] = {[WATCH_HEAD] = 20,
                                 [WATCH_BODY] = 300,
                                 [WATCH_OURS] = 0,
                                 [WATCH_ANSWER] = 300};

struct watched {
    struct watched *next;
    int fd;
    enum watch_phase phase;
    time_t since;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct watched *first;

static time_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

struct watched *watch_begin(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct watched *watched = mem_calloc(1, sizeof(*watched));
    if (watched == NULL || info == NULL) {
        mem_free(watched);
        return NULL;
    }
    watched->fd = info->connect_fd;
    watched->since = now();
    pthread_mutex_lock(&lock);
    watched->next = first;
    first = watched;
    pthread_mutex_unlock(&lock);
    return watched;
}

void watch_end(struct watched *watched) {
    if (watched == NULL)
        return;
    pthread_mutex_lock(&lock);
    struct watched **place = &first;
    while (*place != watched)
        place = &(*place)->next;
    *place = watched->next;
    pthread_mutex_unlock(&lock);
    mem_free(watched);
}

void watch_phase(struct MHD_Connection *connection, enum watch_phase phase) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct watched *watched = info == NULL ? NULL : info->socket_context;
    if (watched == NULL)
        return;
    pthread_mutex_lock(&lock);
    watched->phase = phase;
    watched->since = now();
    pthread_mutex_unlock(&lock);
}

bool watch_is_busy(void) {
    bool busy = false;
    pthread_mutex_lock(&lock);
    for (const struct watched *w = first; w != NULL; w = w->next)
        busy = busy || w->phase != WATCH_HEAD;
    pthread_mutex_unlock(&lock);
    return busy;
}

/* Its thread sees an end of file, and lets go of it. */
static void cut(bool in_time_too) {
    time_t time = now();
    pthread_mutex_lock(&lock);
    for (struct watched *w = first; w != NULL; w = w->next) {
        if (w->phase != WATCH_OURS &&
            (in_time_too || time - w->since > seconds[w->phase]))
            (void)shutdown(w->fd, SHUT_RDWR);
    }
    pthread_mutex_unlock(&lock);
}

void watch_sweep(void) { cut(false); }

void watch_hurry(void) { cut(true); }
