#include "bom/encoding.h"

#include "core/utf8.h"

#include <stddef.h>

static const struct charset charsets[] = {
    {"UTF-8", NULL},
    {"UTF-16LE", "UTF-16LE"},
    {"UTF-16BE", "UTF-16BE"},
    {"UTF-32LE", "UTF-32LE"},
    {"UTF-32BE", "UTF-32BE"},
    {"Windows-1252", "CP1252"},
    {"Windows-1251", "CP1251"},
    {"GB18030", "GB18030"},
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
    WINDOWS_1251,
    GB18030,
    SHIFT_JIS,
    EUC_KR,
};

/* Characters that are frequent in Chinese and Korean parts lists: the two
   encodings use the same bytes and differ only in which pairs are usual. */
static const uint16_t gb_frequent[] = {
    0xb0b2, 0xb0d7, 0xb0e5, 0xb1a3, 0xb1b1, 0xb1b8, 0xb1e0, 0xb1ea, 0xb2bb,
    0xb2ce, 0xb2e5, 0xb3a1, 0xb3a4, 0xb3a7, 0xb3c6, 0xb3c9, 0xb3cc, 0xb4a2,
    0xb4ab, 0xb4b4, 0xb4c5, 0xb4c9, 0xb4e5, 0xb4e6, 0xb4ef, 0xb4f3, 0xb5a5,
    0xb5c2, 0xb5c4, 0xb5c6, 0xb5d8, 0xb5e7, 0xb6ab, 0xb6c8, 0xb6f7, 0xb6fe,
    0xb7a2, 0xb7a8, 0xb7dd, 0xb7e2, 0xb7e7, 0xb8d0, 0xb8f1, 0xb9a4, 0xb9a6,
    0xb9a9, 0xb9ab, 0xb9ba, 0xb9c9, 0xb9d8, 0xb9dc, 0xb9e2, 0xb9e3, 0xb9e6,
    0xb9fa, 0xbaa3, 0xbac5, 0xbacf, 0xbada, 0xbaea, 0xbaec, 0xbaf1, 0xbbaa,
    0xbbc6, 0xbcab, 0xbcaf, 0xbcbc, 0xbcc6, 0xbcd2, 0xbcdb, 0xbce4, 0xbcfe,
    0xbdad, 0xbdc5, 0xbdd3, 0xbde2, 0xbea7, 0xbea9, 0xbeab, 0xbede, 0xbee0,
    0xbfa8, 0xbfaa, 0xbfbc, 0xbfc6, 0xbfe9, 0xc0b6, 0xc0e0, 0xc1a2, 0xc1a6,
    0xc1ac, 0xc1b4, 0xc1bf, 0xc1cb, 0xc1cf, 0xc2b7, 0xc2c1, 0xc2ca, 0xc2cc,
    0xc2de, 0xc2e7, 0xc2eb, 0xc2f2, 0xc3be, 0xc3c0, 0xc3e8, 0xc3fb, 0xc4a3,
    0xc4b7, 0xc4b8, 0xc4c9, 0xc4cd, 0xc4cf, 0xc5b7, 0xc5c5, 0xc5c6, 0xc6a4,
    0xc6ac, 0xc6b7, 0xc6d6, 0xc6f7, 0xc8ab, 0xc8cb, 0xc8dd, 0xc8f0, 0xc8f1,
    0xc8fd, 0xc9ab, 0xc9ad, 0xc9cc, 0xc9cf, 0xc9ee, 0xc9f9, 0xcab6, 0xcabe,
    0xcabf, 0xcac7, 0xcaf6, 0xcafd, 0xcbb3, 0xcbbe, 0xcbbf, 0xcbc9, 0xccab,
    0xccd5, 0xccd8, 0xcce5, 0xccec, 0xccef, 0xccf9, 0xcda8, 0xcdb7, 0xcdbc,
    0xcde4, 0xcea2, 0xceaa, 0xcebb, 0xcec8, 0xceef, 0xcef7, 0xcfc2, 0xcfd5,
    0xcfde, 0xcfdf, 0xd0a7, 0xd0be, 0xd0c2, 0xd0c5, 0xd0c7, 0xd0cd, 0xd0f2,
    0xd1b6, 0xd1b9, 0xd1f4, 0xd2bb, 0xd2c6, 0xd2c7, 0xd2d7, 0xd2e2, 0xd3a6,
    0xd3c3, 0xd3d0, 0xd3d5, 0xd4aa, 0xd4b6, 0xd4da, 0xd4ec, 0xd5b9, 0xd5d7,
    0xd5eb, 0xd5f1, 0xd6b1, 0xd6b8, 0xd6be, 0xd6c6, 0xd6c7, 0xd6d0, 0xd6dd,
    0xd6e6, 0xd6e9, 0xd7a2, 0xd7b0, 0xd7cf, 0xd7d3, 0xd7dc, 0xd7e8, 0xd7f9,
    0xdbda, 0xeee3};
