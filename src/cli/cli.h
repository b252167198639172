#ifndef BOMGATE_CLI_CLI_H
#define BOMGATE_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "bom/bom.h"
#include "core/arena.h"
#include "core/compiler.h"
#include "core/date.h"
#include "core/err.h"
#include "core/str.h"
#include "ruleset/ruleset.h"
#include "run/baseline.h"
#include "run/declarations.h"
#include "run/git_copy.h"
#include "run/parts_file.h"
#include "run/readings.h"
#include "run/recorder.h"
#include "run/waivers.h"
#include "screen/alternatives.h"
#include "screen/screen.h"

/*
 * The command line: one file a command, one table of them, one table of
 * options a command. Help, completion of errors and parsing all walk these
 * tables. Only this folder prints and exits.
 */

/** One option; a table ends with a zeroed row. */
struct cli_option {
    const char *name;  /* "profile": --profile, BOMGATE_PROFILE */
    char letter;       /* 'p', or 0 */
    const char *value; /* "PROFILE", or NULL for a flag */
    bool repeats;      /* may be given several times */
    const char *help;
};

struct config;

/** What a change has otherwise than the commit that it is for, and this run
    does not go by. */
struct cli_pending {
    const char **paths;
    size_t count, cap;
    struct arena arena; /* of the paths */
};

/** What was given on the command line, in order. */
struct cli_given {
    const struct cli_option *option;
    const char *value; /* "" for a flag */
};

struct cli_args {
    const struct config *config; /* NULL: there is none */
    const char *base; /* the commit that a change is for; NULL: no change */
    struct cli_pending *pending;
    const void *shipped_rules; /* the index that the program carries */
    size_t shipped_rules_size;
    const struct cli_option *options;
    struct cli_given *given;
    size_t given_count;
    const char **operands;
    size_t operand_count;
    size_t verbs; /* of them, before the BOMs */
};

struct cli_command {
    const char *name;     /* "check" */
    const char *operands; /* "BOM…" */
    const char *summary;
    const char *help; /* more for --help, or NULL */
    const struct cli_option *options;
    bool reads_boms; /* its operands are BOMs, which may have settings beside
                        them */
    size_t verbs;    /* operands before the BOMs */
    /** @return the exit status. */
    int (*run)(const struct cli_args *args);
};

/** All commands, ended by NULL. */
extern const struct cli_command *const cli_commands[];

/* What a command asks of its arguments: flag before environment before
   settings. */

/** The last value given, else that of the environment, else that of the
    settings, else NULL. */
const char *cli_value(const struct cli_args *args, const char *name);
bool cli_flag(const struct cli_args *args, const char *name);
/** The i-th value given, else the i-th of the environment's, which are
    separated by commas, else the i-th of the settings. NULL beyond the last.
    Borrowed from `buf`. */
const char *cli_value_at(const struct cli_args *args, const char *name,
                         size_t i, struct strbuf *buf);

/* Errors: one line on stderr, without control characters. */

/** Print "bomgate: …". @return the exit status for "could not". */
int cli_fail(const struct err *err);
/** The same for a wrong call, with how to get help. */
int cli_usage_error(const char *fmt, ...) PRINTF_LIKE(1, 2);
/** What kept a command from starting: cli_fail() for a file, and how to get
    help where the call itself was wrong. */
int cli_refuse(const struct err *err);
/** Print a line of text that may come from a file. */
void cli_print_problem(void *ctx, const struct err *problem);
void cli_print_line(void *ctx, const char *line);

/** Tell that a path is otherwise in the commit that a change is for, and
    remember it for the reports. */
void cli_tell_pending(const struct cli_args *args, const char *path);

/* What several commands need. */

/** Have what the settings name read as it is where the settings come from, and
    tell if it is otherwise here. @param[out] copy  git_copy_dispose() it. */
NODISCARD bool cli_settle_path(const struct cli_args *args, const char *path,
                               struct git_copy *copy, struct err *err);

#define CLI_RULES_OPTIONS                                                      \
    {                                                                          \
        "rules", 0, "DIR", false,                                              \
            "use the measures, parties and profiles in DIR instead of the "    \
            "shipped "                                                         \
            "ones"                                                             \
    }

#define CLI_LANG_OPTION                                                        \
    {                                                                          \
        "lang", 0, "LANGUAGE", false,                                          \
            "the language of the sentences, such as zh-CN; default en"         \
    }

