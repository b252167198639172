#include "web/asks.h"

#include <stdlib.h>
#include <string.h>

#include "core/json_writer.h"
#include "core/lang.h"
#include "report/activity_words.h"
#include "report/audit_report.h"
#include "run/run.h"
#include "web/answer.h"
#include "web/messages.h"
#include "web/program.h"
#include "web/reports.h"
#include "web/arguments.h"

/* ---- what the server knows itself ---- */

static void put_profiles(struct json_writer *json,
                         const struct ruleset *rules) {
    json_key(json, "profiles");
    json_open_array(json);
    for (uint32_t i = 0; i < rules_profile_count(rules); i++) {
        const struct rules_profile *profile = rules_profile(rules, i);
        json_open_object(json);
        json_inline(json);
        json_put_text(json, "id", rules_text(rules, profile->id));
        json_put_text(json, "name", rules_text(rules, profile->name));
        json_put_text(json, "description",
                      rules_text(rules, profile->description));
        json_put_text(
            json, "within",
            profile->within == RULES_NONE
                ? NULL
                : rules_text(rules, rules_profile(rules, profile->within)->id));
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_activities(struct json_writer *json) {
    json_key(json, "activities");
    json_open_array(json);
    for (unsigned i = 0; rules_activity_names[i] != NULL; i++) {
        json_open_object(json);
        json_inline(json);
        json_put_text(json, "id", rules_activity_names[i]);
        json_put_text(json, "name", activity_noun(1U << i, false));
        json_close_object(json);
    }
    json_close_array(json);
}

enum MHD_Result asks_profiles(struct request *request) {
    struct answer_json document;
    if (!answer_json_begin(&document))
        return answer_no_memory(request);
    struct json_writer *json = &document.json;
    json_put_text(json, "schema", "bomgate-profiles/1");
    put_profiles(json, request->server->options->rules);
    put_activities(json);
    return answer_json(request, MHD_HTTP_OK, &document);
}

/* ---- what the program is asked ---- */

struct added {
    struct arguments *arguments;
    const char *field, *option;
};

static enum MHD_Result add_value(void *ctx, enum MHD_ValueKind kind,
                                 const char *key, const char *value) {
    const struct added *added = ctx;
    (void)kind;
    if (strcmp(key, added->field) == 0 && value != NULL && value[0] != '\0')
        arguments_option(added->arguments, added->option, value);
    return MHD_YES;
}

/* Every value that the query gives. */
static void add_query(struct arguments *arguments, struct request *request,
                      const char *field, const char *option) {
    struct added added = {arguments, field, option};
    (void)MHD_get_connection_values(request->connection, MHD_GET_ARGUMENT_KIND,
                                    add_value, &added);
}

static void add_screen(struct arguments *arguments, struct request *request) {
    add_query(arguments, request, "profile", "profile");
    add_query(arguments, request, "activity", "activity");
    add_query(arguments, request, "as_of", "as-of");
}

static void add_rules(struct arguments *arguments,
                      const struct request *request) {
    arguments_option(arguments, "rules",
                     request->server->options->rules_folder);
}

/* What answers with what the program, asked by these arguments, leaves in the
   folder of a result that nobody keeps. */
typedef enum MHD_Result answer_with(struct request *request,
                                    const struct result *result,
                                    struct arguments *arguments,
                                    const void *ctx);

static enum MHD_Result give_in_folder(struct request *request,
                                      struct arguments *arguments,
                                      answer_with *give, const void *ctx) {
    struct result *result;
    struct err err = ERR_INIT;
    enum MHD_Result answer;
    if (results_begin(request->server->results, &result, &err)) {
        answer = give(request, result, arguments, ctx);
        result_release(request->server->results, result);
    } else {
        answer = answer_error(request, MHD_HTTP_INSUFFICIENT_STORAGE, err.msg);
    }
    arguments_dispose(arguments);
    return answer;
}

static enum MHD_Result give_document(struct request *request,
                                     const struct result *result,
                                     struct arguments *arguments,
                                     const void *ctx) {
    (void)ctx;
    return reports_ask(request, result, ".", arguments);
}

static enum MHD_Result ask(struct request *request,
                           struct arguments *arguments) {
    return give_in_folder(request, arguments, give_document, NULL);
}

/* What is asked for stands behind the options. @return false: nothing is. */
static bool add_question(struct arguments *arguments,
                         const struct request *request) {
    const char *question = request_query(request, "q");
    if (question == NULL || question[0] == '\0' || strcmp(question, "-") == 0)
        return false;
    arguments_add(arguments, "--");
    arguments_add(arguments, question);
    return true;
}

static enum MHD_Result ask_question(struct request *request,
                                    struct arguments *arguments) {
    if (add_question(arguments, request))
        return ask(request, arguments);
    arguments_dispose(arguments);
    return answer_error(request, MHD_HTTP_BAD_REQUEST,
                        tr("Say what is asked for: ?q=NAME or ?q=MPN."));
}

enum MHD_Result asks_measures(struct request *request) {
    struct arguments arguments = {.count = 0};
    arguments_add(&arguments, "rules");
    arguments_add(&arguments, "list");
    arguments_add(&arguments, "--format=json");
    add_query(&arguments, request, "as_of", "as-of");
    add_rules(&arguments, request);
    return ask(request, &arguments);
}

enum MHD_Result asks_explain(struct request *request) {
    struct arguments arguments = {.count = 0};
    arguments_add(&arguments, "explain");
    arguments_add(&arguments, "--format=json");
    add_screen(&arguments, request);
    add_query(&arguments, request, "category", "category");
    add_query(&arguments, request, "origin", "origin");
    add_rules(&arguments, request);
    return ask_question(request, &arguments);
}

enum MHD_Result asks_alternatives(struct request *request) {
    struct arguments arguments = {.count = 0};
    arguments_add(&arguments, "alternatives");
    arguments_add(&arguments, "--format=json");
    add_screen(&arguments, request);
    add_rules(&arguments, request);
    return ask_question(request, &arguments);
}

/* ---- history ---- */

static bool has_history(struct request *request, enum MHD_Result *answer) {
    if (request->server->options->history != NULL)
        return true;
    *answer = answer_error(request, MHD_HTTP_NOT_FOUND,
                           tr("This server keeps no history; whoever runs it "
                              "can have it keep one."));
    return false;
}

static void add_history(struct arguments *arguments,
                        const struct request *request, const char *verb) {
    arguments_add(arguments, "history");
    arguments_add(arguments, verb);
    arguments_add(arguments, "--format=json");
    arguments_option(arguments, "history", request->server->options->history);
}

enum MHD_Result asks_runs(struct request *request) {
    struct arguments arguments = {.count = 0};
    enum MHD_Result answer;
    if (!has_history(request, &answer))
        return answer;
    add_history(&arguments, request, "list");
    add_query(&arguments, request, "product", "product");
    add_query(&arguments, request, "from", "from");
    add_query(&arguments, request, "to", "to");
    return ask(request, &arguments);
}

enum MHD_Result asks_where_used(struct request *request) {
    struct arguments arguments = {.count = 0};
    enum MHD_Result answer;
    if (!has_history(request, &answer))
        return answer;
    add_history(&arguments, request, "where-used");
    add_rules(&arguments, request);
    return ask_question(request, &arguments);
}

/* ---- the audit ---- */

/* @param ctx  The struct audit_format. */
static enum MHD_Result give_audit(struct request *request,
                                  const struct result *result,
                                  struct arguments *arguments,
                                  const void *ctx) {
    const struct audit_format *format = ctx;
    struct arena *arena = &request->arena;
    const char *folder = result->folder;
    struct str extensions = str_from(format->extension), extension;
    char message[1024];
    int status = EXIT_NO_ANSWER;
    (void)str_split(&extensions, ',', &extension);
    const char *name = arena_printf(arena, "audit%.*s", STR_ARG(extension)).ptr;
    arguments_printf(arguments, "--output=%s=%s", format->name, name);
    const struct program_call call = {
        .args = arguments_list(arguments),
        .folder = folder,
        .output = SUMMARY_FILE,
        .messages = MESSAGES_FILE,
        .seconds = request->server->options->run_seconds,
        .client = request->connection,
    };
    enum program_end end = PROGRAM_FAILED;
    const struct answer_file file = {
        .path = arena_printf(arena, "%s/%s", folder, name).ptr,
        .media_type = report_format_by_name(str_from(format->name))->media_type,
        .name = name,
        .exit_status = -1,
    };
    if (call.args != NULL && !arena->failed)
        end = program_run(request->server->program, &call, &status);
    if (end == PROGRAM_ENDED && status != EXIT_NO_ANSWER)
        return answer_file(request, MHD_HTTP_OK, &file);
    unsigned fault =
        messages_read(message, sizeof(message), end,
                      arena_printf(arena, "%s/%s", folder, MESSAGES_FILE).ptr);
    return answer_error(request, fault, message);
}

static const struct audit_format *audit_wanted(const struct request *request) {
    const char *name = request_query(request, "format");
    if (name == NULL)
        name = "xlsx";
    if (strcmp(name, "md") == 0)
        name = "markdown";
    const struct audit_format *format = audit_format_by_name(str_from(name));
    return format == NULL || format->extension == NULL ? NULL : format;
}

enum MHD_Result asks_audit(struct request *request) {
    struct arguments arguments = {.count = 0};
    enum MHD_Result answer;
    const struct audit_format *format = audit_wanted(request);
    if (!has_history(request, &answer))
        return answer;
    if (format == NULL)
        return answer_error(request, MHD_HTTP_NOT_ACCEPTABLE,
                            tr("There is no report of that kind."));
    arguments_add(&arguments, "audit");
    arguments_option(&arguments, "history", request->server->options->history);
    add_query(&arguments, request, "quarter", "quarter");
    add_query(&arguments, request, "from", "from");
    add_query(&arguments, request, "to", "to");
    add_query(&arguments, request, "product", "product");
    add_query(&arguments, request, "profile", "profile");
    return give_in_folder(request, &arguments, give_audit, format);
}
