#include "web/watch.h"

#include <pthread.h>
#include <sys/socket.h>
#include <time.h>

#include "core/mem.h"

/* Seconds, before somebody is told to be idle, or an upload to be slow. */
#define IDLE 1
#define SLOW 5
#define JUST_CAME 0.01

/* How long a client may take; 0: no client is waited for. */
static time_t seconds[] = {
    [WATCH_HEAD] = 20, [WATCH_BODY] = 0, [WATCH_OURS] = 0, [WATCH_ANSWER] = 0};

struct watched {
    struct watched *next;
    int fd;
    enum watch_phase phase;
    time_t since;
    unsigned long long bytes; /* of an upload */
    bool is_cut;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct watched *first;
static unsigned count; /* of those that are not cut */
static unsigned crowd; /* so many are enough */

static time_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

void watch_limit(unsigned most, unsigned of_upload) {
    crowd = most;
    seconds[WATCH_BODY] = seconds[WATCH_ANSWER] = of_upload;
}

/* How little would be lost by cutting it: who has asked for nothing yet first,
   and of them who was silent longest; then who sends least, who takes an
   answer, and last who has just come. 0: it stays. */
static double spare_of(const struct watched *watched, time_t time) {
    double age = (double)(time - watched->since);
    if (watched->is_cut || watched->phase == WATCH_OURS)
        return 0;
    if (watched->phase == WATCH_HEAD)
        return age < IDLE ? JUST_CAME : 2 + age;
    if (age < SLOW)
        return 0;
    return watched->phase == WATCH_BODY
               ? 1 + age / (age + (double)watched->bytes)
               : age / (age + 1);
}

static void cut(struct watched *watched) {
    if (!watched->is_cut)
        count--;
    watched->is_cut = true;
    (void)shutdown(watched->fd, SHUT_RDWR);
}

/* @return whether somebody had to go. */
static bool make_room(void) {
    struct watched *sparest = NULL;
    double most = 0;
    time_t time = now();
    for (struct watched *w = first; w != NULL; w = w->next) {
        double spare = spare_of(w, time);
        /* The newest comes first. */
        if (spare > 0 && spare >= most) {
            most = spare;
            sparest = w;
        }
    }
    if (sparest != NULL)
        cut(sparest);
    return sparest != NULL;
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
    if (count >= crowd)
        (void)make_room();
    watched->next = first;
    first = watched;
    count++;
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
    if (!watched->is_cut)
        count--;
    pthread_mutex_unlock(&lock);
    mem_free(watched);
}

static struct watched *watched_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

void watch_phase(struct MHD_Connection *connection, enum watch_phase phase) {
    struct watched *watched = watched_of(connection);
    if (watched == NULL)
        return;
    pthread_mutex_lock(&lock);
    watched->phase = phase;
    watched->since = now();
    watched->bytes = 0;
    pthread_mutex_unlock(&lock);
}

void watch_bytes(struct MHD_Connection *connection, size_t bytes) {
    struct watched *watched = watched_of(connection);
    if (watched == NULL)
        return;
    pthread_mutex_lock(&lock);
    watched->bytes += bytes;
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
static void cut_late(bool in_time_too) {
    time_t time = now();
    pthread_mutex_lock(&lock);
    for (struct watched *w = first; w != NULL; w = w->next) {
        if (w->phase != WATCH_OURS &&
            (in_time_too || time - w->since > seconds[w->phase]))
            cut(w);
    }
    while (count > crowd && make_room())
        continue;
    pthread_mutex_unlock(&lock);
}

void watch_sweep(void) { cut_late(false); }

void watch_hurry(void) { cut_late(true); }