#define CLI_SCREEN_OPTIONS                                                     \
    {"profile", 'p', "PROFILE", true,                                          \
     "who is buying, and for what; see `bomgate rules list`"},                 \
        {"activity", 'a', "ACTIVITY", false,                                   \
         "what is being done: purchase (default), install, use, sell, "        \
         "import, authorise, fund, export-to"},                                \
        {"as-of", 0, "DATE", false,                                            \
         "the day to judge by, YYYY-MM-DD; default today"},                    \
        {"max-rule-age", 0, "DAYS", false,                                     \
         "exit 2 when the rules are known to a day further back than this"},   \
        CLI_LANG_OPTION, CLI_RULES_OPTIONS

/** The language that is asked for, in use from then on. */
NODISCARD bool cli_choose_language(const struct cli_args *args,
                                   struct err *err);

/** Who buys what, when: the options that `check` and `explain` share. */
struct cli_screen {
    struct ruleset *rules;
    uint32_t *profiles;
    size_t profile_count;
    uint32_t *denied; /* profiles that do not apply */
    size_t denied_count;
    bool declared;
    unsigned activity;
    int32_t as_of;
    unsigned max_rule_age; /* days; 0: any */
};

/** Open --rules, or the shipped rules. Close with ruleset_close(). */
NODISCARD bool cli_open_rules(const struct cli_args *args, struct ruleset **out,
                              struct err *err);
/** Read the shared options. End with cli_screen_dispose(). */
NODISCARD bool cli_read_screen(const struct cli_args *args,
                               struct cli_screen *out, struct err *err);
void cli_screen_dispose(struct cli_screen *screen);
/** What a screener asks by. */
struct screen_options cli_screen_options(const struct cli_screen *screen);
/** What the reports' sentences are told of it. */
struct run_info cli_run_info(const struct cli_screen *screen);

#define CLI_WISH_OPTIONS                                                       \
    {"horizon", 0, "YEARS|DATE", false,                                        \
     "how far ahead an alternative must stay allowed; default 3 years, or "    \
     "the day of --sold-until"},                                               \
        {"sold-until", 0, "DATE", false,                                       \
         "the last day on which the product is sold"},                         \
        {"prefer", 0, "COUNTRY", true,                                         \
         "rank alternatives from there first, instead of what the profiles "   \
         "prefer; none: no country"},                                          \
        {"avoid", 0, "COUNTRY", true,                                          \
         "offer no alternative from there, instead of what the profiles "      \
         "avoid; none: no country"},                                           \
    {                                                                          \
        "all", 0, NULL, false, "every alternative, not only the best few"      \
    }

/** What is asked of alternatives: the options that `check` and `alternatives`
    share. */
struct cli_wish {
    struct alternatives_wish wish;
    struct arena arena; /* of its countries */
};

/** @param[out] out  Dispose of with cli_wish_dispose(). */
NODISCARD bool cli_read_wish(const struct cli_args *args,
                             const struct cli_screen *screen,
                             struct cli_wish *out, struct err *err);
void cli_wish_dispose(struct cli_wish *wish);

#define CLI_PARTS_OPTION                                                       \
    {                                                                          \
        "parts", 0, "FILE", false,                                             \
            "what the company knows of its parts: a table by IPN, "            \
            "distributor's number, MPN, or value and footprint"                \
    }

#define CLI_DECLARATIONS_OPTIONS                                               \
    {"declarations", 0, "FILE", false,                                         \
     "what suppliers declare of their parts: a table, CSV or XLSX"},           \
    {                                                                          \
        "strict-contents", 0, NULL, false,                                     \
            "contents that a measure asks for and nobody declares are for "    \
            "review"                                                           \
    }

/** What was said before: waivers, the findings of an earlier report, who makes
    which part, and what suppliers declare. */
struct cli_decisions {
    struct waivers *waivers;
    struct baseline *baseline;
    struct parts_file *parts;
    struct declarations *declarations;
};

/** Read the parts file that is named, if one is, with a line on stderr for each
    thing that is wrong with it. @param[out] out  Untouched where none is. */
NODISCARD bool cli_read_parts(const struct cli_args *args,
                              const struct ruleset *rules,
                              struct parts_file **out, struct err *err);

/** Read what suppliers declare. @param[out] out  Untouched where no file is
    named. */
NODISCARD bool cli_read_declarations(const struct cli_args *args,
                                     const struct cli_screen *screen,
                                     struct declarations **out,
                                     struct err *err);

/** @param made      What the command writes, or NULL: a parts file of that name
                     need not be there yet.
    @param[out] out  Dispose of with cli_decisions_dispose(). */
NODISCARD bool cli_read_decisions(const struct cli_args *args,
                                  const struct cli_screen *screen,
                                  const char *made, struct cli_decisions *out,
                                  struct err *err);
