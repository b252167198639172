#ifndef BOMGATE_TESTS_SCREEN_RULES_H
#define BOMGATE_TESTS_SCREEN_RULES_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "screen/questions.h"
#include "tiny_rules.h"

/* Companies with the histories that screening has to get right. */
#define SCREEN_PARTIES                                                         \
    "- {id: micron, name: Micron, country: US, brands: [Crucial],\n"           \
    "   makes: [memory/dram, memory/nand]}\n"                                  \
    "- {id: elpida, name: Elpida, country: JP, makes: [memory/dram],\n"        \
    "   owned-by: [{party: micron, from: 2013-07-31}]}\n"                      \
    "- {id: elpida-akita, name: Akita, owned-by: [{party: elpida}]}\n"         \
    "- {id: lexar, name: Lexar, country: US, makes: [storage/ssd],\n"          \
    "   owned-by: [{party: micron, from: 2006, until: 2017-08-30},\n"          \
    "              {party: longsys, from: 2017-08-31}]}\n"                     \
    "- {id: longsys, name: Longsys, country: CN, makes: [storage/ssd]}\n"      \
    "- {id: huawei, name: Huawei, country: CN, makes: [camera, "               \
    "storage/ssd]}\n"                                                          \
    "- {id: honor, name: Honor, country: CN, makes: [camera],\n"               \
    "   owned-by: [{party: huawei, until: 2020-11-16}]}\n"                     \
    "- {id: minor, name: Minor, owned-by: [{party: micron, share: 49}]}\n"     \
    "- {id: half, name: Half, owned-by: [{party: micron, share: 50}]}\n"       \
    "- {id: minor-sub, name: Minorsub, owned-by: [{party: minor}]}\n"          \
    "- {id: raised, name: Raised, owned-by:\n"                                 \
    "   [{party: micron, share: 30, until: 2010},\n"                           \
    "    {party: micron, share: 80, from: 2010}]}\n"                           \
    "- {id: middle, name: Middle, owned-by: [{party: micron}]}\n"              \
    "- {id: around, name: Around, owned-by:\n"                                 \
    "   [{party: micron, share: 20}, {party: middle, share: 80}]}\n"           \
    "- {id: ring-a, name: Ringa, owned-by: [{party: ring-b}]}\n"               \
    "- {id: ring-b, name: Ringb, owned-by: [{party: ring-a}]}\n"               \
    "- {id: rumour, name: Rumour, owned-by:\n"                                 \
    "   [{party: micron, confidence: unconfirmed}]}\n"                         \
    "- {id: vague, name: Vague, owned-by:\n"                                   \
    "   [{party: micron, from: 2021-11, until: 2023}]}\n"                      \
    "- {id: holding, name: Holding}\n"                                         \
    "- {id: sister, name: Sister, owned-by: [{party: holding}]}\n"             \
    "- {id: brother, name: Brother, owned-by: [{party: holding}]}\n"           \
    "- {id: box, name: Box, country: US, makes: [storage/ssd, camera],\n"      \
    "   may-contain: [{party: micron, covers: [storage/ssd]}]}\n"              \
    "- {id: toshiba, name: Toshiba, country: JP,\n"                            \
    "   makes: [memory/nand, passive],\n"                                      \
    "   sold: [{party: kioxia, covers: [memory/nand], from: 2017-04-01}]}\n"   \
    "- {id: kioxia, name: Kioxia, country: JP, makes: [memory/nand]}\n"        \
    "- {id: samsung, name: Samsung, country: KR, makes: [memory]}\n"           \
    "- {id: plain, name: Plain, country: DE, makes: [passive]}\n"              \
    "- {id: mute, name: Mute}\n"                                               \
    "- {id: old-line, name: Oldline, makes: [passive],\n"                      \
    "   legacy: [memory/dram]}\n"                                              \
    "- {id: namesake, name: Namesake, shared-names: [Twin]}\n"

#define SCREEN_PROFILES                                                        \
    "- {id: buyer, does: [sell]}\n"                                            \
    "- {id: buyer-5g, within: buyer, does: [import]}\n"                        \
    "- {id: buyer-5g-core, within: buyer-5g}\n"                                \
    "- {id: stranger}\n"                                                       \
    "- {id: like-5g, includes: [buyer-5g]}\n"                                  \
    "- {id: like-buyer, includes: [buyer]}\n"                                  \
    "- {id: seller, supplies: [buyer]}\n"

/** What every measure of a test begins with; clauses follow. */
#define SCREEN_MEASURE                                                         \
    "title: T\nauthority: A\njurisdiction: CN\ncitation: C\n"                  \
    "announced: 2000-01-01\nknown-to: 2025-10-17\nsources: [{url: u}]\n"

/** The companies above with one measure, `m`; NULL tells in err. */
static inline struct ruleset *screen_open(const char *measure,
                                          struct err *err) {
    struct strbuf text = {.ptr = NULL};
    strbuf_printf(&text, "id: m\n" SCREEN_MEASURE "%s", measure);
    const struct tiny_file files[] = {
        TINY_WORDS,
        {"profiles/p.yaml", SCREEN_PROFILES, false},
        {"parties/p.yaml", SCREEN_PARTIES, false},
        {"measures/m.yaml", text.ptr, false},
    };
    struct ruleset *rules = tiny_open(files, ARRAY_LEN(files), err);
    strbuf_dispose(&text);
    return rules;
}

static inline int32_t screen_day(const char *text) {
    int32_t day = DATE_NONE;
    if (!date_parse(str_from(text), &day))
        day = DATE_NONE;
    return day;
}

#endif
