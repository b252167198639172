#include "report/audit_table.h"

#include "report/audit_phrases.h"

/* Totals of every state first; then three of them by verdict. */
enum {
    COLUMN_NAME,
    COLUMN_TITLE,
    COLUMN_TOTALS,
    COLUMN_VERDICTS = COLUMN_TOTALS + AUDIT_STATE_COUNT
};

/* Flagged verdicts: prohibited to review. */
#define FLAGGED (VERDICT_REVIEW + 1)

#define COUNT(header)                                                          \
    { header, 11, 12, AUDIT_LOOK_NUMBER, true }
#define TOTAL(header)                                                          \
    { header, 12, 14, AUDIT_LOOK_NUMBER, false }
/* clang-format off */
#define COUNTS \
    TOTAL("New"), TOTAL("Persisting"), TOTAL("Resolved"), \
    TOTAL("Not checked again"), TOTAL("Came and went"), \
    COUNT("New prohibited"), COUNT("New upcoming"), COUNT("New restricted"), \
    COUNT("New review"), \
    COUNT("Persisting prohibited"), COUNT("Persisting upcoming"), \
    COUNT("Persisting restricted"), COUNT("Persisting review"), \
    COUNT("Resolved prohibited"), COUNT("Resolved upcoming"), \
    COUNT("Resolved restricted"), COUNT("Resolved review")
/* clang-format on */

static const struct audit_column product_columns[] = {
    {"Product", 16, 30, AUDIT_LOOK_NAME, false},
    {"Repository", 12, 30, AUDIT_LOOK_TEXT, false},
    COUNTS};
static const struct audit_column measure_columns[] = {
    {"Measure", 16, 28, AUDIT_LOOK_NAME, false},
    {"Title", 20, 50, AUDIT_LOOK_TEXT, false},
    COUNTS};
static const struct audit_column party_columns[] = {
    {"Company", 16, 28, AUDIT_LOOK_NAME, false},
    {"Name", 16, 34, AUDIT_LOOK_TEXT, false},
    COUNTS};

static uint32_t total(const struct audit_group *group, enum audit_state state) {
    uint32_t sum = 0;
    for (int v = 0; v < VERDICT_COUNT; v++)
        sum += group->counts[state][v];
    return sum;
}

static void fill_group(struct audit_cell *cell, const struct audit_group *group,
                       const char *nameless, unsigned column) {
    if (column == COLUMN_NAME)
        strbuf_add_text(cell->text,
                        group->name[0] != '\0' ? group->name : nameless);
    else if (column == COLUMN_TITLE)
        strbuf_add_text(cell->text, group->title);
    else if (column < COLUMN_VERDICTS)
        cell->number = total(group, (enum audit_state)(column - COLUMN_TOTALS));
    else
        cell->number = group->counts[(column - COLUMN_VERDICTS) / FLAGGED]
                                    [(column - COLUMN_VERDICTS) % FLAGGED];
}

static size_t product_rows(const struct audit *audit) {
    return audit->products.count;
}
static size_t measure_rows(const struct audit *audit) {
    return audit->measures.count;
}
static size_t party_rows(const struct audit *audit) {
    return audit->parties.count;
}

static void fill_product(struct audit_cell *cell, const struct audit *audit,
                         size_t row, unsigned column) {
    fill_group(cell, &audit->products.items[row], "", column);
}
static void fill_measure(struct audit_cell *cell, const struct audit *audit,
                         size_t row, unsigned column) {
    fill_group(cell, &audit->measures.items[row], "maker not certain", column);
}
static void fill_party(struct audit_cell *cell, const struct audit *audit,
                       size_t row, unsigned column) {
    fill_group(cell, &audit->parties.items[row], "not known", column);
}

const struct audit_table audit_table_products = {
    .id = "by-product",
    .sheet = "By product",
    .about = "Findings by product.",
    .none = "Nothing was found on any product.",
    .columns = product_columns,
    .column_count = ARRAY_LEN(product_columns),
    .rows = product_rows,
    .fill = fill_product,
};

const struct audit_table audit_table_measures = {
    .id = "by-measure",
    .sheet = "By measure",
    .about = "Findings by measure.",
    .none = "No measure hit anything.",
    .columns = measure_columns,
    .column_count = ARRAY_LEN(measure_columns),
    .rows = measure_rows,
    .fill = fill_measure,
};

const struct audit_table audit_table_parties = {
    .id = "by-party",
    .sheet = "By party",
    .about = "Findings by the company that made the part.",
    .none = "No company's parts were found.",
    .columns = party_columns,
    .column_count = ARRAY_LEN(party_columns),
    .rows = party_rows,
    .fill = fill_party,
};
