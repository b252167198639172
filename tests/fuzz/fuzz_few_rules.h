#ifndef BOMGATE_TESTS_FUZZ_FEW_RULES_H
#define BOMGATE_TESTS_FUZZ_FEW_RULES_H

#include "fuzz.h"
#include "ruleset/compile.h"

/** The shipped words with a handful of companies, where all of the rules would
    take most of the time. Opened once. */
static inline const struct ruleset *fuzz_few_rules(void) {
    static struct ruleset *opened;
    static const struct {
        const char *path, *text;
    } own[] = {
        {"parties/few.yaml",
         "- {id: micron, name: Micron, country: US,\n"
         "   makes: [memory/dram]}\n"
         "- {id: samsung, name: Samsung Electronics, country: KR,\n"
         "   aliases: [Samsung], makes: [memory/dram]}\n"
         "- {id: kioxia, name: Kioxia, country: JP,\n"
         "   makes: [memory/nand]}\n"
         "- {id: huawei, name: Huawei Technologies, country: CN,\n"
         "   aliases: [Huawei]}\n"},
        {"profiles/few.yaml", "- {id: buyer, name: B, description: d}\n"},
    };
    struct rule_sources sources = {.count = 0};
    struct err err = ERR_INIT;
    void *bytes;
    size_t size;
    if (opened != NULL)
        return opened;
    must(rule_sources_add_ruleset(&sources, fuzz_rules(), "words/", false,
                                  &err) &&
             rule_sources_add_ruleset(&sources, fuzz_rules(), "ruleset.yaml",
                                      false, &err),
         "the shipped words");
    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        must(rule_sources_add_text(&sources, "few", str_from(own[i].path),
                                   str_from(own[i].text), &err),
             "memory");
    if (!ruleset_compile(&bytes, &size, &sources, NULL, &err) ||
        !ruleset_adopt(&opened, bytes, size, &err))
        must(false, err.msg);
    rule_sources_dispose(&sources);
    return opened;
}

#endif
