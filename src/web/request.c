#include "web/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/lang.h"
#include "core/mem.h"
#include "web/accept.h"
#include "web/answer.h"
#include "web/form.h"
#include "web/guard.h"

const char *request_query(const struct request *request, const char *name) {
    return MHD_lookup_connection_value(request->connection,
                                       MHD_GET_ARGUMENT_KIND, name);
}

const char *request_header(const struct request *request, const char *name) {
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND,
                                       name);
}

const char *request_rest(const struct request *request) {
    size_t own = strlen(request->route->path) - 1;
    return strlen(request->path) >= own ? request->path + own : "";
}

/* "zh-CN" or "zh-TW": as it is, or by its first part. */
static bool use_tag(struct str tag) {
    char name[32];
    ptrdiff_t hyphen = str_find_char(tag, '-');
    snprintf(name, sizeof(name), "%.*s", STR_ARG(tag));
    if (lang_use(name))
        return true;
    snprintf(name, sizeof(name), "%.*s",
             STR_ARG(hyphen < 0 ? tag : str_take(tag, (size_t)hyphen)));
    return lang_use(name);
}

/* Of those that are spoken here, the one with the greatest weight. */
static void use_accepted(const char *accept) {
    struct str rest = str_from(accept);
    struct accept_item item;
    unsigned most = 0;
    while (accept_next(&rest, &item)) {
        if (item.weight > most && use_tag(item.name))
            most = item.weight;
    }
}

void request_use_language(struct request *request) {
    const char *name = request_query(request, "lang");
    const char *accept =
        request_header(request, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);
    bool chosen = lang_use("en");
    if (request->form != NULL && form_value(request->form, "lang", 0) != NULL)
        name = form_value(request->form, "lang", 0);
    chosen = name != NULL && lang_use(name);
    if (!chosen && accept != NULL)
        use_accepted(accept);
}

/* ---- the route ---- */

static bool fits(const char *pattern, const char *path) {
    size_t len = strlen(pattern);
    if (pattern[len - 1] == '*')
        return strncmp(pattern, path, len - 1) == 0;
    return strcmp(pattern, path) == 0;
}

/* HEAD is a GET whose body is kept back. */
static const struct route *find_route(const char *path, const char *method) {
    if (strcmp(method, MHD_HTTP_METHOD_HEAD) == 0)
        method = MHD_HTTP_METHOD_GET;
    for (const struct route *r = web_routes; r->method != NULL; r++) {
        if (fits(r->path, path) && strcmp(r->method, method) == 0)
            return r;
    }
    return NULL;
}

void request_allowed(const struct request *request, char allowed[64]) {
    size_t len = 0;
    allowed[0] = '\0';
    for (const struct route *r = web_routes; r->method != NULL; r++) {
        bool is_get = strcmp(r->method, MHD_HTTP_METHOD_GET) == 0;
        if (fits(r->path, request->path))
            len += (size_t)snprintf(allowed + len, 64 - len, "%s%s%s",
                                    len == 0 ? "" : ", ", r->method,
                                    is_get ? ", HEAD" : "");
    }
}

/* Somebody who goes astray looks at a page. */
static bool is_by_browser(const struct request *request) {
    const char *accept = request_header(request, MHD_HTTP_HEADER_ACCEPT);
    return accept != NULL &&
           accept_is_before(accept_rank(accept, STR_LIT("text/html")),
                            accept_rank(accept, STR_LIT("application/json")));
}

/* ---- the query ---- */

/* A slip in a name must not change what is asked in silence. */
struct query_check {
    const char *names;   /* of the route */
    const char *unknown; /* the first that is none of them */
};

static bool is_named(const char *names, const char *name) {
    struct str rest = str_from(names), one;
    while (str_split(&rest, ' ', &one)) {
        if (str_eq(one, str_from(name)))
            return true;
    }
    return strcmp(name, "lang") == 0;
}

static enum MHD_Result check_name(void *ctx, enum MHD_ValueKind kind,
                                  const char *name, const char *value) {
    struct query_check *check = ctx;
    (void)kind;
    (void)value;
    if (check->unknown == NULL && !is_named(check->names, name))
        check->unknown = name;
    return MHD_YES;
}

/* What is posted says itself what is in it. */
static const char *query_fault(struct request *request) {
    const char *names = request->route->query;
    struct query_check check = {.names = names == NULL ? "" : names};
    if ((request->route->flags & ROUTE_BODY) != 0)
        return NULL;
    (void)MHD_get_connection_values(request->connection, MHD_GET_ARGUMENT_KIND,
                                    check_name, &check);
    return check.unknown == NULL
               ? NULL
               : arena_printf(&request->arena, tr("There is no field “%s”."),
                              check.unknown)
                     .ptr;
}

