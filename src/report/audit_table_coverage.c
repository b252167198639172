#include "report/audit_table.h"

#include "report/audit_phrases.h"

enum {
    COLUMN_PRODUCT,
    COLUMN_REPOSITORY,
    COLUMN_PATH,
    COLUMN_CHECKED,
    COLUMN_RUNS,
    COLUMN_BOMS,
    COLUMN_LINES,
    COLUMN_KNOWN,
    COLUMN_LOST,
    COLUMN_DAY,
    COLUMN_RUN,
    COLUMN_WORTH,
};

static const struct audit_column columns[] = {
    [COLUMN_PRODUCT] = {"Product", 14, 30, AUDIT_LOOK_NAME, false},
    [COLUMN_REPOSITORY] = {"Repository", 12, 30, AUDIT_LOOK_TEXT, false},
    [COLUMN_PATH] = {"Path", 12, 36, AUDIT_LOOK_TEXT, true},
    [COLUMN_CHECKED] = {"Checked", 14, 26, AUDIT_LOOK_TEXT, false},
    [COLUMN_RUNS] = {"Runs", 7, 8, AUDIT_LOOK_NUMBER, false},
    [COLUMN_BOMS] = {"BOMs", 7, 8, AUDIT_LOOK_NUMBER, true},
    [COLUMN_LINES] = {"Lines", 8, 10, AUDIT_LOOK_NUMBER, false},
    [COLUMN_KNOWN] = {"Makers known", 9, 10, AUDIT_LOOK_TEXT, false},
    [COLUMN_LOST] = {"Rows lost", 7, 8, AUDIT_LOOK_NUMBER, false},
    [COLUMN_DAY] = {"By the run of", 11, 12, AUDIT_LOOK_DAY, false},
    [COLUMN_RUN] = {"Run", 6, 8, AUDIT_LOOK_NUMBER, true},
    [COLUMN_WORTH] = {"Remark", 20, 50, AUDIT_LOOK_TEXT, true},
};

static size_t rows(const struct audit *audit) {
    return audit->covered_count + audit->missed_count + audit->unchecked_count;
}

static void fill_board(struct audit_cell *cell, const struct audit_board *board,
                       unsigned column) {
    if (column == COLUMN_PRODUCT)
        strbuf_add_text(cell->text, board->product);
    else if (column == COLUMN_REPOSITORY)
        strbuf_add_text(cell->text, board->repository);
    else
        strbuf_add(cell->text, str_from(board->path));
}

static const char *checked(const struct audit_covered *row) {
    if (!row->checked)
        return "? not completely";
    return row->before ? "= again" : "+ not in the period before";
}

static void fill_covered(struct audit_cell *cell,
                         const struct audit_covered *row, unsigned column) {
    const uint32_t numbers[ARRAY_LEN(columns)] = {
        [COLUMN_RUNS] = row->runs,
        [COLUMN_BOMS] = row->boms,
        [COLUMN_LINES] = row->lines,
        [COLUMN_LOST] = row->lost,
        [COLUMN_RUN] = (uint32_t)row->run->id,
    };
    if (column == COLUMN_CHECKED)
        strbuf_add_text(cell->text, checked(row));
    else if (column == COLUMN_KNOWN)
        audit_say_share(cell->text, row->resolved);
    else if (column == COLUMN_DAY)
        strbuf_printf(cell->text, "%.10s", row->run->time);
    else if (column == COLUMN_WORTH && !row->checked)
        audit_say_worth(cell->text, row->run);
    else
        cell->number = numbers[column];
}

/* A product that nobody checked has neither a repository nor a file. */
static void fill_unchecked(struct audit_cell *cell,
                           const struct audit_unchecked *product,
                           unsigned column) {
    if (column == COLUMN_PRODUCT)
        strbuf_add_text(cell->text, product->product);
    else if (column == COLUMN_CHECKED && product->last == NULL)
        strbuf_add_text(cell->text, "! never");
    else if (column == COLUMN_CHECKED)
        strbuf_printf(cell->text, "! not in this period, last on %.10s",
                      product->last);
}

static void fill(struct audit_cell *cell, const struct audit *audit, size_t row,
                 unsigned column) {
    bool covered = row < audit->covered_count;
    size_t boards = audit->covered_count + audit->missed_count;
    if (row >= boards) {
        fill_unchecked(cell, &audit->unchecked[row - boards], column);
        return;
    }
    const struct audit_board *board =
        covered ? audit->covered[row].board
                : audit->missed[row - audit->covered_count];
    if (column <= COLUMN_PATH)
        fill_board(cell, board, column);
    else if (covered)
        fill_covered(cell, &audit->covered[row], column);
    else if (column == COLUMN_CHECKED)
        strbuf_add_text(cell->text, "! not in this period");
}

const struct audit_table audit_table_coverage = {
    .id = "coverage",
    .sheet = "Coverage",
    .about = "Boards that were checked in this period, and those of the "
             "period before that were not.",
    .none = "No board was checked in this period or the one before.",
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
    .rows = rows,
    .fill = fill,
};
