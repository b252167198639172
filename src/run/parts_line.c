#include "run/parts_line.h"

#include "ruleset/name.h"

/* A line on its way. */
struct making {
    struct parts_file *file;
    struct arena *arena;
    const struct bom_line *line;
    enum parts_key key; /* how the line was found */
    size_t first;       /* its first row, or PARTS_END */
    struct bom_part *parts;
    struct parts_said *said;
    size_t count;
    struct strbuf one, other;
};

static const struct parts_row *row_at(const struct making *m, size_t i) {
    return parts_file_row(m->file, i);
}

/* A value stands for the part number too where no column has one. */
static struct str own_number(const struct bom_line *line,
                             const struct bom_part *part) {
    struct str mpn = str_trim(part->mpn);
    return str_eq(mpn, str_trim(line->value)) ? STR_EMPTY : mpn;
}

static bool names_a_part(const struct bom_line *line) {
    for (size_t i = 0; i < line->part_count; i++) {
        if (own_number(line, &line->parts[i]).len != 0)
            return true;
    }
    return false;
}

static void find_rows(struct making *m) {
    const struct bom_line *line = m->line;
    const struct {
        enum parts_key key;
        struct str text;
    } keys[] = {
        {PARTS_BY_IPN, line->ipn},
        {PARTS_BY_DISTRIBUTOR_PN, line->distributor_pn},
        {PARTS_BY_VALUE, names_a_part(line) ? STR_EMPTY : line->value},
    };
    m->first = PARTS_END;
    for (size_t i = 0; i < ARRAY_LEN(keys) && m->first == PARTS_END; i++) {
        m->key = keys[i].key;
        m->first = parts_file_find(m->file, keys[i].key, keys[i].text,
                                   line->footprint);
    }
}

static size_t count_choices(const struct making *m) {
    size_t count = 0;
    for (size_t i = m->first; i != PARTS_END;
         i = parts_file_next(m->file, m->key, i))
        count += row_at(m, i)->choice_count;
    return count;
}

static bool is_same_number(struct making *m, struct str a, struct str b) {
    mpn_key(&m->one, a);
    mpn_key(&m->other, b);
    return m->one.len != 0 &&
           str_eq(strbuf_str(&m->one), strbuf_str(&m->other));
}

static const struct parts_choice *choice_of(struct making *m,
                                            const struct parts_row *row,
                                            struct str mpn) {
    for (size_t c = 0; c < row->choice_count; c++) {
        if (is_same_number(m, row->choices[c].mpn, mpn))
            return &row->choices[c];
    }
    return NULL;
}

/* What the rows of one key say of a part number; the line's own go first. */
static bool find_said(struct making *m, enum parts_key key, size_t first,
                      struct str mpn, struct parts_said *out) {
    for (size_t i = first; i != PARTS_END;
         i = parts_file_next(m->file, key, i)) {
        const struct parts_row *row = row_at(m, i);
        const struct parts_choice *choice = choice_of(m, row, mpn);
        if (choice == NULL)
            continue;
        *out =
            (struct parts_said){.file = m->file, .row = row, .choice = choice};
        return true;
    }
    return false;
}

static void add_part(struct making *m, struct bom_part part,
                     struct parts_said said) {
    part.alternate = m->count != 0;
    said.named = str_trim(part.manufacturer);
    if (said.choice != NULL && said.choice->manufacturer.len != 0) {
        part.manufacturer = said.choice->manufacturer;
        part.manufacturer_header =
            str_from(parts_columns[PARTS_MANUFACTURER].name);
    }
    m->said[m->count] = said;
    m->parts[m->count++] = part;
}

/* Do the rows say all that the part does? It names no number then, and no maker
   but one of theirs. */
static bool is_covered(const struct making *m, const struct bom_part *part) {
    struct str maker = str_trim(part->manufacturer);
    if (own_number(m->line, part).len != 0)
        return false;
    for (size_t i = m->first; i != PARTS_END;
         i = parts_file_next(m->file, m->key, i)) {
        const struct parts_row *row = row_at(m, i);
        for (size_t c = 0; c < row->choice_count; c++) {
            if (maker.len == 0 ||
                str_eq_nocase(maker, row->choices[c].manufacturer))
                return true;
        }
    }
    return false;
}

static bool is_signed(const struct making *m) {
    for (size_t i = m->first; i != PARTS_END;
         i = parts_file_next(m->file, m->key, i)) {
        if (row_at(m, i)->by.len == 0 || row_at(m, i)->evidence.len == 0)
            return false;
    }
    return true;
}

static bool is_told(const struct making *m, size_t from,
                    const struct parts_choice *choice) {
    for (size_t i = from; i < m->count; i++) {
        const struct parts_choice *other = m->said[i].choice;
        if (other->party == choice->party &&
            (choice->party != RULES_NONE ||
             str_eq_nocase(other->manufacturer, choice->manufacturer)))
            return true;
    }
    return false;
}

