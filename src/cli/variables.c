#include <string.h>

#include "cli/args.h"
#include "maker/similar.h"
#include "web/program.h"

/* A variable that is misspelt would be passed over in silence, and the gate
   with it. */

extern char **environ;

#define SLIPS_MAX 2      /* more of them make another word */
#define LETTERS_A_SLIP 3 /* that a word has at least */

/* What the template for GitLab asks for, and what the server sets. */
static const char *const others[] = {"BOMGATE_BOMS", "BOMGATE_PACKAGE",
                                     PROGRAM_BY_FORM, PROGRAM_LANGUAGE};

/* The known name that is nearest to one. */
struct nearest {
    struct str name; /* asked for, behind the prefix */
    struct strbuf known, best;
    unsigned distance;
};

static void compare(struct nearest *nearest) {
    struct str known =
        str_skip(strbuf_str(&nearest->known), strlen(CLI_VARIABLE));
    unsigned distance = str_eq(nearest->name, known)
                            ? 0
                            : similar_distance(nearest->name, known);
    if (distance >= nearest->distance)
        return;
    nearest->distance = distance;
    strbuf_clear(&nearest->best);
    strbuf_add(&nearest->best, strbuf_str(&nearest->known));
}

static void compare_all(struct nearest *nearest) {
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        strbuf_clear(&nearest->known);
        strbuf_add_text(&nearest->known, others[i]);
        compare(nearest);
    }
    for (size_t i = 0; cli_commands[i] != NULL; i++) {
        const struct cli_option *option = cli_commands[i]->options;
        for (; option->name != NULL; option++) {
            cli_variable(&nearest->known, option->name);
            compare(nearest);
        }
    }
}

static bool is_near(const struct nearest *nearest) {
    return nearest->distance <= SLIPS_MAX &&
           nearest->distance * LETTERS_A_SLIP <= nearest->name.len &&
           !nearest->best.failed;
}

static void tell(const struct nearest *nearest) {
    struct err note = ERR_INIT;
    bool near = is_near(nearest);
    err_set(&note, ERR_INVALID,
            CLI_VARIABLE "%.*s: no such setting, it is passed over%s%s%s",
            STR_ARG(nearest->name), near ? "; did you mean " : "",
            near ? nearest->best.ptr : "", near ? "?" : "");
    cli_print_problem(NULL, &note);
}

static void tell_unless_known(struct str name) {
    struct nearest nearest = {.name = name, .distance = SIMILAR_FAR};
    compare_all(&nearest);
    if (nearest.distance != 0)
        tell(&nearest);
    strbuf_dispose(&nearest.known);
    strbuf_dispose(&nearest.best);
}

void cli_tell_variables(void) {
    for (char **one = environ; one != NULL && *one != NULL; one++) {
        struct str value = str_from(*one), name;
        if (str_starts(value, STR_LIT(CLI_VARIABLE)) &&
            str_split(&value, '=', &name) && value.len != 0)
            tell_unless_known(str_skip(name, strlen(CLI_VARIABLE)));
    }
}
