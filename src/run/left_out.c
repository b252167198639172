#include "run/left_out.h"

#include "core/lang.h"
#include "core/mem.h"
#include "run/refdes_count.h"

/* Where a designator was seen. */
struct left_out_word {
    size_t bom; /* the last one */
    unsigned boms;
};

bool left_out_init(struct left_out *out, const struct product_words *words) {
    *out = (struct left_out){
        .words = words,
        .seen = mem_calloc(words->count + 1, sizeof(*out->seen)),
    };
    return out->seen != NULL;
}

void left_out_dispose(struct left_out *out) {
    mem_free(out->seen);
    *out = (struct left_out){.words = NULL};
}

static void note_seen(struct left_out *out, const char *named, size_t number,
                      const struct bom_line *line) {
    for (size_t i = 0; i < out->words->count; i++) {
        const struct product_words one = {&out->words->items[i], 1};
        struct left_out_word *seen = &out->seen[i];
        if ((seen->boms != 0 && seen->bom == number) ||
            refdes_count(line->refdes, &one, named).named == 0)
            continue;
        seen->boms++;
        seen->bom = number;
    }
}

void left_out_line(struct left_out *out, const char *named, size_t number,
                   struct bom_line *line) {
    if (out->words == NULL || out->words->count == 0)
        return;
    struct refdes_count count = refdes_count(line->refdes, out->words, named);
    if (count.all != 0 && count.named >= count.all)
        line->fitted = false;
    if (count.named != 0)
        note_seen(out, named, number, line);
}

void left_out_tell(const struct left_out *out, const char *settings,
                   void (*tell)(void *ctx, const struct err *note), void *ctx) {
    for (size_t i = 0; out->words != NULL && i < out->words->count; i++) {
        const struct product_word *word = &out->words->items[i];
        struct err note = ERR_INIT;
        if (out->seen[i].boms == 1)
            continue;
        if (out->seen[i].boms == 0)
            err_set(&note, ERR_INVALID,
                    tr("not-fitted: '%s' is no designator of the product's "
                       "BOMs"),
                    word->text);
        else
            err_set(&note, ERR_INVALID,
                    tr("not-fitted: '%s' is in %u BOMs and left out of each; "
                       "for one of them write its path, a colon and '%s'"),
                    word->text, out->seen[i].boms, word->text);
        err_at(&note, settings, word->line, 0);
        tell(ctx, &note);
    }
}
