#ifndef BOMGATE_TESTS_TINY_RULES_H
#define BOMGATE_TESTS_TINY_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "core/mem.h"
#include "ruleset/compile.h"

/** A rule file that a test writes itself. */
struct tiny_file {
    const char *path, *text; /* text NULL: the file is not there */
    bool lenient;
};

/** What a small rule set shares: categories, words, profiles. */
#define TINY_WORDS                                                                \
    {"ruleset.yaml",                                                              \
     "version: \"7\"\nknown-to: 2026-01-01\nlicence: CC0-1.0\n", false},          \
        {"words/categories.yaml",                                                 \
         "- {id: all, name: Everything}\n"                                        \
         "- {id: memory, name: Memory}\n"                                         \
         "- {id: memory/dram, name: DRAM, words: [dram]}\n"                       \
         "- {id: memory/dram/ddr3, name: DDR3 SDRAM, words: [ddr3]}\n"            \
         "- {id: memory/dram/ddr4, name: DDR4 SDRAM, words: [ddr4]}\n"            \
         "- {id: memory/nand, name: NAND flash}\n"                                \
         "- {id: storage, name: Storage}\n"                                       \
         "- {id: storage/ssd, name: SSD, assembly: true}\n"                       \
         "- {id: camera, name: Cameras}\n"                                        \
         "- {id: passive, name: Passives, words: [capacitor]}\n",                 \
         false},                                                                  \
    {                                                                             \
        "words/names.yaml",                                                       \
            "- {list: legal-form, words: [inc, ltd, co, co ltd, 有限公司]}\n" \
            "- {list: generic-word, words: [technology, semiconductor]}\n",       \
            false                                                                 \
    }

/**
 * The files as sources for ruleset_compile(); their texts are borrowed.
 *
 * @return false when memory is out. Dispose of `out` in either case.
 */
static inline bool tiny_sources(struct rule_sources *out,
                                const struct tiny_file *files, size_t count) {
    *out = (struct rule_sources){.files = NULL};
    void *items = NULL;
    if (!mem_grow(&items, &out->cap, count + 1, sizeof(*out->files)))
        return false;
    out->files = items;
    for (size_t i = 0; i < count; i++) {
        if (files[i].text == NULL)
            continue;
        out->files[out->count++] = (struct rule_file){
            .path = str_from(files[i].path),
            .place = str_from(files[i].path),
            .text = str_from(files[i].text),
            .lenient = files[i].lenient,
        };
    }
    return true;
}

/** Compile the files; free `*bytes` with mem_free(). */
static inline bool tiny_compile(void **bytes, size_t *size,
                                const struct tiny_file *files, size_t count,
                                const struct rule_problems *problems,
                                struct err *err) {
    struct rule_sources sources;
    bool ok = (tiny_sources(&sources, files, count) || err_nomem(err)) &&
              ruleset_compile(bytes, size, &sources, problems, err);
    rule_sources_dispose(&sources);
    return ok;
}

/** Compile and open the files; NULL when they are not right. */
static inline struct ruleset *tiny_open(const struct tiny_file *files,
                                        size_t count, struct err *err) {
    struct ruleset *rules = NULL;
    void *bytes;
    size_t size;
    if (!tiny_compile(&bytes, &size, files, count, NULL, err) ||
        !ruleset_adopt(&rules, bytes, size, err))
        return NULL;
    return rules;
}

#endif
