#ifndef BOMGATE_WEB_INSIDE_H
#define BOMGATE_WEB_INSIDE_H

#include <stdatomic.h>

#include <lazy/microhttpd.h>

#include "core/arena.h"
#include "core/str.h"
#include "web/counters.h"
#include "web/results.h"
#include "web/web.h"

/* What the files of this folder share. A request has a thread of its own; what
   they share is constant, atomic, or behind a lock of its own. */

struct program;

struct server {
    const struct web_options *options;
    struct results *results;
    struct program *program;
    struct counters counters;
    char authority[64]; /* "127.0.0.1:8080" */
    bool loopback;
};

struct form;

/** One request, from its head to the end of its answer. */
struct request {
    struct server *server;
    struct MHD_Connection *connection;
    const struct route *route; /* NULL: there is none */
    const char *path, *method; /* valid while the request is dealt with */
    struct form *form;         /* what was posted; NULL: nothing */
    struct arena arena;        /* lives as long */
    struct timespec begun;
    unsigned status; /* of the answer */
    bool wants_page; /* as ROUTE_PAGE */
};

#define ROUTE_PAGE 1U /* somebody looks at it: errors are pages */
#define ROUTE_BODY 2U /* something is posted */

/** What deals with a request. */
struct route {
    const char *method; /* "GET" stands for HEAD too */
    const char *path;   /* ends with '*': everything below; no secret */
    /** @return what MHD_queue_response() gave. */
    enum MHD_Result (*answer)(struct request *request);
    unsigned flags;
    const char *query; /* the names that it knows, beside lang; or NULL */
};

/** What can be done at a path: "GET, HEAD, DELETE"; "" when there is none.
    `allowed` has room for all methods. */
void request_allowed(const struct request *request, char allowed[64]);

/** All of them, ended by one without a method. */
extern const struct route web_routes[];

/** A value of the query, NULL where it is not given. */
const char *request_query(const struct request *request, const char *name);
const char *request_header(const struct request *request, const char *name);
/** The language that the request asks for, in use from then on. */
void request_use_language(struct request *request);
/** What stands in the path behind the route's own: "TOKEN/report.json". */
const char *request_rest(const struct request *request);

#endif
