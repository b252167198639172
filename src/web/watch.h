#ifndef BOMGATE_WEB_WATCH_H
#define BOMGATE_WEB_WATCH_H

#include "web/mhd.h"

/*
 * A client that sends a byte now and then is never idle. Every connection is
 * watched: one that has not sent a whole request in time is cut.
 */

struct watched;

/** A connection begins; NULL when memory is out: it is not watched then. */
struct watched *watch_begin(struct MHD_Connection *connection);
/** It ends. Accepts NULL. */
void watch_end(struct watched *watched);

/** Its request is here: the time is ours now. */
void watch_is_dealt_with(struct MHD_Connection *connection);
/** Its request is answered: the next one is waited for. */
void watch_is_waited_for(struct MHD_Connection *connection);

/** Cut those that are late. Called every second. */
void watch_sweep(void);
/** Cut all whose request is not here yet: the server stops. */
void watch_hurry(void);

#endif
