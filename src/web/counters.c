#include "web/counters.h"

#include <inttypes.h>

static void put(struct strbuf *out, const char *name, const char *kind,
                const char *help, unsigned long long value) {
    strbuf_printf(out, "# HELP bomgate_%s %s\n# TYPE bomgate_%s %s\n", name,
                  help, name, kind);
    strbuf_printf(out, "bomgate_%s %llu\n", name, value);
}

void counters_text(struct strbuf *out, const struct counters *counters,
                   size_t results) {
    strbuf_add_text(out, "# HELP bomgate_http_responses_total Answers, by the "
                         "class of their status.\n"
                         "# TYPE bomgate_http_responses_total counter\n");
    for (unsigned i = 1; i < ARRAY_LEN(counters->answers); i++)
        strbuf_printf(out,
                      "bomgate_http_responses_total{class=\"%uxx\"} %llu\n", i,
                      atomic_load(&counters->answers[i]));
    put(out, "checks_total", "counter", "Checks that gave a report.",
        atomic_load(&counters->checks));
    put(out, "checks_failed_total", "counter", "Checks that gave none.",
        atomic_load(&counters->failed_checks));
    put(out, "refused_total", "counter",
        "Requests refused for their host, origin, token or size.",
        atomic_load(&counters->refused));
    put(out, "uploaded_bytes_total", "counter", "Bytes of BOMs received.",
        atomic_load(&counters->uploaded_bytes));
    put(out, "programs_running", "gauge", "Checks and questions going on.",
        atomic_load(&counters->running));
    put(out, "programs_waiting", "gauge", "Those waiting for their turn.",
        atomic_load(&counters->waiting));
    put(out, "connections", "gauge", "Open connections.",
        atomic_load(&counters->connections));
    put(out, "results_kept", "gauge", "Results that can be fetched.", results);
    put(out, "start_time_seconds", "gauge", "When the server started.",
        (unsigned long long)counters->started);
}
