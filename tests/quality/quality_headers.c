/*
 * How well the names of real columns are understood, in ten languages. Prints
 * what is not; fails below the floors at the end.
 *
 * usage: quality_headers FOLDER [-v]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bom/header.h"
#include "cli/shipped_rules.h"
#include "ruleset/ruleset.h"
#include "score.h"

/* headers.tsv: each of the fields must be possible; "-": no field is. */
enum { HEADER, FIELDS, HEADER_COLUMNS };

enum { SCORE_NAMED, SCORE_OTHER, SCORE_COUNT };

static int judge(const struct header *header, struct str fields) {
    struct str field;
    if (str_eq(fields, STR_LIT("-")))
        return header->strength <= HEADER_OTHER ? 1 : -1;
    if (header->strength <= HEADER_OTHER)
        return 0;
    while (str_split(&fields, ' ', &field)) {
        if (!header_means(header, bom_field_parse(field)))
            return -1;
    }
    return 1;
}

static void run_lines(struct bom_words *words, struct score *scores,
                      struct str lines, bool verbose) {
    struct arena arena = {.chunks = NULL};
    struct str line;
    (void)str_split(&lines, '\n', &line); /* the header */
    while (str_split(&lines, '\n', &line)) {
        struct str field[HEADER_COLUMNS];
        struct header header;
        if (!str_split(&line, '\t', &field[HEADER]) ||
            !str_split(&line, '\t', &field[FIELDS]))
            continue;
        header_read(words, &arena, field[HEADER], &header);
        int score =
            str_eq(field[FIELDS], STR_LIT("-")) ? SCORE_OTHER : SCORE_NAMED;
        const char *got = header.strength <= HEADER_OTHER
                              ? "-"
                              : bom_field_name(header.fields[0]);
        score_count(&scores[score], judge(&header, field[FIELDS]),
                    field[HEADER], str_from(got), verbose);
        arena_reset(&arena);
    }
    arena_dispose(&arena);
}

int main(int argc, char **argv) {
    struct score scores[SCORE_COUNT] = {
        [SCORE_NAMED] = {"columns of a field", 0, 0, 0, 100, 99.8},
        [SCORE_OTHER] = {"columns of none", 0, 0, 0, 100, 100},
    };
    struct ruleset *rules = NULL;
    struct bom_words words = {.rules = NULL};
    struct strbuf samples = {.ptr = NULL};
    struct err err = ERR_INIT;
    bool verbose = argc > 2 && strcmp(argv[2], "-v") == 0;
    int status = EXIT_FAILURE;
    if (argc < 2 || !read_file(argv[1], "headers.tsv", &samples)) {
        printf("no samples\n");
    } else if (!ruleset_open(&rules, shipped_rules, shipped_rules_size, &err) ||
               !words_init(&words, rules, &err)) {
        printf("%s\n", err.msg);
    } else {
        run_lines(&words, scores, strbuf_str(&samples), verbose);
        if (score_report(scores, SCORE_COUNT))
            status = EXIT_SUCCESS;
    }
    words_dispose(&words);
    ruleset_close(rules);
    strbuf_dispose(&samples);
    return status;
}
