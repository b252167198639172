#ifndef BOMGATE_WEB_ARGUMENTS_H
#define BOMGATE_WEB_ARGUMENTS_H

#include <stddef.h>

#include "core/arena.h"
#include "core/compiler.h"

/** The arguments of a command line. A zeroed struct is empty; no shell sees
   them, and a value can be no option. */
struct arguments {
    const char **items;
    size_t count, cap;
    struct arena arena;
};

void arguments_add(struct arguments *arguments, const char *word);
void arguments_printf(struct arguments *arguments, const char *fmt, ...)
    PRINTF_LIKE(2, 3);
/** "--name=value"; nothing where `value` is NULL. */
void arguments_option(struct arguments *arguments, const char *name,
                      const char *value);
/** All of them, ended by NULL; NULL when memory ran out. */
const char *const *arguments_list(struct arguments *arguments);
void arguments_dispose(struct arguments *arguments);

#endif