/* Everybody who, by the rows of its number, makes the part. */
static bool add_makers(struct making *m, const struct bom_part *part,
                       struct str mpn) {
    size_t from = m->count;
    for (size_t i = parts_file_find(m->file, PARTS_BY_MPN, mpn, STR_EMPTY);
         i != PARTS_END; i = parts_file_next(m->file, PARTS_BY_MPN, i)) {
        const struct parts_row *row = row_at(m, i);
        const struct parts_choice *choice = choice_of(m, row, mpn);
        if (choice != NULL && !is_told(m, from, choice))
            add_part(m, *part,
                     (struct parts_said){
                         .file = m->file, .row = row, .choice = choice});
    }
    return m->count != from;
}

/* What the line names itself. */
static void add_own(struct making *m, const struct bom_part *part) {
    struct parts_said said = {.row = NULL};
    struct str mpn = str_trim(part->mpn);
    if (is_covered(m, part))
        return;
    if (mpn.len == 0 || find_said(m, m->key, m->first, mpn, &said) ||
        !add_makers(m, part, mpn))
        add_part(m, *part, said);
}

/* What it names where rows say more, and nobody answers for them. */
static void add_spare(struct making *m, const struct bom_part *part) {
    if (is_covered(m, part) && !is_signed(m))
        add_part(m, *part, (struct parts_said){.spare = true});
}

static size_t count_makers(struct making *m) {
    size_t count = 0;
    for (size_t i = 0; i < m->line->part_count; i++) {
        struct str mpn = str_trim(m->line->parts[i].mpn);
        size_t row = parts_file_find(m->file, PARTS_BY_MPN, mpn, STR_EMPTY);
        for (; row != PARTS_END;
             row = parts_file_next(m->file, PARTS_BY_MPN, row))
            count++;
    }
    return count;
}

static bool is_added(struct making *m, const struct parts_choice *choice) {
    for (size_t i = 0; i < m->count; i++) {
        const struct parts_choice *other = m->said[i].choice;
        bool number =
            is_same_number(m, m->parts[i].mpn, choice->mpn) ||
            (choice->mpn.len == 0 && other != NULL && other->mpn.len == 0);
        if (number && other != NULL &&
            str_eq_nocase(other->manufacturer, choice->manufacturer))
            return true;
    }
    return false;
}

static void add_choices(struct making *m) {
    for (size_t i = m->first; i != PARTS_END;
         i = parts_file_next(m->file, m->key, i)) {
        const struct parts_row *row = row_at(m, i);
        for (size_t c = 0; c < row->choice_count; c++) {
            const struct parts_choice *choice = &row->choices[c];
            const struct bom_part part = {
                .mpn = choice->mpn,
                .mpn_header = str_from(parts_columns[PARTS_MPN].name),
                .line = m->line->line,
            };
            if (!is_added(m, choice))
                add_part(m, part,
                         (struct parts_said){
                             .file = m->file, .row = row, .choice = choice});
        }
    }
}

/* What the rows agree on; where they differ nobody knows. */
static struct str agreed(const struct making *m,
                         struct str (*of)(const struct parts_row *row)) {
    struct str text = of(row_at(m, m->first));
    for (size_t i = m->first; i != PARTS_END;
         i = parts_file_next(m->file, m->key, i)) {
        if (!str_eq_nocase(of(row_at(m, i)), text))
            return STR_EMPTY;
    }
    return text;
}

static struct str category_of(const struct parts_row *row) {
    return row->category;
}

static struct str origin_of(const struct parts_row *row) { return row->origin; }

/* What the line's rows say of it beside its parts; without such rows, the one
   of its only part. */
static void add_facts(const struct making *m, struct bom_line *line) {
    const struct parts_row *row = m->count == 1 ? m->said[0].row : NULL;
    struct str category = STR_EMPTY, origin = STR_EMPTY;
    if (m->first != PARTS_END) {
        category = agreed(m, category_of);
        origin = agreed(m, origin_of);
    } else if (row != NULL) {
        category = row->category;
        origin = row->origin;
    }
    if (category.len != 0)
        line->category = category;
    if (line->origin.len == 0)
        line->origin = origin;
}

static bool make(struct making *m, struct parts_line *out) {
    size_t room = 2 * m->line->part_count + count_choices(m) + count_makers(m);
    m->parts = arena_array(m->arena, room, sizeof(*m->parts));
    m->said = arena_array(m->arena, room, sizeof(*m->said));
    if (m->parts == NULL || m->said == NULL)
        return false;
    for (size_t i = 0; i < m->line->part_count; i++)
        add_own(m, &m->line->parts[i]);
    add_choices(m);
    for (size_t i = 0; i < m->line->part_count; i++)
        add_spare(m, &m->line->parts[i]);
    out->line.parts = m->parts;
    out->line.part_count = m->count;
    out->said = m->said;
    add_facts(m, &out->line);
    return !m->one.failed && !m->other.failed;
}

bool parts_line_make(struct parts_file *file, struct arena *arena,
                     const struct bom_line *line, struct parts_line *out) {
    struct making m = {.file = file, .arena = arena, .line = line};
    *out = (struct parts_line){.line = *line};
    find_rows(&m);
    bool ok = make(&m, out);
    strbuf_dispose(&m.one);
    strbuf_dispose(&m.other);
    return ok;
}
