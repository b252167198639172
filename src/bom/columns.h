#ifndef BOMGATE_BOM_COLUMNS_H
#define BOMGATE_BOM_COLUMNS_H

#include <stdbool.h>

#include "bom/sample.h"
#include "bom/table.h"
#include "core/compiler.h"

/* The steps of table_decide(), each in a file of its own. */

/** What one column was taken for; BOM_FIELD_COUNT: nothing. */
struct decision {
    enum bom_field field, runner_up;
    const char *why;
    bool doubtful; /* part numbers, by a weak name and hardly by the cells */
};

/* How sure the cells must be, in per cent of the filled ones. */
#define FIT_CELLS_ALONE 60 /* no name says anything */
#define FIT_FILLED_MIN 2   /* cells */

/** One table's columns while they are decided. */
struct deciding {
    struct table *table;
    struct bom_words *words;
    const struct rows *rows;
    size_t first, end; /* the sample */
    size_t moved_from; /* names right of it were moved over; or NO_COLUMN */
    bool aside;        /* another table stands beside this one */
    bool only;         /* it must have every header that the user mapped */
    struct column_sample *samples;
    struct decision *decisions;
};

void columns_decide(struct deciding *d, size_t column, enum bom_field field,
                    const char *why);

/** Is there a column of that field with anything in it? */
bool columns_have(const struct deciding *d, enum bom_field field);

/** May the cells alone say what this column holds? */
bool columns_is_open(const struct deciding *d, size_t column);

/** Where the cells contradict a name, and another column shows what it is. */
void columns_mend(struct deciding *d);

/** Read the header's one or two rows. @return false when memory is out. */
NODISCARD bool columns_read_headers(struct table *table,
                                    struct bom_words *words,
                                    const struct rows *rows,
                                    const struct table_place *place);

/**
 * Lay the table out by its decisions, one a column: its columns, what each
 * field is read from, and which makers and part numbers belong together.
 *
 * @return false when memory is out.
 */
NODISCARD bool columns_lay_out(struct table *table,
                               const struct decision *decisions);

/** Without a column for quantities: one whose numbers count the designators of
    their rows is it, whatever its name. */
void columns_find_quantity(struct deciding *d);

/** Find out, from the rows `first` to `end`, how far the column of designators
    can be relied on; the table is laid out. */
void columns_check_designators(struct table *table, struct bom_words *words,
                               const struct rows *rows, size_t first,
                               size_t end);

/** All names of the header, quoted, for a message. */
void columns_list(const struct table *table, struct strbuf *out);

#endif
