#include <stdlib.h>
#include <string.h>

#include "core/atomic_file.h"
#include "core/lang.h"
#include "core/mem.h"
#include "maker/maker.h"
#include "report/csv_cell.h"
#include "report/excel_table.h"
#include "run/parts_todo.h"

/* ---- CSV ---- */

struct csv {
    struct strbuf out;
    struct parts_todo_others others;
};

static bool put_csv(void *ctx, const struct parts_todo_row *row) {
    struct csv *csv = ctx;
    struct strbuf *out = &csv->out;
    for (unsigned i = 0; i < TODO_COLUMN_COUNT; i++) {
        if (i != 0)
            strbuf_add_char(out, ',');
        if (i == TODO_USES && row->uses != 0)
            strbuf_printf(out, "%zu", row->uses);
        else
            csv_cell(out, row->cells[i]);
    }
    for (size_t i = 0; i < csv->others.count; i++) {
        strbuf_add_char(out, ',');
        csv_cell(out, parts_todo_other(&csv->others, row, i));
    }
    strbuf_add_text(out, "\r\n");
    return !out->failed;
}

/* Excel takes a CSV file without the mark for one of its own country's. */
#define UTF8_MARK "\xEF\xBB\xBF"

static void put_csv_header(struct csv *csv) {
    struct strbuf *out = &csv->out;
    strbuf_add_text(out, UTF8_MARK);
    for (unsigned i = 0; i < TODO_COLUMN_COUNT; i++) {
        if (i != 0)
            strbuf_add_char(out, ',');
        csv_cell(out,
                 str_from(tr(parts_todo_header((enum parts_todo_column)i))));
    }
    for (size_t i = 0; i < csv->others.count; i++) {
        strbuf_add_char(out, ',');
        csv_cell(out, csv->others.table->others[csv->others.at[i]].name);
    }
    strbuf_add_text(out, "\r\n");
}

static bool write_csv(struct parts_todo *todo, const struct parts_file *parts,
                      const char *path, struct err *err) {
    struct csv csv = {.out = {.ptr = NULL}};
    if (!parts_todo_find_others(parts, &csv.others, err))
        return false;
    put_csv_header(&csv);
    bool ok = parts_todo_rows(todo, parts, put_csv, &csv, err) &&
              atomic_file_write(path, strbuf_str(&csv.out), err);
    strbuf_dispose(&csv.out);
    return ok;
}

/* ---- Excel ---- */

static const struct {
    unsigned min, max;
    enum excel_style style;
} looks[TODO_COLUMN_COUNT] = {
    [TODO_USES] = {7, 8, EXCEL_NUMBER},
    [TODO_QUANTITY] = {9, 12, EXCEL_RIGHT},
    [TODO_WHERE] = {20, 60, EXCEL_TEXT},
    [TODO_IPN] = {8, 20, EXCEL_TEXT},
    [TODO_DISTRIBUTOR_PN] = {12, 20, EXCEL_TEXT},
    [TODO_VALUE] = {10, 24, EXCEL_TEXT},
    [TODO_FOOTPRINT] = {12, 30, EXCEL_TEXT},
    [TODO_DESCRIPTION] = {12, 32, EXCEL_TEXT},
    [TODO_NAMED] = {12, 22, EXCEL_TEXT},
    [TODO_WHY] = {24, 44, EXCEL_TEXT},
    [TODO_GUESS] = {16, 30, EXCEL_TEXT},
    [TODO_MANUFACTURER] = {24, 30, EXCEL_ANSWER},
    [TODO_MPN] = {18, 26, EXCEL_ANSWER},
    [TODO_CATEGORY] = {20, 26, EXCEL_ANSWER},
    [TODO_ORIGIN] = {9, 12, EXCEL_ANSWER},
    [TODO_LIFECYCLE] = {14, 18, EXCEL_ANSWER},
    [TODO_BY] = {14, 20, EXCEL_ANSWER},
    [TODO_DATE] = {12, 13, EXCEL_ANSWER},
    [TODO_EVIDENCE] = {24, 40, EXCEL_ANSWER},
};

struct writer {
    const struct ruleset *rules;
    struct excel_book book;
    struct excel_table table;
    struct strbuf title;
    size_t listed[3]; /* rows of each list */
    struct parts_todo_others others;
};

static bool put_excel(void *ctx, const struct parts_todo_row *row) {
    struct writer *writer = ctx;
    struct excel_table *table = &writer->table;
    excel_table_row(table);
    if (row->uses != 0)
        excel_table_number(table, TODO_USES, (double)row->uses);
    for (unsigned i = 0; i < TODO_COLUMN_COUNT; i++) {
        if (i != TODO_USES)
            excel_table_text(table, i, row->cells[i]);
    }
    for (size_t i = 0; i < writer->others.count; i++)
        excel_table_text(table, TODO_COLUMN_COUNT + (unsigned)i,
                         parts_todo_other(&writer->others, row, i));
    return excel_writable(table->sheet);
}