static const uint16_t kr_frequent[] = {
    0xb0a1, 0xb0aa, 0xb0dd, 0xb0e8, 0xb0ed, 0xb0fc, 0xb1b8, 0xb1d4, 0xb1e2,
    0xb3aa, 0xb3d8, 0xb4c2, 0xb4d9, 0xb4dc, 0xb4f6, 0xb5a7, 0xb5a8, 0xb5b5,
    0xb5e5, 0xb6f3, 0xb7a3, 0xb7ae, 0xb7b9, 0xb7ce, 0xb8a6, 0xb8ae, 0xb8ed,
    0xb8f0, 0xb8f1, 0xb9cd, 0xb9f8, 0xbab8, 0xbace, 0xbaf1, 0xbbe7, 0xbcad,
    0xbcb3, 0xbcba, 0xbcbc, 0xbcf6, 0xbdba, 0xbdc3, 0xbed0, 0xbeee, 0xbef7,
    0xbfa1, 0xbfc0, 0xbfeb, 0xbff8, 0xc0a7, 0xc0ba, 0xc0bb, 0xc0c7, 0xc0cc,
    0xc0ce, 0xc0da, 0xc0fa, 0xc0fc, 0xc1a4, 0xc1a6, 0xc1b6, 0xc1f6, 0xc3bc,
    0xc4a1, 0xc4a8, 0xc4bf, 0xc4dc, 0xc5cd, 0xc6ae, 0xc7b0, 0xc7cf, 0xc7d1,
    0xc7d5, 0xc7d7, 0xc8a3, 0xc8b8,
};

/* UTF-16 without a mark: every ASCII character, and a table is full of them,
   has a zero byte on the same side. */
static const struct charset *utf16_by_zeros(struct str head) {
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < head.len; i++)
        zeros[i % 2] += head.ptr[i] == '\0';
    if (zeros[1] > head.len / 8 && zeros[0] * 8 < zeros[1])
        return &charsets[UTF_16LE];
    if (zeros[0] > head.len / 8 && zeros[1] * 8 < zeros[0])
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

/* How a sample looks as one encoding. A character weighs 0 (never seen in a
   parts list) to 100 (usual), times its bytes. */
struct tally {
    size_t weight, bytes, broken;
};

static int byte_at(struct str sample, size_t at) {
    return at < sample.len ? (unsigned char)sample.ptr[at] : -1;
}

static bool between(int byte, int low, int high) {
    return byte >= low && byte <= high;
}

static bool is_frequent(const uint16_t *table, size_t count, int lead,
                        int trail) {
    uint16_t pair = (uint16_t)(lead << 8 | trail);
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table[middle] < pair)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && table[low] == pair;
}

/* Each of these weighs the character at `at`, whose first byte is above 0x7f:
   its length, or 0 when it is none. `*weight` is 0 to 100. */
typedef size_t weigh(struct str sample, size_t at, size_t *weight);

static size_t weigh_gb18030(struct str sample, size_t at, size_t *weight) {
    int lead = byte_at(sample, at), trail = byte_at(sample, at + 1);
    *weight = 0;
    if (!between(lead, 0x81, 0xfe))
        return 0;
    if (between(trail, 0x30, 0x39))
        return between(byte_at(sample, at + 2), 0x81, 0xfe) &&
                       between(byte_at(sample, at + 3), 0x30, 0x39)
                   ? 4
                   : 0;
    if (!between(trail, 0x40, 0xfe) || trail == 0x7f)
        return 0;
    if (trail < 0xa1)
        return 2; /* the rare half, which GBK added */
    if (is_frequent(gb_frequent, ARRAY_LEN(gb_frequent), lead, trail))
        *weight = 100;
    else if (between(lead, 0xb0, 0xd7))
        *weight = 70; /* the first level: characters in daily use */
    else if (between(lead, 0xa1, 0xa3) || lead == 0xa6)
        *weight = 60; /* punctuation, full-width letters, Greek for ohms */
    else if (between(lead, 0xd8, 0xf7))
        *weight = 20;
    return 2;
}

