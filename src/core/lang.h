#ifndef BOMGATE_CORE_LANG_H
#define BOMGATE_CORE_LANG_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"

/* The language of the sentences that people read. The sources are English;
   src/lang/ holds a catalogue for each other language, and the build compiles
   it in. Keys, ids and values that machines read are never translated, and no
   locale of the machine is asked: the same call gives the same bytes
   everywhere.

   The language in use is that of the thread, as uselocale() has it, because a
   sentence is made in many places and a run speaks one language. It is chosen
   once, before anything is said. */

/** The catalogues, ended by one without a name; the build writes them. */
struct lang_catalogue {
    const char *name; /* "zh-CN": a language tag as HTML has it (BCP 47) */
    const char *bytes;
    const size_t *size;
};
extern const struct lang_catalogue lang_catalogues[];

/**
 * Choose the language of this thread: "en", or a catalogue's name, or the part
 * of it before the hyphen; without regard to case.
 *
 * @return false when there is none of that name; what was chosen stays.
 */
NODISCARD bool lang_use(const char *name);

/** The name of the language in use. */
const char *lang_name(void);

/** The name of the i-th language, "en" first; NULL beyond the last. */
const char *lang_name_at(size_t i);

/** The text in the language in use; itself where nothing else is known. What
    comes back lives as long as the program, or as `text`. */
const char *tr(const char *text) FORMAT_OF(1);

/** The same for a text that `context` tells apart from an equal one. */
const char *tr_in(const char *context, const char *text) FORMAT_OF(2);

/** The one of the two that goes with a count: "%s line", "%s lines". */
const char *tr_count(const char *one, const char *many, size_t count)
    FORMAT_OF(1) FORMAT_OF(2);

/** What a form calls the option "as-of": its label, to be translated; NULL for
    none. The list is ended by one without a name. */
struct lang_label {
    const char *option, *label;
};

/** Whoever is told something has filled in a form, and knows no options. Chosen
    once, before anything is said. */
void lang_ask_by_form(const struct lang_label *labels);

/** Whether that is so: an option that the form lacks is no advice then. */
bool lang_is_by_form(void);

/** How an option is called where it was chosen: "--as-of", or in a form
    "“The day to judge by” (as_of)". It stands until the fourth call after. */
const char *lang_option(const char *option);

/** Marks a text that tr() is given elsewhere, in a static table. */
#define N_(text) text

#endif