struct request *request_new(struct server *server,
                            struct MHD_Connection *connection, const char *path,
                            const char *method) {
    struct request *request = mem_calloc(1, sizeof(*request));
    if (request == NULL)
        return NULL;
    request->server = server;
    request->connection = connection;
    request->path = path;
    request->method = method;
    request->route = find_route(path, method);
    request->wants_page = request->route == NULL
                              ? is_by_browser(request)
                              : (request->route->flags & ROUTE_PAGE) != 0;
    clock_gettime(CLOCK_MONOTONIC, &request->begun);
    request_use_language(request);
    return request;
}

/* No path, no name: what a BOM is called is its owner's affair. */
static void log_request(const struct request *request) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double ms = (double)(now.tv_sec - request->begun.tv_sec) * 1e3 +
                (double)(now.tv_nsec - request->begun.tv_nsec) / 1e6;
    fprintf(stderr, "bomgate: %s %s %u %.0f ms\n",
            request->route == NULL ? "?" : request->route->method,
            request->route == NULL ? "?" : request->route->path,
            request->status, ms);
}

void request_free(struct request *request) {
    struct counters *counters = &request->server->counters;
    unsigned class = request->status / 100;
    if (class < ARRAY_LEN(counters->answers))
        atomic_fetch_add(&counters->answers[class], 1);
    if (request->form != NULL)
        atomic_fetch_add(&counters->uploaded_bytes, form_bytes(request->form));
    log_request(request);
    form_free(request->form);
    arena_dispose(&request->arena);
    mem_free(request);
}

/* ---- its head ---- */

/* Who waits for leave to send is told at once. Others would not read an answer
   before they have sent all: what they send is passed over, unless it is far
   too much. */
static bool is_too_large(const struct request *request) {
    const char *text = request_header(request, MHD_HTTP_HEADER_CONTENT_LENGTH);
    unsigned long long size = text == NULL ? 0 : strtoull(text, NULL, 10);
    unsigned long long most =
        (unsigned long long)request->server->options->upload_megabytes << 20;
    bool waits = request_header(request, MHD_HTTP_HEADER_EXPECT) != NULL;
    return form_is_hopeless(size, most) || (waits && size > most);
}

static const char *begin_form(struct request *request, unsigned *status) {
    struct server *server = request->server;
    struct result *result;
    struct err err = ERR_INIT;
    *status = MHD_HTTP_CONTENT_TOO_LARGE;
    if (is_too_large(request))
        return arena_printf(
                   &request->arena,
                   tr("The upload is larger than %llu MB; send fewer "
                      "or smaller files."),
                   (unsigned long long)server->options->upload_megabytes)
            .ptr;
    *status = MHD_HTTP_INSUFFICIENT_STORAGE;
    results_sweep(server->results);
    if (!results_begin(server->results, &result, &err))
        return arena_str(&request->arena, str_from(err.msg)).ptr;
    *status = MHD_HTTP_SERVICE_UNAVAILABLE;
    request->form =
        form_new(request->connection, server->results, result,
                 (unsigned long long)server->options->upload_megabytes << 20);
    return request->form != NULL
               ? NULL
               : tr("The server is out of memory; try again later.");
}

const char *request_refusal(struct request *request, unsigned *status) {
    char allowed[64];
    const char *refusal = guard_request(request, status);
    if (refusal == NULL && request->route == NULL) {
        request_allowed(request, allowed);
        bool known = allowed[0] != '\0';
        *status = known ? MHD_HTTP_METHOD_NOT_ALLOWED : MHD_HTTP_NOT_FOUND;
        refusal = known ? tr("That cannot be done here.")
                        : tr("There is nothing here.");
    }
    if (refusal == NULL) {
        *status = MHD_HTTP_BAD_REQUEST;
        refusal = query_fault(request);
    }
    if (refusal == NULL && (request->route->flags & ROUTE_BODY) != 0)
        refusal = begin_form(request, status);
    if (refusal != NULL)
        atomic_fetch_add(&request->server->counters.refused, 1);
    return refusal;
}

/* ---- its body ---- */

bool request_add(struct request *request, const char *bytes, size_t size) {
    if (request->form == NULL)
        return true; /* nobody wants it */
    return form_add(request->form, bytes, size);
}

enum MHD_Result request_answer(struct request *request) {
    unsigned status;
    const char *fault = NULL;
    if (request->form != NULL) {
        form_end(request->form);
        fault = form_fault(request->form, &status);
        request_use_language(request);
    }
    if (fault == NULL)
        return request->route->answer(request);
    atomic_fetch_add(&request->server->counters.refused, 1);
    return answer_error(request, status, fault);
}
