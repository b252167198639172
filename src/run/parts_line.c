#include "run/parts_line.h"

/* A line on its way. */
struct making {
    struct parts_file *file;
    struct arena *arena;
    const struct bom_line *line;
    const struct parts_row **rows; /* that speak of the whole line */
    size_t row_count;
    struct str *numbers; /* of the line's own parts, reduced; or empty */
    struct bom_part *parts;
    struct parts_said *said;
    struct str *keys; /* of each part */
    size_t count;
};

/* ---- the line's rows ---- */

struct str parts_own_number(const struct bom_line *line,
                            const struct bom_part *part) {
    struct str mpn = str_trim(part->mpn);
    return str_eq(mpn, str_trim(line->value)) ? STR_EMPTY : mpn;
}

static bool names_a_part(const struct bom_line *line) {
    for (size_t i = 0; i < line->part_count; i++) {
        if (parts_own_number(line, &line->parts[i]).len != 0)
            return true;
    }
    return false;
}

static size_t find_key(const struct making *m, enum parts_key key,
                       struct str text) {
    struct str written =
        parts_key_of(parts_file_keys(m->file), key, text, m->line->footprint);
    return parts_file_find(m->file, key, written);
}

static size_t count_rows(const struct making *m, enum parts_key key, size_t i) {
    size_t count = 0;
    for (; i != PARTS_END; i = parts_file_next(m->file, key, i))
        count++;
    return count;
}

static void add_rows(struct making *m, enum parts_key key, size_t i) {
    for (; i != PARTS_END; i = parts_file_next(m->file, key, i))
        m->rows[m->row_count++] = parts_file_row(m->file, i);
}

static bool find_rows(struct making *m) {
    const struct bom_line *line = m->line;
    const struct {
        enum parts_key key;
        struct str text;
    } keys[] = {
        {PARTS_BY_IPN, line->ipn},
        {PARTS_BY_DISTRIBUTOR_PN, line->distributor_pn},
        {PARTS_BY_VALUE, names_a_part(line) ? STR_EMPTY : line->value},
    };
    size_t first[ARRAY_LEN(keys)];
    size_t room = 0;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        bool asked = keys[i].key != PARTS_BY_VALUE || room == 0;
        first[i] = asked ? find_key(m, keys[i].key, keys[i].text) : PARTS_END;
        room += count_rows(m, keys[i].key, first[i]);
    }
    m->rows = arena_array(m->arena, room, sizeof(struct parts_row *));
    if (room != 0 && m->rows == NULL)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        add_rows(m, keys[i].key, first[i]);
    return true;
}

/* ---- the line's parts ---- */

static void add_part(struct making *m, struct bom_part part, struct str key,
                     struct parts_said said) {
    part.alternate = m->count != 0;
    said.named = str_trim(part.manufacturer);
    if (said.choice != NULL && said.choice->manufacturer.len != 0) {
        part.manufacturer = said.choice->manufacturer;
        part.manufacturer_header =
            str_from(parts_columns[PARTS_MANUFACTURER].name);
    }
    m->said[m->count] = said;
    m->keys[m->count] = key;
    m->parts[m->count++] = part;
}

static struct parts_said say(const struct making *m,
                             const struct parts_row *row,
                             const struct parts_choice *choice) {
    return (struct parts_said){.file = m->file, .row = row, .choice = choice};
}

/* Do the rows say all that the part does? It names no number then, and no maker
   but one of theirs. */
static bool is_covered(const struct making *m, const struct bom_part *part) {
    struct str maker = str_trim(part->manufacturer);
    if (parts_own_number(m->line, part).len != 0)
        return false;
    for (size_t i = 0; i < m->row_count; i++) {
        const struct parts_row *row = m->rows[i];
        for (size_t c = 0; c < row->choice_count; c++) {
            if (maker.len == 0 ||
                str_eq_nocase(maker, row->choices[c].manufacturer))
                return true;
        }
    }
    return false;
}

static bool all_signed(const struct making *m) {
    for (size_t i = 0; i < m->row_count; i++) {
        if (!parts_row_is_signed(m->rows[i]))
            return false;
    }
    return true;
}

