/*
 * Read a BOM to its end, and do nothing with its lines: what reading alone
 * costs, for `valgrind --tool=callgrind` and `time`.
 *
 * usage: bench_read FILE
 */
#include <stdio.h>

#include "bom/bom.h"
#include "cli/shipped_rules.h"
#include "ruleset/ruleset.h"

static int stop(const struct err *err) {
    fprintf(stderr, "bench_read: %s\n", err->msg);
    return 2;
}

int main(int argc, char **argv) {
    struct ruleset *rules;
    struct bom *bom;
    struct bom_line line;
    struct err err = ERR_INIT;
    if (argc != 2)
        return fprintf(stderr, "usage: bench_read FILE\n"), 2;
    if (!ruleset_open(&rules, shipped_rules, shipped_rules_size, &err))
        return stop(&err);
    struct bom_options options = {.rules = rules, .no_digest = true};
    if (!bom_open(&bom, argv[1], &options, &err))
        return stop(&err);
    enum bom_step step;
    size_t parts = 0;
    while ((step = bom_next(bom, &line, &err)) == BOM_LINE)
        parts += line.part_count;
    if (step == BOM_ERROR)
        return stop(&err);
    printf("%u lines, %zu parts\n", (unsigned)bom_info(bom)->lines, parts);
    bom_close(bom);
    ruleset_close(rules);
    return 0;
}
