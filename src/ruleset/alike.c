#include "ruleset/alike.h"

/* Blanks at each end, so that short names have keys enough. */
#define PADDING 2

struct rules_shape alike_shape(struct str name) {
    size_t blanks = 0;
    for (size_t i = 0; i < name.len; i++)
        blanks += name.ptr[i] == ' ';
    size_t letters = name.len - blanks, words = blanks + 1;
    return (struct rules_shape){
        .words = (uint8_t)(words < UINT8_MAX ? words : UINT8_MAX),
        .letters = (uint8_t)(letters < ALIKE_LETTERS_MAX ? letters
                                                         : ALIKE_LETTERS_MAX),
    };
}

size_t alike_gram_count(struct str name) { return name.len + PADDING; }

uint32_t alike_gram(struct str name, size_t i) {
    uint32_t gram = (unsigned char)name.ptr[0];
    for (size_t at = i; at < i + 3; at++) {
        bool inside = at >= PADDING && at - PADDING < name.len;
        unsigned char byte =
            inside ? (unsigned char)name.ptr[at - PADDING] : ' ';
        gram = gram << 8 | byte;
    }
    return gram;
}

uint32_t alike_slot(uint32_t gram) {
    return (uint32_t)(gram * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

#define FNV_BASIS UINT32_C(0x811c9dc5)
#define FNV_PRIME UINT32_C(0x01000193)

uint32_t alike_letters_key(struct str name) {
    uint32_t key = FNV_BASIS;
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] != ' ')
            key = (key ^ (unsigned char)name.ptr[i]) * FNV_PRIME;
    return key;
}

uint32_t alike_words_key(struct str name) {
    uint32_t key = 0;
    struct str word;
    while (str_split(&name, ' ', &word))
        key += alike_letters_key(word);
    return key;
}
