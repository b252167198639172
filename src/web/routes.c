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
    {"GET", "/", pages_upload, ROUTE_PAGE},
    {"GET", "/history", pages_history, ROUTE_PAGE},
    {"GET", "/audit", asks_audit, ROUTE_PAGE},
    {"GET", "/app.js", pages_asset, 0},
    {"GET", "/style.css", pages_asset, 0},
    {"GET", "/icon.svg", pages_asset, 0},
    {"GET", "/openapi.json", pages_asset, 0},
    {"GET", "/strings/*", pages_strings, 0},
    {"POST", "/check", checks_form, ROUTE_PAGE | ROUTE_BODY},
    {"GET", "/results/*", checks_result, 0},
    {"DELETE", "/results/*", checks_remove, 0},
    {"POST", "/api/check", checks_api, ROUTE_BODY},
    {"POST", "/api/columns", checks_columns, ROUTE_BODY},
    {"GET", "/api/profiles", asks_profiles, 0},
    {"GET", "/api/measures", asks_measures, 0},
    {"GET", "/api/explain", asks_explain, 0},
    {"GET", "/api/alternatives", asks_alternatives, 0},
    {"GET", "/api/history/runs", asks_runs, 0},
    {"GET", "/api/history/where-used", asks_where_used, 0},
    {"GET", "/healthz", health, 0},
    {"GET", "/metrics", metrics, 0},
    {NULL, NULL, NULL, 0},
};
