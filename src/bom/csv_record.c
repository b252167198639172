#include "bom/csv_record.h"

#include "bom/reader.h"

static bool is_blank(char c, char delimiter) {
    return (c == ' ' || c == '\t') && c != delimiter;
}

/* Between these bytes nothing happens: most of a file is passed over here. */
static size_t skip_plain(struct str text, size_t at) {
    static const bool special[256] = {
        ['"'] = true, ['\n'] = true, ['\r'] = true};
    while (at < text.len && !special[(unsigned char)text.ptr[at]])
        at++;
    return at;
}

static bool is_break(char c) { return c == '\n' || c == '\r'; }

static size_t skip_blanks(struct str text, size_t at, char delimiter) {
    while (at < text.len && is_blank(text.ptr[at], delimiter))
        at++;
    return at;
}

/* A quote opens a cell when only blanks stand between it and the delimiter,
   or the start of the record. */
static bool opens_cell(struct str text, size_t at, char delimiter) {
    while (at > 0 && is_blank(text.ptr[at - 1], delimiter))
        at--;
    return at == 0 || text.ptr[at - 1] == delimiter;
}

/* What a quote inside a quoted cell means: the cell's end, an escaped quote,
   or neither of them. */
enum quote_role { ROLE_CLOSES, ROLE_ESCAPED, ROLE_STRAY, ROLE_UNKNOWN };

/* `*next` is where to go on: after an escaped quote; at what follows the
   blanks after any other. */
static enum quote_role quote_role(struct str text, size_t at, bool end,
                                  char delimiter, size_t *next) {
    if (at + 1 < text.len && text.ptr[at + 1] == '"') {
        *next = at + 2;
        return ROLE_ESCAPED;
    }
    *next = skip_blanks(text, at + 1, delimiter);
    if (*next == text.len)
        return end ? ROLE_CLOSES : ROLE_UNKNOWN;
    char c = text.ptr[*next];
    return c == delimiter || is_break(c) ? ROLE_CLOSES : ROLE_STRAY;
}

static size_t break_length(struct str text, size_t at) {
    return str_starts(str_skip(text, at), STR_LIT("\r\n")) ? 2 : 1;
}

/* A CR that ends the text may be half of a CR LF. */
static bool is_half_break(struct str text, size_t at, bool end) {
    return !end && at + 1 == text.len && text.ptr[at] == '\r';
}

/* From after the opening quote to after the closing one. */
static enum csv_scan scan_quoted(struct str text, bool end, char delimiter,
                                 size_t *at, struct csv_record *record) {
    size_t first_break = SIZE_MAX, now = *at;
    while ((now = skip_plain(text, now)) < text.len) {
        char c = text.ptr[now];
        if (c == '"') {
            enum quote_role role = quote_role(text, now, end, delimiter, &now);
            if (role == ROLE_UNKNOWN)
                return CSV_SCAN_MORE;
            record->stray |= role == ROLE_STRAY;
            *at = now;
            if (role == ROLE_CLOSES)
                return CSV_SCAN_RECORD;
        } else if (is_break(c)) {
            if (is_half_break(text, now, end))
                return CSV_SCAN_MORE;
            if (first_break == SIZE_MAX)
                first_break = now;
            record->lines++;
            now += break_length(text, now);
            if (record->lines > CSV_QUOTED_LINES_MAX ||
                now - first_break > READER_CELL_MAX)
                return CSV_SCAN_OPEN;
        }
    }
    return end ? CSV_SCAN_OPEN : CSV_SCAN_MORE;
}

static enum csv_scan scan(struct str text, bool end, char delimiter,
                          struct csv_record *record) {
    size_t at = 0;
    while ((at = skip_plain(text, at)) < text.len) {
        char c = text.ptr[at];
        if (c == '"' && opens_cell(text, at, delimiter)) {
            at++;
            enum csv_scan found =
                scan_quoted(text, end, delimiter, &at, record);
            if (found != CSV_SCAN_RECORD)
                return found;
        } else if (is_break(c)) {
            if (is_half_break(text, at, end))
                return CSV_SCAN_MORE;
            record->len = at;
            record->end_len = break_length(text, at);
            return CSV_SCAN_RECORD;
        } else {
            record->bare = true;
            at++;
        }
    }
    record->len = at;
    return end ? CSV_SCAN_RECORD : CSV_SCAN_MORE;
}