/* What is chosen from, a column each. */
enum list { LIST_MAKERS, LIST_CATEGORIES, LIST_COUNTRIES };

static int by_text(const void *a, const void *b) {
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

/* The names that stand for one company only, and so will be read as it. */
static bool find_makers(const struct ruleset *rules, const char **out,
                        size_t *count, struct err *err) {
    struct maker_resolver *resolver = maker_resolver_new(rules);
    bool ok = resolver != NULL || err_nomem(err);
    for (uint32_t i = 0; ok && i < rules_party_count(rules); i++) {
        const char *name = rules_text(rules, rules_party(rules, i)->name);
        uint32_t named;
        ok = maker_find_party(resolver, rules, str_from(name), &named, err);
        if (ok && named == i)
            out[(*count)++] = name;
    }
    maker_resolver_free(resolver);
    return ok;
}

static void find_countries(const struct ruleset *rules, const char **out,
                           size_t *count) {
    for (uint32_t i = 0; i < rules_party_count(rules); i++) {
        const char *code = rules_text(rules, rules_party(rules, i)->country);
        if (code[0] != '\0')
            out[(*count)++] = code;
    }
}

/* Sorted, each once. */
static size_t tidy(const char **items, size_t count) {
    size_t kept = 0;
    if (count != 0)
        qsort(items, count, sizeof(*items), by_text);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || strcmp(items[kept - 1], items[i]) != 0)
            items[kept++] = items[i];
    }
    return kept;
}

static void put_lists(struct writer *writer, const char **const items[3]) {
    struct excel_sheet *sheet =
        excel_sheet_add(&writer->book, tr("Lists"), writer->table.sheet);
    size_t rows = 0;
    for (unsigned l = 0; l < 3; l++)
        rows = writer->listed[l] > rows ? writer->listed[l] : rows;
    for (size_t row = 0; row < rows && excel_writable(sheet); row++) {
        for (unsigned l = 0; l < 3; l++) {
            if (row < writer->listed[l])
                excel_text(sheet, l, str_from(items[l][row]), EXCEL_TEXT);
        }
        excel_next_row(sheet);
    }
    if (excel_writable(sheet))
        worksheet_hide(sheet->handle);
}

static bool add_lists(struct writer *writer, struct err *err) {
    const struct ruleset *rules = writer->rules;
    size_t parties = rules_party_count(rules);
    uint32_t categories = rules_category_count(rules);
    const char **makers = mem_calloc(parties + 1, sizeof(*makers));
    const char **kinds = mem_calloc(categories + 1, sizeof(*kinds));
    const char **countries = mem_calloc(parties + 1, sizeof(*countries));
    const char **const items[] = {makers, kinds, countries};
    bool ok = (makers != NULL && kinds != NULL && countries != NULL) ||
              err_nomem(err);
    ok = ok && find_makers(rules, makers, &writer->listed[LIST_MAKERS], err);
    if (ok) {
        find_countries(rules, countries, &writer->listed[LIST_COUNTRIES]);
        for (uint32_t i = 1; i < categories; i++)
            kinds[writer->listed[LIST_CATEGORIES]++] =
                rules_text(rules, rules_category(rules, i)->id);
        for (unsigned l = 0; l < 3; l++)
            writer->listed[l] = tidy(items[l], writer->listed[l]);
        put_lists(writer, items);
    }
    mem_free(makers);
    mem_free(kinds);
    mem_free(countries);
    return ok;
}

/* Room for what is added by hand below. */
#define ROWS_BELOW 1000

static void offer(struct writer *writer, enum parts_todo_column column,
                  struct lxw_data_validation *choice) {
    struct excel_table *table = &writer->table;
    if (!excel_writable(table->sheet))
        return;
    choice->ignore_blank = LXW_VALIDATION_ON;
    choice->dropdown = LXW_VALIDATION_ON;
    choice->show_input = LXW_VALIDATION_ON;
    choice->show_error = LXW_VALIDATION_ON;
    excel_note(&writer->book,
               worksheet_data_validation_range(
                   table->sheet->handle, 1, (lxw_col_t)column,
                   table->sheet->row + ROWS_BELOW, (lxw_col_t)column, choice));
}

static void offer_list(struct writer *writer, enum parts_todo_column column,
                       enum list list, uint8_t refusal, const char *message) {
    struct strbuf range = {.ptr = NULL}, text = {.ptr = NULL};
    strbuf_printf(&range, "='%s'!$%c$1:$%c$%zu", tr("Lists"),
                  (char)('A' + (int)list), (char)('A' + (int)list),
                  writer->listed[list] == 0 ? 1 : writer->listed[list]);
    strbuf_add_text(&text, tr(message));
    if (range.failed || text.failed) {
        writer->book.no_memory = true;
    } else {
        struct lxw_data_validation choice = {
            .validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
            .value_formula = range.ptr,
            .input_message = text.ptr,
            .error_message = text.ptr,
            .error_type = refusal,
        };
        offer(writer, column, &choice);
    }
    strbuf_dispose(&range);
    strbuf_dispose(&text);
}

