#include "run/list_text.h"

#include <stddef.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

TestSuite(list_text, .timeout = 30);

#define NEW "parties:\n  - {party: new}\n"

Test(list_text, only_the_list_of_a_measure_is_replaced) {
    static const struct {
        const char *before, *after;
    } cases[] = {
        {"id: m\nparties:\n  - {party: a}\n  - {party: b}\ntitle: T\n",
         "id: m\n" NEW "title: T\n"},
        {"id: m\nparties: [{party: a},\n  {party: b}]\ntitle: T\n",
         "id: m\n" NEW "title: T\n"},
        /* A comment stays with the key below it, one in the list goes. */
        {"id: m\n# our list\nparties:\n- {party: a}\n# old\n- {party: b}\n\n"
         "# the title\ntitle: T\n",
         "id: m\n# our list\n" NEW "\n# the title\ntitle: T\n"},
        {"id: m # x\ntitle: 海思\nparties:\n  - {party: a}\n",
         "id: m # x\ntitle: 海思\n" NEW},
        {"id: m\ntitle: T\n", "id: m\ntitle: T\n" NEW},
        {"id: m\ntitle: T", "id: m\ntitle: T\n" NEW},
        {"id: m\r\nparties:\r\n  - {party: a}\r\ntitle: T\r\n",
         "id: m\r\n" NEW "title: T\r\n"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct strbuf out = {.ptr = NULL};
        struct err err = ERR_INIT;
        cr_assert(list_text_replace(&out, str_from(cases[i].before),
                                    STR_LIT("parties"), STR_LIT(NEW), &err),
                  "case %zu: %s", i, err.msg);
        cr_expect(str_eq(strbuf_str(&out), str_from(cases[i].after)),
                  "case %zu:\n%s", i, out.ptr);
        strbuf_dispose(&out);
    }
}

Test(list_text, a_file_of_another_shape_is_refused) {
    static const char *const texts[] = {
        "- id: m\n  parties: []\n",   "{id: m, parties: []}\n",   "",
        "id: m\nparties-of: other\n", "id: m\n\"parties\": []\n", "id: [\n",
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct strbuf out = {.ptr = NULL};
        struct err err = ERR_INIT;
        cr_expect(
            not(list_text_replace(&out, str_from(texts[i]), STR_LIT("parties"),
                                  STR_LIT(NEW), &err)),
            "case %zu", i);
        cr_expect(ne(i32, err.code, ERR_NONE), "case %zu", i);
        strbuf_dispose(&out);
    }
}
