#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "core/arena.h"
#include "core/date.h"
#include "run/run.h"
#include "run/text_file.h"
#include "web/web.h"

static const struct cli_option options[] = {
    {"listen", 0, "ADDRESS", false,
     "where to listen; default " WEB_LISTEN
     ", which only this machine reaches; "
     "port 0: any"},
    {"token-file", 0, "FILE", false,
     "a file with the token that every request must carry; anything but the "
     "loopback needs one, or a proxy"},
    {"behind-proxy", 0, NULL, false,
     "another program decides who may ask, and speaks TLS"},
    {"host", 0, "NAME", true,
     "a name that the server is asked by, beside its own address"},
    {"keep", 0, "MINUTES", false, "how long a result is kept; default a day"},
    {"max-upload", 0, "MB", false, "the largest upload; default 64"},
    {"max-seconds", 0, "SECONDS", false,
     "how long one check may take; default 300"},
    {"upload-seconds", 0, "SECONDS", false,
     "how long a client may take for an upload, or to take an answer; default "
     "300"},
    {"max-connections", 0, "COUNT", false,
     "connections at once; beyond that the idlest make room; default "
     "256"},
    CLI_HISTORY_OPTION,
    CLI_PARTS_OPTION,
    CLI_DECLARATIONS_OPTIONS,
    {"max-rule-age", 0, "DAYS", false,
     "a check gives no answer when the rules are known to a day further back"},
    CLI_RULES_OPTIONS,
    {NULL, 0, NULL, false, NULL},
};

/* What the server is told, and what that points to. */
struct serving {
    struct web_options web;
    struct ruleset *rules;
    struct arena arena;
    const char **hosts;
};

static bool read_number(const struct cli_args *args, const char *name,
                        unsigned most, unsigned *out, struct err *err) {
    const char *value = cli_value(args, name);
    if (value == NULL)
        return true;
    unsigned long number = str_number(str_from(value));
    if (!str_is_digits(str_from(value)) || number == 0 || number > most)
        return err_set(err, ERR_INVALID, "--%s '%s' is no number from 1 to %u",
                       name, value, most);
    *out = (unsigned)number;
    return true;
}

/* Its first line; a token that can be guessed is none. */
static bool read_token(struct serving *serving, const char *path,
                       struct err *err) {
    struct strbuf text = {.ptr = NULL};
    if (path == NULL)
        return true;
    if (!text_file_read(path, "a token", &text, err)) {
        strbuf_dispose(&text);
        return false;
    }
    struct str rest = strbuf_str(&text), line = STR_EMPTY;
    (void)str_split(&rest, '\n', &line);
    line = str_trim(line);
    bool ok = line.len >= 16;
    if (ok)
        serving->web.token = arena_str(&serving->arena, line).ptr;
    else
        err_set(err, ERR_INVALID,
                "%s: the token is shorter than 16 characters; make one with "
                "`openssl rand -hex 16`",
                path);
    strbuf_dispose(&text);
    return ok;
}

/* A run works in another folder. */
static bool make_absolute(struct serving *serving, const char *path,
                          const char **out, struct err *err) {
    char here[4096];
    *out = path;
    if (path == NULL || path[0] == '/')
        return true;
    if (getcwd(here, sizeof(here)) == NULL)
        return err_set(err, ERR_IO, "the working folder is not there");
    *out = arena_printf(&serving->arena, "%s/%s", here, path).ptr;
    return !serving->arena.failed || err_nomem(err);
}

static bool read_hosts(struct serving *serving, const struct cli_args *args,
                       struct err *err) {
    struct strbuf one = {.ptr = NULL};
    const char *name;
    size_t count = 0;
    while (cli_value_at(args, "host", count, &one) != NULL)
        count++;
    serving->hosts =
        arena_array(&serving->arena, count + 1, sizeof(*serving->hosts));
    for (size_t i = 0; serving->hosts != NULL &&
                       (name = cli_value_at(args, "host", i, &one)) != NULL;
         i++)
        serving->hosts[i] = arena_str(&serving->arena, str_from(name)).ptr;
    strbuf_dispose(&one);
    serving->web.hosts = serving->hosts;
    serving->web.host_count = count;
    return !serving->arena.failed || err_nomem(err);
}

