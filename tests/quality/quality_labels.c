/*
 * How well part numbers and makers' names that were labelled from public
 * sources are recognised. Prints precision and recall; fails below the floors
 * at the end.
 *
 * usage: quality_labels FOLDER [-v]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/shipped_rules.h"
#include "core/mem.h"
#include "maker/maker.h"
#include "ruleset/ruleset.h"
#include "score.h"

/* parts.tsv: several makers mean any of them, "-" nobody. A description is
   given where the part number alone may claim nobody. */
enum {
    PART,
    MAKERS,
    CATEGORY,
    DENSITY,
    WIDTH,
    SPEED,
    SOURCE,
    DESCRIPTION,
    PART_COLUMNS
};

/* names.tsv: several parties mean any of them, "-" nobody, "!micron" anybody
   but that one. */
enum { NAME, PARTIES, GRADE, NAME_COLUMNS };

enum {
    SCORE_MAKER,
    SCORE_CERTAIN,
    SCORE_FOREIGN,
    SCORE_CATEGORY,
    SCORE_DENSITY,
    SCORE_WIDTH,
    SCORE_SPEED,
    SCORE_NAME_CERTAIN,
    SCORE_NAME_PROPOSED,
    SCORE_NAME_FOREIGN,
    SCORE_COUNT
};

struct run {
    const struct ruleset *rules;
    struct maker_resolver *resolver;
    struct score scores[SCORE_COUNT];
    bool verbose;
};

static void count(struct run *run, int score, int result, struct str what,
                  const struct maker *answer) {
    score_count(&run->scores[score], result, what, answer->evidence,
                run->verbose);
}

static bool resolve(struct run *run, const struct maker_query *query,
                    struct maker *answer) {
    struct err err = ERR_INIT;
    if (maker_resolve(run->resolver, query, answer, &err))
        return true;
    printf("%s\n", err.msg);
    return false;
}

/* 1 if one of the candidates that are at least so sure is wanted and, where it
   must be certain, none of them is not; -1 if only others are there. */
static int judge(const struct run *run, const struct maker *answer,
                 struct str wanted, bool certain) {
    int result = 0;
    for (size_t i = 0; i < answer->candidate_count; i++) {
        const struct maker_candidate *c = &answer->candidates[i];
        if (certain && c->confidence != MAKER_CERTAIN)
            continue;
        struct str id =
            rules_str(run->rules, rules_party(run->rules, c->party)->id);
        bool fits = has_word(wanted, id);
        if (!fits && certain)
            return -1;
        result = fits ? 1 : result != 0 ? result : -1;
    }
    return result;
}

/* The one party that is named in `!micron`, and no other, is wrong. */
static int judge_foreign(const struct run *run, const struct maker *answer,
                         struct str wanted) {
    if (wanted.ptr[0] == '!')
        return judge(run, answer, str_skip(wanted, 1), false) > 0 ? -1 : 1;
    return answer->candidate_count == 0 || judge(run, answer, wanted, false) > 0
               ? 1
               : -1;
}

static int judge_category(const struct run *run, uint32_t got, struct str id) {
    uint32_t wanted = rules_find_category(run->rules, id);
    if (got == RULES_NONE || wanted == RULES_NONE)
        return 0;
    if (rules_category_within(run->rules, got, wanted))
        return 1;
    return rules_category_within(run->rules, wanted, got) ? 0 : -1;
}

static bool split(struct str line, struct str *field, size_t count) {
    for (size_t i = 0; i < count && str_split(&line, '\t', &field[i]); i++)
        ;
    return field[1].len > 0;
}

