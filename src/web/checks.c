#include "web/checks.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/folder.h"
#include "core/json_writer.h"
#include "core/lang.h"
#include "core/mem.h"
#include "report/report.h"
#include "run/run.h"
#include "web/answer.h"
#include "web/extract.h"
#include "web/form.h"
#include "web/messages.h"
#include "web/pages.h"
#include "web/program.h"
#include "web/reports.h"
#include "web/arguments.h"

#define PROGRESS_FILE "progress" /* how many lines the program has read */

/* What the program is asked with each field of a form. */
static const struct {
    const char *field, *option;
} fields[] = {
    {"profile", "profile"},   {"activity", "activity"}, {"as_of", "as-of"},
    {"product", "product"},   {"revision", "revision"}, {"company", "company"},
    {"title", "title"},       {"map", "map"},           {"sheet", "sheet"},
    {"encoding", "encoding"},
};

/* Those that `columns` understands too, and that can be said of one file:
   "map.2" is of the second. */
static const char *const about_reading[] = {"map", "sheet", "encoding"};

static bool is_about_reading(const char *option) {
    for (size_t i = 0; i < ARRAY_LEN(about_reading); i++) {
        if (strcmp(option, about_reading[i]) == 0)
            return true;
    }
    return false;
}

static void add_field(struct arguments *arguments, const struct form *form,
                      const char *field, const char *option, const char *file) {
    const char *value;
    for (size_t i = 0; (value = form_value(form, field, i)) != NULL; i++) {
        if (value[0] == '\0')
            continue;
        if (file != NULL)
            arguments_printf(arguments, "--%s=%s:%s", option, file, value);
        else
            arguments_option(arguments, option, value);
    }
}

#define FILE_FIELD_SIZE 32

static void name_file_field(char name[FILE_FIELD_SIZE], const char *field,
                            size_t number) {
    snprintf(name, FILE_FIELD_SIZE, "%s.%zu", field, number);
}

static void add_file_fields(struct arguments *arguments,
                            const struct form *form) {
    char name[FILE_FIELD_SIZE];
    const char *file;
    for (size_t i = 0; (file = form_file(form, i)) != NULL; i++) {
        for (size_t k = 0; k < ARRAY_LEN(about_reading); k++) {
            name_file_field(name, about_reading[k], i + 1);
            add_field(arguments, form, name, about_reading[k], file);
        }
    }
}

static void add_fields(struct arguments *arguments, const struct form *form,
                       bool reading_only) {
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        if (!reading_only || is_about_reading(fields[i].option))
            add_field(arguments, form, fields[i].field, fields[i].option, NULL);
    }
    add_file_fields(arguments, form);
}

/* These are not for the program. */
static bool is_ours(const char *field) {
    return strcmp(field, "lang") == 0 || strcmp(field, "format") == 0;
}

static bool is_of_a_file(const struct form *form, const char *field) {
    char name[FILE_FIELD_SIZE];
    for (size_t k = 0; k < ARRAY_LEN(about_reading); k++) {
        size_t len = strlen(about_reading[k]);
        if (strncmp(field, about_reading[k], len) != 0 || field[len] != '.')
            continue;
        unsigned long number = str_number(str_from(field + len + 1));
        name_file_field(name, about_reading[k], number);
        return number != 0 && form_file(form, number - 1) != NULL &&
               strcmp(field, name) == 0;
    }
    return false;
}

/* A slip in a field's name must not change what is checked in silence. */
static const char *unknown_field(const struct form *form) {
    const char *name;
    for (size_t i = 0; (name = form_field(form, i)) != NULL; i++) {
        bool known = is_ours(name) || is_of_a_file(form, name);
        for (size_t k = 0; k < ARRAY_LEN(fields); k++)
            known = known || strcmp(name, fields[k].field) == 0;
        if (!known)
            return name;
    }
    return NULL;
}

static void add_files(struct arguments *arguments, const struct form *form) {
    const char *name;
    arguments_add(arguments, "--");
    for (size_t i = 0; (name = form_file(form, i)) != NULL; i++)
        arguments_add(arguments, name);
}

/* ---- a check ---- */

struct check {
    struct server *server;
    struct result *result;
    struct arguments arguments;
    struct MHD_Connection *client;    /* who waits for it, or NULL */
    const char *language;             /* of who asked */
    const struct report_format *only; /* that is wanted; NULL: all are kept */
};