static bool read_options(struct serving *serving, const struct cli_args *args,
                         struct err *err) {
    struct web_options *web = &serving->web;
    const char *listen = cli_value(args, "listen");
    *web = (struct web_options){
        .listen = listen != NULL ? listen : WEB_LISTEN,
        .behind_proxy = cli_flag(args, "behind-proxy"),
        .strict_contents = cli_flag(args, "strict-contents"),
        .max_rule_age = cli_value(args, "max-rule-age"),
        .keep_minutes = WEB_KEEP_MINUTES,
        .upload_megabytes = WEB_UPLOAD_MEGABYTES,
        .run_seconds = WEB_RUN_SECONDS,
        .upload_seconds = WEB_UPLOAD_SECONDS,
        .connections = WEB_CONNECTIONS,
    };
    return read_number(args, "keep", 60 * 24 * 365, &web->keep_minutes, err) &&
           read_number(args, "max-upload", 4096, &web->upload_megabytes, err) &&
           read_number(args, "max-seconds", 86400, &web->run_seconds, err) &&
           read_number(args, "upload-seconds", 86400, &web->upload_seconds,
                       err) &&
           read_number(args, "max-connections", 4096, &web->connections, err) &&
           read_token(serving, cli_value(args, "token-file"), err) &&
           read_hosts(serving, args, err) &&
           make_absolute(serving, cli_value(args, "history"), &web->history,
                         err) &&
           make_absolute(serving, cli_value(args, "parts"), &web->parts, err) &&
           make_absolute(serving, cli_value(args, "declarations"),
                         &web->declarations, err) &&
           make_absolute(serving, cli_value(args, "rules"), &web->rules_folder,
                         err) &&
           cli_open_rules(args, &serving->rules, err);
}

/* A history is made now, so that what is wrong with it is told now. */
static bool try_history(const char *path, struct err *err) {
    struct history *history;
    if (path == NULL)
        return true;
    if (!history_open(&history, path, HISTORY_RECORD, err))
        return false;
    history_close(history);
    return true;
}

/* So are the parts file and the declarations, which each check reads anew. */
static bool try_company(const struct cli_args *args, struct ruleset *rules,
                        struct err *err) {
    const struct cli_screen screen = {.rules = rules, .as_of = date_today()};
    struct parts_file *parts = NULL;
    struct declarations *declarations = NULL;
    bool ok = cli_read_parts(args, rules, &parts, err) &&
              cli_read_declarations(args, &screen, &declarations, err);
    parts_file_free(parts);
    declarations_free(declarations);
    return ok;
}

static int serve(const struct cli_args *args) {
    struct serving serving = {.rules = NULL};
    struct err err = ERR_INIT;
    int status;
    if (args->operand_count != 0)
        return cli_usage_error("serve takes no operand");
    if (!read_options(&serving, args, &err)) {
        status = cli_refuse(&err);
    } else {
        serving.web.rules = serving.rules;
        bool ok = try_history(serving.web.history, &err) &&
                  try_company(args, serving.rules, &err) &&
                  web_serve(&serving.web, &err);
        status = ok ? cli_finish(EXIT_CLEAN) : cli_fail(&err);
    }
    ruleset_close(serving.rules);
    arena_dispose(&serving.arena);
    return status;
}

const struct cli_command serve_command = {
    .name = "serve",
    .operands = "",
    .summary = "the upload page and its API",
    .help = "The page is for people without a terminal: drop a BOM, take the "
            "report. What is\nuploaded is read, checked and removed; results "
            "are kept for a while under names\nthat nobody can guess. SIGTERM "
            "stops it when what is going on has ended.",
    .options = options,
    .run = serve,
};
