#ifndef BOMGATE_WEB_WATCH_H
#define BOMGATE_WEB_WATCH_H

#include <stdbool.h>

#include <lazy/microhttpd.h>

/*
 * A client that sends or takes a byte now and then is never idle. Every
 * connection is watched: one that is not done with its part in time is cut.
 */

/** Whose turn it is on a connection. */
enum watch_phase {
    WATCH_HEAD,   /* the client's: the head of a request, or its end */
    WATCH_BODY,   /* the client's: what it uploads */
    WATCH_OURS,   /* ours: as long as it takes */
    WATCH_ANSWER, /* the client's: to take the answer */
};

struct watched;

/** What clients may do. @param most  Connections at once: beyond that, those
    that can best be spared are cut.
    @param seconds  For an upload, and for the taking of an answer. */
void watch_limit(unsigned most, unsigned seconds);

/** A connection begins; NULL when memory is out: it is not watched then. */
struct watched *watch_begin(struct MHD_Connection *connection);
/** It ends. Accepts NULL. */
void watch_end(struct watched *watched);

/** From now on it is in this phase. A new connection waits for a head. */
void watch_phase(struct MHD_Connection *connection, enum watch_phase phase);

/** That many bytes of an upload have come. */
void watch_bytes(struct MHD_Connection *connection, size_t bytes);

/** Cut those that are late. Called every second. */
void watch_sweep(void);
/** Whether a request has begun on any of them and its answer is not taken. */
bool watch_is_busy(void);
/** Cut all of them, but where it is our turn: the server stops. */
void watch_hurry(void);

#endif
