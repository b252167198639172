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
    {"GET", "/", pages_upload, ROUTE_PAGE, NULL},
    {"GET", "/history", pages_history, ROUTE_PAGE, NULL},
    {"GET", "/audit", asks_audit, ROUTE_PAGE,
     "quarter from to product profile format"},
    {"GET", "/app.js", pages_asset, 0, NULL},
    {"GET", "/style.css", pages_asset, 0, NULL},
    {"GET", "/icon.svg", pages_asset, 0, NULL},
    {"GET", "/openapi.json", pages_asset, 0, NULL},
    {"GET", "/strings/*", pages_strings, 0, NULL},
    {"POST", "/check", checks_form, ROUTE_PAGE | ROUTE_BODY, NULL},
    {"GET", "/results/*", checks_result, 0, NULL},
    {"DELETE", "/results/*", checks_remove, 0, NULL},
    {"POST", "/api/check", checks_api, ROUTE_BODY, NULL},
    {"POST", "/api/columns", checks_columns, ROUTE_BODY, NULL},
    {"GET", "/api/profiles", asks_profiles, 0, NULL},
    {"GET", "/api/measures", asks_measures, 0, "as_of"},
    {"GET", "/api/explain", asks_explain, 0,
     "q profile activity as_of category origin"},
    {"GET", "/api/alternatives", asks_alternatives, 0,
     "q profile activity as_of"},
    {"GET", "/api/history/runs", asks_runs, 0, "product from to"},
    {"GET", "/api/history/where-used", asks_where_used, 0, "q"},
    {"GET", "/healthz", health, 0, NULL},
    {"GET", "/metrics", metrics, 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
