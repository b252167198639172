#include "run/parts_todo.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/lang.h"
#include "core/mem.h"
#include "report/groups.h"
#include "report/phrases.h"
#include "report/quantity_sum.h"
#include "report/scratch.h"
#include "run/parts_line.h"

/* Nobody fills in more; what is beyond is counted. */
#define TODO_MAX 100000

/* Lines that nothing tells from others: no parts file can answer for them. */
struct keyless {
    size_t count;        /* of lines */
    uint32_t marker;     /* of the last one */
    struct strbuf lines; /* the first few */
};

struct parts_todo {
    struct run_info run;
    struct groups parts;
    struct parts_keys keys;
    struct strbuf key;
    struct keyless keyless;
    struct scratch text;
    uint32_t marker;
};

/* What lines that ask for the same part have in common. */
struct open_part {
    struct str ipn, distributor_pn, value, footprint, description;
    struct str named, mpn, why, guess;
    struct quantity_sum quantity;
};

static const char *const headers[TODO_COLUMN_COUNT] = {
    [TODO_USES] = N_("Uses"),
    [TODO_QUANTITY] = N_("Total quantity"),
    [TODO_WHERE] = N_("Where"),
    [TODO_NAMED] = N_("Named on the BOM"),
    [TODO_WHY] = N_("Why it is asked"),
    [TODO_GUESS] = N_("What bomgate guesses"),
};

static const enum parts_column columns[TODO_COLUMN_COUNT] = {
    [TODO_IPN] = PARTS_IPN,
    [TODO_DISTRIBUTOR_PN] = PARTS_DISTRIBUTOR_PN,
    [TODO_VALUE] = PARTS_VALUE,
    [TODO_FOOTPRINT] = PARTS_FOOTPRINT,
    [TODO_DESCRIPTION] = PARTS_DESCRIPTION,
    [TODO_MANUFACTURER] = PARTS_MANUFACTURER,
    [TODO_MPN] = PARTS_MPN,
    [TODO_CATEGORY] = PARTS_CATEGORY,
    [TODO_ORIGIN] = PARTS_ORIGIN,
    [TODO_LIFECYCLE] = PARTS_LIFECYCLE,
    [TODO_BY] = PARTS_BY,
    [TODO_DATE] = PARTS_DATE,
    [TODO_EVIDENCE] = PARTS_EVIDENCE,
};

const char *parts_todo_header(enum parts_todo_column column) {
    return headers[column] != NULL ? headers[column]
                                   : parts_columns[columns[column]].name;
}

struct parts_todo *parts_todo_new(const struct run_info *run) {
    struct parts_todo *todo = mem_calloc(1, sizeof(*todo));
    if (todo == NULL)
        return NULL;
    todo->run = *run;
    todo->keys.rules = run->rules;
    todo->parts.limit = TODO_MAX;
    return todo;
}

void parts_todo_free(struct parts_todo *todo) {
    if (todo == NULL)
        return;
    groups_dispose(&todo->parts);
    strbuf_dispose(&todo->key);
    strbuf_dispose(&todo->keys.text);
    strbuf_dispose(&todo->keyless.lines);
    scratch_dispose(&todo->text);
    mem_free(todo);
}

const struct run_info *parts_todo_run(const struct parts_todo *todo) {
    return &todo->run;
}

size_t parts_todo_count(const struct parts_todo *todo) {
    return todo->parts.count;
}

uint32_t parts_todo_beyond(const struct parts_todo *todo) {
    return todo->parts.beyond;
}

size_t parts_todo_keyless(const struct parts_todo *todo, struct str *lines) {
    *lines = strbuf_str(&todo->keyless.lines);
    return todo->keyless.count;
}

/* ---- what is open ---- */

static void add_field(struct strbuf *key, struct str text) {
    strbuf_add_lower(key, text);
    strbuf_add_char(key, '\n');
}

/* By what the parts file would be asked; empty: by nothing. */
static struct str write_key(struct parts_todo *todo,
                            const struct bom_line *line,
                            const struct bom_part *part) {
    struct strbuf *key = &todo->key;
    struct str mpn = parts_own_number(line, part);
    bool has_mpn =
        parts_key_of(&todo->keys, PARTS_BY_MPN, mpn, STR_EMPTY).len != 0;
    const struct parts_own own = {
        .ipn = line->ipn,
        .distributor_pn = line->distributor_pn,
        .value = has_mpn ? STR_EMPTY : line->value,
        .footprint = line->footprint,
    };
    strbuf_clear(key);
    if (parts_own_key(&todo->keys, key, &own) == PARTS_KEY_COUNT && !has_mpn)
        return STR_EMPTY;
    add_field(key, parts_key_of(&todo->keys, PARTS_BY_MPN, mpn, STR_EMPTY));
    add_field(key, str_trim(part->manufacturer));
    return strbuf_str(key);
}

