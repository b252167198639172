#include "bom/fixed_layout.h"

#include <string.h>

#include "bom/text.h"
#include "core/utf8.h"

#define SAMPLE_LINES 200
#define HEADER_CANDIDATES 40
#define OPENING_LINES 4
#define TAB_STOP 8

static size_t places_of(struct str character, enum fixed_measure measure) {
    if (measure == FIXED_BY_BYTE || character.len == 1)
        return character.len;
    return measure == FIXED_BY_TERMINAL ? utf8_width(character) : 1;
}

/* The place after the character at the line's start, which is taken off. */
static size_t pass(struct str *line, enum fixed_measure measure, size_t place) {
    uint32_t code;
    size_t len = utf8_next(*line, &code);
    struct str character = str_take(*line, len);
    *line = str_skip(*line, len);
    if (code == '\t')
        return (place / TAB_STOP + 1) * TAB_STOP;
    return place + places_of(character, measure);
}

bool fixed_next_word(struct str line, enum fixed_measure measure,
                     struct fixed_word *word) {
    struct str rest = str_skip(line, word->end);
    size_t place = word->beyond;
    while (rest.len != 0 && ascii_is_space(*rest.ptr))
        place = pass(&rest, measure, place);
    if (rest.len == 0)
        return false;
    *word = (struct fixed_word){.at = line.len - rest.len, .place = place};
    while (rest.len != 0 && !ascii_is_space(*rest.ptr))
        place = pass(&rest, measure, place);
    word->end = line.len - rest.len;
    word->beyond = place;
    return true;
}

bool fixed_is_ruled(struct str line) {
    size_t drawn = 0;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (ascii_is_space(c))
            continue;
        if (str_find_char(STR_LIT("-_=*+|~#."), c) < 0)
            return false;
        drawn++;
    }
    return drawn >= 3;
}

bool fixed_has_gap(struct str line) {
    line = str_trim(line);
    return str_find(line, STR_LIT("  ")) >= 0 || str_find_char(line, '\t') >= 0;
}

/* What stands at one place across the page. */
struct place {
    int lines;   /* that have something here */
    int begins;  /* lines in which a cell begins here, with two blanks or
                         none of the line before it */
    bool header; /* the line that would be the header has something here */
};

/* What the lines of a head show. */
struct page {
    enum fixed_measure measure;
    struct str lines[SAMPLE_LINES];
    uint16_t block[SAMPLE_LINES]; /* of lines without an empty one between */
    size_t line_count;
    size_t all_lines; /* with those that do not look like a table */
    size_t header;    /* the line that would be it */
    struct place places[FIXED_PLACES_MAX];
};

static void collect(struct page *page, struct str head) {
    uint16_t block = 0;
    page->line_count = 0;
    page->all_lines = 0;
    while (head.len != 0 && page->line_count < SAMPLE_LINES) {
        size_t end_len;
        struct str line = str_take(head, text_line_length(head, &end_len));
        head = str_skip(head, line.len + end_len);
        if (str_trim(line).len == 0)
            block++;
        if (str_trim(line).len == 0 || fixed_is_ruled(line))
            continue;
        page->all_lines++;
        if (!fixed_has_gap(line))
            continue;
        page->block[page->line_count] = block;
        page->lines[page->line_count++] = line;
    }
}

bool fixed_begins_cell(struct str line, const struct fixed_word *before,
                       const struct fixed_word *word) {
    return before->end == 0 || word->at != before->end + 1 ||
           line.ptr[before->end] == '\t';
}

/* Lines from `first` on, before `end`. */
struct range {
    size_t first, end;
};

static void count_line(struct page *page, size_t number, int by) {
    struct str line = page->lines[number];
    struct fixed_word word = {.at = 0}, before = word;
    while (fixed_next_word(line, page->measure, &word)) {
        size_t p = word.place;
        bool is_header = number == page->header;
        if (p < FIXED_PLACES_MAX && !is_header &&
            fixed_begins_cell(line, &before, &word))
            page->places[p].begins += by;
        for (; p < word.beyond && p < FIXED_PLACES_MAX; p++) {
            page->places[p].lines += by;
            page->places[p].header |= is_header;
        }
        before = word;
    }
}

