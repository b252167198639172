#ifndef BOMGATE_BOM_TABLE_H
#define BOMGATE_BOM_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/bom.h"
#include "bom/header.h"
#include "bom/reader.h"
#include "bom/rows.h"
#include "bom/words.h"
#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"

/* A header further down than this is not looked for; one was on line 60. */
#define TABLE_HEADER_ROWS 128

#define NO_COLUMN SIZE_MAX

/** The columns of one maker and part number; NO_COLUMN where there is none. */
struct part_columns {
    size_t maker, mpn;
    size_t both;   /* one column for both */
    size_t origin; /* where that part is made */
    struct str maker_header, mpn_header;
    bool alternate;
};

/** The columns that one field is read from, the surest first. */
struct field_columns {
    size_t *items;
    size_t count;
};

/** A table of parts within the file. */
struct table {
    struct arena arena; /* holds all below */
    uint32_t header_line;
    struct header *headers; /* one a column */
    size_t width;           /* columns that can hold content */
    size_t usual_cells;     /* of a row, with empty ones at its end */
    struct bom_column *columns;
    size_t column_count;
    struct str *unmapped;
    size_t unmapped_count;
    struct field_columns fields[BOM_FIELD_COUNT];
    struct part_columns *parts;
    size_t part_count;
    bool mpn_unsure; /* the names may be a library's: "LibRef" */
    bool designates; /* most of its designators look like ones */
    bool agrees;     /* and there are as many as each row counts */
};

void table_dispose(struct table *table);

/** What a row of a table is. */
enum row_kind {
    ROW_PART,
    ROW_BLANK,
    ROW_RULE,
    ROW_HEADER,      /* the table's own header once more */
    ROW_NEW_HEADER,  /* another table begins */
    ROW_INDIVIDUAL,  /* "Individual Components:" */
    ROW_COLLATED,    /* "Collated Components:" */
    ROW_FOOTER,      /* a total, or metadata as name and value */
    ROW_SECTION,     /* a heading between parts */
    ROW_OTHER_TABLE, /* the header of a revision list, or the like */
    ROW_UNKNOWN,     /* content, but no part that could be recognised */
};

/** What the row is, within `table`. */
enum row_kind table_row_kind(const struct table *table, struct bom_words *words,
                             const struct row *row);

/** The cheap answer for almost every row of almost every BOM. */
bool table_is_plainly_part(const struct table *table, struct bom_words *words,
                           const struct row *row);

/** What the only filled cell of a row says. */
struct lone_part {
    struct str maker; /* may be empty */
    struct str mpn;
};

/**
 * Is the row's only filled cell a part number that stands where none is looked
 * for, alone or after a known maker?
 */
bool table_lone_part(const struct table *table, struct bom_words *words,
                     const struct row *row, struct lone_part *out);

/**
 * A part in a column of another name: a known maker with a part number
 * anywhere but in the description, which is heard as a whole, or a part number
 * where the count should be.
 */
bool table_stray_part(const struct table *table, struct bom_words *words,
                      const struct row *row, struct lone_part *out,
                      size_t *column);

/**
 * Is it a remark that stands where parts do: a sentence, split at its commas?
 * What could be a part has something in it that looks like one, or nothing
 * that its column cannot hold.
 */
bool table_is_remark(const struct table *table, struct bom_words *words,
                     const struct row *row);

/** How much a row looks like the header of a BOM; 0: not at all. */
unsigned table_header_score(struct bom_words *words, const struct row *row);

/** Titles that stand alone in their row. ROW_UNKNOWN: neither. */
enum row_kind table_title_kind(struct bom_words *words, const struct row *row);

/** The row's cell, trimmed; empty beyond its end and for NO_COLUMN. */
static inline struct str table_cell(const struct row *row, size_t column) {
    return column < row->count ? str_trim(row->cells[column]) : STR_EMPTY;
}

/** Is there content in a column of the field? */
bool table_has(const struct table *table, const struct row *row,
               enum bom_field field);

/** The first column of a field, or NO_COLUMN. */
size_t table_column(const struct table *table, enum bom_field field);

/** Where a header stands in the queue of rows. */
struct table_place {
    size_t first; /* the header's first row; or the first row of parts */
    size_t rows;  /* 2 for a header in two rows, 0 without a header */
    bool aside;   /* another table stands beside this one */
};

/**
 * Look for a table's header among the rows in the queue.
 *
 * @param maps  The user's headers; a row that has them is surely it.
 * @return false when there is no row that could be one.
 */
bool table_find_header(struct bom_words *words, const struct rows *rows,
                       const struct bom_map *maps, size_t map_count,
                       struct table_place *out);

/** Where the list itself begins when it has no header: the first row with
    more than one filled cell, or the first one. */
size_t table_first_row(const struct rows *rows);

/** Take a second row of names below the header's first one in. */
void table_extend_header(struct bom_words *words, const struct rows *rows,
                         struct table_place *place);

/**
 * Find out what the columns hold, from the header and a sample of the rows
 * below it.
 *
 * @param[out] table  Whatever it held is disposed of. It may be without any
 *                    usable column; see table_is_usable().
 * @return false when a user's header is not there, or memory is out.
 */
NODISCARD bool table_decide(struct table *table, struct bom_words *words,
                            const struct rows *rows,
                            const struct table_place *place,
                            const struct bom_map *maps, size_t map_count,
                            struct err *err);

/** The same for a table that is not the file's only one: a header that the
    user mapped need not stand in it. */
NODISCARD bool table_decide_later(struct table *table, struct bom_words *words,
                                  const struct rows *rows,
                                  const struct table_place *place,
                                  const struct bom_map *maps, size_t map_count,
                                  struct err *err);

/** Is there a column in which a maker or a part number could stand? */
bool table_is_usable(const struct table *table);

/** Is it sure enough to be a table at all, although it has no header? */
bool table_is_plausible(const struct table *table);

#endif
