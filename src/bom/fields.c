#include "bom/bom.h"

#include "core/lang.h"

static const char *const names[BOM_FIELD_COUNT] = {
    [BOM_REFDES] = N_("refdes"),
    [BOM_QUANTITY] = N_("quantity"),
    [BOM_MANUFACTURER] = N_("manufacturer"),
    [BOM_MPN] = N_("mpn"),
    [BOM_MAKER_AND_MPN] = N_("maker-and-mpn"),
    [BOM_IPN] = N_("ipn"),
    [BOM_DISTRIBUTOR] = N_("distributor"),
    [BOM_DISTRIBUTOR_PN] = N_("distributor-pn"),
    [BOM_VALUE] = N_("value"),
    [BOM_DESCRIPTION] = N_("description"),
    [BOM_FOOTPRINT] = N_("footprint"),
    [BOM_CATEGORY] = N_("category"),
    [BOM_ORIGIN] = N_("origin"),
    [BOM_LIFECYCLE] = N_("lifecycle"),
    [BOM_LEVEL] = N_("level"),
    [BOM_PARENT] = N_("parent"),
    [BOM_FITTED] = N_("fitted"),
    [BOM_NOT_FITTED] = N_("not-fitted"),
    [BOM_ITEM] = N_("item"),
    [BOM_NOTE] = N_("note"),
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