static void add_guess(struct strbuf *out, const struct run_info *run,
                      const struct maker *maker) {
    struct strbuf facts = {.ptr = NULL};
    for (size_t i = 0; i < maker->candidate_count; i++) {
        phrase_comma(out, i);
        strbuf_add_text(out,
                        phrase_party(run->rules, maker->candidates[i].party));
    }
    report_part_facts(&facts, run->rules, &maker->facts);
    if (out->len != 0 && facts.len != 0)
        strbuf_add_text(out, "; ");
    strbuf_add(out, strbuf_str(&facts));
    phrase_end(out, &facts);
}

static struct open_part *make_open(struct parts_todo *todo,
                                   const struct bom_line *line,
                                   const struct finding *finding) {
    struct arena *arena = &todo->parts.arena;
    struct open_part *made = arena_alloc(arena, sizeof(*made));
    if (made == NULL)
        return NULL;
    made->ipn = arena_str(arena, str_trim(line->ipn));
    made->distributor_pn = arena_str(arena, str_trim(line->distributor_pn));
    made->value = arena_str(arena, str_trim(line->value));
    made->footprint = arena_str(arena, str_trim(line->footprint));
    made->description = arena_str(arena, str_trim(line->description));
    made->named = arena_str(arena, str_trim(finding->part->manufacturer));
    made->mpn = arena_str(arena, parts_own_number(line, finding->part));
    struct strbuf *text = scratch_start(&todo->text);
    report_why(text, &todo->run, finding);
    made->why = arena_str(arena, strbuf_str(text));
    text = scratch_start(&todo->text);
    add_guess(text, &todo->run, finding->maker);
    made->guess = arena_str(arena, strbuf_str(text));
    return made;
}

static bool is_open(const struct finding *finding) {
    return !finding->waived && (finding->verdict == VERDICT_UNKNOWN ||
                                finding->verdict == VERDICT_REVIEW);
}

#define KEYLESS_TOLD 10

static void add_keyless(struct parts_todo *todo,
                        const struct report_line *line) {
    struct keyless *keyless = &todo->keyless;
    if (keyless->marker == todo->marker)
        return;
    keyless->marker = todo->marker;
    if (keyless->count++ >= KEYLESS_TOLD)
        return;
    phrase_comma(&keyless->lines, keyless->count - 1);
    strbuf_printf(&keyless->lines, "%s:%u", line->bom->place,
                  (unsigned)line->line->line);
}

bool parts_todo_line(struct parts_todo *todo, const struct report_line *line,
                     struct err *err) {
    todo->marker++;
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct finding *finding = &line->findings[i];
        if (!is_open(finding))
            continue;
        struct str key = write_key(todo, line->line, finding->part);
        if (key.len == 0) {
            add_keyless(todo, line);
            continue;
        }
        struct group *group = groups_at(&todo->parts, key, todo->marker);
        if (group == NULL)
            continue;
        if (group->data == NULL)
            group->data = make_open(todo, line->line, finding);
        struct open_part *open = group->data;
        if (open != NULL && group->first)
            quantity_add(&open->quantity, line->line->quantity);
        groups_add_place(&todo->parts, group, line);
    }
    return (!todo->parts.failed && !todo->parts.arena.failed &&
            !todo->key.failed && !todo->keys.failed &&
            !todo->keyless.lines.failed && scratch_ok(&todo->text)) ||
           err_nomem(err);
}

/* ---- the rows ---- */

static int by_use(const void *a, const void *b) {
    const struct group *left = a, *right = b;
    if (left->lines != right->lines)
        return left->lines < right->lines ? 1 : -1;
    return str_cmp(left->key, right->key);
}

static bool spans_boms(const struct parts_todo *todo) {
    const struct groups *parts = &todo->parts;
    for (size_t i = 0; i < parts->count; i++) {
        for (size_t p = 0; p < parts->items[i].place_count; p++) {
            if (!str_eq(parts->items[i].places[p].bom,
                        parts->items[0].places[0].bom))
                return true;
        }
    }
    return false;
}

