#ifndef BOMGATE_BOM_HEADER_H
#define BOMGATE_BOM_HEADER_H

#include <stdbool.h>

#include "bom/words.h"
#include "core/arena.h"
#include "core/str.h"

/** How much a column's name says about what the column holds. */
enum header_strength {
    HEADER_UNKNOWN,
    HEADER_OTHER, /* known to be nothing that a field needs: "Datasheet" */
    HEADER_WEAK,  /* one of several things: "Part Number", "Vendor" */
    HEADER_STRONG,
};

#define HEADER_FIELDS_MAX 6

/** A column's name, understood. Texts live in the arena it was read with. */
struct header {
    struct str text; /* as written, trimmed */
    struct str base; /* canonical words without number: "part number" */
    enum header_strength strength;
    enum bom_field fields[HEADER_FIELDS_MAX]; /* likeliest first */
    unsigned field_count;
    unsigned number;  /* of "Manufacturer 2"; 0: none */
    bool alternate;   /* "Alternate MPN", "2nd source" */
    bool generic;     /* says nothing: "Field1" */
    struct str label; /* of a product variant; "" for the usual one */
};

/**
 * Understand one cell of a header row.
 *
 * The whole name must fit, so "Country of Origin" is never a quantity. What is
 * allowed beside it: a number, a word for alternates, a variant, brackets, and
 * the same name in a second language.
 */
void header_read(struct bom_words *words, struct arena *arena, struct str cell,
                 struct header *out);

/** The same without looking for what a misspelt name was meant to be, which
    costs more than all the rest. */
void header_read_as_written(struct bom_words *words, struct arena *arena,
                            struct str cell, struct header *out);

/** Could the header mean this field? */
bool header_means(const struct header *header, enum bom_field field);

#endif
