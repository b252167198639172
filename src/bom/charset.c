#include "bom/charset.h"

#include <iconv.h>
#include <stdint.h>

#include "bom/charset_weigh.h"
#include "core/codepage.h"
#include "core/utf8.h"

static const struct charset charsets[] = {
    {"UTF-8", NULL},
    {"UTF-16LE", "UTF-16LE"},
    {"UTF-16BE", "UTF-16BE"},
    {"UTF-32LE", "UTF-32LE"},
    {"UTF-32BE", "UTF-32BE"},
    {"Windows-1252", "CP1252"},
    {"Windows-1250", "CP1250"},
    {"Windows-1251", "CP1251"},
    {"GB18030", "GB18030"},
    {"Big5", "CP950"},
    {"Shift_JIS", "CP932"},
    {"EUC-KR", "CP949"},
};

enum charset_id {
    UTF_8,
    UTF_16LE,
    UTF_16BE,
    UTF_32LE,
    UTF_32BE,
    WINDOWS_1252,
    WINDOWS_1250,
    WINDOWS_1251,
    GB18030,
    BIG5,
    SHIFT_JIS,
    EUC_KR,
};

/* UTF-16 without a mark: every ASCII character, and any table has some, has a
   zero byte on the same side; no other text has any. One character in 256 has
   one on the other side, among them the Chinese "one". */
static const struct charset *utf16_by_zeros(struct str head) {
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < head.len; i++)
        zeros[i % 2] += head.ptr[i] == '\0';
    if (zeros[1] > head.len / 64 && zeros[0] * 2 < zeros[1])
        return &charsets[UTF_16LE];
    if (zeros[0] > head.len / 64 && zeros[1] * 2 < zeros[0])
        return &charsets[UTF_16BE];
    return NULL;
}

const struct charset *charset_of_head(struct str head) {
    static const struct {
        struct str mark;
        enum charset_id id;
    } marks[] = {
        {{"\xef\xbb\xbf", 3}, UTF_8},    {{"\xff\xfe\0\0", 4}, UTF_32LE},
        {{"\0\0\xfe\xff", 4}, UTF_32BE}, {{"\xff\xfe", 2}, UTF_16LE},
        {{"\xfe\xff", 2}, UTF_16BE},
    };
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        if (str_starts(head, marks[i].mark))
            return &charsets[marks[i].id];
    }
    return utf16_by_zeros(head);
}

/* How a sample looks as one encoding: the weight of a character counts once a
   byte. */
struct tally {
    size_t weight, bytes, broken;
};

static bool between(uint32_t code, uint32_t low, uint32_t high) {
    return code >= low && code <= high;
}

static struct tally tally(struct str sample, charset_weigh *method) {
    struct tally sum = {0, 0, 0};
    for (size_t at = 0; at < sample.len;) {
        size_t weight, taken = 1;
        if ((unsigned char)sample.ptr[at] >= 0x80) {
            taken = method(sample, at, &weight);
            sum.broken += taken == 0 && at + 4 <= sample.len;
            taken += taken == 0;
            sum.bytes += taken;
            sum.weight += weight * taken;
        }
        at += taken;
    }
    return sum;
}

/* Real files have a broken character now and then: a cell cut in mid-pair. */
static bool is_sound(struct tally sum) { return sum.broken * 25 <= sum.bytes; }

bool utf8_is_cut_short(struct str bytes) {
    unsigned char lead = (unsigned char)bytes.ptr[0];
    size_t need = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || bytes.len >= need)
        return false;
    for (size_t i = 1; i < bytes.len; i++) {
        if (((unsigned char)bytes.ptr[i] & 0xc0) != 0x80)
            return false;
    }
    return true;
}

enum likeness { UNLIKE, DOUBTFUL, ALIKE };

#define SURE_MIN 2 /* characters of three bytes */

/* Some Chinese words are valid UTF-8 too ("\xd0\xbe\xc6\xac", a chip): two
   bytes that would be letters of scripts which are rare in parts lists. */
