#include "run/yaml_products.h"

#define OPTIONAL (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)

static const cyaml_schema_value_t text_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, CYAML_UNLIMITED),
};

static const cyaml_schema_field_t product_bom_fields[] = {
    CYAML_FIELD_STRING_PTR("path", CYAML_FLAG_POINTER, struct yaml_product_bom,
                           path, 1, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("is", OPTIONAL, struct yaml_product_bom, is, 1,
                           CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("times", OPTIONAL, struct yaml_product_bom, times, 1,
                           CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t bom_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_product_bom,
                        product_bom_fields),
};

static const cyaml_schema_field_t fact_fields[] = {
    CYAML_FIELD_STRING_PTR("profile", CYAML_FLAG_POINTER, struct yaml_fact,
                           profile, 1, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("applies", CYAML_FLAG_POINTER, struct yaml_fact,
                           applies, 1, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t fact_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_fact, fact_fields),
};

static const cyaml_schema_field_t variant_fields[] = {
    CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct yaml_variant,
                           name, 1, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("not-fitted", OPTIONAL, struct yaml_variant,
                         not_fitted, &text_entry, 1, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("markets", OPTIONAL, struct yaml_variant, markets,
                         &text_entry, 1, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("boms", OPTIONAL, struct yaml_variant, boms,
                         &bom_entry, 1, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t variant_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_variant,
                        variant_fields),
};

static const cyaml_schema_field_t product_fields[] = {
    CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct yaml_product,
                           name, 1, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("boms", CYAML_FLAG_POINTER, struct yaml_product, boms,
                         &bom_entry, 1, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("markets", OPTIONAL, struct yaml_product, markets,
                         &text_entry, 1, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("facts", OPTIONAL, struct yaml_product, facts,
                         &fact_entry, 1, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("sold-until", OPTIONAL, struct yaml_product,
                           sold_until, 1, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("contract", OPTIONAL, struct yaml_product, contract,
                           1, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("revision", OPTIONAL, struct yaml_product, revision,
                           1, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("variants", OPTIONAL, struct yaml_product, variants,
                         &variant_entry, 1, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
const cyaml_schema_value_t yaml_product_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_product,
                        product_fields),
};
