/*
 * How well descriptions are understood: what a part is, and of a memory its
 * parameters. Prints what is not; fails below the floors at the end.
 *
 * usage: quality_descriptions FOLDER [-v]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/shipped_rules.h"
#include "maker/maker.h"
#include "ruleset/ruleset.h"
#include "score.h"

/* descriptions.tsv. An origin of "seen" stood so in public data, "style" is
   written as a distributor writes. "!memory": anything but memory or storage.
   An empty parameter must stay empty: the text does not say it for sure. */
enum {
    ORIGIN,
    DESCRIPTION,
    CATEGORY,
    DENSITY,
    WIDTH,
    VOLTAGE,
    SPEED,
    PACKAGE,
    INTERFACE,
    COLUMNS,
};

enum {
    SCORE_MEMORY,
    SCORE_OTHER,
    SCORE_FOREIGN,
    SCORE_DENSITY,
    SCORE_WIDTH,
    SCORE_VOLTAGE,
    SCORE_SPEED,
    SCORE_PACKAGE,
    SCORE_INTERFACE,
    SCORE_COUNT,
};

struct run {
    struct ruleset *rules;
    struct maker_resolver *resolver;
    struct score scores[SCORE_COUNT];
    bool verbose;
};

static void count(struct run *run, int score, int result, struct str what,
                  const char *got) {
    score_count(&run->scores[score], result, what, str_from(got), run->verbose);
}

static bool is_within(const struct run *run, uint32_t category,
                      const char *above) {
    uint32_t wanted = rules_find_category(run->rules, str_from(above));
    return category != RULES_NONE &&
           rules_category_within(run->rules, category, wanted);
}

static bool is_memory(const struct run *run, uint32_t category) {
    return is_within(run, category, "memory") ||
           is_within(run, category, "storage");
}

static void judge_category(struct run *run, const struct str *field,
                           uint32_t got) {
    const char *id =
        got == RULES_NONE
            ? ""
            : rules_text(run->rules, rules_category(run->rules, got)->id);
    uint32_t wanted = rules_find_category(run->rules, field[CATEGORY]);
    bool memory = wanted != RULES_NONE && is_memory(run, wanted);
    if (!memory)
        count(run, SCORE_FOREIGN, is_memory(run, got) ? -1 : 1,
              field[DESCRIPTION], id);
    if (wanted == RULES_NONE)
        return;
    int fit = got == RULES_NONE                                ? 0
              : rules_category_within(run->rules, got, wanted) ? 1
              : rules_category_within(run->rules, wanted, got) ? 0
                                                               : -1;
    count(run, memory ? SCORE_MEMORY : SCORE_OTHER, fit, field[DESCRIPTION],
          id);
}

static void judge_text(struct run *run, int score, struct str what,
                       struct str wanted, struct str got) {
    if (wanted.len == 0 && got.len == 0)
        return;
    count(run, score,
          got.len == 0          ? 0
          : str_eq(wanted, got) ? 1
                                : -1,
          what, got.ptr);
}

static void judge_number(struct run *run, int score, struct str what,
                         struct str wanted, uint32_t got) {
    char text[16];
    snprintf(text, sizeof text, "%u", (unsigned)got);
    judge_text(run, score, what, wanted, got == 0 ? STR_EMPTY : str_from(text));
}

static void judge_facts(struct run *run, const struct str *field,
                        const struct part_facts *facts) {
    struct str what = field[DESCRIPTION];
    judge_category(run, field, facts->category);
    judge_number(run, SCORE_DENSITY, what, field[DENSITY], facts->density_mbit);
    judge_number(run, SCORE_WIDTH, what, field[WIDTH], facts->width);
    judge_number(run, SCORE_VOLTAGE, what, field[VOLTAGE], facts->voltage_mv);
    judge_number(run, SCORE_SPEED, what, field[SPEED], facts->speed_mts);
    judge_text(run, SCORE_PACKAGE, what, field[PACKAGE],
               str_from(facts->package));
    judge_text(run, SCORE_INTERFACE, what, field[INTERFACE],
               str_from(facts->interface));
}

static bool run_lines(struct run *run, struct str lines) {
    struct err err = ERR_INIT;
    struct str line;
    (void)str_split(&lines, '\n', &line); /* the header */
    while (str_split(&lines, '\n', &line)) {
        struct str field[COLUMNS] = {{NULL, 0}};
        struct maker answer;
        for (size_t i = 0; i < COLUMNS && str_split(&line, '\t', &field[i]);
             i++)
            ;
        struct maker_query query = {.description = field[DESCRIPTION]};
        if (field[CATEGORY].len == 0)
            continue;
        if (!maker_resolve(run->resolver, &query, &answer, &err))
            return false;
        judge_facts(run, field, &answer.facts);
    }
    return true;
}

int main(int argc, char **argv) {
    struct run run = {.scores = {
                          [SCORE_MEMORY] = {"memory", 0, 0, 0, 100, 99.6},
                          [SCORE_OTHER] = {"other", 0, 0, 0, 99.2, 98.4},
                          [SCORE_FOREIGN] = {"no memory", 0, 0, 0, 100, 100},
                          [SCORE_DENSITY] = {"density", 0, 0, 0, 100, 99.2},
                          [SCORE_WIDTH] = {"width", 0, 0, 0, 100, 98.6},
                          [SCORE_VOLTAGE] = {"voltage", 0, 0, 0, 100, 100},
                          [SCORE_SPEED] = {"speed", 0, 0, 0, 100, 100},
                          [SCORE_PACKAGE] = {"package", 0, 0, 0, 100, 99.4},
                          [SCORE_INTERFACE] = {"interface", 0, 0, 0, 100, 100},
                      }};
    struct strbuf samples = {.ptr = NULL};
    struct err err = ERR_INIT;
    int status = EXIT_FAILURE;
    run.verbose = argc > 2 && strcmp(argv[2], "-v") == 0;
    if (argc < 2 || !read_file(argv[1], "descriptions.tsv", &samples)) {
        printf("no samples\n");
    } else if (!ruleset_open(&run.rules, shipped_rules, shipped_rules_size,
                             &err)) {
        printf("%s\n", err.msg);
    } else if ((run.resolver = maker_resolver_new(run.rules)) == NULL ||
               !run_lines(&run, strbuf_str(&samples))) {
        printf("no memory\n");
    } else if (score_report(run.scores, SCORE_COUNT)) {
        status = EXIT_SUCCESS;
    }
    maker_resolver_free(run.resolver);
    ruleset_close(run.rules);
    strbuf_dispose(&samples);
    return status;
}
