#include "maker/packages.h"

#include <stdio.h>

#define LEADS_MAX 9999
#define NAME_SIZE 40 /* of a kind and its leads */

bool packages_init(struct packages *packages, const struct ruleset *rules) {
    *packages = (struct packages){.kinds = {.rules = rules}};
    return terms_init(&packages->kinds, rules, "package-kind/") &&
           terms_init(&packages->names, rules, "package/") &&
           terms_init(&packages->pins, rules, "package-pins");
}

void packages_dispose(struct packages *packages) {
    terms_dispose(&packages->kinds);
    terms_dispose(&packages->names);
    terms_dispose(&packages->pins);
}

/* A text on its way, piece by piece: "96-Pin F-BGA" is 96, pin, f, bga. */
struct walk {
    const struct packages *packages;
    unsigned leads;   /* the number just before, pin words aside; or 0 */
    const char *kind; /* the kind just before, or NULL */
    const char *best; /* the package found, "" when there are several */
};

/* Letters or digits at the start of `text`; one byte of anything else. */
static struct str take_piece(struct str text) {
    size_t len = 0;
    bool digits = ascii_is_digit(text.ptr[0]);
    while (len < text.len && (digits ? ascii_is_digit(text.ptr[len])
                                     : ascii_is_alpha(text.ptr[len])))
        len++;
    return str_take(text, len == 0 ? 1 : len);
}

static void found(struct walk *w, const char *kind, unsigned leads) {
    char text[NAME_SIZE];
    if (leads == 0)
        snprintf(text, sizeof text, "%s", kind);
    else
        snprintf(text, sizeof text, "%s %u", kind, leads);
    const char *name = terms_get(&w->packages->names, str_from(text));
    if (name != NULL)
        w->best = w->best == NULL || w->best == name ? name : "";
}

/* "54" in "TSOP 54pin" ends there, "8" in "WSON 8x6" does not. */
static bool ends_number(const struct walk *w, struct str rest) {
    if (rest.len == 0 || !ascii_is_alpha(rest.ptr[0]))
        return true;
    return terms_get(&w->packages->pins, take_piece(rest)) != NULL;
}

static void take_number(struct walk *w, struct str piece, struct str rest,
                        bool glued) {
    unsigned long leads = piece.len > 4 ? 0 : str_number(piece);
    if (w->kind != NULL && leads > 0 && ends_number(w, rest))
        found(w, w->kind, (unsigned)leads);
    w->kind = NULL;
    w->leads = glued || leads > LEADS_MAX ? 0 : (unsigned)leads;
}

/* A kind may be two words: "f bga". */
static const char *kind_at(const struct walk *w, struct str text,
                           struct str *piece) {
    struct str two = *piece, rest = str_skip(text, piece->len);
    if (rest.len > 1 && rest.ptr[0] == ' ') {
        two =
            str_take(text, piece->len + 1 + take_piece(str_skip(rest, 1)).len);
        const char *kind = terms_get(&w->packages->kinds, two);
        if (kind != NULL) {
            *piece = two;
            return kind;
        }
    }
    return terms_get(&w->packages->kinds, *piece);
}

static void take_kind(struct walk *w, const char *kind) {
    found(w, kind, 0);
    if (w->leads > 0)
        found(w, kind, w->leads);
    w->kind = kind;
    w->leads = 0;
}

const char *packages_find(const struct packages *packages, struct str folded) {
    struct walk walk = {.packages = packages};
    bool glued = false; /* to a letter */
    while (folded.len > 0) {
        struct str piece = take_piece(folded);
        const char *kind = kind_at(&walk, folded, &piece);
        if (ascii_is_digit(piece.ptr[0]))
            take_number(&walk, piece, str_skip(folded, piece.len), glued);
        else if (kind != NULL)
            take_kind(&walk, kind);
        else if (piece.ptr[0] != ' ' &&
                 terms_get(&packages->pins, piece) == NULL) {
            walk.kind = NULL;
            walk.leads = 0;
        }
        glued = ascii_is_alpha(piece.ptr[0]);
        folded = str_skip(folded, piece.len);
    }
    return walk.best == NULL ? "" : walk.best;
}
