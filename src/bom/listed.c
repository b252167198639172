#include "bom/listed.h"

/* More designators than this in one range are taken for a part number. */
#define RANGE_MAX 32768

/* Longer texts are not compared. */
#define TEXT_MAX 256

/* For the whole file; ranges make much work of few bytes. */
#define WORK_MAX (1024 * 1024)
#define BYTES_MAX (32 * 1024 * 1024)

/* What tells one part from another. */
static const enum bom_field naming[] = {
    BOM_MPN,   BOM_MANUFACTURER,   BOM_MAKER_AND_MPN,
    BOM_VALUE, BOM_DISTRIBUTOR_PN, BOM_IPN,
};

void listed_clear(struct listed *listed) {
    map_clear(&listed->keys);
    arena_reset(&listed->arena);
}

void listed_dispose(struct listed *listed) {
    map_dispose(&listed->keys);
    arena_dispose(&listed->arena);
    strbuf_dispose(&listed->key);
}

static bool separates(char c) {
    return c == ',' || c == ';' || c == '/' || ascii_is_space(c);
}

/* One designator after the other; "R1-R4" gives four. */
struct designators {
    struct str rest;
    struct str prefix; /* of the range being given */
    unsigned long next, last;
    bool in_range;
};

/* "R12": where its digits begin, which must be its end. */
static bool split_number(struct str word, struct str *prefix,
                         unsigned long *number) {
    size_t at = word.len;
    while (at > 0 && ascii_is_digit(word.ptr[at - 1]))
        at--;
    if (at == word.len || word.len - at > 6)
        return false;
    *prefix = str_take(word, at);
    *number = 0;
    for (size_t i = at; i < word.len; i++)
        *number = *number * 10 + (unsigned long)(word.ptr[i] - '0');
    return true;
}

static bool begin_range(struct designators *all, struct str word) {
    struct str first, last;
    ptrdiff_t dash = str_find_char(word, '-');
    if (dash <= 0 ||
        !split_number(str_take(word, (size_t)dash), &first, &all->next) ||
        !split_number(str_skip(word, (size_t)dash + 1), &last, &all->last))
        return false;
    if (last.len != 0 && !str_eq_nocase(first, last))
        return false;
    all->prefix = first;
    all->in_range = first.len != 0 && all->last > all->next &&
                    all->last - all->next < RANGE_MAX;
    return all->in_range;
}

static bool give_of_range(struct designators *all, struct strbuf *out) {
    strbuf_add(out, all->prefix);
    strbuf_printf(out, "%lu", all->next);
    all->in_range = all->next++ != all->last;
    return true;
}

static bool next_designator(struct designators *all, struct strbuf *out) {
    if (all->in_range)
        return give_of_range(all, out);
    size_t at = 0;
    while (at < all->rest.len && separates(all->rest.ptr[at]))
        at++;
    size_t end = at;
    while (end < all->rest.len && !separates(all->rest.ptr[end]))
        end++;
    struct str word = str_take(str_skip(all->rest, at), end - at);
    if (word.len == 0)
        return false;
    all->rest = str_skip(all->rest, end);
    if (begin_range(all, word))
        return give_of_range(all, out);
    strbuf_add(out, word);
    return true;
}

static bool can_work(struct listed *listed) {
    return !listed->failed && listed->work++ < WORK_MAX;
}

static bool add_key(struct listed *listed) {
    struct str key = strbuf_str(&listed->key);
    if (!can_work(listed) || listed->arena.used > BYTES_MAX)
        return false;
    if (map_get(&listed->keys, key) != MAP_NONE)
        return true;
    struct str copy = arena_str(&listed->arena, key);
    if (listed->key.failed || listed->arena.failed ||
        !map_put(&listed->keys, copy, 1))
        listed->failed = true;
    return true;
}

static bool has_key(struct listed *listed) {
    listed->failed |= listed->key.failed;
    return can_work(listed) &&
           map_get(&listed->keys, strbuf_str(&listed->key)) != MAP_NONE;
}

/* The key of a designator is in `listed->key`: do the same with the keys of
   all that the row says of it. */
