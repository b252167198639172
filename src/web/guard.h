#ifndef BOMGATE_WEB_GUARD_H
#define BOMGATE_WEB_GUARD_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "web/inside.h"

/**
 * May the server listen there at all? Anything but the loopback needs a token,
 * or a proxy that says who may ask.
 */
NODISCARD bool guard_listen(const struct web_options *options, bool loopback,
                            struct err *err);

/**
 * Look at a request's head: its host (a foreign name that leads to the
 * loopback, as in DNS rebinding), where a change comes from (a page of another
 * site), its token.
 *
 * @return NULL when it may go on; else why not, and the status to answer.
 */
const char *guard_request(const struct request *request, unsigned *status);

#endif