/* What the line's rows say of a part number. */
static bool add_from_rows(struct making *m, const struct bom_part *part,
                          struct str key) {
    for (size_t i = 0; i < m->row_count; i++) {
        const struct parts_choice *choice = parts_row_choice(m->rows[i], key);
        if (choice != NULL) {
            add_part(m, *part, key, say(m, m->rows[i], choice));
            return true;
        }
    }
    return false;
}

static bool is_told(const struct making *m, size_t from,
                    const struct parts_choice *choice) {
    for (size_t i = from; i < m->count; i++) {
        if (parts_choice_same_maker(m->said[i].choice, choice))
            return true;
    }
    return false;
}

/* Everybody who, by the rows of its number, makes the part. */
static bool add_makers(struct making *m, const struct bom_part *part,
                       struct str key) {
    size_t from = m->count;
    for (size_t i = parts_file_find(m->file, PARTS_BY_MPN, key); i != PARTS_END;
         i = parts_file_next(m->file, PARTS_BY_MPN, i)) {
        const struct parts_row *row = parts_file_row(m->file, i);
        const struct parts_choice *choice = parts_row_choice(row, key);
        if (!is_told(m, from, choice))
            add_part(m, *part, key, say(m, row, choice));
    }
    return m->count != from;
}

/* Where the line says which part it is, and the rows who makes it. */
static bool add_named(struct making *m, const struct bom_part *part,
                      struct str key) {
    size_t from = m->count;
    if (str_trim(part->manufacturer).len != 0)
        return false;
    for (size_t i = 0; i < m->row_count; i++) {
        const struct parts_row *row = m->rows[i];
        for (size_t c = 0; c < row->choice_count; c++) {
            const struct parts_choice *choice = &row->choices[c];
            if (choice->key.len == 0 && !is_told(m, from, choice))
                add_part(m, *part, key, say(m, row, choice));
        }
    }
    return m->count != from;
}

/* What the line names itself. */
static void add_own(struct making *m, const struct bom_part *part,
                    struct str key) {
    if (!is_covered(m, part) && !add_from_rows(m, part, key) &&
        !add_makers(m, part, key) && !add_named(m, part, key))
        add_part(m, *part, key, (struct parts_said){.row = NULL});
}

/* What it names where rows say more, and nobody answers for them. */
static void add_spare(struct making *m, const struct bom_part *part,
                      struct str key) {
    if (is_covered(m, part) && !all_signed(m))
        add_part(m, *part, key, (struct parts_said){.spare = true});
}

/* A row that names no number says no more than a part that has one, of the same
   maker. */
static bool is_added(const struct making *m,
                     const struct parts_choice *choice) {
    for (size_t i = 0; i < m->count; i++) {
        const struct parts_choice *other = m->said[i].choice;
        bool number = choice->key.len == 0 ||
                      (other != NULL && str_eq(m->keys[i], choice->key));
        if (number && str_eq_nocase(str_trim(m->parts[i].manufacturer),
                                    choice->manufacturer))
            return true;
    }
    return false;
}

/* Then what it says of its origin is said of that. */
static bool names_itself(const struct bom_line *line) {
    for (size_t i = 0; i < line->part_count; i++) {
        if (str_trim(line->parts[i].manufacturer).len != 0)
            return true;
    }
    return names_a_part(line);
}

static void add_choices(struct making *m) {
    for (size_t i = 0; i < m->row_count; i++) {
        const struct parts_row *row = m->rows[i];
        for (size_t c = 0; c < row->choice_count; c++) {
            const struct parts_choice *choice = &row->choices[c];
            const struct bom_part part = {
                .origin = names_itself(m->line) ? STR_EMPTY : m->line->origin,
                .mpn = choice->mpn,
                .mpn_header = str_from(parts_columns[PARTS_MPN].name),
                .line = m->line->line,
            };
            if (!is_added(m, choice))
                add_part(m, part, choice->key, say(m, row, choice));
        }
    }
}

/* ---- the line ---- */

/* What rows say of one part beside its maker; where they differ, nothing. */
struct facts {
    struct str category, origin;
    bool any, sure;      /* a row speaks of it, all of those are signed */
    bool origins, kinds; /* they differ */
};

static void agree(struct str *text, bool *differ, struct str said, bool first) {
    if (first && !*differ)
        *text = said;
    else if (!str_eq_nocase(*text, said))
        *differ = true;
    if (*differ)
        *text = STR_EMPTY;
}