/* Count lines in, or out again with `by` -1. */
static void count_lines(struct page *page, struct range range, int by) {
    for (size_t i = range.first; i < range.end; i++)
        count_line(page, i, by);
}

static bool has_header(const struct page *page, struct fixed_column column) {
    for (size_t p = column.start; p < column.end; p++) {
        if (page->places[p].header)
            return true;
    }
    return false;
}

/* True when some line below the header has something in the column. */
static bool has_data(const struct page *page, struct fixed_column column) {
    for (size_t p = column.start; p < column.end; p++) {
        if (page->places[p].lines > (page->places[p].header ? 1 : 0))
            return true;
    }
    return false;
}

/* Does some line below the header begin just where the column does? */
static bool has_data_at_start(const struct page *page,
                              struct fixed_column column) {
    return page->places[column.start].header &&
           page->places[column.start].lines > 1;
}

/* Two blanks before it in the header, however near the data come. */
static bool is_named_apart(const struct page *page,
                           struct fixed_column column) {
    return page->places[column.start].header && column.start >= 2 &&
           !page->places[column.start - 2].header;
}

/* Does a cell begin in the column, in some line below the header? */
static bool has_cell(const struct page *page, struct fixed_column column) {
    for (size_t p = column.start; p < column.end; p++) {
        if (page->places[p].begins != 0)
            return true;
    }
    return false;
}

/* One blank parts two columns only if the header has a word over both and
   both have data, cells of their own in the right one, or the left one has
   none: it parts "Qty" from "Value" in Eagle's lists, and an empty "MF" from
   "MPN", but not the words of "Distributor SKU", nor those of a few
   descriptions or lists of designators that happen to break at the same
   place. */
static bool are_one(const struct page *page, struct fixed_column left,
                    struct fixed_column right) {
    if (right.start - left.end > 1 || is_named_apart(page, right))
        return false;
    if (!has_header(page, right))
        return true;
    if (has_data(page, left))
        return !has_cell(page, right);
    return !has_header(page, left) ||
           (has_data(page, right) && !has_data_at_start(page, right));
}

static void add_column(const struct page *page, struct fixed_layout *layout,
                       struct fixed_column column) {
    struct fixed_column *last =
        layout->count == 0 ? NULL : &layout->columns[layout->count - 1];
    if (last != NULL &&
        (layout->count == FIXED_COLUMNS_MAX || are_one(page, *last, column)))
        last->end = column.end;
    else
        layout->columns[layout->count++] = column;
}

/* Part the columns by what is occupied so far. */
static void part_columns(const struct page *page, struct fixed_layout *layout) {
    *layout = (struct fixed_layout){.measure = page->measure};
    for (size_t p = 0; p < FIXED_PLACES_MAX; p++) {
        struct fixed_column column = {.start = (uint16_t)p};
        if (page->places[p].lines == 0)
            continue;
        while (p < FIXED_PLACES_MAX && page->places[p].lines != 0)
            p++;
        column.end = (uint16_t)p;
        add_column(page, layout, column);
    }
    for (size_t i = 0; i < layout->count; i++)
        layout->named += has_header(page, layout->columns[i]);
}

static struct range block_from(const struct page *page, size_t first) {
    struct range block = {first, first + 1};
    while (block.end < page->line_count &&
           page->block[block.end] == page->block[first])
        block.end++;
    return block;
}

/* The header's block, with as many others as show the columns. */
static struct range opening_from(const struct page *page, size_t header) {
    struct range opening = block_from(page, header);
    while (opening.end < page->line_count &&
           opening.end - opening.first < OPENING_LINES)
        opening.end = block_from(page, opening.end).end;
    return opening;
}

