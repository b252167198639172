#ifndef BOMGATE_RUN_REFDES_COUNT_H
#define BOMGATE_RUN_REFDES_COUNT_H

#include <stddef.h>

#include "core/str.h"
#include "run/products.h"

/** The designators of a cell, "C1, C3-C6": how many there are, and how many of
    them have a name of the list that is meant in the BOM `path`. */
struct refdes_count {
    size_t all, named;
};
struct refdes_count refdes_count(struct str cell,
                                 const struct product_words *names,
                                 const char *path);

#endif
