#ifndef BOMGATE_RUN_PRODUCTS_H
#define BOMGATE_RUN_PRODUCTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "run/yaml_products.h"

/*
 * What a company says of a product: which BOMs it is made of, where it is sold,
 * until when. Texts are NULL where nothing is said; each thing knows the line
 * of the settings that it stands in.
 */

struct product_word {
    const char *text;
    const char *bom; /* of a designator: the only BOM that it is meant in */
    uint32_t line;
};

struct product_words {
    const struct product_word *items;
    size_t count;
};

struct product_bom {
    const char *path; /* relative to the working folder */
    const char *is;   /* the number by which other BOMs name it */
    unsigned times;   /* 0: it is not said */
    uint32_t line;
};

struct product_boms {
    const struct product_bom *items;
    size_t count;
};

struct product_variant {
    const char *name;
    uint32_t line;
    struct product_words not_fitted; /* designators */
    struct product_words markets;    /* in place of the product's, if any */
    struct product_boms boms;        /* likewise */
};

struct product {
    const char *name;
    uint32_t line;
    struct product_boms boms;
    struct product_words markets;             /* profiles */
    struct product_words yes, no;             /* what a profile's tree asks */
    struct product_word sold_until, contract; /* days */
    const char *revision;
    const struct product_variant *variants;
    size_t variant_count;
};

struct products {
    const struct product *items;
    size_t count;
};

/**
 * Take what libcyaml read, and check what can be told without the rules: names
 * that stand twice, days that are none, a BOM less than once, a fact that is
 * neither yes nor no.
 *
 * @param arena   What `out` points into.
 * @param folder  That the BOMs' paths are relative to.
 * @param text    Of the settings, for the lines.
 * @return false with the line in err; the caller adds the file.
 */
NODISCARD bool products_take(struct products *out, struct arena *arena,
                             const struct yaml_product *yaml, size_t count,
                             struct str folder, struct str text,
                             struct err *err);

/** NULL when there is none of that name. */
const struct product *products_find(const struct products *products,
                                    const char *name);
const struct product_variant *product_find_variant(
    const struct product *product, const char *name);

#endif
