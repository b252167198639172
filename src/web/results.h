#ifndef BOMGATE_WEB_RESULTS_H
#define BOMGATE_WEB_RESULTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/**
 * The results that are kept: each a private folder under a name that nobody
 * can guess, for some time. Every upload lies in one, too.
 */
struct results;

#define RESULT_TOKEN_SIZE 33

enum result_state { RESULT_RUNNING, RESULT_DONE, RESULT_FAILED };
/** "running", "done", "failed". */
const char *result_state_name(enum result_state state);

/** How a run has ended. */
struct result_outcome {
    enum result_state state;
    int exit_status;
    bool unread;         /* no BOM could be read at all */
    const char *message; /* why it failed, what to do; or "" */
};

/** One of them; whoever holds it lets go with result_release(). */
struct result {
    char token[RESULT_TOKEN_SIZE]; /* 128 random bits */
    char *folder;                  /* nobody else may read it */
    enum result_state state;       /* of result_look() */
    int exit_status;
    bool unread;
    char message[1024];
    char lang[16]; /* in which its sentences are */
};

/** How long results are kept. The oldest go before their time when there are
    too many, or when they take too much room. */
struct results_limits {
    unsigned minutes;
    size_t count;
    unsigned long long bytes;
};

NODISCARD bool results_new(struct results **out,
                           const struct results_limits *limits,
                           struct err *err);
/** Remove all of them. Accepts NULL. */
void results_free(struct results *results);

/** Where all of them lie; without links on the way. */
const char *results_folder(const struct results *results);

/** Begin one, held by the caller. */
NODISCARD bool results_begin(struct results *results, struct result **out,
                             struct err *err);
/** The one of that name, held by the caller; NULL when there is none. */
struct result *results_find(struct results *results, struct str token);
/** It is done or has failed; from now on it can be found. */
void result_end(struct results *results, struct result *result,
                const struct result_outcome *outcome);
/** Let others find it while it runs. */
void result_publish(struct results *results, struct result *result);
/** As it is now. */
struct result result_look(struct results *results, const struct result *result);
/** Forget it, once nobody holds it. */
void result_remove(struct results *results, struct result *result);
/** Whether it was. */
bool result_is_removed(struct results *results, struct result *result);
void result_release(struct results *results, struct result *result);

/** Forget those whose time is over. */
void results_sweep(struct results *results);
size_t results_count(struct results *results);

#endif
