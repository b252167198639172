#include "maker/similar.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "core/compiler.h"
#include "tiny_rules.h"

TestSuite(similar, .timeout = 30);

static enum similarity look(const char *written, const char *known) {
    return similar_names(str_from(written), str_from(known));
}

/* The misspelt ones stand in real BOMs and memory reports. */
Test(similar, misspelt_names_look_like_the_right_ones) {
    static const struct {
        const char *written, *known;
        enum similarity want;
    } cases[] = {
        {"micorn", "micron", SIMILAR_TYPO},
        {"hynex", "hynix", SIMILAR_TYPO},
        {"nanja", "nanya", SIMILAR_TYPO},
        {"mactronix", "macronix", SIMILAR_TYPO},
        {"foxcon", "foxconn", SIMILAR_TYPO},
        {"littlefuse", "littelfuse", SIMILAR_TYPO},
        {"tayo yuden", "taiyo yuden", SIMILAR_TYPO},
        {"texas insrtuments", "texas instruments", SIMILAR_TYPO},
        {"texas intruments", "texas instruments", SIMILAR_TYPO},
        {"hikvsion", "hikvision", SIMILAR_TYPO},
        {"hickvison", "hikvision", SIMILAR_TYPOS},
        {"hik vision", "hikvision", SIMILAR_JOINED},
        {"stmicroelectronics", "st microelectronics", SIMILAR_JOINED},
        {"yuden taiyo", "taiyo yuden", SIMILAR_ORDER},
        {"texas inst", "texas instruments", SIMILAR_SHORT},
        {"winbon", "winbond", SIMILAR_TYPO},
        {"micon", "micron", SIMILAR_TYPO},
        {"dahuaa", "dahua", SIMILAR_TYPO},
        {"ab\xc3\xa4"
         "cdef",
         "ab\xc3\xa4"
         "cdeg",
         SIMILAR_TYPO},
        {"phoenix cont", "phoenix contact", SIMILAR_SHORT},
        {"monolithic power", "monolithic power systems", SIMILAR_SHORT},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(
            eq(int, look(cases[i].written, cases[i].known), cases[i].want),
            "%s, %s", cases[i].written, cases[i].known);
}

Test(similar, other_companies_do_not) {
    static const struct {
        const char *written, *known;
    } cases[] = {
        {"omicron", "micron"},
        {"micro", "micron"},
        {"micron", "micro"},
        {"microne", "micron"},
        {"micrel", "micron"},
        {"micronas", "micron"},
        {"micro crystal", "micron"},
        {"microchip", "micron"},
        {"macron", "micro"},
        {"sams", "samsung"},
        {"samsu", "samsung"},
        {"samsung electro mechanics", "samsung"},
        {"samsung", "samsung electro mechanics"},
        {"st", "sts"},
        {"zte", "ztx"},
        {"factory 13", "factory 18"},
        {"institute 55", "institute 56"},
        {"analog", "analog devices"},
        {"", "micron"},
        {"美光", "美的"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(eq(int, look(cases[i].written, cases[i].known), SIMILAR_NOT),
                  "%s, %s", cases[i].written, cases[i].known);
}

Test(similar, the_number_of_words_is_bounded) {
    const char *name = "a b c d e f g h i j k l m n o p";
    cr_expect(eq(int, look(name, name), SIMILAR_NOT));
}

/* ---- finding, against comparing with every name ---- */

#define NAMES 1200
#define QUERIES 3000

static uint64_t state;

static uint32_t next_random(uint32_t below) {
    state =
        state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % below;
}

/* Of few letters, so that many names look alike. */
static void add_random_word(struct strbuf *out, size_t length) {
    static const char letters[] = "aeionrstm";
    for (size_t i = 0; i < length; i++)
        strbuf_add_char(out, letters[next_random(sizeof letters - 1)]);
}

static void add_random_name(struct strbuf *out) {
    size_t words = 1 + next_random(3);
    for (size_t i = 0; i < words; i++) {
        if (i > 0)
            strbuf_add_char(out, ' ');
        add_random_word(out, 2 + next_random(i == 0 ? 9 : 6));
    }
}

static struct ruleset *random_rules(void) {
    struct strbuf parties = {.ptr = NULL};
    struct err err = ERR_INIT;
    for (int i = 0; i < NAMES; i++) {
        strbuf_printf(&parties, "- {id: p%d, name: \"", i);
        add_random_name(&parties);
        strbuf_printf(&parties, " %c%d\", shared-names: [\"", 'a' + i % 26, i);
        add_random_name(&parties);
        strbuf_add_text(&parties, "\"], not: [\"");
        add_random_name(&parties);
        strbuf_add_text(&parties, " x\"]}\n");
    }
    cr_assert(not(parties.failed));
    const struct tiny_file files[] = {
        TINY_WORDS, {"parties/random.yaml", parties.ptr, false}};
    struct ruleset *rules = tiny_open(files, ARRAY_LEN(files), &err);
    cr_assert(rules != NULL, "%s: %s", err.file, err.msg);
    strbuf_dispose(&parties);
    return rules;
}

/* What somebody makes of a name in typing it. */
static void mangle(struct strbuf *out, struct str name) {
    strbuf_clear(out);
    strbuf_add(out, name);
    for (uint32_t errors = next_random(4); errors > 0 && out->len > 3;
         errors--) {
        size_t at = 1 + next_random((uint32_t)out->len - 2);
        char c = out->ptr[at];
        switch (next_random(6)) {
        case 0:
            out->ptr[at] = 'e';
            break;
        case 1:
            out->ptr[at] = out->ptr[at + 1];
            out->ptr[at + 1] = c;
            break;
        case 2:
            memmove(out->ptr + at, out->ptr + at + 1, out->len - at);
            out->len--;
            break;
        case 3:
            strbuf_add_char(out, c);
            break;
        case 4:
            out->len -= next_random(3);
            break;
        default: {
            struct strbuf cut = {.ptr = NULL};
            strbuf_add(&cut, str_skip(strbuf_str(out), at));
            strbuf_add_char(&cut, ' ');
            strbuf_add(&cut, str_take(strbuf_str(out), at));
            strbuf_clear(out);
            strbuf_add(out, strbuf_str(&cut));
            strbuf_dispose(&cut);
        }
        }
    }
    struct str clean = str_trim(strbuf_str(out));
    memmove(out->ptr, clean.ptr, clean.len);
    out->len = clean.len;
    out->ptr[out->len] = '\0';
}

/* The names that are most alike, one a party, lowest numbers first. */
static void find_by_comparing(const struct ruleset *rules, struct str written,
                              struct similar *out) {
    *out = (struct similar){.similarity = SIMILAR_NOT};
    for (uint32_t i = 0; i < rules_name_count(rules); i++) {
        const struct rules_name *name = rules_name(rules, i);
        if (name->kind == RULES_NAME_NOT)
            continue;
        enum similarity similarity =
            similar_names(written, rules_str(rules, name->text));
        if (similarity == SIMILAR_NOT || similarity > out->similarity)
            continue;
        if (similarity < out->similarity)
            *out = (struct similar){.similarity = similarity};
        bool known = out->count == SIMILAR_MAX;
        for (size_t k = 0; k < out->count; k++)
            known =
                known || rules_name(rules, out->names[k])->party == name->party;
        if (!known)
            out->names[out->count++] = i;
    }
}

Test(similar, the_index_finds_what_comparing_with_every_name_finds) {
    state = 20260821;
    struct ruleset *rules = random_rules();
    struct strbuf written = {.ptr = NULL};
    unsigned found[SIMILAR_NOT + 1] = {0};
    for (int i = 0; i < QUERIES; i++) {
        struct similar fast, slow;
        uint32_t name = next_random(rules_name_count(rules));
        mangle(&written, rules_str(rules, rules_name(rules, name)->text));
        similar_find(rules, strbuf_str(&written), &fast);
        find_by_comparing(rules, strbuf_str(&written), &slow);
        bool same =
            fast.similarity == slow.similarity && fast.count == slow.count &&
            memcmp(fast.names, slow.names, slow.count * sizeof *slow.names) ==
                0;
        cr_expect(same, "%s", written.ptr);
        found[slow.similarity]++;
    }
    /* Every way of being alike was there to be missed. */
    for (int kind = 0; kind < SIMILAR_NOT; kind++)
        cr_expect(found[kind] > 10, "%d: %u", kind, found[kind]);
    strbuf_dispose(&written);
    ruleset_close(rules);
}
