#include "report/audit_table.h"

const struct audit_table *const audit_tables[] = {
    &audit_table_findings, &audit_table_products, &audit_table_measures,
    &audit_table_parties,  &audit_table_waivers,  &audit_table_rules,
    &audit_table_coverage, &audit_table_evidence, NULL,
};

struct audit_cell audit_cell_of(const struct audit_table *table,
                                const struct audit *audit, size_t row,
                                unsigned column, struct scratch *scratch) {
    struct audit_cell cell = {.text = scratch_start(scratch)};
    table->fill(&cell, audit, row, column);
    return cell;
}
