#include "web/accept.h"

#include <criterion/criterion.h>

TestSuite(web_accept, .timeout = 5);

static unsigned weight(const char *accept, const char *type) {
    return accept_rank(accept, str_from(type)).weight;
}

Test(web_accept, a_type_has_the_weight_of_the_most_exact_range) {
    static const struct {
        const char *accept, *type;
        unsigned weight;
    } cases[] = {
        {"text/csv", "text/csv", 1000},
        {"TEXT/CSV", "text/csv", 1000},
        {"text/csv;q=0.5", "text/csv", 500},
        {"text/csv; q=0.125, */*", "text/csv", 125},
        {"*/*, text/csv;q=0", "text/csv", 0},
        {"*/*;q=0.1, text/*;q=0.2", "text/csv", 200},
        {"*/*;q=0.1, text/*;q=0.2", "image/png", 100},
        {"text/csv;header=present;Q=0.3", "text/csv", 300},
        {"text/csv;q=1.000", "text/csv", 1000},
        {"text/csv;q=7", "text/csv", 1000},
        {"text/csv;q=", "text/csv", 1000},
        {"text/csv;q=x", "text/csv", 1000},
        {"tex/*", "text/csv", 0},
        {"/*", "text/csv", 0},
        {"", "text/csv", 0},
        {",;,", "text/csv", 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect_eq(weight(cases[i].accept, cases[i].type), cases[i].weight,
                     "%s of %s", cases[i].type, cases[i].accept);
}

static bool is_before(const char *accept, const char *a, const char *b) {
    return accept_is_before(accept_rank(accept, str_from(a)),
                            accept_rank(accept, str_from(b)));
}

Test(web_accept, of_the_same_weight_the_first_is_wanted_more) {
    const char *csv = "text/csv", *png = "image/png";
    cr_expect(is_before("text/csv, image/png", csv, png));
    cr_expect(!is_before("text/csv, image/png", png, csv));
    cr_expect(is_before("text/csv, */*", csv, png));
    cr_expect(is_before("image/png;q=0.5, text/csv", csv, png));
    cr_expect(!is_before("*/*", csv, png) && !is_before("*/*", png, csv));
    cr_expect(!is_before("a/b", csv, png) && !is_before("a/b", png, csv));
}

Test(web_accept, items_come_one_by_one_with_their_weight) {
    struct str rest = STR_LIT("zh-CN , en;q=0.8,, fr ; q=0");
    struct accept_item item;
    cr_assert(accept_next(&rest, &item));
    cr_expect(str_eq(item.name, STR_LIT("zh-CN")) && item.weight == 1000);
    cr_assert(accept_next(&rest, &item));
    cr_expect(str_eq(item.name, STR_LIT("en")) && item.weight == 800);
    cr_assert(accept_next(&rest, &item));
    cr_expect(str_eq(item.name, STR_LIT("fr")) && item.weight == 0);
    cr_assert(!accept_next(&rest, &item));
}
