#include "score.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void score_count(struct score *score, int result, struct str what,
                 struct str got, bool verbose) {
    score->right += result > 0;
    score->wrong += result < 0;
    score->open += result == 0;
    if (verbose && result <= 0)
        printf("%s %s: %.*s -> %.*s\n", result < 0 ? "wrong" : "open ",
               score->name, STR_ARG(what), STR_ARG(got));
}

void score_number(struct score *score, struct str what, struct str wanted,
                  double scale, unsigned got, bool verbose) {
    char text[32], seen[64];
    if (wanted.len == 0 || wanted.len >= sizeof text)
        return;
    memcpy(text, wanted.ptr, wanted.len);
    text[wanted.len] = '\0';
    unsigned number = (unsigned)(strtod(text, NULL) * scale + 0.5);
    snprintf(seen, sizeof seen, "%u, not %u", got, number);
    int result = got == 0 ? 0 : got == number ? 1 : -1;
    score_count(score, result, what, str_from(seen), verbose);
}

static double per_cent(unsigned part, unsigned whole) {
    return whole == 0 ? 100.0 : 100.0 * part / whole;
}

bool score_report(const struct score *scores, size_t count) {
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        const struct score *s = &scores[i];
        double precision = per_cent(s->right, s->right + s->wrong);
        double recall = per_cent(s->right, s->right + s->wrong + s->open);
        bool held = precision >= s->precision && recall >= s->recall;
        printf("%-14s precision %5.1f %% (floor %5.1f)  recall %5.1f %% "
               "(floor %5.1f)  of %3u%s\n",
               s->name, precision, s->precision, recall, s->recall,
               s->right + s->wrong + s->open, held ? "" : "  TOO LOW");
        good = good && held;
    }
    return good;
}

bool has_word(struct str list, struct str word) {
    struct str piece;
    while (str_split(&list, ' ', &piece))
        if (str_eq(piece, word))
            return true;
    return false;
}

bool read_file(const char *folder, const char *file, struct strbuf *out) {
    char path[1024], chunk[4096];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        return false;
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, in)) > 0;)
        strbuf_add(out, (struct str){chunk, got});
    return fclose(in) == 0 && !out->failed;
}
