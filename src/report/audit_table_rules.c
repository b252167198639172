#include "report/audit_table.h"

#include "report/audit_phrases.h"

enum {
    COLUMN_BEFORE,
    COLUMN_VERSION,
    COLUMN_SHA256,
    COLUMN_KNOWN,
    COLUMN_FIRST,
    COLUMN_RECORD,
    COLUMN_ADDED,
    COLUMN_REMOVED,
    COLUMN_CHANGED,
    COLUMN_BROUGHT,
    COLUMN_ENDED,
    COLUMN_ALTERED,
    COLUMN_WHAT,
};

static const struct audit_column columns[] = {
    [COLUMN_BEFORE] = {"Rules before", 12, 16, AUDIT_LOOK_TEXT, false},
    [COLUMN_VERSION] = {"Rule set", 12, 16, AUDIT_LOOK_NAME, false},
    [COLUMN_SHA256] = {"SHA-256", 16, 34, AUDIT_LOOK_TEXT, true},
    [COLUMN_KNOWN] = {"Known to", 11, 12, AUDIT_LOOK_DAY, false},
    [COLUMN_FIRST] = {"First used", 11, 22, AUDIT_LOOK_TEXT, false},
    [COLUMN_RECORD] = {"Measure, company or list", 14, 30, AUDIT_LOOK_TEXT,
                       false},
    [COLUMN_ADDED] = {"Added", 8, 9, AUDIT_LOOK_NUMBER, false},
    [COLUMN_REMOVED] = {"Removed", 8, 9, AUDIT_LOOK_NUMBER, false},
    [COLUMN_CHANGED] = {"Changed", 8, 9, AUDIT_LOOK_NUMBER, false},
    [COLUMN_BROUGHT] = {"New findings", 9, 10, AUDIT_LOOK_NUMBER, false},
    [COLUMN_ENDED] = {"Resolved findings", 9, 10, AUDIT_LOOK_NUMBER, false},
    [COLUMN_ALTERED] = {"Other verdict", 9, 10, AUDIT_LOOK_NUMBER, false},
    [COLUMN_WHAT] = {"What changed", 24, 60, AUDIT_LOOK_TEXT, false},
};

/* Changes of one record that a cell names before it only counts. */
#define CHANGES_SHOWN 6

/* A step of which no change is known has one row all the same. */
static size_t rows_of(const struct audit_rule_step *step) {
    return step->change_count == 0 ? 1 : step->change_count;
}

static size_t rows(const struct audit *audit) {
    size_t count = 0;
    for (size_t i = 0; i < audit->step_count; i++)
        count += rows_of(&audit->steps[i]);
    return count;
}

static void fill_what(struct audit_cell *cell,
                      const struct audit_rule_change *change) {
    for (size_t i = 0; i < change->change_count && i < CHANGES_SHOWN; i++) {
        strbuf_add_text(cell->text, i == 0 ? "" : "\n");
        audit_say_change(cell->text, change->changes[i]);
    }
    if (change->change_count > CHANGES_SHOWN)
        strbuf_printf(cell->text, "\nand %zu more",
                      change->change_count - CHANGES_SHOWN);
}

static void fill_change(struct audit_cell *cell,
                        const struct audit_rule_change *change,
                        unsigned column) {
    const uint32_t numbers[ARRAY_LEN(columns)] = {
        [COLUMN_ADDED] = change->added,     [COLUMN_REMOVED] = change->removed,
        [COLUMN_CHANGED] = change->changed, [COLUMN_BROUGHT] = change->brought,
        [COLUMN_ENDED] = change->ended,     [COLUMN_ALTERED] = change->altered,
    };
    if (column == COLUMN_RECORD)
        strbuf_add_text(cell->text,
                        change->name[0] != '\0' ? change->name : "all");
    else if (column == COLUMN_WHAT)
        fill_what(cell, change);
    else
        cell->number = numbers[column];
}

static void fill_without(struct audit_cell *cell,
                         const struct audit_rule_step *step) {
    strbuf_add_text(cell->text,
                    step->before == NULL
                        ? "Nothing was judged before on these boards: there "
                          "is nothing to compare with."
                        : "No difference is recorded.");
}

static void fill(struct audit_cell *cell, const struct audit *audit, size_t row,
                 unsigned column) {
    const struct audit_rule_step *step = audit->steps;
    while (row >= rows_of(step))
        row -= rows_of(step++);
    if (column == COLUMN_BEFORE)
        strbuf_add_text(cell->text,
                        step->before == NULL ? "" : step->before->version);
    else if (column == COLUMN_VERSION)
        strbuf_add_text(cell->text, step->rules->version);
    else if (column == COLUMN_SHA256)
        strbuf_add_text(cell->text, step->rules->sha256);
    else if (column == COLUMN_KNOWN)
        strbuf_add_text(cell->text, step->rules->known_to);
    else if (column == COLUMN_FIRST)
        strbuf_printf(cell->text, "%.10s, run %lld", step->run->time,
                      (long long)step->run->id);
    else if (step->change_count != 0)
        fill_change(cell, &step->changes[row], column);
    else if (column == COLUMN_WHAT)
        fill_without(cell, step);
}

const struct audit_table audit_table_rules = {
    .id = "rules",
    .sheet = "Rules",
    .about = "Where boards were judged by other rules than before: what those "
             "say otherwise, and the findings that came, went or have another "
             "verdict by it.",
    .none = "No board was judged by other rules than before.",
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
    .rows = rows,
    .fill = fill,
};
