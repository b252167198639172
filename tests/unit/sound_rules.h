#ifndef BOMGATE_TESTS_SOUND_RULES_H
#define BOMGATE_TESTS_SOUND_RULES_H

#include <string.h>

#include "tiny_rules.h"

/* A rule set with one of everything, in which a fault is planted. */
static const struct tiny_file sound[] = {
    TINY_WORDS,
    {"profiles/p.yaml",
     "- {id: buyer, name: Buyer}\n"
     "- {id: buyer-5g, name: 5G buyer, within: buyer}\n",
     false},
    {"parties/p.yaml",
     "- id: micron\n"
     "  name: Micron Technology, Inc.\n"
     "  country: US\n"
     "  aliases: [美光科技有限公司]\n"
     "  not: [Micronas]\n"
     "  makes: [memory/dram]\n"
     "- id: elpida\n"
     "  name: Elpida Memory\n"
     "  country: JP\n"
     "  owned-by:\n"
     "    - {party: micron, from: 2013-07-31}\n",
     false},
    {"parts/micron.yaml",
     "party: micron\n"
     "tables:\n"
     "  - name: org\n"
     "    codes:\n"
     "      - {code: 256M16, depth: 256, width: 16}\n"
     "families:\n"
     "  - {id: micron-ddr3, name: DDR3, pattern: MT41K<org>*, tier: high,\n"
     "     category: memory/dram/ddr3, examples: [MT41K256M16TW]}\n"
     "crosses:\n"
     "  - {from: MT41K256M16TW, to: K4B4G1646E, to-party: elpida, level: A}\n",
     false},
    {"measures/m.yaml",
     "id: m\n"
     "title: T\n"
     "authority: A\n"
     "jurisdiction: CN\n"
     "citation: C\n"
     "announced: 2023-03-31\n"
     "known-to: 2025-10-17\n"
     "reach: owned\n"
     "binds: [buyer]\n"
     "covers: [all]\n"
     "parties:\n"
     "  - {party: micron}\n"
     "clauses:\n"
     "  - {id: one, effect: prohibit, activities: [purchase], from: "
     "2023-05-21}\n"
     "sources:\n"
     "  - {url: 'https://example.org'}\n",
     false},
};

#define SOUND_COUNT ARRAY_LEN(sound)

/* The sound files with one more, which replaces that of the same path. */
static inline size_t with_file(struct tiny_file files[SOUND_COUNT + 1],
                               const struct tiny_file *one) {
    size_t count = SOUND_COUNT;
    memcpy(files, sound, sizeof(sound));
    for (size_t i = 0; i < SOUND_COUNT; i++) {
        if (strcmp(files[i].path, one->path) == 0) {
            files[i] = *one;
            return count;
        }
    }
    files[count++] = *one;
    return count;
}

#endif