/* Of several makers that a row approves, an origin can be that of the first
   only. */
static void take_facts(struct facts *facts, const struct parts_row *row,
                       bool whole) {
    agree(&facts->category, &facts->kinds, row->category, !facts->any);
    agree(&facts->origin, &facts->origins, whole ? row->origin : STR_EMPTY,
          !facts->any);
    facts->sure = parts_row_is_signed(row) && (facts->sure || !facts->any);
    facts->any = true;
}

static bool is_choice(const struct making *m, size_t i,
                      const struct parts_choice *choice) {
    return m->said[i].choice != NULL &&
           str_eq(choice->key, m->said[i].choice->key) &&
           parts_choice_same_maker(choice, m->said[i].choice);
}

/* A row that names nobody speaks of what the line itself names first. */
static struct facts facts_of(const struct making *m, size_t i) {
    struct facts facts = {.any = false};
    for (size_t r = 0; r < m->row_count; r++) {
        const struct parts_row *row = m->rows[r];
        if (row->choice_count == 0)
            take_facts(&facts, row, !m->parts[i].alternate);
        for (size_t c = 0; c < row->choice_count; c++) {
            if (is_choice(m, i, &row->choices[c])) {
                take_facts(&facts, row, c == 0);
                break;
            }
        }
    }
    if (!facts.any && m->said[i].row != NULL)
        take_facts(&facts, m->said[i].row,
                   m->said[i].choice == &m->said[i].row->choices[0]);
    return facts;
}

static bool add_facts(struct making *m, size_t i) {
    struct bom_part *part = &m->parts[i];
    struct parts_said *said = &m->said[i];
    const struct facts facts = facts_of(m, i);
    struct bom_part *own = NULL;
    if (facts.category.len + facts.origin.len == 0)
        return true;
    if (!facts.sure) {
        own = arena_alloc(m->arena, sizeof(*own));
        if (own == NULL)
            return false;
        *own = *part;
    }
    said->own = own;
    part->category = facts.category;
    if (part->origin.len != 0)
        said->origin = facts.origin;
    else
        part->origin = facts.origin;
    return true;
}

static bool reduce_numbers(struct making *m) {
    const struct bom_line *line = m->line;
    m->numbers = arena_array(m->arena, line->part_count, sizeof(*m->numbers));
    for (size_t i = 0; i < line->part_count && !m->arena->failed; i++)
        m->numbers[i] = arena_str(
            m->arena, parts_key_of(parts_file_keys(m->file), PARTS_BY_MPN,
                                   line->parts[i].mpn, STR_EMPTY));
    return !m->arena->failed;
}

/* The most parts that the line can become. */
static size_t count_room(const struct making *m) {
    size_t choices = 0;
    for (size_t i = 0; i < m->row_count; i++)
        choices += m->rows[i]->choice_count;
    size_t room = m->line->part_count * (2 + choices) + choices;
    for (size_t i = 0; i < m->line->part_count; i++)
        room +=
            count_rows(m, PARTS_BY_MPN,
                       parts_file_find(m->file, PARTS_BY_MPN, m->numbers[i]));
    return room;
}

static bool make_room(struct making *m) {
    size_t room = count_room(m);
    m->parts = arena_array(m->arena, room, sizeof(*m->parts));
    m->said = arena_array(m->arena, room, sizeof(*m->said));
    m->keys = arena_array(m->arena, room, sizeof(*m->keys));
    return !m->arena->failed;
}

bool parts_line_make(struct parts_file *file, struct arena *arena,
                     const struct bom_line *line, struct parts_line *out) {
    struct making m = {.file = file, .arena = arena, .line = line};
    *out = (struct parts_line){.line = *line};
    if (!find_rows(&m) || !reduce_numbers(&m) || !make_room(&m))
        return false;
    for (size_t i = 0; i < line->part_count; i++)
        add_own(&m, &line->parts[i], m.numbers[i]);
    add_choices(&m);
    for (size_t i = 0; i < line->part_count; i++)
        add_spare(&m, &line->parts[i], m.numbers[i]);
    out->line.parts = m.parts;
    out->line.part_count = m.count;
    out->said = m.said;
    for (size_t i = 0; i < m.count; i++) {
        if (!add_facts(&m, i))
            return false;
    }
    return !parts_file_keys(file)->failed;
}
