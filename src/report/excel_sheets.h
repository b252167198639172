#ifndef BOMGATE_REPORT_EXCEL_SHEETS_H
#define BOMGATE_REPORT_EXCEL_SHEETS_H

#include "report/contents.h"
#include "report/excel_book.h"
#include "report/excel_table.h"
#include "report/groups.h"
#include "report/report.h"
#include "report/tally.h"
#include "report/todo.h"
#include "report/unknowns.h"

/* The sheets of the Excel report, one file each. A sheet is begun in its turn,
   so that the order stands; some get their rows only at the end. Failures are
   remembered in the book. */

/* Flagged: one row for every finding that somebody must act on. */
void excel_flagged_begin(struct excel_table *table, struct excel_book *book,
                         const char *footer);
void excel_flagged_line(struct excel_table *table, const struct run_info *run,
                        const struct report_line *line);
void excel_flagged_end(struct excel_table *table);

/** What to do: the flagged findings summed up, one row a part. */
struct excel_todo {
    struct excel_table table;
    struct todo parts;
};
void excel_todo_begin(struct excel_todo *todo, struct excel_book *book,
                      const char *footer);
void excel_todo_line(struct excel_todo *todo, const struct run_info *run,
                     const struct report_line *line);
void excel_todo_end(struct excel_todo *todo, const struct run_totals *totals);
void excel_todo_dispose(struct excel_todo *todo);

/** Suppliers: who can replace the flagged parts, one row a kind of part. */
struct excel_suppliers {
    struct excel_table table;
    struct groups kinds, parts;
    struct strbuf key;
    uint32_t marker;
};
void excel_suppliers_begin(struct excel_suppliers *suppliers,
                           struct excel_book *book, const char *footer);
void excel_suppliers_line(struct excel_suppliers *suppliers,
                          const struct run_info *run,
                          const struct report_line *line);
void excel_suppliers_end(struct excel_suppliers *suppliers,
                         const struct run_info *run,
                         const struct run_totals *totals);
void excel_suppliers_dispose(struct excel_suppliers *suppliers);

/** All lines: every part of every line; of a large run the first 10,000
    lines and then only those that are not clear. */
struct excel_lines {
    struct excel_table table;
    uint32_t lines;
};
void excel_lines_begin(struct excel_lines *lines, struct excel_book *book,
                       const char *footer);
void excel_lines_line(struct excel_lines *lines, const struct run_info *run,
                      const struct report_line *line);
/** Is nothing said any more of clear lines? */
bool excel_lines_skip_clear(const struct excel_lines *lines,
                            const struct run_info *run);
void excel_lines_end(struct excel_lines *lines);

/* Measures: one row for each that was asked. */
void excel_measures_begin(struct excel_table *table, struct excel_book *book,
                          const char *footer);
void excel_measures_end(struct excel_table *table, const struct run_info *run,
                        const struct run_totals *totals,
                        const struct tally *tally);

/* Waivers: one row for each that was read. */
void excel_waivers_begin(struct excel_table *table, struct excel_book *book,
                         const char *footer);
void excel_waivers_end(struct excel_table *table, const struct run_info *run,
                       const struct run_totals *totals);

/** Coverage: how the files were read, and what could not be compared. */
struct excel_coverage {
    struct excel_book *book;
    struct excel_sheet *sheet;
    struct unknowns unknown;
    struct contents_sums contents;
};
void excel_coverage_begin(struct excel_coverage *coverage,
                          struct excel_book *book);
void excel_coverage_line(struct excel_coverage *coverage,
                         const struct run_info *run,
                         const struct report_line *line);
void excel_coverage_end(struct excel_coverage *coverage,
                        const struct run_info *run,
                        const struct run_totals *totals, const char *footer);
void excel_coverage_dispose(struct excel_coverage *coverage);

/* Summary: the first page, written last. */
void excel_summary_write(struct excel_sheet *sheet, const struct run_info *run,
                         const struct run_totals *totals,
                         const struct tally *tally, const char *footer);

#endif
