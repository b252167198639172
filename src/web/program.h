#ifndef BOMGATE_WEB_PROGRAM_H
#define BOMGATE_WEB_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"
#include "core/err.h"
#include "web/counters.h"

/**
 * Runs this program itself, as many at once as the machine has processors:
 * others wait for their turn.
 */
struct program;
struct MHD_Connection;

/**
 * @param counters  Must outlive it.
 * @param folder    In which all runs work: what lies above, such as another
 *                  repository's settings, is not theirs.
 */
NODISCARD bool program_new(struct program **out, struct counters *counters,
                           const char *folder, struct err *err);
/** Nothing may run any more. Accepts NULL. */
void program_free(struct program *program);
/** Kill what runs, and let nothing run any more. */
void program_stop(struct program *program);

/** Set for what runs: it was asked by a form, in the language of the thread
    that runs it. */
#define PROGRAM_BY_FORM "BOMGATE_BY_FORM"
#define PROGRAM_LANGUAGE "BOMGATE_LANG"

struct program_call {
    const char *const *args; /* without the program's name, ended by NULL */
    const char *folder;      /* where it works */
    const char *output;      /* a file for its standard output */
    const char *messages;    /* and one for what it says */
    unsigned seconds;        /* what it may take, its turn not counted */
    struct MHD_Connection *client; /* who waits for it, or NULL */
    /** Whether nobody wants it any more; NULL: somebody does. */
    bool (*is_dropped)(void *ctx);
    void *ctx;
};

enum program_end {
    PROGRAM_ENDED,
    PROGRAM_LATE,    /* took too long */
    PROGRAM_KILLED,  /* by a limit, or by a fault of its own */
    PROGRAM_STOPPED, /* the server stops */
    PROGRAM_VAIN,    /* nobody wants it any more */
    PROGRAM_CROWDED, /* too many wait already */
    PROGRAM_FAILED,  /* could not be started */
};

/** Run it to its end. @param[out] status  Its exit status, if PROGRAM_ENDED. */
enum program_end program_run(struct program *program,
                             const struct program_call *call, int *status);

#endif