static enum likeness utf8_likeness(struct str sample) {
    size_t good = 0, rare = 0, broken = 0, sure = 0, runs = 0;
    bool in_run = false;
    while (sample.len != 0 && !utf8_is_cut_short(sample)) {
        uint32_t code;
        size_t taken = utf8_next(sample, &code);
        good += taken > 1;
        rare += taken == 2 && !between(code, 0x80, 0x17f) &&
                !between(code, 0x370, 0x45f) && codepage_byte(code) < 0;
        sure += taken > 2;
        bool is_broken = taken == 1 && code == 0xFFFD;
        broken += is_broken;
        runs += is_broken && !in_run;
        in_run = is_broken;
        sample = str_skip(sample, taken);
    }
    /* Three bytes in order are no accident: some cells came from elsewhere. */
    if (sure >= SURE_MIN && sure >= runs)
        return ALIKE;
    if (good == 0 || broken * 4 > good)
        return UNLIKE;
    return rare * 2 >= good ? DOUBTFUL : ALIKE;
}

/* The weight from which another encoding beats a doubtful UTF-8. */
#define WEIGHT_SURE 60

/* When the weights do not leave a doubt: so much more than the next one, and
   so many bytes, or such usual characters. */
#define MARGIN_SURE 12
#define BYTES_SURE 8
#define WEIGHT_USUAL 90

/* So much text is searched for words that are known. */
#define WORDS_BYTES_MAX (8 * 1024)
#define WORDS_MAX 64

static const struct candidate {
    enum charset_id id;
    charset_weigh *method;
} candidates[] = {
    {WINDOWS_1252, charset_weigh_1252}, {WINDOWS_1250, charset_weigh_1250},
    {WINDOWS_1251, charset_weigh_1251}, {GB18030, charset_weigh_gb18030},
    {BIG5, charset_weigh_big5},         {SHIFT_JIS, charset_weigh_shift_jis},
    {EUC_KR, charset_weigh_euc_kr},
};

/* The text in that encoding; what is broken is left out. */
static void decode(struct strbuf *out, struct str text,
                   const struct charset *charset) {
    iconv_t to = iconv_open("UTF-8", charset->iconv);
    if ((intptr_t)to == -1)
        return;
    while (text.len != 0) {
        char piece[4096];
        /* iconv() does not write through its input, whatever its type says. */
        char *in = (char *)(uintptr_t)text.ptr, *at = piece;
        size_t left = text.len, room = sizeof(piece);
        iconv(to, &in, &left, &at, &room);
        strbuf_add(out, (struct str){piece, sizeof(piece) - room});
        size_t taken = text.len - left;
        text = str_skip(text, taken != 0 ? taken : 1);
    }
    iconv_close(to);
}

/* In a listing two blanks end a cell. */
static bool ends_cell(struct str text, size_t at) {
    char c = text.ptr[at];
    return c == ',' || c == ';' || c == '\t' || c == '|' || c == '"' ||
           c == '\n' || c == '\r' ||
           (c == ' ' && at + 1 < text.len && text.ptr[at + 1] == ' ');
}

/* Letters above ASCII, if there are enough of them: what folds to "IR" may be
   nothing. */
static size_t count_letters(struct str text) {
    size_t letters = 0, all = 0;
    bool eastern = false;
    while (text.len != 0) {
        uint32_t code;
        text = str_skip(text, utf8_next(text, &code));
        letters += code >= 0xc0 && !between(code, 0x2000, 0x2bff);
        eastern |= code >= 0x2e80;
        all++;
    }
    return eastern || letters > 1 || all > 3 ? letters : 0;
}

/* Before a part number, too: "Würth Elektronik 61300411121". */
static bool is_known(struct str cell, const struct charset_judge *judge) {
    size_t end = cell.len;
    while (end != 0 && cell.ptr[end - 1] != ' ')
        end--;
    return judge->knows(judge->ctx, cell) ||
           (end != 0 && judge->knows(judge->ctx, str_take(cell, end - 1)));
}

