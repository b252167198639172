#include "bom/bom.h"

static const char *const names[BOM_FIELD_COUNT] = {
    [BOM_REFDES] = "refdes",
    [BOM_QUANTITY] = "quantity",
    [BOM_MANUFACTURER] = "manufacturer",
    [BOM_MPN] = "mpn",
    [BOM_MAKER_AND_MPN] = "maker-and-mpn",
    [BOM_IPN] = "ipn",
    [BOM_DISTRIBUTOR] = "distributor",
    [BOM_DISTRIBUTOR_PN] = "distributor-pn",
    [BOM_VALUE] = "value",
    [BOM_DESCRIPTION] = "description",
    [BOM_FOOTPRINT] = "footprint",
    [BOM_CATEGORY] = "category",
    [BOM_ORIGIN] = "origin",
    [BOM_LIFECYCLE] = "lifecycle",
    [BOM_LEVEL] = "level",
    [BOM_FITTED] = "fitted",
    [BOM_NOT_FITTED] = "not-fitted",
    [BOM_ITEM] = "item",
    [BOM_NOTE] = "note",
};

const char *bom_field_name(enum bom_field field) {
    return field < BOM_FIELD_COUNT ? names[field] : "";
}

/* "distributor_pn" is what somebody types who has seen JSON keys. */
static bool same_name(struct str typed, struct str name) {
    if (typed.len != name.len)
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = typed.ptr[i] == '_' ? '-' : ascii_lower(typed.ptr[i]);
        if (c != name.ptr[i])
            return false;
    }
    return true;
}

enum bom_field bom_field_parse(struct str name) {
    unsigned field = 0;
    while (field < BOM_FIELD_COUNT && !same_name(name, str_from(names[field])))
        field++;
    return (enum bom_field)field;
}
