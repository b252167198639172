#include "report/excel_sheets.h"

#include "core/lang.h"
#include "report/phrases.h"

enum {
    COLUMN_VERDICT,
    COLUMN_MAKER,
    COLUMN_MPN,
    COLUMN_FACTS,
    COLUMN_LINES,
    COLUMN_QUANTITY,
    COLUMN_WHERE,
    COLUMN_FROM,
    COLUMN_PROFILES,
    COLUMN_MEASURES,
    COLUMN_DO,
    COLUMN_INSTEAD,
    COLUMN_CHECK,
    COLUMN_NOT_INSTEAD,
    COLUMN_DECISION,
};

static const struct excel_column columns[] = {
    [COLUMN_VERDICT] = {N_("Verdict"), 12, 13, EXCEL_TEXT},
    [COLUMN_MAKER] = {N_("Maker"), 12, 22, EXCEL_TEXT},
    [COLUMN_MPN] = {N_("Part number"), 14, 24, EXCEL_TEXT},
    [COLUMN_FACTS] = {N_("What it is"), 14, 22, EXCEL_TEXT},
    [COLUMN_LINES] = {N_("Lines"), 8, 9, EXCEL_NUMBER},
    [COLUMN_QUANTITY] = {N_("Qty"), 7, 10, EXCEL_RIGHT},
    [COLUMN_WHERE] = {N_("Where"), 10, 16, EXCEL_TEXT},
    [COLUMN_FROM] = {N_("From"), 11, 12, EXCEL_TEXT},
    [COLUMN_PROFILES] = {N_("For whom"), 12, 22, EXCEL_TEXT},
    [COLUMN_MEASURES] = {N_("Under"), 12, 20, EXCEL_TEXT},
    [COLUMN_DO] = {N_("What to do"), 24, 42, EXCEL_TEXT},
    [COLUMN_INSTEAD] = {N_("What can be bought instead"), 20, 38, EXCEL_TEXT},
    [COLUMN_CHECK] = {N_("What to check"), 16, 28, EXCEL_TEXT},
    [COLUMN_NOT_INSTEAD] = {N_("Not an alternative"), 20, 32, EXCEL_TEXT},
    [COLUMN_DECISION] = {N_("Decision, by whom, when"), 18, 18, EXCEL_TEXT},
};

void excel_todo_begin(struct excel_todo *todo, struct excel_book *book,
                      const char *footer) {
    todo_init(&todo->parts);
    excel_table_begin(&todo->table, book, N_("What to do"), columns,
                      ARRAY_LEN(columns), footer);
}

void excel_todo_line(struct excel_todo *todo, const struct run_info *run,
                     const struct report_line *line) {
    todo_line(&todo->parts, run, line);
    if (!todo_ok(&todo->parts))
        todo->table.book->no_memory = true;
}

static struct str joined(struct excel_todo *todo,
                         const struct todo_words *words) {
    struct strbuf *text = excel_start(todo->table.book);
    todo_add_words(text, words, "\n");
    return strbuf_str(text);
}

static void put_sums(struct excel_todo *todo, const struct group *group,
                     const struct todo_part *part, bool with_bom) {
    struct excel_table *table = &todo->table;
    excel_table_number(table, COLUMN_LINES, group->lines);
    struct strbuf *text = excel_start(table->book);
    quantity_phrase(text, &part->quantity);
    excel_table_text(table, COLUMN_QUANTITY, strbuf_str(text));
    text = excel_start(table->book);
    group_places(text, group, with_bom);
    excel_table_text(table, COLUMN_WHERE, strbuf_str(text));
    text = excel_start(table->book);
    phrase_span(text, part->from);
    excel_table_text(table, COLUMN_FROM, strbuf_str(text));
}

static void put_part(struct excel_todo *todo, const struct group *group,
                     bool with_bom) {
    struct excel_table *table = &todo->table;
    const struct todo_part *part = group->data;
    excel_table_row(table);
    excel_table_verdict(table, COLUMN_VERDICT, part->worst);
    excel_table_text(table, COLUMN_MAKER, part->maker);
    excel_table_text(table, COLUMN_MPN, part->mpn);
    excel_table_text(table, COLUMN_FACTS, part->facts);
    put_sums(todo, group, part, with_bom);
    excel_table_text(table, COLUMN_PROFILES, joined(todo, &part->profiles));
    excel_table_text(table, COLUMN_MEASURES, joined(todo, &part->measures));
    excel_table_text(table, COLUMN_DO, joined(todo, &part->actions));
    excel_table_text(table, COLUMN_INSTEAD, part->instead);
    excel_table_text(table, COLUMN_CHECK, part->check);
    excel_table_text(table, COLUMN_NOT_INSTEAD, part->excluded);
    excel_table_text(table, COLUMN_DECISION, STR_EMPTY);
}

void excel_todo_end(struct excel_todo *todo, const struct run_totals *totals) {
    struct excel_table *table = &todo->table;
    const struct groups *parts = &todo->parts.parts;
    if (excel_writable(table->sheet))
        todo_sort(&todo->parts);
    for (size_t i = 0; i < parts->count && excel_writable(table->sheet); i++)
        put_part(todo, &parts->items[i], totals->bom_count > 1);
    if (parts->count == 0)
        excel_table_note(table, str_from(tr(TODO_NOTHING)));
    struct strbuf *text = excel_start(table->book);
    todo_add_beyond(text, &todo->parts);
    if (text->len != 0)
        excel_table_note(table, strbuf_str(text));
    excel_table_end(table);
}

void excel_todo_dispose(struct excel_todo *todo) { todo_dispose(&todo->parts); }
