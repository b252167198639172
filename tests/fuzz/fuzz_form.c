/* Whatever is posted is refused, or lies in its own folder under names that
   mean nothing; and nothing is left of it. The request comes over a pair of
   sockets: nobody listens. */
#include <dirent.h>
#include <microhttpd.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "fuzz.h"
#include "web/accept.h"
#include "web/file_name.h"
#include "web/form.h"
#include "web/template.h"

#define BYTES_MAX (512 * 1024)

static struct results *results;
static struct form *form; /* of the request that is dealt with */
static size_t posted;     /* bytes of its body */

/* ---- names, weights, pages ---- */

static void check_name(struct str name) {
    must(name.len != 0 && name.len <= FILE_NAME_BYTES_MAX, "a name has a size");
    must(str_find_char(name, '/') < 0 && str_find_char(name, '\\') < 0,
         "a name has no folder");
    must(name.ptr[0] != '.' && name.ptr[0] != '-', "a name means nothing");
    must_be_text(name, "a name is UTF-8");
    for (size_t i = 0; i < name.len; i++)
        must((unsigned char)name.ptr[i] >= 0x20, "a name steers nothing");
}

static void check_file_name(struct str given) {
    struct strbuf once = {.ptr = NULL}, twice = {.ptr = NULL};
    file_name_safe(&once, given);
    check_name(strbuf_str(&once));
    file_name_safe(&twice, strbuf_str(&once));
    must_be_same(&once, &twice, "a safe name stays");
    strbuf_dispose(&once);
    strbuf_dispose(&twice);
}

static void check_accept(struct str text) {
    struct strbuf copy = {.ptr = NULL};
    struct str rest = text;
    struct accept_item item;
    while (accept_next(&rest, &item))
        must(item.weight <= ACCEPT_WHOLE, "a weight is 1 at most");
    strbuf_add(&copy, text);
    if (copy.ptr != NULL)
        must(accept_rank(copy.ptr, STR_LIT("text/html")).weight <= ACCEPT_WHOLE,
             "so is a rank");
    strbuf_dispose(&copy);
}

static void check_html(struct str text) {
    struct strbuf out = {.ptr = NULL};
    html_add(&out, text);
    for (size_t i = 0; i < out.len; i++)
        must(out.ptr[i] != '<' && out.ptr[i] != '>' && out.ptr[i] != '"',
             "text is no markup, and ends no attribute");
    strbuf_dispose(&out);
}

/* ---- forms ---- */

static unsigned long long size_of(const char *folder, const char *name) {
    struct strbuf path = {.ptr = NULL};
    struct stat st;
    strbuf_printf(&path, "%s/" FORM_FOLDER "/%s", folder, name);
    must(lstat(path.ptr, &st) == 0 && S_ISREG(st.st_mode), "a file is there");
    strbuf_dispose(&path);
    return (unsigned long long)st.st_size;
}

static size_t entries_of(const char *folder) {
    struct strbuf path = {.ptr = NULL};
    size_t count = 0;
    strbuf_printf(&path, "%s/" FORM_FOLDER, folder);
    DIR *dir = opendir(path.ptr);
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;)
        count +=
            strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    if (dir != NULL)
        closedir(dir);
    strbuf_dispose(&path);
    return count;
}

static void check_form(void) {
    unsigned status;
    const char *fault = form_fault(form, &status);
    struct result *result = form_take_result(form);
    unsigned long long bytes = 0;
    size_t files = 0;
    const char *name;
    must((fault == NULL) == (status == 0), "a fault has a status");
    must(fault == NULL || (fault[0] != '\0' && status >= 400), "and a reason");
    for (; fault == NULL && (name = form_file(form, files)) != NULL; files++) {
        check_name(str_from(name));
        bytes += size_of(result->folder, name);
    }
    must(files <= FORM_FILES_MAX && bytes <= posted, "no more than was sent");
    must(fault != NULL || entries_of(result->folder) == files,
         "nothing else lies there");
    for (size_t i = 0; (name = form_field(form, i)) != NULL; i++) {
        const char *value = form_value(form, name, 0);
        must(i <= FORM_FIELDS_MAX, "fields are bounded");
        must(value != NULL && strlen(value) <= FORM_VALUE_MAX,
             "values are bounded");
    }
    char folder[4096];
    snprintf(folder, sizeof(folder), "%s", result->folder);
    result_release(results, result);
    must(access(folder, F_OK) != 0, "nothing is left");
}

