#ifndef BOMGATE_RUN_YAML_PRODUCTS_H
#define BOMGATE_RUN_YAML_PRODUCTS_H

#include <stdint.h>

#include <cyaml/cyaml.h>

/* What the settings say under `products:`, as libcyaml reads it. */

struct yaml_product_bom {
    char *path, *is, *times;
};

struct yaml_fact {
    char *profile, *applies;
};

struct yaml_variant {
    char *name;
    char **not_fitted, **markets;
    uint32_t not_fitted_count, markets_count;
    struct yaml_product_bom *boms;
    uint32_t boms_count;
};

struct yaml_product {
    char *name, *sold_until, *contract, *revision;
    struct yaml_product_bom *boms;
    uint32_t boms_count;
    char **markets;
    uint32_t markets_count;
    struct yaml_fact *facts;
    uint32_t facts_count;
    struct yaml_variant *variants;
    uint32_t variants_count;
};

/** One item of the list. */
extern const cyaml_schema_value_t yaml_product_entry;

#endif