static size_t weigh_euc_kr(struct str sample, size_t at, size_t *weight) {
    int lead = byte_at(sample, at), trail = byte_at(sample, at + 1);
    *weight = 0;
    if (!between(lead, 0x81, 0xfe) || !between(trail, 0x41, 0xfe))
        return 0;
    if (trail < 0xa1 || lead < 0xa1)
        return between(trail, 0x5b, 0x60) || between(trail, 0x7b, 0x80) ? 0 : 2;
    if (is_frequent(kr_frequent, ARRAY_LEN(kr_frequent), lead, trail))
        *weight = 100;
    else if (between(lead, 0xb0, 0xc8))
        *weight = 70;
    else if (between(lead, 0xa1, 0xa3) || lead == 0xa7)
        *weight = 60;
    else if (between(lead, 0xca, 0xfd))
        *weight = 10;
    return 2;
}

static size_t weigh_shift_jis(struct str sample, size_t at, size_t *weight) {
    int lead = byte_at(sample, at), trail = byte_at(sample, at + 1);
    *weight = 0;
    if (between(lead, 0xa1, 0xdf)) {
        *weight = 55; /* half-width katakana: also any byte of the others */
        return 1;
    }
    if (!between(lead, 0x81, 0x9f) && !between(lead, 0xe0, 0xfc))
        return 0;
    if (!between(trail, 0x40, 0xfc) || trail == 0x7f)
        return 0;
    if ((lead == 0x82 && between(trail, 0x9f, 0xf1)) ||
        (lead == 0x83 && between(trail, 0x40, 0x96)))
        *weight = 100; /* kana */
    else if (between(lead, 0x88, 0x97))
        *weight = 80;
    else if (between(lead, 0x81, 0x83))
        *weight = 60;
    else if (between(lead, 0x98, 0x9f) || between(lead, 0xe0, 0xea))
        *weight = 20;
    return 2;
}

static bool is_high(struct str sample, size_t at) {
    return byte_at(sample, at) >= 0x80;
}

/* Whether the byte stands apart from others above 0x7f. */
static bool is_alone(struct str sample, size_t at) {
    return (at == 0 || !is_high(sample, at - 1)) && !is_high(sample, at + 1);
}

static bool touches_letter(struct str sample, size_t at) {
    return (at > 0 && ascii_is_alpha(sample.ptr[at - 1])) ||
           (at + 1 < sample.len && ascii_is_alpha(sample.ptr[at + 1]));
}

/* In Western text such letters and signs stand alone, or in a word with
   plain ones: "für", "2.2 µF", "Größe". */
static size_t weigh_1252(struct str sample, size_t at, size_t *weight) {
    size_t place = is_alone(sample, at)         ? 90
                   : touches_letter(sample, at) ? 70
                                                : 30;
    *weight = byte_at(sample, at) < 0xa0 ? place / 2 : place;
    return 1;
}

/* In Russian text they make words, which begin with the capital if any. */
static size_t weigh_1251(struct str sample, size_t at, size_t *weight) {
    int byte = byte_at(sample, at);
    int before = at > 0 ? byte_at(sample, at - 1) : 0;
    bool letter = byte >= 0xc0 || byte == 0xa8 || byte == 0xb8;
    bool alone = is_alone(sample, at);
    if (!letter)
        *weight = alone ? 85 : 10;
    else if (alone || touches_letter(sample, at))
        *weight = 25;
    else
        *weight = between(byte, 0xc0, 0xdf) && before >= 0xe0 ? 20 : 95;
    return 1;
}

static struct tally tally(struct str sample, weigh *method) {
    struct tally sum = {0, 0, 0};
    for (size_t at = 0; at < sample.len;) {
        size_t weight, taken = 1;
        if (byte_at(sample, at) >= 0x80) {
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
        rare += taken == 2 && !between((int)code, 0x80, 0x17f) &&
                !between((int)code, 0x370, 0x45f);
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

const struct charset *charset_of_text(struct str sample) {
    static const struct {
        enum charset_id id;
        weigh *method;
    } candidates[] = {
        {WINDOWS_1252, weigh_1252}, {WINDOWS_1251, weigh_1251},
        {GB18030, weigh_gb18030},   {SHIFT_JIS, weigh_shift_jis},
        {EUC_KR, weigh_euc_kr},
    };
    enum charset_id best = WINDOWS_1252;
    size_t best_weight = 0;
    enum likeness utf8 = utf8_likeness(sample);
    if (utf8 == ALIKE)
        return &charsets[UTF_8];
    for (size_t i = 0; i < ARRAY_LEN(candidates); i++) {
        struct tally sum = tally(sample, candidates[i].method);
        size_t weight = sum.bytes == 0 ? 0 : sum.weight / sum.bytes;
        if (is_sound(sum) && weight > best_weight) {
            best = candidates[i].id;
            best_weight = weight;
        }
    }
    if (utf8 == DOUBTFUL && best_weight < WEIGHT_SURE)
        best = UTF_8;
    return &charsets[best];
}
