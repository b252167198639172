#ifndef BOMGATE_WEB_TEMPLATE_H
#define BOMGATE_WEB_TEMPLATE_H

#include <stddef.h>

#include "core/str.h"
#include "ruleset/ruleset.h"

/** What stands for {%name%} in a page: markup. */
struct fragment {
    const char *name;
    struct strbuf markup;
};

/** The fragment of that name, made when it is not there; at most as many as
    `fragments` has room for. */
struct strbuf *fragment_of(struct fragment *fragments, size_t room,
                           const char *name);
void fragments_dispose(struct fragment *fragments, size_t room);

/** Fill a page: {{text}} is said in the language in use, {%name%} is the
    fragment. */
void template_fill(struct strbuf *out, struct str page,
                   const struct fragment *fragments, size_t count);

/** Add a text as HTML, for between tags or in quotes. */
void html_add(struct strbuf *out, struct str text);

/** Begin a table of a class with these names over its columns; its rows
    follow. On a narrow screen each row stands as a card. */
void html_begin_table(struct strbuf *out, const char *class,
                      const char *const *heads, size_t count);
/** A cell below that name; its content follows, and "</td>". */
void html_begin_cell(struct strbuf *out, const char *head);

/** The texts that a script says with t("…"), and what the rules' measures and
    profiles are called, as a JSON object of their translations. */
void template_strings(struct strbuf *out, struct str script,
                      const struct ruleset *rules);

#endif
