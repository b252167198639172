#ifndef BOMGATE_REPORT_AUDIT_TABLE_H
#define BOMGATE_REPORT_AUDIT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "history/audit.h"
#include "report/scratch.h"

/* The tables of an audit, one file each; audit_tables.c lists them. Every
   format shows them, each in its own way. */

enum audit_look {
    AUDIT_LOOK_TEXT,
    AUDIT_LOOK_NUMBER,
    AUDIT_LOOK_DAY,  /* never broken */
    AUDIT_LOOK_NAME, /* broken only when it is very long */
    AUDIT_LOOK_VERDICT,
    AUDIT_LOOK_LINK,
};

struct audit_column {
    const char *header;
    unsigned min, max; /* width in a workbook, in characters */
    enum audit_look look;
    bool wide; /* there is no room for it but in a workbook */
};

/** What a cell says: what its column's look asks for. */
struct audit_cell {
    struct strbuf *text; /* empty at first */
    uint32_t number;
    enum verdict verdict;
    const char *url;
};

/** Columns of a table at most. */
#define AUDIT_COLUMNS_MAX 20

struct audit_table {
    const char *id;    /* "by-product" */
    const char *sheet; /* "By product" */
    const char *about; /* one sentence */
    const char *none;  /* what stands there instead of rows */
    const struct audit_column *columns;
    size_t column_count;
    size_t (*rows)(const struct audit *audit);
    void (*fill)(struct audit_cell *cell, const struct audit *audit, size_t row,
                 unsigned column);
};

extern const struct audit_table audit_table_findings;
extern const struct audit_table audit_table_products;
extern const struct audit_table audit_table_measures;
extern const struct audit_table audit_table_parties;
extern const struct audit_table audit_table_waivers;
extern const struct audit_table audit_table_rules;
extern const struct audit_table audit_table_coverage;
extern const struct audit_table audit_table_evidence;
/** The first page's, where it stands beside a chart. */
extern const struct audit_table audit_table_trend;

/** All but the trend, in order, ended by NULL. */
extern const struct audit_table *const audit_tables[];

/** A cell; its text is the scratch's. */
struct audit_cell audit_cell_of(const struct audit_table *table,
                                const struct audit *audit, size_t row,
                                unsigned column, struct scratch *scratch);

#endif