static bool run_part(struct run *run, struct str line) {
    struct str field[PART_COLUMNS] = {{NULL, 0}};
    struct maker answer;
    if (!split(line, field, PART_COLUMNS))
        return true;
    struct maker_query query = {.mpn = field[PART],
                                .description = field[DESCRIPTION]};
    if (!resolve(run, &query, &answer))
        return false;
    if (field[MAKERS].ptr[0] == '-') {
        count(run, SCORE_FOREIGN, judge_foreign(run, &answer, field[MAKERS]),
              field[PART], &answer);
        return true;
    }
    count(run, SCORE_MAKER, judge(run, &answer, field[MAKERS], false),
          field[PART], &answer);
    count(run, SCORE_CERTAIN, judge(run, &answer, field[MAKERS], true),
          field[PART], &answer);
    if (field[CATEGORY].len > 0)
        count(run, SCORE_CATEGORY,
              judge_category(run, answer.facts.category, field[CATEGORY]),
              field[PART], &answer);
    score_number(&run->scores[SCORE_DENSITY], field[PART], field[DENSITY], 1,
                 answer.facts.density_mbit, run->verbose);
    score_number(&run->scores[SCORE_WIDTH], field[PART], field[WIDTH], 1,
                 answer.facts.width, run->verbose);
    score_number(&run->scores[SCORE_SPEED], field[PART], field[SPEED], 1,
                 answer.facts.speed_mts, run->verbose);
    return true;
}

static bool run_name(struct run *run, struct str line) {
    struct str field[NAME_COLUMNS] = {{NULL, 0}};
    struct maker answer;
    if (!split(line, field, NAME_COLUMNS))
        return true;
    struct maker_query query = {.manufacturer = field[NAME]};
    if (!resolve(run, &query, &answer))
        return false;
    char first = field[PARTIES].ptr[0];
    bool certain = str_eq(field[GRADE], STR_LIT("certain"));
    if (first == '-' || first == '!')
        count(run, SCORE_NAME_FOREIGN,
              judge_foreign(run, &answer, field[PARTIES]), field[NAME],
              &answer);
    else
        count(run, certain ? SCORE_NAME_CERTAIN : SCORE_NAME_PROPOSED,
              judge(run, &answer, field[PARTIES], certain), field[NAME],
              &answer);
    return true;
}

static bool run_lines(struct run *run, struct str lines,
                      bool (*one)(struct run *, struct str)) {
    struct str line;
    (void)str_split(&lines, '\n', &line); /* the header */
    while (str_split(&lines, '\n', &line))
        if (!one(run, line))
            return false;
    return true;
}

int main(int argc, char **argv) {
    struct run run = {
        .scores = {
            [SCORE_MAKER] = {"maker", 0, 0, 0, 100, 99.9},
            [SCORE_CERTAIN] = {"certain maker", 0, 0, 0, 100, 99.8},
            [SCORE_FOREIGN] = {"others' parts", 0, 0, 0, 100, 100},
            [SCORE_CATEGORY] = {"category", 0, 0, 0, 100, 99.8},
            [SCORE_DENSITY] = {"density", 0, 0, 0, 100, 99.8},
            [SCORE_WIDTH] = {"width", 0, 0, 0, 100, 99.7},
            [SCORE_SPEED] = {"speed", 0, 0, 0, 100, 100},
            [SCORE_NAME_CERTAIN] = {"certain names", 0, 0, 0, 100, 99.8},
            [SCORE_NAME_PROPOSED] = {"proposed names", 0, 0, 0, 100, 99},
            [SCORE_NAME_FOREIGN] = {"others' names", 0, 0, 0, 100, 100},
        }};
    struct ruleset *rules = NULL;
    struct strbuf parts = {.ptr = NULL}, names = {.ptr = NULL};
    struct err err = ERR_INIT;
    int status = EXIT_FAILURE;
    run.verbose = argc > 2 && strcmp(argv[2], "-v") == 0;
    if (argc < 2 || !read_file(argv[1], "parts.tsv", &parts) ||
        !read_file(argv[1], "names.tsv", &names)) {
        printf("no labelled files\n");
        goto out;
    }
    if (!ruleset_open(&rules, shipped_rules, shipped_rules_size, &err)) {
        printf("%s\n", err.msg);
        goto out;
    }
    run.rules = rules;
    run.resolver = maker_resolver_new(rules);
    if (run.resolver != NULL && run_lines(&run, strbuf_str(&parts), run_part) &&
        run_lines(&run, strbuf_str(&names), run_name) &&
        score_report(run.scores, SCORE_COUNT))
        status = EXIT_SUCCESS;
out:
    maker_resolver_free(run.resolver);
    ruleset_close(rules);
    strbuf_dispose(&parts);
    strbuf_dispose(&names);
    return status;
}