/* Below the table may stand what knows nothing of its columns: statistics,
   signatures, notes. A later block that would make two columns one is left out,
   unless most lines are such. */
static void lay_out(struct page *page, size_t header,
                    struct fixed_layout *layout) {
    struct range opening = opening_from(page, header), block = opening;
    size_t left_out = 0;
    memset(page->places, 0, sizeof(page->places));
    page->header = header;
    count_lines(page, opening, 1);
    part_columns(page, layout);
    while (block.end < page->line_count) {
        struct fixed_layout wider;
        block = block_from(page, block.end);
        count_lines(page, block, 1);
        part_columns(page, &wider);
        if (wider.named >= layout->named) {
            *layout = wider;
        } else {
            count_lines(page, block, -1);
            left_out += block.end - block.first;
        }
    }
    if (left_out * 2 > page->line_count - header) {
        memset(page->places, 0, sizeof(page->places));
        count_lines(page, (struct range){header, page->line_count}, 1);
        part_columns(page, layout);
    }
    layout->lines = page->line_count - header;
}

static bool has_digit(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (ascii_is_digit(text.ptr[i]))
            return true;
    }
    return false;
}

/* A header starts with a word, not with a quantity or a designator. */
static bool can_be_header(struct str line) {
    struct fixed_word word = {.at = 0};
    size_t words = 0, with_digit = 0;
    while (fixed_next_word(line, FIXED_BY_CHARACTER, &word)) {
        struct str text = {line.ptr + word.at, word.end - word.at};
        words++;
        with_digit += has_digit(text);
        if (words == 1 && with_digit == 1)
            return false;
    }
    return with_digit * 2 <= words;
}

/* The header is the first line under which most columns have a name of their
   own: lines before it, of a title block, break the columns. Without a header
   the first line stands for it. */
static void find_header(struct page *page, struct fixed_layout *layout) {
    for (size_t first = 0; first < HEADER_CANDIDATES; first++) {
        struct fixed_layout found;
        if (first + 2 > page->line_count || first * 2 > page->line_count)
            break;
        if (first != 0 && !can_be_header(page->lines[first]))
            continue;
        lay_out(page, first, &found);
        if (found.count >= 2 && found.named > layout->named)
            *layout = found;
    }
}

static bool is_start(const struct fixed_layout *layout, size_t place) {
    for (size_t i = 0; i < layout->count; i++) {
        if (layout->columns[i].start == place)
            return true;
    }
    return false;
}

/* Cells that start where a column starts. */
static size_t count_aligned(const struct page *page,
                            const struct fixed_layout *layout) {
    size_t aligned = 0;
    for (size_t i = 0; i < page->line_count; i++) {
        struct str line = page->lines[i];
        struct fixed_word word = {.at = 0}, before = word;
        while (fixed_next_word(line, layout->measure, &word)) {
            aligned += fixed_begins_cell(line, &before, &word) &&
                       is_start(layout, word.place);
            before = word;
        }
    }
    return aligned;
}

/* A wrong measure moves words away from the edges of their columns, or over
   the gaps, so that columns become one. */
static bool is_clearer(const struct page *page, const struct fixed_layout *a,
                       const struct fixed_layout *b) {
    if (b->count == 0)
        return a->count != 0;
    size_t aligned = count_aligned(page, a), others = count_aligned(page, b);
    return aligned != others ? aligned > others : a->named > b->named;
}

void fixed_find_layout(struct str head, struct fixed_layout *layout) {
    struct page page;
    enum fixed_measure measures =
        utf8_count(head) == head.len ? FIXED_BY_CHARACTER + 1 : FIXED_MEASURES;
    collect(&page, head);
    *layout = (struct fixed_layout){.count = 0};
    if (page.line_count * 2 < page.all_lines)
        return;
    for (page.measure = 0; page.measure < measures; page.measure++) {
        struct fixed_layout found = {.count = 0};
        find_header(&page, &found);
        if (is_clearer(&page, &found, layout))
            *layout = found;
    }
}
