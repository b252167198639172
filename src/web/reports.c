#include "web/reports.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/lang.h"
#include "run/run.h"
#include "web/accept.h"
#include "web/answer.h"
#include "web/form.h"
#include "web/messages.h"
#include "web/program.h"

bool reports_name(const struct report_format *format, char name[64]) {
    struct str extensions, first;
    if (format->extension == NULL)
        return false;
    extensions = str_from(format->extension);
    if (!str_split(&extensions, ',', &first))
        return false;
    snprintf(name, 64, "report%.*s", STR_ARG(first));
    return true;
}

const struct report_format *reports_named(struct str name) {
    char own[64];
    for (size_t i = 0; report_formats[i] != NULL; i++) {
        if (reports_name(report_formats[i], own) && str_eq(str_from(own), name))
            return report_formats[i];
    }
    return NULL;
}

static struct accept_rank how_wanted(const char *accept,
                                     const struct report_format *format) {
    struct str media = str_from(format->media_type), type = STR_EMPTY;
    char own[64];
    bool is_file = reports_name(format, own) && str_split(&media, ';', &type);
    return is_file ? accept_rank(accept, type)
                   : (struct accept_rank){.weight = 0};
}

/* JSON where it is as good as any other. */
static const struct report_format *most_wanted(const char *accept) {
    const struct report_format *best = report_format_by_name(STR_LIT("json"));
    struct accept_rank first = how_wanted(accept, best);
    for (size_t i = 0; report_formats[i] != NULL; i++) {
        struct accept_rank rank = how_wanted(accept, report_formats[i]);
        if (accept_is_before(rank, first)) {
            best = report_formats[i];
            first = rank;
        }
    }
    return first.weight == 0 ? NULL : best;
}

const struct report_format *reports_wanted(const struct request *request) {
    const char *name = form_value(request->form, "format", 0);
    const char *accept = request_header(request, MHD_HTTP_HEADER_ACCEPT);
    char own[64];
    if (name == NULL || name[0] == '\0')
        return most_wanted(accept == NULL ? "*/*" : accept);
    const struct report_format *format = report_format_by_name(str_from(name));
    return format != NULL && reports_name(format, own) ? format : NULL;
}

enum MHD_Result reports_answer(struct request *request,
                               const struct result *result,
                               const struct report_format *format, bool save) {
    char name[64] = "";
    bool is_page = strcmp(format->name, "html") == 0;
    bool is_json = strcmp(format->name, "json") == 0;
    (void)reports_name(format, name);
    const char *path =
        arena_printf(&request->arena, "%s/%s", result->folder, name).ptr;
    const struct answer_file file = {
        .path = path == NULL ? "" : path,
        .media_type = format->media_type,
        .name = save && !is_page && !is_json ? name : NULL,
        .is_report = is_page,
        .exit_status = result->exit_status,
    };
    /* Who has asked for the check itself sees at once that it was in vain. */
    bool in_vain = result->unread && !save;
    return answer_file(
        request, in_vain ? MHD_HTTP_UNPROCESSABLE_CONTENT : MHD_HTTP_OK, &file);
}

const char *reports_title(const struct report_format *format) {
    return tr(format->summary);
}

static bool find_size(const struct result *result, const char *name,
                      long long *size) {
    struct strbuf path = {.ptr = NULL};
    struct stat st;
    strbuf_printf(&path, "%s/%s", result->folder, name);
    bool found = !path.failed && stat(path.ptr, &st) == 0;
    *size = found ? (long long)st.st_size : 0;
    strbuf_dispose(&path);
    return found;
}

bool reports_are_there(const struct result *result,
                       const struct report_format *only) {
    bool all = true;
    for (size_t i = 0; report_formats[i] != NULL; i++) {
        char name[64];
        long long size;
        bool wanted = (only == NULL || only == report_formats[i]) &&
                      reports_name(report_formats[i], name);
        all = all && (!wanted || find_size(result, name, &size));
    }
    return all;
}

void reports_list(struct json_writer *json, const struct result *result) {
    json_open_array(json);
    for (size_t i = 0;
         result->state == RESULT_DONE && report_formats[i] != NULL; i++) {
        char name[64];
        long long size;
        if (!reports_name(report_formats[i], name) ||
            !find_size(result, name, &size))
            continue;
        json_open_object(json);
        json_inline(json);
        json_put_text(json, "format", report_formats[i]->name);
        json_put_text(json, "name", name);
        json_put_text(json, "title", reports_title(report_formats[i]));
        json_put_int(json, "bytes", size);
        json_close_object(json);
    }
    json_close_array(json);
}

/* One that had no room breaks off. */
static bool is_whole_document(const char *path) {
    static const char last[3] = "\n}\n";
    char end[sizeof(last)] = "";
    FILE *in = fopen(path, "rbe");
    if (in == NULL)
        return false;
    bool whole = fseek(in, -(long)sizeof(last), SEEK_END) == 0 &&
                 fread(end, 1, sizeof(end), in) == sizeof(end) &&
                 memcmp(end, last, sizeof(last)) == 0;
    fclose(in);
    return whole;
}

enum MHD_Result reports_ask(struct request *request,
                            const struct result *result, const char *folder,
                            struct arguments *arguments) {
    struct arena *arena = &request->arena;
    const char *base = result->folder;
    const struct program_call call = {
        .args = arguments_list(arguments),
        .folder = arena_printf(arena, "%s/%s", base, folder).ptr,
        .output = arena_printf(arena, "%s/%s", base, SUMMARY_FILE).ptr,
        .messages = arena_printf(arena, "%s/%s", base, MESSAGES_FILE).ptr,
        .seconds = request->server->options->run_seconds,
        .client = request->connection,
    };
    int status = EXIT_NO_ANSWER;
    char message[1024];
    enum program_end end = PROGRAM_FAILED;
    if (call.args != NULL && !arena->failed)
        end = program_run(request->server->program, &call, &status);
    if (end == PROGRAM_ENDED && is_whole_document(call.output)) {
        const struct answer_file file = {.path = call.output,
                                         .media_type = "application/json",
                                         .exit_status = status};
        return answer_file(request, MHD_HTTP_OK, &file);
    }
    unsigned fault =
        messages_read(message, sizeof(message), end, call.messages);
    return answer_error(request, fault, message);
}