void cli_decisions_dispose(struct cli_decisions *decisions);

#define CLI_FAIL_ON_OPTION                                                     \
    {                                                                          \
        "fail-on", 0, "VERDICT", false,                                        \
            "exit 1 from this verdict on: prohibited (default), upcoming, "    \
            "restricted, review, unknown"                                      \
    }

/** --fail-on, or prohibited. */
NODISCARD bool cli_read_fail_on(const struct cli_args *args, enum verdict *out,
                                struct err *err);

#define CLI_HISTORY_OPTION                                                     \
    { "history", 0, "DB", false, "the history, a file of earlier runs" }

/** Open the history that --history names. */
NODISCARD bool cli_open_history(const struct cli_args *args,
                                enum history_use use, struct history **out,
                                struct err *err);

#define CLI_RECORD_OPTIONS                                                     \
    CLI_HISTORY_OPTION,                                                        \
        {"time", 0, "TIME", false,                                             \
         "when the run is made, such as 2026-11-22T05:36:20Z; default now"},   \
        {"stage", 0, "STAGE", false,                                           \
         "what the run is for in the history: design or release"},             \
        {"repository", 0, "NAME", false,                                       \
         "where the BOMs come from; a check asks the CI system"},              \
        {"commit", 0, "HASH", false, "of that; likewise"},                     \
        {"pipeline", 0, "URL", false, "that ran it; likewise"}, {              \
        "actor", 0, "WHO", false, "ran it; likewise"                           \
    }

/** What a run is recorded with: the options that `check` and `history import`
    share. */
struct cli_record {
    struct record_options options; /* history NULL: nothing is recorded */
    char time[MOMENT_TEXT_SIZE];
    struct arena arena; /* of what the CI system says */
};

/** Open --history, which is made if it is not there.
    @param[out] out  Dispose of with cli_record_dispose(). */
NODISCARD bool cli_read_record(const struct cli_args *args,
                               struct cli_record *out, struct err *err);
/** The same of a run that was made elsewhere: what the CI system says here is
    not asked, and no history is opened. */
NODISCARD bool cli_read_origin(const struct cli_args *args,
                               struct cli_record *out, struct err *err);
void cli_record_dispose(struct cli_record *record);
/** --time, or now. @param[out] given  It was given; may be NULL. */
NODISCARD bool cli_read_time(const struct cli_args *args,
                             char out[MOMENT_TEXT_SIZE], bool *given,
                             struct err *err);

#define CLI_READING_OPTIONS                                                    \
    {"map", 0, "[BOM:]FIELD=HEADER", true,                                     \
     "take the column HEADER for FIELD (mpn, manufacturer, refdes, …), in "  \
     "every BOM or in that one"},                                              \
        {"sheet", 0, "[BOM:]SHEET", true, "the sheet to read, by name"}, {     \
        "encoding", 0, "[BOM:]NAME", true, "the text's encoding, such as GBK"  \
    }

/** How BOMs are to be read: the options that `check` and `columns` share. */
struct cli_readings {
    struct reading_wish *items;
    size_t count, cap;
    struct arena arena; /* what the items point to */
};

/** @param[out] out  Dispose of with cli_readings_dispose(). */
NODISCARD bool cli_read_readings(const struct cli_args *args,
                                 struct cli_readings *out, struct err *err);
void cli_readings_dispose(struct cli_readings *readings);

/** Asked of one query of a command that takes `-` for many. */
typedef bool cli_query(void *ctx, struct str query, bool one_of_many,
                       struct err *err);
/** Ask the operand; for "-" each line of standard input. */
NODISCARD bool cli_each_query(const char *operand, cli_query *ask, void *ctx,
                              struct err *err);
/** --category; RULES_NONE when it is not given. */
NODISCARD bool cli_read_category(const struct cli_args *args,
                                 const struct ruleset *rules, uint32_t *out,
                                 struct err *err);

/** Is --format (or -f) json? False and err for any format but text. */
NODISCARD bool cli_wants_json(const struct cli_args *args, bool *json,
                              struct err *err);
/** The day after an option; without it *day stays. */
NODISCARD bool cli_read_day(const struct cli_args *args, const char *option,
                            int32_t *day, struct err *err);
/** Flush stdout and check; an exit status. */
int cli_finish(int status);
/** Columns of the terminal that stdout is; 0 when it is none. */
unsigned cli_terminal_columns(void);
/** Print text that may come from a file, without control characters. */
void cli_print_text(FILE *out, struct str text);

#endif