static void add_server_options(struct arguments *arguments,
                               const struct web_options *options) {
    arguments_option(arguments, "rules", options->rules_folder);
    arguments_option(arguments, "max-rule-age", options->max_rule_age);
    arguments_option(arguments, "history", options->history);
    arguments_option(arguments, "parts", options->parts);
    arguments_option(arguments, "declarations", options->declarations);
    if (options->strict_contents)
        arguments_add(arguments, "--strict-contents");
}

/* The extract is made of that which has a finding a line. */
static bool is_wanted(const struct check *check,
                      const struct report_format *format) {
    return check->only == NULL || check->only == format ||
           strcmp(format->name, EXTRACT_OF) == 0;
}

static struct check *check_new(struct request *request,
                               const struct report_format *only) {
    struct check *check = mem_calloc(1, sizeof(*check));
    const struct web_options *options = request->server->options;
    if (check == NULL)
        return NULL;
    struct arguments *arguments = &check->arguments;
    check->server = request->server;
    check->client = request->connection;
    check->language = lang_name();
    check->only = only;
    arguments_add(arguments, "check");
    add_fields(arguments, request->form, false);
    add_server_options(arguments, options);
    for (size_t i = 0; report_formats[i] != NULL; i++) {
        char name[64];
        if (is_wanted(check, report_formats[i]) &&
            reports_name(report_formats[i], name))
            arguments_printf(arguments, "--output=%s=../%s",
                             report_formats[i]->name, name);
    }
    arguments_add(arguments, "--progress=../" PROGRESS_FILE);
    add_files(arguments, request->form);
    check->result = form_take_result(request->form);
    snprintf(check->result->lang, sizeof(check->result->lang), "%s",
             lang_name());
    return check;
}

static void check_free(struct check *check) {
    arguments_dispose(&check->arguments);
    result_release(check->server->results, check->result);
    mem_free(check);
}

/* What stands in the result's folder, by name. */
static const char *place(struct arena *arena, const struct result *result,
                         const char *name) {
    return arena_printf(arena, "%s/%s", result->folder, name).ptr;
}

/* Who gets one report sees from its status whether all was read. */
static bool is_done(const struct check *check, enum program_end end, int status,
                    bool *unread) {
    return end == PROGRAM_ENDED &&
           reports_are_there(check->result, check->only) &&
           ((check->only != NULL && status != EXIT_NO_ANSWER) ||
            extract_make(check->result, unread));
}

/* @return the status to answer. */
static unsigned end_check(struct check *check, enum program_end end,
                          int status) {
    struct arena arena = {.chunks = NULL};
    char message[1024] = "";
    unsigned answer = MHD_HTTP_OK;
    struct result_outcome outcome = {.exit_status = status, .message = message};
    bool done = is_done(check, end, status, &outcome.unread);
    const char *said = place(&arena, check->result, MESSAGES_FILE);
    if (!done)
        answer = messages_read(message, sizeof(message), end, said);
    /* What was written of the reports is not kept either when some are not. */
    const char *useless = done ? place(&arena, check->result, FORM_FOLDER)
                               : check->result->folder;
    if (useless != NULL)
        folder_remove(useless);
    atomic_fetch_add(done ? &check->server->counters.checks
                          : &check->server->counters.failed_checks,
                     1);
    outcome.state = done ? RESULT_DONE : RESULT_FAILED;
    result_end(check->server->results, check->result, &outcome);
    arena_dispose(&arena);
    return answer;
}

static bool is_forgotten(void *ctx) {
    struct check *check = ctx;
    return result_is_removed(check->server->results, check->result);
}

static unsigned run_check_now(struct check *check) {
    struct arena arena = {.chunks = NULL};
    const struct program_call call = {
        .args = arguments_list(&check->arguments),
        .folder = place(&arena, check->result, FORM_FOLDER),
        .output = "../" SUMMARY_FILE,
        .messages = "../" MESSAGES_FILE,
        .seconds = check->server->options->run_seconds,
        .client = check->client,
        .is_dropped = is_forgotten,
        .ctx = check,
    };
    int status = EXIT_NO_ANSWER;
    enum program_end end = PROGRAM_FAILED;
    if (call.args != NULL && call.folder != NULL)
        end = program_run(check->server->program, &call, &status);
    arena_dispose(&arena);
    return end_check(check, end, status);
}

