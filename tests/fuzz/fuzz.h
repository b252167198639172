#ifndef BOMGATE_TESTS_FUZZ_H
#define BOMGATE_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/shipped_rules.h"
#include "ruleset/ruleset.h"

/* What every fuzz target shares. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void must(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

/** The shipped rules, opened once. */
static inline const struct ruleset *fuzz_rules(void) {
    static struct ruleset *opened;
    struct err err = ERR_INIT;
    if (opened == NULL)
        must(ruleset_open(&opened, shipped_rules, shipped_rules_size, &err),
             "the shipped rules open");
    return opened;
}

#endif
