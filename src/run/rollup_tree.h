#ifndef BOMGATE_RUN_ROLLUP_TREE_H
#define BOMGATE_RUN_ROLLUP_TREE_H

#include "core/map.h"
#include "run/rollup.h"
#include "run/rollup_cells.h"

/* What a roll-up is made of, for the files that build it and that tell of
   it. */

#define ROLLUP_DEPTH_MAX 64

#define NO_USE UINT32_MAX /* nor an assembly */

/* A line: so many of a thing in an assembly. */
struct rollup_use {
    uint32_t assembly;   /* that it sits in */
    uint32_t next;       /* the next use of the same assembly */
    uint32_t line;       /* where it stands */
    struct str names[2]; /* its IPN and MPN, in lower case */
    struct str item;     /* its number in the BOM, likewise */
    struct str refdes;   /* as it is written */
    struct str called;   /* what it is shown as, if it has parts of its own */
    struct rollup_level level;
    double quantity; /* NAN: not said as a number */
    bool top;        /* it has no quantity, and nothing above it */
    bool stands;     /* for what other lines are parts of */
    bool skipped;    /* a level is missing between it and what it is below */
    bool unplaced;   /* its level cannot be read, and others' can */
    bool twice;      /* it stands below its parent more than once */
};

/* A thing with parts of its own: a BOM, or a line that others stand below. */
struct rollup_assembly {
    struct str name; /* empty: it has none */
    uint32_t occurs; /* the one use that it is; NO_USE: all of its name */
    uint32_t uses;   /* the first of those; NO_USE: none */
    double times;    /* in the product itself */
    double total;    /* once it is known */
    size_t depth;    /* likewise: the longest way up to the product */
    uint32_t bom;    /* where it is first named */
    enum { OPEN, VISITING, KNOWN } state;
};

struct rollup {
    const char *product;
    const struct product_words *not_fitted;
    struct arena arena;
    struct rollup_use *uses;
    size_t use_count, use_cap;
    struct rollup_assembly *assemblies;
    size_t count, cap;
    struct map by_name; /* in lower case -> assembly */
    struct rolled_bom {
        const struct product_bom *bom;
        const char *path;
        size_t first; /* of its uses */
        uint32_t root;
        size_t open_parents;
        bool levels, outline; /* its lines have levels, and such ones */
        bool parent;          /* a line names it as its parent */
        bool own;             /* and one sits in it and in no other */
    } * boms;
    size_t bom_count, bom_cap;
    struct strbuf key;
};

/** The BOM that a use stands in. */
size_t rollup_bom_of(const struct rollup *rollup, uint32_t use);

/** One past the last use of a BOM. */
uint32_t rollup_bom_end(const struct rollup *rollup, size_t bom);

#endif
