#include "core/library.h"

#include <stddef.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

TestSuite(library, .timeout = 10);

static double (*root)(double);
static int (*missing)(void);

Test(library, its_functions_can_be_called) {
    const struct library_function functions[] = {{"sqrt", &root}};
    struct err err = ERR_INIT;
    for (int i = 0; i < 2; i++) {
        cr_assert(library_load("libm.so.6", "libc6", functions, 1, &err), "%s",
                  err.msg);
        cr_expect(eq(dbl, root(9.0), 3.0));
    }
}

Test(library, one_that_is_not_there_names_its_package) {
    const struct library_function functions[] = {{"sqrt", &root}};
    struct err err = ERR_INIT;
    cr_assert(not(
        library_load("libnowhere.so.9", "libnowhere9", functions, 1, &err)));
    cr_expect(strstr(err.msg, "libnowhere.so.9") != NULL, "%s", err.msg);
    cr_expect(strstr(err.msg, "the package libnowhere9") != NULL, "%s",
              err.msg);
    cr_expect(root == NULL);
}

Test(library, a_function_that_it_lacks_is_named_each_time) {
    const struct library_function functions[] = {{"sqrt", &root},
                                                 {"no_such_root", &missing}};
    for (int i = 0; i < 2; i++) {
        struct err err = ERR_INIT;
        cr_assert(not(library_load("libm.so.6", "libc6", functions, 2, &err)));
        cr_expect(strstr(err.msg, "no_such_root") != NULL, "%s", err.msg);
    }
}