/* How many letters above ASCII stand in cells that somebody knows. */
static size_t count_known(struct str text, const struct charset_judge *judge) {
    size_t known = 0, asked = 0;
    while (text.len != 0 && asked < WORDS_MAX) {
        size_t end = 0;
        while (end < text.len && !ends_cell(text, end))
            end++;
        struct str cell = str_trim(str_take(text, end));
        size_t letters = count_letters(cell);
        asked += letters != 0;
        if (letters != 0 && is_known(cell, judge))
            known += letters;
        text = str_skip(text, end < text.len ? end + 1 : end);
    }
    return known;
}

static size_t known_in(struct str text, const struct charset *charset,
                       const struct charset_judge *judge) {
    struct strbuf decoded = {.ptr = NULL};
    if (judge == NULL || judge->knows == NULL)
        return 0;
    text = str_take(text, WORDS_BYTES_MAX);
    if (charset->iconv == NULL)
        return count_known(text, judge);
    decode(&decoded, text, charset);
    size_t known = count_known(strbuf_str(&decoded), judge);
    strbuf_dispose(&decoded);
    return known;
}

/* How good one encoding is for the text. */
struct merit {
    const struct charset *charset;
    size_t known, weight, bytes;
};

static bool is_better(const struct merit *a, const struct merit *b) {
    return a->known != b->known ? a->known > b->known : a->weight > b->weight;
}

static struct merit weigh_up(struct str text, const struct candidate *candidate,
                             const struct charset_judge *judge) {
    const struct charset *charset = &charsets[candidate->id];
    struct tally sum = tally(text, candidate->method);
    if (sum.bytes == 0 || !is_sound(sum))
        return (struct merit){.charset = NULL};
    return (struct merit){charset, known_in(text, charset, judge),
                          sum.weight / sum.bytes, sum.bytes};
}

static bool reads_alike(struct str text, const struct charset *a,
                        const struct charset *b) {
    struct strbuf one = {.ptr = NULL}, other = {.ptr = NULL};
    if (a->iconv == NULL || b->iconv == NULL)
        return false;
    text = str_take(text, WORDS_BYTES_MAX);
    decode(&one, text, a);
    decode(&other, text, b);
    bool alike = str_eq(strbuf_str(&one), strbuf_str(&other));
    strbuf_dispose(&one);
    strbuf_dispose(&other);
    return alike;
}

/* The best one but for those that make the same text of it. */
static const struct merit *next_best(struct str text,
                                     const struct merit *merits, size_t count,
                                     const struct merit *best) {
    const struct merit *next = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct merit *merit = &merits[i];
        if (merit != best && merit->charset != NULL &&
            (next == NULL || is_better(merit, next)) &&
            !reads_alike(text, merit->charset, best->charset))
            next = merit;
    }
    return next;
}

static bool is_sure(const struct merit *best, const struct merit *next) {
    if (next == NULL || best->known != next->known)
        return true;
    return best->weight >= next->weight + MARGIN_SURE &&
           (best->bytes >= BYTES_SURE || best->weight >= WEIGHT_USUAL);
}

struct charset_guess charset_of_text(struct str text,
                                     const struct charset_judge *judge) {
    struct merit merits[ARRAY_LEN(candidates) + 1] = {{.charset = NULL}};
    const struct merit *best = &merits[0];
    enum likeness utf8 = utf8_likeness(text);
    if (utf8 == ALIKE)
        return (struct charset_guess){&charsets[UTF_8], NULL, true};
    if (utf8 == DOUBTFUL)
        merits[0] = (struct merit){&charsets[UTF_8],
                                   known_in(text, &charsets[UTF_8], judge),
                                   WEIGHT_SURE, 0};
    for (size_t i = 0; i < ARRAY_LEN(candidates); i++) {
        merits[i + 1] = weigh_up(text, &candidates[i], judge);
        if (is_better(&merits[i + 1], best))
            best = &merits[i + 1];
    }
    if (best->charset == NULL)
        return (struct charset_guess){&charsets[WINDOWS_1252], NULL, false};
    const struct merit *next = next_best(text, merits, ARRAY_LEN(merits), best);
    return (struct charset_guess){best->charset,
                                  next != NULL ? next->charset : NULL,
                                  is_sure(best, next)};
}
