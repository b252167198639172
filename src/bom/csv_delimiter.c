#include "bom/csv_record.h"

#include "bom/reader.h"
#include "bom/shape.h"
#include "bom/text.h"

/* So many records show what a file is like; a title block is forgotten by
   then. */
#define SAMPLE_RECORDS 200

/* The records of a head, one after the other, as the reader would cut them. */
static bool next_record(struct str *head, bool end, char delimiter,
                        struct str *record) {
    struct csv_record found;
    size_t end_len;
    switch (csv_scan(*head, end, delimiter, &found)) {
    case CSV_SCAN_RECORD:
        *record = str_take(*head, found.len);
        *head = str_skip(*head, found.len + found.end_len);
        return true;
    case CSV_SCAN_OPEN:
        found.len = text_line_length(*head, &end_len);
        *record = str_take(*head, found.len);
        *head = str_skip(*head, found.len + end_len);
        return true;
    case CSV_SCAN_MORE:
    case CSV_SCAN_LONG:
        break;
    }
    return false;
}

struct widths {
    uint16_t of[SAMPLE_RECORDS];
    size_t count;
    size_t least_empty; /* in the record with fewest empty cells inside */
};

/* Empty cells before the last one that is not. */
static size_t count_empty(struct str record, char delimiter) {
    size_t empty = 0, inside = 0;
    struct str cell;
    while (str_split(&record, delimiter, &cell)) {
        if (str_trim(cell).len != 0)
            inside = empty;
        else
            empty++;
    }
    return inside;
}

static void measure(struct widths *widths, struct str head, bool end,
                    char delimiter) {
    struct str record;
    *widths = (struct widths){.least_empty = SIZE_MAX};
    while (widths->count < SAMPLE_RECORDS && head.len != 0 &&
           next_record(&head, end, delimiter, &record)) {
        /* OrCAD rules a line below the header of each page. */
        if (str_trim(record).len == 0 || shape_is_rule(record))
            continue;
        size_t width = csv_split(record, delimiter, CSV_AS_LIBCSV, NULL).width;
        if (width > READER_COLUMNS_MAX)
            width = READER_COLUMNS_MAX;
        widths->of[widths->count++] = (uint16_t)width;
        size_t empty = width > 1 ? count_empty(record, delimiter) : SIZE_MAX;
        if (empty < widths->least_empty)
            widths->least_empty = empty;
    }
}

/* Sum of squares of how many records share a width: one row of 25 "REF**,"
   in 70 counts for nothing, 70 rows with one delimiter each for much. The table
   is what has most cells: above and below it may stand more lines of a name
   and a value than it has parts. */
static struct csv_shape judge(const struct widths *widths, size_t first,
                              char delimiter) {
    uint16_t share[READER_COLUMNS_MAX + 1] = {0};
    struct csv_shape shape = {.delimiter = delimiter, .width = 1};
    uint64_t squares = 0, all = widths->count - first;
    size_t most = 0;
    for (size_t i = first; i < widths->count; i++) {
        share[widths->of[i]]++;
        most = widths->of[i] > most ? widths->of[i] : most;
    }
    for (size_t width = 2; width <= most; width++) {
        squares += (uint64_t)share[width] * share[width];
        if (share[width] * (width - 1) > share[shape.width] * (shape.width - 1))
            shape.width = width;
    }
    if (all == 0 || shape.width == 1)
        return shape;
    /* Ten columns that agree say more than two. */
    shape.score = (unsigned)(squares * 1000 * (shape.width - 1) /
                             (all * all * shape.width));
    return shape;
}

/* A column or two may be commas in prose, and few rows may agree by chance. */
#define TITLED_COLUMNS_MIN 3
#define TITLED_ROWS_MIN 3

/* A title may be longer than the list below it (OrCAD, rusEFI's "###" lines):
   of what follows it most must agree all the same. */
static void judge_below_title(struct csv_shape *shape,
                              const struct widths *widths) {
    size_t first = 0, same = 0;
    while (first < widths->count && widths->of[first] != shape->width)
        first++;
    for (size_t i = first; i < widths->count; i++)
        same += widths->of[i] == shape->width;
    if (shape->width < TITLED_COLUMNS_MIN || same < TITLED_ROWS_MIN ||
        same * 3 < (widths->count - first) * 2)
        return;
    struct csv_shape below = judge(widths, first, shape->delimiter);
    if (below.score > shape->score)
        *shape = below;
}

/* Fixed-width text that is padded with runs of tabs (Voron's hotend BOM) has
   empty cells in every line, and in its header too. */
static bool is_padding(const struct widths *widths, size_t width) {
    return widths->least_empty != SIZE_MAX && widths->least_empty >= 2 &&
           widths->least_empty * 3 >= width;
}

struct csv_shape csv_find_delimiter(struct str head, bool end) {
    static const char candidates[] = {',', ';', '\t', '|'};
    struct csv_shape best = {.delimiter = ',', .score = 0, .width = 1};
    struct widths widths, best_widths = {.count = 0};
    bool best_padded = false;
    for (size_t i = 0; i < ARRAY_LEN(candidates); i++) {
        if (str_find_char(head, candidates[i]) < 0)
            continue;
        measure(&widths, head, end, candidates[i]);
        struct csv_shape shape = judge(&widths, 0, candidates[i]);
        bool padded = candidates[i] == '\t' && is_padding(&widths, shape.width);
        if (padded)
            shape.score /= 8;
        if (shape.score > best.score) {
            best = shape;
            best_widths = widths;
            best_padded = padded;
        }
    }
    if (!best_padded)
        judge_below_title(&best, &best_widths);
    return best;
}

char csv_named_delimiter(struct str head) {
    size_t end_len;
    struct str line = str_take(head, text_line_length(head, &end_len));
    if (str_starts(line, STR_LIT("\"")) && str_ends(line, STR_LIT("\"")))
        line = str_take(str_skip(line, 1), line.len - 2);
    if (line.len != 5 || !str_eq_nocase(str_take(line, 4), STR_LIT("sep=")))
        return '\0';
    char c = line.ptr[4];
    return ascii_is_alnum(c) || c == '"' || (unsigned char)c >= 0x80 ? '\0' : c;
}
