/* Runs a fuzz target over made-up CSV, most of it regular: many times faster
   than a fuzzer, which has to watch what it does.

   usage: random_… COUNT [SEED]

   The input that a property does not hold for is left in ./found. */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MAX 2048
#define SHORT_MAX 384 /* six blocks of the fast reader */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t made[INPUT_MAX];
static size_t made_size;
static uint64_t state;

static void keep(int signal_number) {
    FILE *file = fopen("found", "wb");
    (void)signal_number;
    if (file != NULL && fwrite(made, 1, made_size, file) == made_size)
        fclose(file);
}

/* Marsaglia's xorshift64: the same numbers on every machine. */
static uint32_t number(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 32) % below);
}

static size_t put(uint8_t *out, size_t at, const char *text) {
    size_t len = strlen(text);
    if (at + len > INPUT_MAX)
        return at;
    memcpy(out + at, text, len);
    return at + len;
}

static size_t put_word(uint8_t *out, size_t at, uint32_t longest) {
    static const char *const words[] = {"a",  "R1", "10k", "x y", "0.1",
                                        "µF", "电", "-",   "1"};
    for (uint32_t len = number(longest); len != 0; len--)
        at = put(out, at, words[number(sizeof(words) / sizeof(*words))]);
    return at;
}

/* What should not be in a cell, or be somewhere else in it. */
static size_t put_oddity(uint8_t *out, size_t at) {
    static const char *const odd[] = {
        "\"", "\"\"", "\" ", " \"",   "\n",     "\r",   "\r\n", "\t",
        " ",  ",",    ";",   "\",\"", "\"\n\"", "\n\n", "\x1a", "\xff"};
    return put(out, at, odd[number(sizeof(odd) / sizeof(*odd))]);
}

static size_t put_cell(uint8_t *out, size_t at, uint32_t oddness) {
    int quoted = number(3) == 0;
    if (number(oddness) == 0)
        at = put_oddity(out, at);
    at = put(out, at, quoted ? "\"" : "");
    at = put_word(out, at, number(8) == 0 ? 40 : 4);
    if (quoted && number(2) == 0)
        at = put(out, at, ", ");
    if (number(oddness) == 0)
        at = put_oddity(out, at);
    at = put(out, at, quoted ? "\"" : "");
    if (number(oddness) == 0)
        at = put_oddity(out, at);
    return at;
}

static size_t make_input(uint8_t *out) {
    static const char *const breaks[] = {"\n", "\r\n", "\r"};
    static const char *const delimiters[] = {",", ",", ";", "\t"};
    const char *line_break = breaks[number(3)];
    const char *delimiter = delimiters[number(4)];
    uint32_t width = 1 + number(9), oddness = 2 + number(300);
    size_t at = 1, limit = 1 + number(number(4) == 0 ? INPUT_MAX : SHORT_MAX);
    out[0] = (uint8_t)number(number(1000) == 0 ? 256 : 0xf8);
    if (number(8) != 0) { /* finding the delimiter takes longer than the rest */
        at = put(out, at, "sep=");
        at = put(out, at, delimiter);
        at = put(out, at, line_break);
    }
    while (at < limit && at + 8 < INPUT_MAX) {
        for (uint32_t i = 0; i < width; i++) {
            at = put(out, at, i == 0 ? "" : delimiter);
            at = put_cell(out, at, oddness);
        }
        at = put(out, at, line_break);
    }
    return at;
}

int main(int argc, char **argv) {
    unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    state = UINT64_C(88172645463325252);
    state ^= argc > 2 ? strtoul(argv[2], NULL, 10) * UINT64_C(2654435769) : 0;
    if (count == 0 || argc > 3) {
        fprintf(stderr, "usage: %s COUNT [SEED]\n", argv[0]);
        return 2;
    }
    signal(SIGABRT, keep);
    for (unsigned long i = 0; i < count; i++) {
        size_t size = made_size = make_input(made);
        /* Exactly as large as the input, so that a read past it is seen. */
        uint8_t *data = malloc(size);
        if (data == NULL)
            return 2;
        memcpy(data, made, size);
        LLVMFuzzerTestOneInput(data, size);
        free(data);
    }
    printf("%lu inputs\n", count);
    return 0;
}