/* ---- checks that nobody waits for ---- */

static struct {
    pthread_mutex_t lock;
    pthread_cond_t done;
    unsigned running;
} background = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};

static void count_background(int by) {
    pthread_mutex_lock(&background.lock);
    background.running = (unsigned)((int)background.running + by);
    pthread_cond_broadcast(&background.done);
    pthread_mutex_unlock(&background.lock);
}

void checks_wait(void) {
    pthread_mutex_lock(&background.lock);
    while (background.running != 0)
        pthread_cond_wait(&background.done, &background.lock);
    pthread_mutex_unlock(&background.lock);
}

static void *run_in_background(void *ctx) {
    struct check *check = ctx;
    if (lang_use(check->language))
        (void)run_check_now(check);
    check_free(check);
    count_background(-1);
    return NULL;
}

static bool start_in_background(struct check *check) {
    pthread_t thread;
    pthread_attr_t detached;
    count_background(1);
    pthread_attr_init(&detached);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    bool ok = pthread_create(&thread, &detached, run_in_background, check) == 0;
    pthread_attr_destroy(&detached);
    if (!ok)
        count_background(-1);
    return ok;
}

/* ---- requests ---- */

static const char *result_place(struct request *request,
                                const struct result *result) {
    return arena_printf(&request->arena, "/results/%s", result->token).ptr;
}

/* @return whether there is something to check; else the answer is given. */
static bool is_whole(struct request *request, enum MHD_Result *answer) {
    const char *unknown = unknown_field(request->form);
    const char *fault =
        unknown != NULL ? arena_printf(&request->arena,
                                       tr("There is no field “%s”."), unknown)
                              .ptr
        : form_file(request->form, 0) == NULL
            ? tr("No file was chosen; choose a BOM.")
            : NULL;
    if (fault != NULL)
        *answer = answer_error(request, MHD_HTTP_BAD_REQUEST, fault);
    return fault == NULL;
}

/* Two boards may both have a bom.csv, and an upload has no folder that would
   tell them apart. */
static bool has_product(struct request *request, enum MHD_Result *answer) {
    const char *product = form_value(request->form, "product", 0);
    if (request->server->options->history == NULL ||
        str_trim(str_from(product)).len != 0)
        return true;
    *answer = answer_error(request, MHD_HTTP_BAD_REQUEST,
                           tr("Name the product: the history keeps boards "
                              "apart by it."));
    return false;
}

/* @return NULL when there is nothing to check: the answer is given. */
static struct check *begin_check(struct request *request,
                                 const struct report_format *only,
                                 enum MHD_Result *answer) {
    if (!is_whole(request, answer) || !has_product(request, answer))
        return NULL;
    struct check *check = check_new(request, only);
    if (check == NULL)
        *answer = answer_no_memory(request);
    return check;
}

enum MHD_Result checks_form(struct request *request) {
    enum MHD_Result answer;
    struct check *check = begin_check(request, NULL, &answer);
    if (check == NULL)
        return answer;
    (void)run_check_now(check);
    const char *where = result_place(request, check->result);
    const char *lang = form_value(request->form, "lang", 0);
    if (lang != NULL && lang[0] != '\0' && where != NULL)
        where =
            arena_printf(&request->arena, "%s?lang=%s", where, lang_name()).ptr;
    check_free(check);
    return where == NULL ? answer_no_memory(request)
                         : answer_elsewhere(request, where);
}

static enum MHD_Result answer_later(struct request *request) {
    enum MHD_Result answer;
    struct check *check = begin_check(request, NULL, &answer);
    if (check == NULL)
        return answer;
    const char *where = result_place(request, check->result);
    check->client = NULL;
    result_publish(check->server->results, check->result);
    if (where != NULL && start_in_background(check))
        return answer_accepted(request, where);
    result_remove(check->server->results, check->result);
    check_free(check);
    return answer_no_memory(request);
}

static enum MHD_Result answer_now(struct request *request) {
    const struct report_format *format = reports_wanted(request);
    enum MHD_Result answer;
    if (format == NULL)
        return answer_error(request, MHD_HTTP_NOT_ACCEPTABLE,
                            tr("There is no report of that kind."));
    struct check *check = begin_check(request, format, &answer);
    if (check == NULL)
        return answer;
    unsigned status = run_check_now(check);
    struct result result = result_look(check->server->results, check->result);
    answer = status == MHD_HTTP_OK
                 ? reports_answer(request, &result, format, false)
                 : answer_error(request, status, result.message);
    result_remove(check->server->results, check->result);
    check_free(check);
    return answer;
}