struct writing {
    struct parts_todo *todo;
    bool (*put)(void *ctx, const struct parts_todo_row *row);
    void *ctx;
    bool several; /* BOMs */
};

static bool put_open(const struct writing *w, const struct group *group) {
    const struct open_part *open = group->data;
    struct strbuf where = {.ptr = NULL}, quantity = {.ptr = NULL};
    group_places(&where, group, w->several);
    quantity_phrase(&quantity, &open->quantity);
    const struct parts_todo_row row = {
        .uses = group->lines,
        .cells =
            {
                [TODO_QUANTITY] = strbuf_str(&quantity),
                [TODO_WHERE] = strbuf_str(&where),
                [TODO_IPN] = open->ipn,
                [TODO_DISTRIBUTOR_PN] = open->distributor_pn,
                [TODO_VALUE] = open->value,
                [TODO_FOOTPRINT] = open->footprint,
                [TODO_DESCRIPTION] = open->description,
                [TODO_NAMED] = open->named,
                [TODO_WHY] = open->why,
                [TODO_GUESS] = open->guess,
                [TODO_MPN] = open->mpn,
            },
    };
    bool ok = !where.failed && !quantity.failed && w->put(w->ctx, &row);
    strbuf_dispose(&where);
    strbuf_dispose(&quantity);
    return ok;
}

static bool put_known(const struct writing *w, const struct parts_file *parts,
                      const struct parts_row *row) {
    const struct named_table *table = parts_file_table(parts);
    size_t rows = row->choice_count == 0 ? 1 : row->choice_count;
    for (size_t i = 0; i < rows; i++) {
        struct parts_todo_row out = {.source = row->source};
        for (unsigned c = TODO_IPN; c < TODO_COLUMN_COUNT; c++) {
            if (headers[c] == NULL)
                out.cells[c] = named_cell(table, row->source, columns[c], 0);
        }
        if (row->choice_count != 0) {
            out.cells[TODO_MANUFACTURER] = row->choices[i].manufacturer;
            out.cells[TODO_MPN] = row->choices[i].mpn;
        }
        if (!w->put(w->ctx, &out))
            return false;
    }
    return true;
}

bool parts_todo_rows(struct parts_todo *todo, const struct parts_file *parts,
                     bool (*put)(void *ctx, const struct parts_todo_row *row),
                     void *ctx, struct err *err) {
    const struct writing w = {todo, put, ctx, spans_boms(todo)};
    bool ok = true;
    if (todo->parts.count != 0)
        qsort(todo->parts.items, todo->parts.count, sizeof(*todo->parts.items),
              by_use);
    for (size_t i = 0; ok && i < todo->parts.count; i++)
        ok = put_open(&w, &todo->parts.items[i]);
    for (size_t i = 0; ok && parts != NULL && i < parts_file_count(parts);
         i++) {
        const struct parts_row *row = parts_file_row(parts, i);
        ok = !row->answered || put_known(&w, parts, row);
    }
    return ok || err_nomem(err);
}

/* ---- the company's own columns ---- */

/* Does a work-list say it itself, in whatever language? */
static bool is_ours(struct str name) {
    char in_use[32];
    bool found = false;
    snprintf(in_use, sizeof(in_use), "%s", lang_name());
    for (size_t l = 0; !found && lang_name_at(l) != NULL; l++) {
        if (!lang_use(lang_name_at(l)))
            continue;
        for (unsigned c = 0; c < TODO_COLUMN_COUNT; c++)
            found = found || (headers[c] != NULL &&
                              str_eq_nocase(name, str_from(tr(headers[c]))));
    }
    return lang_use(in_use) && found;
}

bool parts_todo_find_others(const struct parts_file *parts,
                            struct parts_todo_others *out, struct err *err) {
    *out = (struct parts_todo_others){.table = NULL};
    if (parts == NULL)
        return true;
    out->table = parts_file_table(parts);
    for (size_t i = 0; i < out->table->other_count; i++) {
        if (is_ours(out->table->others[i].name))
            continue;
        if (out->count == TODO_OTHERS_MAX)
            return err_set(err, ERR_LIMIT,
                           "the parts file has more than %d columns of your "
                           "own; keep fewer beside its own",
                           TODO_OTHERS_MAX);
        out->at[out->count++] = i;
    }
    return true;
}

struct str parts_todo_other(const struct parts_todo_others *others,
                            const struct parts_todo_row *row, size_t i) {
    return row->source == NULL
               ? STR_EMPTY
               : named_other_cell(others->table, row->source, others->at[i]);
}