static bool each_name(struct listed *listed, const struct table *table,
                      const struct row *row, bool (*use)(struct listed *)) {
    size_t len = listed->key.len;
    bool ok = use(listed);
    for (size_t i = 0; ok && i < ARRAY_LEN(naming); i++) {
        const struct field_columns *columns = &table->fields[naming[i]];
        for (size_t k = 0; ok && k < columns->count; k++) {
            struct str cell = table_cell(row, columns->items[k]);
            if (cell.len == 0)
                continue;
            if (cell.len > TEXT_MAX)
                return false;
            listed->key.len = len;
            strbuf_printf(&listed->key, "\x1f%zu", i);
            strbuf_add(&listed->key, cell);
            ok = use(listed);
        }
    }
    return ok;
}

static bool each_key(struct listed *listed, const struct table *table,
                     const struct row *row, bool (*use)(struct listed *)) {
    struct designators all = {
        .rest = table_cell(row, table_column(table, BOM_REFDES))};
    bool ok = true;
    strbuf_clear(&listed->key);
    if (!next_designator(&all, &listed->key))
        return each_name(listed, table, row, use);
    do {
        ok = listed->key.len <= TEXT_MAX && each_name(listed, table, row, use);
        strbuf_clear(&listed->key);
    } while (ok && next_designator(&all, &listed->key));
    return ok;
}

void listed_add(struct listed *listed, const struct table *table,
                const struct row *row) {
    each_key(listed, table, row, add_key);
}

bool listed_has(struct listed *listed, const struct table *table,
                const struct row *row) {
    return each_key(listed, table, row, has_key);
}

/* Find the header of the list that begins at row `at`, and what its columns
   hold. `place->rows` is 0 when it has none. */
static bool decide(struct table *table, struct bom_words *words,
                   const struct rows *rows, const struct bom_options *options,
                   size_t at, struct table_place *place, struct err *err) {
    *place = (struct table_place){.first = at};
    while (place->first < rows_ahead(rows) &&
           table_header_score(words, rows_peek(rows, place->first)) == 0)
        place->first++;
    if (place->first == rows_ahead(rows))
        return true;
    place->rows = 1;
    table_extend_header(words, rows, place);
    return table_decide_later(table, words, rows, place, options->maps,
                              options->map_count, err);
}

static bool ends_list(enum row_kind kind) {
    return kind == ROW_NEW_HEADER || kind == ROW_OTHER_TABLE ||
           kind == ROW_INDIVIDUAL || kind == ROW_COLLATED;
}

static void add_list(struct listed *listed, const struct table *table,
                     struct bom_words *words, const struct rows *rows,
                     const struct table_place *place) {
    for (size_t i = place->first + place->rows; i < rows_ahead(rows); i++) {
        const struct row *row = rows_peek(rows, i);
        enum row_kind kind = table_row_kind(table, words, row);
        if (ends_list(kind))
            break;
        if (kind == ROW_PART)
            listed_add(listed, table, row);
    }
}

static size_t find_missing(struct listed *listed, const struct table *table,
                           struct bom_words *words, const struct rows *rows,
                           size_t first, size_t end) {
    for (size_t i = first; i < end; i++) {
        const struct row *row = rows_peek(rows, i);
        enum row_kind kind = table_row_kind(table, words, row);
        if (ends_list(kind) ||
            (kind == ROW_PART && !listed_has(listed, table, row)))
            return i;
    }
    return SIZE_MAX;
}

static bool compare(struct listed *listed, struct table *table,
                    struct listed_pair *pair, struct bom_words *words,
                    const struct rows *rows, const struct bom_options *options,
                    struct err *err) {
    struct table_place place;
    if (!decide(table, words, rows, options, pair->collated + 1, &place, err))
        return false;
    if (place.rows != 0)
        add_list(listed, table, words, rows, &place);
    if (!decide(table, words, rows, options, pair->individual, &place, err))
        return false;
    pair->missing = pair->individual;
    if (place.first + place.rows <= pair->collated)
        pair->missing = find_missing(listed, table, words, rows,
                                     place.first + place.rows, pair->collated);
    return listed->failed || words->scratch.failed ? err_nomem(err) : true;
}

bool listed_compare(struct listed_pair *pair, struct bom_words *words,
                    const struct rows *rows, const struct bom_options *options,
                    struct err *err) {
    struct listed listed = {.failed = false};
    struct table table = {.headers = NULL};
    bool ok = compare(&listed, &table, pair, words, rows, options, err);
    table_dispose(&table);
    listed_dispose(&listed);
    return ok;
}