enum csv_scan csv_scan(struct str text, bool end, char delimiter,
                       struct csv_record *record) {
    /* One byte more than fits tells a long record from one that fits. */
    struct str window = str_take(text, (size_t)READER_ROW_MAX + 2);
    bool whole = window.len == text.len;
    *record = (struct csv_record){.len = 0};
    enum csv_scan found = scan(window, end && whole, delimiter, record);
    if (found != CSV_SCAN_MORE || whole)
        return found;
    return record->lines != 0 ? CSV_SCAN_OPEN : CSV_SCAN_LONG;
}

/* One cell of a record: where it ends, and whether its quotes are in order. */
struct cell {
    size_t text, text_end; /* what is in it */
    size_t next;           /* the delimiter after it, or the record's end */
    bool quoted;           /* in order: from its quote to its quote */
    bool broken;           /* its opening quote does not close at its end */
    bool unclosed;         /* nor anywhere else */
};

static size_t find_delimiter(struct str record, size_t at, char delimiter) {
    ptrdiff_t found = str_find_char(str_skip(record, at), delimiter);
    return found < 0 ? record.len : at + (size_t)found;
}

/* Where the quoted cell ends that opened before `at`; false when it does not,
   or, for debris, when it would go on after a broken quote. Stopping there
   keeps a line of a million broken quotes from being looked through again for
   each of them. */
static bool close_quoted(struct str record, size_t at, char delimiter,
                         enum csv_reading reading, struct cell *cell) {
    while ((at = skip_plain(record, at)) < record.len) {
        size_t quote = at;
        if (record.ptr[at] != '"') {
            at++;
            continue;
        }
        switch (quote_role(record, quote, true, delimiter, &at)) {
        case ROLE_CLOSES:
            cell->text_end = quote + 1;
            cell->next = at;
            return true;
        case ROLE_STRAY:
            cell->broken = true;
            if (reading == CSV_AS_DEBRIS)
                return false;
            break;
        case ROLE_ESCAPED:
        case ROLE_UNKNOWN:
            break;
        }
    }
    cell->broken = true;
    cell->unclosed = true;
    return false;
}

static struct cell next_cell(struct str record, size_t at, char delimiter,
                             enum csv_reading reading) {
    struct cell cell = {.text = skip_blanks(record, at, delimiter)};
    if (cell.text < record.len && record.ptr[cell.text] == '"') {
        cell.quoted =
            close_quoted(record, cell.text + 1, delimiter, reading, &cell);
        if (cell.quoted)
            return cell;
        cell.text++;
    }
    cell.next = find_delimiter(record, cell.text, delimiter);
    cell.text_end = cell.next;
    while (cell.text_end > cell.text &&
           is_blank(record.ptr[cell.text_end - 1], delimiter))
        cell.text_end--;
    return cell;
}

/* "Ya"geo", "Yageo"": one quote of a pair; "1/4"" and "Header "ICSP"" are
   text. */
static bool has_odd_quote(struct str text) {
    size_t quotes = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool inch = i != 0 && ascii_is_digit(text.ptr[i - 1]);
        quotes += text.ptr[i] == '"' && !inch;
    }
    return quotes % 2 != 0;
}

static void add_repaired(struct strbuf *out, struct str record,
                         const struct cell *cell) {
    struct str text = {record.ptr + cell->text, cell->text_end - cell->text};
    if (cell->quoted) {
        strbuf_add(out, text);
        return;
    }
    strbuf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            strbuf_add_char(out, '"');
        strbuf_add_char(out, text.ptr[i]);
    }
    strbuf_add_char(out, '"');
}

struct csv_split csv_split(struct str record, char delimiter,
                           enum csv_reading reading, struct strbuf *repaired) {
    struct csv_split split = {.width = 0};
    size_t at = 0;
    for (;;) {
        struct cell cell = next_cell(record, at, delimiter, reading);
        struct str text = {record.ptr + cell.text, cell.text_end - cell.text};
        split.width++;
        if (cell.unclosed) {
            /* No quote after it closes a cell, or it would have. */
            split.unclosed = true;
            reading = CSV_AS_DEBRIS;
        }
        if (cell.broken && split.mistaken == 0)
            split.mistaken = split.width;
        if (cell.broken && cell.quoted && str_find_char(text, delimiter) >= 0)
            split.swallows = true;
        if (split.odd == 0 && !cell.quoted && !cell.broken &&
            has_odd_quote(text))
            split.odd = split.width;
        if (repaired != NULL)
            add_repaired(repaired, record, &cell);
        if (cell.next >= record.len)
            return split;
        if (repaired != NULL)
            strbuf_add_char(repaired, delimiter);
        at = cell.next + 1;
    }
}