static enum MHD_Result answer(void *ctx, struct MHD_Connection *connection,
                              const char *url, const char *method,
                              const char *version, const char *bytes,
                              size_t *size, void **request) {
    struct result *result;
    struct err err = ERR_INIT;
    (void)ctx;
    (void)url;
    (void)method;
    (void)version;
    (void)request;
    if (form == NULL) {
        must(results_begin(results, &result, &err), "a folder");
        form = form_new(connection, results, result, BYTES_MAX);
        must(form != NULL, "memory");
        return MHD_YES;
    }
    if (*size != 0) {
        (void)form_add(form, bytes, *size);
        *size = 0;
        return MHD_YES;
    }
    form_end(form);
    check_form();
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    enum MHD_Result queued = MHD_queue_response(connection, 200, response);
    MHD_destroy_response(response);
    return queued;
}

static void set_up(void) {
    const struct results_limits limits = {60, 10, BYTES_MAX};
    struct err err = ERR_INIT;
    must(lazy_microhttpd_load(&err), "the library is there");
    must(results_new(&results, &limits, &err), "a folder for results");
}

static void send_all(int link, struct str text) {
    while (text.len != 0) {
        ssize_t sent = send(link, text.ptr, text.len, MSG_NOSIGNAL);
        must(sent > 0, "it is sent");
        text = str_skip(text, (size_t)sent);
    }
}

static struct strbuf request_of(struct str query, struct str type,
                                struct str body) {
    struct strbuf request = {.ptr = NULL};
    strbuf_add_text(&request, "POST /api/check?");
    for (size_t i = 0; i < query.len; i++)
        if ((unsigned char)query.ptr[i] > ' ')
            strbuf_add_char(&request, query.ptr[i]);
    strbuf_add_text(&request, " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                              "Content-Type: ");
    for (size_t i = 0; i < type.len; i++)
        if ((unsigned char)type.ptr[i] >= ' ')
            strbuf_add_char(&request, type.ptr[i]);
    strbuf_printf(&request, "\r\nContent-Length: %zu\r\n\r\n", body.len);
    strbuf_add(&request, body);
    return request;
}

static void post(struct str query, struct str type, struct str body) {
    struct sockaddr address = {.sa_family = AF_UNIX};
    struct strbuf request = request_of(query, type, body);
    int links[2];
    /* A server of its own for each: the next must not see the one before. */
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, answer, NULL, MHD_OPTION_END);
    must(daemon != NULL, "a server");
    must(socketpair(AF_UNIX, SOCK_STREAM, 0, links) == 0, "sockets");
    posted = body.len;
    send_all(links[0], strbuf_str(&request));
    must(MHD_add_connection(daemon, links[1], &address, sizeof(address)) ==
             MHD_YES,
         "a connection");
    shutdown(links[0], SHUT_WR);
    for (int i = 0; i < 40; i++)
        (void)MHD_run(daemon);
    close(links[0]);
    MHD_stop_daemon(daemon);
    form_free(form);
    form = NULL;
    strbuf_dispose(&request);
}

/* \x1e stands between the query, the type and the body. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str rest = {(const char *)data, size};
    struct str query = STR_EMPTY, type = STR_EMPTY;
    if (results == NULL)
        set_up();
    if (size > 64 * 1024) /* what a socket takes at once */
        return 0;
    check_file_name(rest);
    check_accept(rest);
    check_html(rest);
    (void)(str_split(&rest, '\x1e', &query) && str_split(&rest, '\x1e', &type));
    post(query, type, rest);
    return 0;
}
