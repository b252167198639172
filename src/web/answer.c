#include "web/answer.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/lang.h"
#include "web/pages.h"

#define PAGE_POLICY                                                            \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src "        \
    "'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "        \
    "frame-ancestors 'none'"
/* A report has its styles in it, and no script; what is in it may do nothing.
 */
#define REPORT_POLICY                                                          \
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox "   \
    "allow-popups allow-top-navigation-by-user-activation; base-uri 'none'; "  \
    "frame-ancestors 'none'"

static void add(struct MHD_Response *response, const char *name,
                const char *value) {
    (void)MHD_add_response_header(response, name, value);
}

static void add_usual(struct MHD_Response *response, const char *media_type,
                      const char *policy) {
    static const char *const usual[][2] = {
        {"X-Content-Type-Options", "nosniff"},
        /* With no-referrer a form without script says "Origin: null". */
        {"Referrer-Policy", "same-origin"},
        {"X-Frame-Options", "DENY"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
        {"Cache-Control", "no-store"},
    };
    for (size_t i = 0; i < ARRAY_LEN(usual); i++)
        add(response, usual[i][0], usual[i][1]);
    if (media_type != NULL)
        add(response, MHD_HTTP_HEADER_CONTENT_TYPE, media_type);
    add(response, "Content-Security-Policy", policy);
    add(response, "Vary", "Accept, Accept-Language");
}

/* What HTTP wants beside some statuses. */
static void add_for_status(struct MHD_Response *response,
                           const struct request *request, unsigned status) {
    char allowed[64];
    if (status == MHD_HTTP_UNAUTHORIZED)
        add(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE,
            "Basic realm=\"bomgate: any name, the token as password\", "
            "charset=\"UTF-8\"");
    if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
        add(response, MHD_HTTP_HEADER_RETRY_AFTER, "10");
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED) {
        request_allowed(request, allowed);
        add(response, MHD_HTTP_HEADER_ALLOW, allowed);
    }
}

static enum MHD_Result queue(struct request *request, unsigned status,
                             struct MHD_Response *response) {
    if (response == NULL)
        return MHD_NO;
    add_for_status(response, request, status);
    request->status = status;
    enum MHD_Result result =
        MHD_queue_response(request->connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static struct MHD_Response *copy_of(struct str text) {
    return MHD_create_response_from_buffer(
        text.len, (void *)(uintptr_t)(text.ptr == NULL ? "" : text.ptr),
        MHD_RESPMEM_MUST_COPY);
}

enum MHD_Result answer_text(struct request *request, unsigned status,
                            const char *media_type, struct str text) {
    struct MHD_Response *response = copy_of(text);
    if (response != NULL)
        add_usual(response, media_type, PAGE_POLICY);
    return queue(request, status, response);
}

enum MHD_Result answer_buffer(struct request *request, unsigned status,
                              const char *media_type, struct strbuf *text) {
    enum MHD_Result result =
        text->failed
            ? answer_no_memory(request)
            : answer_text(request, status, media_type, strbuf_str(text));
    strbuf_dispose(text);
    return result;
}

enum MHD_Result answer_static(struct request *request, const char *media_type,
                              struct str text) {
    struct MHD_Response *response = MHD_create_response_from_buffer(
        text.len, (void *)(uintptr_t)text.ptr, MHD_RESPMEM_PERSISTENT);
    if (response != NULL)
        add_usual(response, media_type, PAGE_POLICY);
    return queue(request, MHD_HTTP_OK, response);
}

static enum MHD_Result queue_with(struct request *request, unsigned status,
                                  const char *media_type, struct str text,
                                  const char *header, const char *value) {
    struct MHD_Response *response = copy_of(text);
    if (response != NULL) {
        add_usual(response, media_type, PAGE_POLICY);
        add(response, header, value);
    }
    return queue(request, status, response);
}

bool answer_json_begin(struct answer_json *document) {
    *document = (struct answer_json){.text = NULL};
    FILE *out = open_memstream(&document->text, &document->size);
    if (out == NULL)
        return false;
    document->json.out = out;
    json_open_object(&document->json);
    return true;
}

/* @return NULL when memory is out; else free() it. */
static char *end_document(struct answer_json *document) {
    json_close_object(&document->json);
    json_finish(&document->json);
    if (fclose(document->json.out) == 0)
        return document->text;
    free(document->text);
    return NULL;
}

enum MHD_Result answer_json(struct request *request, unsigned status,
                            struct answer_json *document) {
    char *text = end_document(document);
    if (text == NULL)
        return MHD_NO; /* what would say so is a document too */
    enum MHD_Result result = answer_text(request, status, "application/json",
                                         (struct str){text, document->size});
    free(text);
    return result;
}

enum MHD_Result answer_error(struct request *request, unsigned status,
                             const char *message) {
    struct answer_json document;
    if (request->wants_page)
        return pages_error(request, status, message);
    if (!answer_json_begin(&document))
        return MHD_NO;
    document.json.compact = true;
    json_key(&document.json, "error");
    json_open_object(&document.json);
    json_put_text(&document.json, "message", message);
    json_close_object(&document.json);
    return answer_json(request, status, &document);
}

enum MHD_Result answer_no_memory(struct request *request) {
    return answer_error(request, MHD_HTTP_SERVICE_UNAVAILABLE,
                        tr("The server is out of memory; try again later."));
}

enum MHD_Result answer_elsewhere(struct request *request, const char *place) {
    return queue_with(request, MHD_HTTP_SEE_OTHER, NULL, STR_EMPTY,
                      MHD_HTTP_HEADER_LOCATION, place);
}

enum MHD_Result answer_accepted(struct request *request, const char *place) {
    struct answer_json document;
    if (!answer_json_begin(&document))
        return MHD_NO;
    document.json.compact = true;
    json_put_text(&document.json, "result", place);
    char *text = end_document(&document);
    if (text == NULL)
        return MHD_NO;
    enum MHD_Result result = queue_with(
        request, MHD_HTTP_ACCEPTED, "application/json",
        (struct str){text, document.size}, MHD_HTTP_HEADER_LOCATION, place);
    free(text);
    return result;
}

static void add_file_headers(struct MHD_Response *response,
                             const struct answer_file *file) {
    char text[256];
    add_usual(response, file->media_type,
              file->is_report ? REPORT_POLICY : PAGE_POLICY);
    if (file->name != NULL) {
        snprintf(text, sizeof(text), "attachment; filename=\"%s\"", file->name);
        add(response, MHD_HTTP_HEADER_CONTENT_DISPOSITION, text);
    }
    if (file->exit_status >= 0) {
        snprintf(text, sizeof(text), "%d", file->exit_status);
        add(response, "Bomgate-Exit-Status", text);
    }
}

enum MHD_Result answer_file(struct request *request, unsigned status,
                            const struct answer_file *file) {
    struct stat st;
    int fd = open(file->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        if (fd >= 0)
            close(fd);
        return answer_error(request, MHD_HTTP_NOT_FOUND,
                            tr("There is no such report."));
    }
    struct MHD_Response *response =
        MHD_create_response_from_fd64((uint64_t)st.st_size, fd);
    if (response == NULL) {
        close(fd);
        return MHD_NO;
    }
    add_file_headers(response, file);
    return queue(request, status, response);
}
