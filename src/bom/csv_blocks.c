#include "bom/csv_blocks.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define BLOCK 64

/* A bit for each byte of a block, the first one lowest. */
struct marks {
    uint64_t quotes, delimiters, breaks;
    bool wide; /* any byte is not ASCII */
};

#if defined(__SSE2__)

static uint64_t bits_of(__m128i a, __m128i b, __m128i c, __m128i d) {
    uint64_t low = (uint64_t)(unsigned)_mm_movemask_epi8(a) |
                   (uint64_t)(unsigned)_mm_movemask_epi8(b) << 16;
    uint64_t high = (uint64_t)(unsigned)_mm_movemask_epi8(c) |
                    (uint64_t)(unsigned)_mm_movemask_epi8(d) << 16;
    return low | high << 32;
}

static uint64_t equal(const __m128i part[4], char c) {
    __m128i all = _mm_set1_epi8(c);
    return bits_of(_mm_cmpeq_epi8(part[0], all), _mm_cmpeq_epi8(part[1], all),
                   _mm_cmpeq_epi8(part[2], all), _mm_cmpeq_epi8(part[3], all));
}

static __m128i is_break(__m128i part) {
    return _mm_or_si128(_mm_cmpeq_epi8(part, _mm_set1_epi8('\n')),
                        _mm_cmpeq_epi8(part, _mm_set1_epi8('\r')));
}

static struct marks mark(const char *block, char delimiter) {
    __m128i part[4];
    for (int i = 0; i < 4; i++)
        part[i] = _mm_loadu_si128((const __m128i *)(const void *)block + i);
    __m128i any = _mm_or_si128(_mm_or_si128(part[0], part[1]),
                               _mm_or_si128(part[2], part[3]));
    return (struct marks){
        .quotes = equal(part, '"'),
        .delimiters = equal(part, delimiter),
        .breaks = bits_of(is_break(part[0]), is_break(part[1]),
                          is_break(part[2]), is_break(part[3])),
        .wide = _mm_movemask_epi8(any) != 0,
    };
}

#else

static struct marks mark(const char *block, char delimiter) {
    struct marks marks = {.wide = false};
    for (unsigned i = 0; i < BLOCK; i++) {
        char c = block[i];
        marks.quotes |= (uint64_t)(c == '"') << i;
        marks.delimiters |= (uint64_t)(c == delimiter) << i;
        marks.breaks |= (uint64_t)(c == '\n' || c == '\r') << i;
        marks.wide |= (unsigned char)c >= 0x80;
    }
    return marks;
}

#endif

/* Each bit: are the bits up to it, itself included, odd in number? */
static uint64_t parity(uint64_t bits) {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    return bits ^ bits << 32;
}

/* `len` is less than a block at the end of the text only. */
static void load(struct csv_blocks *blocks, const char *block, size_t len) {
    char padded[BLOCK];
    const char *bytes = block;
    if (len < BLOCK) {
        memset(padded, 0, sizeof(padded));
        memcpy(padded, block, len);
        bytes = padded;
    }
    struct marks marks = mark(bytes, blocks->delimiter);
    uint64_t quoted = blocks->quoted;
    uint64_t edges = marks.delimiters | marks.breaks;
    blocks->irregular = 0;
    if (marks.quotes != 0 || quoted != 0 || blocks->closed) {
        quoted ^= parity(marks.quotes);
        uint64_t opens = marks.quotes & quoted;
        uint64_t closes = marks.quotes & ~quoted;
        uint64_t may_open = (edges & ~quoted) << 1 | blocks->edge;
        uint64_t must_end = closes << 1 | blocks->closed;
        blocks->irregular =
            (opens & ~may_open) | (must_end & ~edges) | (marks.breaks & quoted);
        blocks->closed = closes >> (BLOCK - 1) != 0;
        edges &= ~quoted;
        blocks->quoted = (uint64_t)0 - (quoted >> (BLOCK - 1));
    }
    blocks->edge = edges >> (BLOCK - 1) != 0;
    blocks->block = block;
    blocks->ends = edges;
    blocks->wide = marks.wide;
}

void csv_blocks_init(struct csv_blocks *blocks, char delimiter) {
    *blocks = (struct csv_blocks){.delimiter = delimiter};
}

