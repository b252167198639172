#include "maker/similar.h"

#include <stddef.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "core/compiler.h"

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