enum MHD_Result checks_api(struct request *request) {
    const char *prefer = request_header(request, "Prefer");
    return prefer != NULL && strstr(prefer, "respond-async") != NULL
               ? answer_later(request)
               : answer_now(request);
}

enum MHD_Result checks_columns(struct request *request) {
    struct arguments arguments = {.count = 0};
    enum MHD_Result answer;
    if (!is_whole(request, &answer))
        return answer;
    if (form_file(request->form, 1) != NULL)
        return answer_error(request, MHD_HTTP_BAD_REQUEST,
                            tr("More than one file; send them one by one."));
    arguments_add(&arguments, "columns");
    arguments_option(&arguments, "format", "json");
    add_fields(&arguments, request->form, true);
    arguments_option(&arguments, "rules",
                     request->server->options->rules_folder);
    arguments_add(&arguments, "--");
    arguments_add(&arguments, form_file(request->form, 0));
    struct result *result = form_take_result(request->form);
    answer = reports_ask(request, result, FORM_FOLDER, &arguments);
    arguments_dispose(&arguments);
    result_release(request->server->results, result);
    return answer;
}

/* ---- results ---- */

static int64_t lines_read(struct request *request,
                          const struct result *result) {
    const char *path = place(&request->arena, result, PROGRESS_FILE);
    FILE *in = path == NULL ? NULL : fopen(path, "rbe");
    char line[24] = "";
    if (in == NULL)
        return 0;
    bool ok = fgets(line, sizeof(line), in) != NULL;
    fclose(in);
    return ok ? (int64_t)str_number(str_trim(str_from(line))) : 0;
}

static enum MHD_Result answer_status(struct request *request,
                                     const struct result *result) {
    struct answer_json document;
    if (!answer_json_begin(&document))
        return answer_no_memory(request);
    struct json_writer *json = &document.json;
    json_put_text(json, "state", result_state_name(result->state));
    json_put_text(json, "message",
                  result->message[0] != '\0' ? result->message : NULL);
    json_put_int(json, "lines", lines_read(request, result));
    if (result->state == RESULT_DONE)
        json_put_int(json, "exit_status", result->exit_status);
    else
        json_put_null(json, "exit_status");
    json_key(json, "files");
    reports_list(json, result);
    return answer_json(request, MHD_HTTP_OK, &document);
}

static struct result *find(struct request *request, struct str *rest) {
    struct str token;
    *rest = str_from(request_rest(request));
    return str_split(rest, '/', &token)
               ? results_find(request->server->results, token)
               : NULL;
}

static enum MHD_Result gone(struct request *request) {
    request->wants_page = strcmp(request->route->method, "GET") == 0 &&
                          strchr(request_rest(request), '/') == NULL;
    return answer_error(request, MHD_HTTP_NOT_FOUND,
                        tr("This result is not kept any more, or never was; "
                           "check the BOM again."));
}

static enum MHD_Result answer_result(struct request *request,
                                     struct result *held, struct str rest) {
    struct result result = result_look(request->server->results, held);
    if (rest.len == 0)
        return pages_result(request, &result);
    if (str_eq(rest, STR_LIT("status")))
        return answer_status(request, &result);
    const struct report_format *format = reports_named(rest);
    if (format == NULL || result.state != RESULT_DONE)
        return answer_error(request, MHD_HTTP_NOT_FOUND,
                            tr("There is no such report."));
    return reports_answer(request, &result, format, true);
}

enum MHD_Result checks_result(struct request *request) {
    struct str rest;
    struct result *result = find(request, &rest);
    if (result == NULL)
        return gone(request);
    enum MHD_Result answer = answer_result(request, result, rest);
    result_release(request->server->results, result);
    return answer;
}

enum MHD_Result checks_remove(struct request *request) {
    struct str rest;
    struct result *result = find(request, &rest);
    if (result == NULL || rest.len != 0) {
        if (result != NULL)
            result_release(request->server->results, result);
        return gone(request);
    }
    result_remove(request->server->results, result);
    result_release(request->server->results, result);
    return answer_text(request, MHD_HTTP_NO_CONTENT, NULL, STR_EMPTY);
}
