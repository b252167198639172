#ifndef BOMGATE_WEB_WEB_H
#define BOMGATE_WEB_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"
#include "core/err.h"
#include "ruleset/ruleset.h"

/*
 * The upload page and its API. What somebody asks for is done by this program
 * itself, in a process of its own in a private folder: nothing that a BOM does
 * there can reach the server, and what it may use is bounded.
 */

struct web_options {
    const char *listen;       /* "127.0.0.1:8080"; port 0: any */
    const char *token;        /* that every request must carry, or NULL */
    bool behind_proxy;        /* who may ask is another program's affair */
    const char *const *hosts; /* names that it is asked by, beside its own */
    size_t host_count;
    const struct ruleset *rules;
    const char *rules_folder; /* absolute; NULL: the shipped rules */
    const char *history;      /* absolute; NULL: nothing is recorded */
    const char *parts;        /* absolute paths, or NULL: what every check */
    const char *declarations; /* goes by */
    bool strict_contents;
    const char *max_rule_age; /* days, or NULL */
    unsigned keep_minutes;    /* a result */
    unsigned upload_megabytes;
    unsigned run_seconds;    /* what one check may take */
    unsigned upload_seconds; /* what an upload, or taking an answer, may take */
    unsigned connections;    /* at once */
};

#define WEB_LISTEN "127.0.0.1:8080"
#define WEB_KEEP_MINUTES (24 * 60)
#define WEB_UPLOAD_MEGABYTES 64
#define WEB_RUN_SECONDS 300
#define WEB_UPLOAD_SECONDS 300
#define WEB_CONNECTIONS 256

/**
 * Serve until SIGTERM or SIGINT; then finish what is going on, and leave
 * nothing behind.
 *
 * @return false when it cannot listen, or may not listen there: anything but
 *         the loopback needs a token or a proxy.
 */
NODISCARD bool web_serve(const struct web_options *options, struct err *err);

#endif