void csv_blocks_restart(struct csv_blocks *blocks) { blocks->next = NULL; }

static void start(struct csv_blocks *blocks, struct str text) {
    blocks->next = text.ptr;
    blocks->quoted = 0;
    blocks->edge = true;
    blocks->closed = false;
    load(blocks, text.ptr, text.len);
}

static bool is_blank(char c, char delimiter) {
    return (c == ' ' || c == '\t') && c != delimiter;
}

static struct str trim(const char *from, const char *to, char delimiter) {
    while (from != to && is_blank(*from, delimiter))
        from++;
    while (from != to && is_blank(to[-1], delimiter))
        to--;
    return (struct str){from, (size_t)(to - from)};
}

static struct str cell_between(const char *from, const char *to,
                               char delimiter) {
    size_t len = (size_t)(to - from);
    if (len == 0)
        return (struct str){from, 0};
    if (*from == '"')
        return (struct str){from + 1, len - 2};
    bool may_trim = (unsigned char)*from <= ' ' || (unsigned char)to[-1] <= ' ';
    return may_trim ? trim(from, to, delimiter) : (struct str){from, len};
}

/* How long the line break at `at` is; 0 when that cannot be told yet. */
static size_t break_length(const char *at, const char *end) {
    if (*at == '\n')
        return 1;
    if (at + 1 == end)
        return 0;
    return at[1] == '\n' ? 2 : 1;
}

/* A row is what has content; a lone cell without is for libcsv to judge, and
   so is what may be too long for a cell. */
static bool end_record(struct csv_blocks *blocks, const char *at,
                       const char *end, const struct str *cells,
                       struct csv_regular *out) {
    out->len = (size_t)(at - blocks->next);
    out->end_len = break_length(at, end);
    if (out->end_len == 0 || out->len > READER_CELL_MAX ||
        (out->count == 1 && cells[0].len == 0))
        return false;
    blocks->next = at + out->end_len;
    return true;
}

/* The second half of a line break ends no cell. */
static uint64_t ends_from(const struct csv_blocks *blocks, const char *from) {
    if (from <= blocks->block)
        return blocks->ends;
    size_t passed = (size_t)(from - blocks->block);
    return passed < BLOCK ? blocks->ends >> passed << passed : 0;
}

/* Split as far as the block goes. @return the end of the record; NULL when it
   does not end there, or has too many cells. */
static const char *split_block(struct csv_blocks *blocks, const char **from,
                               struct str cells[READER_COLUMNS_MAX],
                               size_t *count) {
    uint64_t ends = ends_from(blocks, *from), wrong = blocks->irregular;
    const char *begin = *from;
    char delimiter = blocks->delimiter;
    size_t n = *count;
    if (wrong != 0)
        ends &= (wrong & (0 - wrong)) - 1;
    while (ends != 0 && n < READER_COLUMNS_MAX) {
        const char *at = blocks->block + __builtin_ctzll(ends);
        cells[n++] = cell_between(begin, at, delimiter);
        begin = at + 1;
        if (*at != delimiter) {
            *count = n;
            return at;
        }
        ends &= ends - 1;
    }
    blocks->irregular |= ends;
    *from = begin;
    *count = n;
    return NULL;
}

static bool split(struct csv_blocks *blocks, struct str text,
                  struct str cells[READER_COLUMNS_MAX],
                  struct csv_regular *out) {
    const char *end = text.ptr + text.len, *from = blocks->next, *at;
    out->count = 0;
    out->ascii = !blocks->wide;
    while ((at = split_block(blocks, &from, cells, &out->count)) == NULL) {
        if (blocks->irregular != 0 || end - blocks->block <= BLOCK)
            return false;
        const char *next = blocks->block + BLOCK;
        load(blocks, next, (size_t)(end - next));
        out->ascii &= !blocks->wide;
    }
    return end_record(blocks, at, end, cells, out);
}

bool csv_blocks_next(struct csv_blocks *blocks, struct str text,
                     struct str cells[READER_COLUMNS_MAX],
                     struct csv_regular *out) {
    if (text.len == 0)
        return false;
    if (blocks->next == NULL)
        start(blocks, text);
    if (split(blocks, text, cells, out))
        return true;
    csv_blocks_restart(blocks);
    return false;
}
