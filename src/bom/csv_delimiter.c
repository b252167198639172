#include "bom/csv_record.h"

#include "bom/reader.h"
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
        if (str_trim(record).len == 0)
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

/* Few delimiters in each line may be commas in prose; of more than this many
   columns none are. */
#define PROSE_COLUMNS_MAX 2

/* What stands above the first record of the usual width is a title, however
   long it is beside a short list (OrCAD, rusEFI's "###" lines). */
static size_t title_records(const struct widths *widths, size_t usual) {
    size_t first = 0;
    while (usual > PROSE_COLUMNS_MAX && widths->of[first] != usual)
        first++;
    return first;
}

static size_t usual_width(const struct widths *widths) {
    uint16_t share[READER_COLUMNS_MAX + 1] = {0};
    size_t usual = 1;
    for (size_t i = 0; i < widths->count; i++)
        share[widths->of[i]]++;
    for (size_t width = 2; width <= READER_COLUMNS_MAX; width++) {
        if (share[width] > share[usual] || usual == 1)
            usual = share[width] != 0 ? width : usual;
    }
    return usual;
}

/* Sum of squares of how many records share a width: one row of 25 "REF**,"
   in 70 counts for nothing, 70 rows with one delimiter each for much. */
static struct csv_shape judge(const struct widths *widths, char delimiter) {
    uint16_t share[READER_COLUMNS_MAX + 1] = {0};
    struct csv_shape shape = {.delimiter = delimiter,
                              .width = usual_width(widths)};
    if (widths->count == 0 || shape.width == 1)
        return shape;
    size_t first = title_records(widths, shape.width);
    uint64_t squares = 0, all = widths->count - first;
    for (size_t i = first; i < widths->count; i++)
        share[widths->of[i]]++;
    for (size_t width = 2; width <= READER_COLUMNS_MAX; width++)
        squares += (uint64_t)share[width] * share[width];
    /* Ten columns that agree say more than two. */
    shape.score = (unsigned)(squares * 1000 * (shape.width - 1) /
                             (all * all * shape.width));
    return shape;
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
    for (size_t i = 0; i < ARRAY_LEN(candidates); i++) {
        struct widths widths;
        measure(&widths, head, end, candidates[i]);
        struct csv_shape shape = judge(&widths, candidates[i]);
        if (shape.delimiter == '\t' && is_padding(&widths, shape.width))
            shape.score /= 8;
        if (shape.score > best.score)
            best = shape;
    }
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
