#ifndef BOMGATE_WEB_COUNTERS_H
#define BOMGATE_WEB_COUNTERS_H

#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

#include "core/str.h"

/** What happened so far. */
struct counters {
    atomic_ullong answers[6]; /* by the first digit of the status */
    atomic_ullong checks, failed_checks, refused, uploaded_bytes;
    atomic_uint running, waiting, connections;
    time_t started;
};

/** In the text format of Prometheus.
    https://prometheus.io/docs/instrumenting/exposition_formats/ */
void counters_text(struct strbuf *out, const struct counters *counters,
                   size_t results);

#endif
