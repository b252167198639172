#include "core/lang.h"

#include <stdio.h>
#include <string.h>

#include "core/compiler.h"
#include "core/mo.h"
#include "core/str.h"

/* The language that the sources are written in. */
#define SOURCE_LANGUAGE "en"

static _Thread_local const struct lang_catalogue *used;
static const struct lang_label *labels; /* NULL: a command line */

static bool is_called(const char *tag, struct str name) {
    struct str whole = str_from(tag);
    ptrdiff_t hyphen = str_find_char(whole, '-');
    return str_eq_nocase(whole, name) ||
           (hyphen > 0 && str_eq_nocase(str_take(whole, (size_t)hyphen), name));
}

bool lang_use(const char *name) {
    if (is_called(SOURCE_LANGUAGE, str_from(name))) {
        used = NULL;
        return true;
    }
    for (const struct lang_catalogue *at = lang_catalogues; at->name != NULL;
         at++) {
        if (is_called(at->name, str_from(name))) {
            used = at;
            return true;
        }
    }
    return false;
}

const char *lang_name(void) {
    return used == NULL ? SOURCE_LANGUAGE : used->name;
}

const char *lang_name_at(size_t i) {
    const struct lang_catalogue *at = lang_catalogues;
    if (i == 0)
        return SOURCE_LANGUAGE;
    while (--i != 0 && at->name != NULL)
        at++;
    return at->name;
}

static bool look_up(const char *context, const char *text, struct str *out) {
    return used != NULL &&
           mo_find((struct mo){used->bytes, *used->size}, context, text, out);
}

/* The text of no letters stands for a catalogue's own header. */
static const char *find(const char *context, const char *text) {
    struct str found;
    return text[0] != '\0' && look_up(context, text, &found) && found.len != 0
               ? found.ptr
               : text;
}

const char *tr(const char *text) { return find(NULL, text); }

const char *tr_in(const char *context, const char *text) {
    return find(context, text);
}

/* A language has one form for every count, or one for 1 and one for the rest;
   for one with more, its rule is to be read from its catalogue here. */
const char *tr_count(const char *one, const char *many, size_t count) {
    struct str forms, form;
    if (!look_up(NULL, one, &forms))
        return count == 1 ? one : many;
    size_t wanted = count == 1 ? 0 : 1;
    const char *chosen = forms.ptr;
    for (size_t i = 0; i <= wanted && str_split(&forms, '\0', &form); i++)
        chosen = form.ptr;
    return chosen;
}

void lang_ask_by_form(const struct lang_label *of_form) { labels = of_form; }

bool lang_is_by_form(void) { return labels != NULL; }

static const char *label_of(const char *option) {
    const struct lang_label *label = labels;
    while (label->option != NULL && strcmp(label->option, option) != 0)
        label++;
    return label->option == NULL ? NULL : label->label;
}

const char *lang_option(const char *option) {
    static _Thread_local char texts[4][256];
    static _Thread_local unsigned next;
    char *text = texts[next++ % ARRAY_LEN(texts)];
    if (labels == NULL) {
        snprintf(text, sizeof(texts[0]), "--%s", option);
        return text;
    }
    char field[64];
    snprintf(field, sizeof(field), "%s", option);
    for (char *c = field; *c != '\0'; c++)
        *c = *c == '-' ? '_' : *c;
    const char *label = label_of(option);
    if (label == NULL)
        snprintf(text, sizeof(texts[0]), tr("the field “%s”"), field);
    else
        snprintf(text, sizeof(texts[0]), tr("“%s” (%s)"), tr(label), field);
    return text;
}
