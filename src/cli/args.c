#include "cli/args.h"

#include <stdlib.h>
#include <string.h>

#include "core/lang.h"
#include "core/mem.h"
#include "run/config.h"

static const struct cli_option *by_name(const struct cli_option *options,
                                        struct str name) {
    for (const struct cli_option *o = options; o->name != NULL; o++) {
        if (str_eq(str_from(o->name), name))
            return o;
    }
    return NULL;
}

static const struct cli_option *by_letter(const struct cli_option *options,
                                          char letter) {
    for (const struct cli_option *o = options; o->name != NULL; o++) {
        if (o->letter == letter)
            return o;
    }
    return NULL;
}

static bool is_given(const struct cli_args *args,
                     const struct cli_option *option) {
    for (size_t i = 0; i < args->given_count; i++) {
        if (args->given[i].option == option)
            return true;
    }
    return false;
}

static bool add(struct cli_args *args, const struct cli_option *option,
                const char *value, struct err *err) {
    if (!option->repeats && is_given(args, option))
        return err_set(err, ERR_INVALID, tr("%s is given twice"),
                       lang_option(option->name));
    args->given[args->given_count++] = (struct cli_given){option, value};
    return true;
}

/* The words that are left to take. */
struct words {
    char **argv;
    int argc, next;
};

static bool add_with_value(struct cli_args *args, struct words *words,
                           const struct cli_option *option, const char *glued,
                           struct err *err) {
    if (option->value == NULL && glued != NULL)
        return err_set(err, ERR_INVALID, "--%s takes no value", option->name);
    if (option->value == NULL)
        return add(args, option, "", err);
    if (glued != NULL)
        return add(args, option, glued, err);
    if (words->next == words->argc)
        return err_set(err, ERR_INVALID, "--%s needs a value: %s", option->name,
                       option->value);
    return add(args, option, words->argv[words->next++], err);
}

static bool take_long(struct cli_args *args, struct words *words,
                      const char *word, struct err *err) {
    const char *equals = strchr(word, '=');
    struct str name = equals != NULL
                          ? (struct str){word, (size_t)(equals - word)}
                          : str_from(word);
    const struct cli_option *option = by_name(args->options, name);
    if (option == NULL)
        return err_set(err, ERR_INVALID, "unknown option --%.*s",
                       STR_ARG(name));
    return add_with_value(args, words, option,
                          equals != NULL ? equals + 1 : NULL, err);
}

static bool take_short(struct cli_args *args, struct words *words,
                       const char *word, struct err *err) {
    const struct cli_option *option = by_letter(args->options, word[0]);
    if (option == NULL)
        return err_set(err, ERR_INVALID, "unknown option -%c", word[0]);
    if (option->value == NULL && word[1] != '\0')
        return add(args, option, "", err) &&
               take_short(args, words, word + 1, err);
    return add_with_value(args, words, option,
                          word[1] != '\0' ? word + 1 : NULL, err);
}

static bool take_words(struct cli_args *args, struct words *words,
                       struct err *err) {
    bool options = true;
    while (words->next < words->argc) {
        const char *word = words->argv[words->next++];
        bool ok = true;
        if (options && strcmp(word, "--") == 0)
            options = false;
        else if (options && word[0] == '-' && word[1] == '-')
            ok = take_long(args, words, word + 2, err);
        else if (options && word[0] == '-' && word[1] != '\0')
            ok = take_short(args, words, word + 1, err);
        else
            args->operands[args->operand_count++] = word;
        if (!ok)
            return false;
    }
    return true;
}

/* "-abc" may be three options. */
static size_t most_options(int argc, char **argv) {
    size_t most = 1;
    for (int i = 0; i < argc; i++)
        most += strlen(argv[i]) + 1;
    return most;
}

bool cli_args_parse(struct cli_args *out, const struct cli_option *options,
                    int argc, char **argv, struct err *err) {
    struct cli_args args = {.options = options};
    struct words words = {.argv = argv, .argc = argc};
    args.given = mem_calloc(most_options(argc, argv), sizeof(*args.given));
    args.operands = mem_calloc((size_t)argc + 1, sizeof(*args.operands));
    bool ok = args.given != NULL && args.operands != NULL
                  ? take_words(&args, &words, err)
                  : err_nomem(err);
    if (ok)
        *out = args;
    else
        cli_args_dispose(&args);
    return ok;
}

void cli_args_dispose(struct cli_args *args) {
    mem_free(args->given);
    mem_free(args->operands);
    *args = (struct cli_args){.given = NULL};
}

void cli_variable(struct strbuf *out, const char *option) {
    strbuf_clear(out);
    strbuf_add_text(out, CLI_VARIABLE);
    for (const char *c = option; *c != '\0'; c++)
        strbuf_add_char(out, *c == '-' ? '_' : ascii_upper(*c));
}

static const char *environment(const char *name) {
    struct strbuf variable = {.ptr = NULL};
    cli_variable(&variable, name);
    const char *value = variable.failed ? NULL : getenv(variable.ptr);
    strbuf_dispose(&variable);
    return value != NULL && value[0] != '\0' ? value : NULL;
}

const char *cli_value(const struct cli_args *args, const char *name) {
    for (size_t i = args->given_count; i-- > 0;) {
        if (strcmp(args->given[i].option->name, name) == 0)
            return args->given[i].value;
    }
    if (by_name(args->options, str_from(name)) == NULL)
        return NULL;
    const char *value = environment(name);
    if (value == NULL && args->config != NULL)
        value = config_value(args->config, name);
    return value;
}

/* "0" in a CI variable means what it says. */
static bool is_no(struct str word) {
    static const char *const words[] = {"0", "false", "no", "off"};
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (str_eq_nocase(word, str_from(words[i])))
            return true;
    }
    return false;
}

bool cli_flag(const struct cli_args *args, const char *name) {
    const char *value = cli_value(args, name);
    return value != NULL && !is_no(str_from(value));
}

const char *cli_value_at(const struct cli_args *args, const char *name,
                         size_t i, struct strbuf *buf) {
    size_t seen = 0;
    for (size_t g = 0; g < args->given_count; g++) {
        if (strcmp(args->given[g].option->name, name) == 0 && seen++ == i)
            return args->given[g].value;
    }
    if (seen != 0)
        return NULL;
    const char *value = environment(name);
    if (value == NULL)
        return args->config == NULL ? NULL
                                    : config_value_at(args->config, name, i);
    struct str rest = {value, value == NULL ? 0 : strlen(value)}, one;
    while (str_split(&rest, ',', &one)) {
        if (seen++ != i)
            continue;
        strbuf_clear(buf);
        strbuf_add(buf, str_trim(one));
        return buf->failed ? NULL : buf->ptr;
    }
    return NULL;
}
