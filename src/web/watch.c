#include "web/watch.h"

#include <pthread.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <time.h>

#include "core/mem.h"

#define REQUEST_SECONDS 300 /* for all of a request, its upload too */

struct watched {
    struct watched *next;
    int fd;
    time_t since; /* when its request began to be waited for; 0: it is here */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct watched *first;

static time_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + 1; /* never 0 */
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

static void set_since(struct MHD_Connection *connection, time_t since) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct watched *watched = info == NULL ? NULL : info->socket_context;
    if (watched == NULL)
        return;
    pthread_mutex_lock(&lock);
    watched->since = since;
    pthread_mutex_unlock(&lock);
}

void watch_is_dealt_with(struct MHD_Connection *connection) {
    set_since(connection, 0);
}

void watch_is_waited_for(struct MHD_Connection *connection) {
    set_since(connection, now());
}

/* Its thread sees an end of file, and lets go of it. */
static void cut(time_t before) {
    pthread_mutex_lock(&lock);
    for (struct watched *w = first; w != NULL; w = w->next) {
        if (w->since != 0 && w->since < before)
            (void)shutdown(w->fd, SHUT_RDWR);
    }
    pthread_mutex_unlock(&lock);
}

void watch_sweep(void) { cut(now() - REQUEST_SECONDS); }

void watch_hurry(void) { cut(now() + 1); }
