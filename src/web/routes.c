#include "core/lang.h"
#include "web/answer.h"
#include "web/asks.h"
#include "web/checks.h"
#include "web/inside.h"
#include "web/pages.h"

static enum MHD_Result health(struct request *request) {
    return answer_text(request, MHD_HTTP_OK, "text/plain; charset=utf-8",
                       STR_LIT("ok\n"));
}

static enum MHD_Result metrics(struct request *request) {
    struct strbuf text = {.ptr = NULL};
    counters_text(&text, &request->server->counters,
                  results_count(request->server->results));
    return answer_buffer(request, MHD_HTTP_OK,
                         "text/plain; version=0.0.4; charset=utf-8", &text);
}

const struct route web_routes[] = {
    {"GET", "/", pages_upload, false, "/"},
    {"GET", "/history", pages_history, false, "/history"},
    {"GET", "/audit", asks_audit, false, "/audit"},
    {"GET", "/app.js", pages_asset, false, "/app.js"},
    {"GET", "/style.css", pages_asset, false, "/style.css"},
    {"GET", "/icon.svg", pages_asset, false, "/icon.svg"},
    {"GET", "/openapi.json", pages_asset, false, "/openapi.json"},
    {"GET", "/strings/*", pages_strings, false, "/strings/*"},
    {"POST", "/check", checks_form, true, "/check"},
    {"GET", "/results/*", checks_result, false, "/results/*"},
    {"DELETE", "/results/*", checks_remove, false, "/results/*"},
    {"POST", "/api/check", checks_api, true, "/api/check"},
    {"POST", "/api/columns", checks_columns, true, "/api/columns"},
    {"GET", "/api/profiles", asks_profiles, false, "/api/profiles"},
    {"GET", "/api/measures", asks_measures, false, "/api/measures"},
    {"GET", "/api/explain", asks_explain, false, "/api/explain"},
    {"GET", "/api/alternatives", asks_alternatives, false, "/api/alternatives"},
    {"GET", "/api/history/runs", asks_runs, false, "/api/history/runs"},
    {"GET", "/api/history/where-used", asks_where_used, false,
     "/api/history/where-used"},
    {"GET", "/healthz", health, false, "/healthz"},
    {"GET", "/metrics", metrics, false, "/metrics"},
    {NULL, NULL, NULL, false, NULL},
};
