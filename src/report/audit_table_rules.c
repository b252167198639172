#include "report/audit_table.h"

#include "report/audit_phrases.h"

enum {
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
    COLUMN_WHAT,
};

static const struct audit_column columns[] = {
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
    [COLUMN_WHAT] = {"What changed", 24, 60, AUDIT_LOOK_TEXT, false},
};

/* Changes of one record that a cell names before it only counts. */
#define CHANGES_SHOWN 6

/* A rule set of which no change is known has one row all the same. */
static size_t rows_of(const struct audit_new_rules *rules) {
    return rules->change_count == 0 ? 1 : rules->change_count;
}

static size_t rows(const struct audit *audit) {
    size_t count = 0;
    for (size_t i = 0; i < audit->new_rules_count; i++)
        count += rows_of(&audit->new_rules[i]);
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
        [COLUMN_ENDED] = change->ended,
    };
    if (column == COLUMN_RECORD)
        strbuf_add_text(cell->text,
                        change->name[0] != '\0' ? change->name : "all");
    else if (column == COLUMN_WHAT)
        fill_what(cell, change);
    else
        cell->number = numbers[column];
}

static void fill(struct audit_cell *cell, const struct audit *audit, size_t row,
                 unsigned column) {
    const struct audit_new_rules *rules = audit->new_rules;
    while (row >= rows_of(rules))
        row -= rows_of(rules++);
    if (column == COLUMN_VERSION)
        strbuf_add_text(cell->text, rules->rules->version);
    else if (column == COLUMN_SHA256)
        strbuf_add_text(cell->text, rules->rules->sha256);
    else if (column == COLUMN_KNOWN)
        strbuf_add_text(cell->text, rules->rules->known_to);
    else if (column == COLUMN_FIRST)
        strbuf_printf(cell->text, "%.10s, run %lld", rules->run->time,
                      (long long)rules->run->id);
    else if (rules->change_count != 0)
        fill_change(cell, &rules->changes[row], column);
    else if (column == COLUMN_WHAT)
        strbuf_add_text(cell->text,
                        rules->rules->previous == 0
                            ? "The first rules of this history: there is "
                              "nothing to compare them with."
                            : "No difference is recorded to the rules before.");
}

const struct audit_table audit_table_rules = {
    .id = "rules",
    .sheet = "Rules",
    .about = "Rule sets first used in this period, what they say otherwise "
             "than the one before, and the findings that came or went by it.",
    .none = "No rule set was new in this period.",
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
    .rows = rows,
    .fill = fill,
};