/* What the part's maker says of it; other words are kept as they are. */
static void offer_lifecycles(struct writer *writer) {
    char *words[PARTS_LIFECYCLES + 1] = {NULL};
    for (size_t i = 0; i < PARTS_LIFECYCLES; i++)
        words[i] = (char *)(uintptr_t)parts_lifecycles[i]; /* it only reads */
    struct lxw_data_validation choice = {
        .validate = LXW_VALIDATION_TYPE_LIST,
        .value_list = words,
        .error_type = LXW_VALIDATION_ERROR_TYPE_INFORMATION,
    };
    offer(writer, TODO_LIFECYCLE, &choice);
}

static void offer_choices(struct writer *writer) {
    offer_list(writer, TODO_MANUFACTURER, LIST_MAKERS,
               LXW_VALIDATION_ERROR_TYPE_INFORMATION,
               N_("Choose the company that makes the part. A name that is not "
                  "on the list may be written too."));
    offer_list(writer, TODO_CATEGORY, LIST_CATEGORIES,
               LXW_VALIDATION_ERROR_TYPE_STOP,
               N_("Choose what the part is, if bomgate did not know or guessed "
                  "wrong."));
    offer_list(writer, TODO_ORIGIN, LIST_COUNTRIES,
               LXW_VALIDATION_ERROR_TYPE_INFORMATION,
               N_("The country where the part is made, as a code such as TW."));
    offer_lifecycles(writer);
}

static void put_table(struct writer *writer, struct parts_todo *todo,
                      const struct parts_file *parts, struct err *err,
                      bool *ok) {
    static struct excel_column columns[TODO_COLUMN_COUNT + TODO_OTHERS_MAX];
    const struct parts_todo_others *others = &writer->others;
    for (unsigned i = 0; i < TODO_COLUMN_COUNT; i++)
        columns[i] =
            (struct excel_column){parts_todo_header((enum parts_todo_column)i),
                                  looks[i].min, looks[i].max, looks[i].style};
    for (size_t i = 0; i < others->count; i++)
        columns[TODO_COLUMN_COUNT + i] =
            (struct excel_column){others->table->others[others->at[i]].name.ptr,
                                  10, 30, EXCEL_ANSWER};
    excel_table_begin(&writer->table, &writer->book, N_("Parts"), columns,
                      TODO_COLUMN_COUNT + others->count, writer->title.ptr);
    *ok = parts_todo_rows(todo, parts, put_excel, writer, err) &&
          excel_book_ok(&writer->book, err);
}

static bool fill_book(struct writer *writer, struct parts_todo *todo,
                      const struct parts_file *parts, struct err *err) {
    bool ok;
    put_table(writer, todo, parts, err, &ok);
    if (!ok)
        return false;
    struct excel_sheet *sheet = writer->table.sheet;
    excel_table_end(&writer->table);
    if (!add_lists(writer, err))
        return false;
    writer->table.sheet = sheet;
    offer_choices(writer);
    return excel_book_close(&writer->book, err);
}

static bool write_excel(struct parts_todo *todo, const struct parts_file *parts,
                        const char *path, struct err *err) {
    const struct run_info *run = parts_todo_run(todo);
    struct writer writer = {.rules = run->rules};
    struct atomic_file file = {.path = NULL};
    strbuf_add_text(&writer.title, tr("Parts to be named"));
    if (writer.title.failed)
        return err_nomem(err);
    const struct excel_properties properties = {
        .title = writer.title.ptr,
        .company = run->company,
        .comments = "",
        .day = run->as_of,
    };
    bool ok = parts_todo_find_others(parts, &writer.others, err) &&
              atomic_file_begin(&file, path, err) &&
              atomic_file_close(&file, err) &&
              excel_book_open(&writer.book, file.temp, &properties, err) &&
              fill_book(&writer, todo, parts, err);
    excel_book_dispose(&writer.book);
    strbuf_dispose(&writer.title);
    if (ok)
        return atomic_file_commit(&file, err);
    atomic_file_abandon(&file);
    return false;
}

bool parts_todo_write(struct parts_todo *todo, const struct parts_file *parts,
                      const char *path, struct err *err) {
    static const struct {
        const char *extension;
        bool (*write)(struct parts_todo *todo, const struct parts_file *parts,
                      const char *path, struct err *err);
    } formats[] = {{".xlsx", write_excel}, {".csv", write_csv}};
    for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
        if (report_extension_length(str_from(path),
                                    str_from(formats[i].extension)) != 0)
            return formats[i].write(todo, parts, path, err);
    }
    return err_set(err, ERR_INVALID,
                   "-o '%s': the work-list is an Excel workbook (.xlsx) or CSV "
                   "(.csv)",
                   path);
}
