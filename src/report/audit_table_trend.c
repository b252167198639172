#include "report/audit_table.h"

#include "report/audit_phrases.h"

enum {
    COLUMN_PERIOD,
    COLUMN_PROHIBITED,
    COLUMN_UPCOMING,
    COLUMN_RESTRICTED,
    COLUMN_REVIEW,
    COLUMN_NEW,
    COLUMN_RESOLVED,
    COLUMN_BOARDS,
    COLUMN_LINES,
    COLUMN_RUNS,
    COLUMN_WAIVED,
};

static const struct audit_column columns[] = {
    [COLUMN_PERIOD] = {"Period", 12, 30, AUDIT_LOOK_NAME, false},
    [COLUMN_PROHIBITED] = {"prohibited", 10, 12, AUDIT_LOOK_NUMBER, false},
    [COLUMN_UPCOMING] = {"upcoming", 10, 12, AUDIT_LOOK_NUMBER, false},
    [COLUMN_RESTRICTED] = {"restricted", 10, 12, AUDIT_LOOK_NUMBER, false},
    [COLUMN_REVIEW] = {"review", 10, 12, AUDIT_LOOK_NUMBER, false},
    [COLUMN_NEW] = {"New", 10, 12, AUDIT_LOOK_NUMBER, false},
    [COLUMN_RESOLVED] = {"Resolved", 10, 12, AUDIT_LOOK_NUMBER, false},
    [COLUMN_BOARDS] = {"Boards", 10, 12, AUDIT_LOOK_NUMBER, false},
    [COLUMN_LINES] = {"Lines", 10, 12, AUDIT_LOOK_NUMBER, false},
    [COLUMN_RUNS] = {"Runs", 10, 12, AUDIT_LOOK_NUMBER, true},
    [COLUMN_WAIVED] = {"Accepted", 10, 12, AUDIT_LOOK_NUMBER, true},
};

static size_t rows(const struct audit *audit) {
    (void)audit;
    return AUDIT_POINTS;
}

static void fill(struct audit_cell *cell, const struct audit *audit, size_t row,
                 unsigned column) {
    const struct audit_point *point = &audit->trend[row];
    char name[AUDIT_PERIOD_NAME_SIZE];
    const uint32_t numbers[ARRAY_LEN(columns)] = {
        [COLUMN_PROHIBITED] = point->flagged[VERDICT_PROHIBITED],
        [COLUMN_UPCOMING] = point->flagged[VERDICT_UPCOMING],
        [COLUMN_RESTRICTED] = point->flagged[VERDICT_RESTRICTED],
        [COLUMN_REVIEW] = point->flagged[VERDICT_REVIEW],
        [COLUMN_NEW] = point->brought,
        [COLUMN_RESOLVED] = point->resolved,
        [COLUMN_BOARDS] = point->boards,
        [COLUMN_LINES] = point->lines,
        [COLUMN_RUNS] = point->runs,
        [COLUMN_WAIVED] = point->waived,
    };
    audit_period_name(&point->period, name);
    if (column == COLUMN_PERIOD)
        strbuf_add_text(cell->text, name);
    else
        cell->number = numbers[column];
}

const struct audit_table audit_table_trend = {
    .id = "trend",
    .sheet = "Trend",
    .about = "Findings at the end of each period, by verdict, and what was "
             "new and resolved in it.",
    .none = "",
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
    .rows = rows,
    .fill = fill,
};
