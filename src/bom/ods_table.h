#ifndef BOMGATE_BOM_ODS_TABLE_H
#define BOMGATE_BOM_ODS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/merges.h"
#include "bom/sheet_row.h"
#include "bom/xml_part.h"
#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/map.h"
#include "core/str.h"

/** The cell that is being read. */
struct ods_cell {
    uint32_t repeat, columns, rows; /* the last two: that it is merged over */
    bool open, has_formula, is_error, is_percent;
    char type; /* 'n'umber, 'd'ate, 'b'oolean, or 's'tring and all others */
};

/**
 * The tables of an OpenDocument spreadsheet, all in one part, row by row. A
 * zeroed struct is ready for ods_tables_open().
 */
struct ods_tables {
    struct xml_part *xml;
    struct sheet_row row; /* the row that was found last */
    uint32_t repeat;      /* it stands for so many equal rows */
    uint32_t next_line, next_column;
    size_t table_count; /* started so far; the last is the current one */
    struct strbuf name; /* of the current table */
    bool hidden;        /* the current table is */
    bool skip;          /* set by the caller: no more of this table */
    struct ods_cell cell;
    struct merges *merges; /* of the current table, or NULL; borrowed */
    struct strbuf value, text, number;
    unsigned table_depth, skip_depth, paragraphs;
    bool in_row, in_paragraph, after_blank;
    struct arena arena; /* of the next two */
    struct map hidden_styles;
    struct str style; /* being defined */
    enum err_code failed;
};

/** @param diagnostics  Borrowed. */
NODISCARD bool ods_tables_open(struct ods_tables *tables,
                               struct zip_parts *parts,
                               const struct reader_diagnostics *diagnostics,
                               struct err *err);

/**
 * Go on to the next row that has any content, or to the start of the next
 * table: then `row.used` is 0.
 */
NODISCARD enum xml_step ods_tables_next(struct ods_tables *tables,
                                        struct err *err);

void ods_tables_close(struct ods_tables *tables);

#endif
