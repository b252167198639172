#include "report/report.h"

#include "core/lang.h"
#include "report/phrases.h"

const char *declaration_statement_name(enum declaration_statement statement) {
    static const char *const names[DECLARATION_STATEMENTS] = {
        [DECLARES_NONE] = "contains-none",
        [DECLARES_LISTED] = "contains",
        [DECLARES_ORIGIN] = "made-in",
    };
    return names[statement];
}

const char *contents_state_name(enum contents_state state) {
    static const char *const names[] = {
        [CONTENTS_UNDECLARED] = "undeclared",
        [CONTENTS_DECLARED] = "declared",
        [CONTENTS_EXPIRED] = "expired",
        [CONTENTS_NOT_YET] = "not-yet",
    };
    return names[state];
}

void report_declaration_told(struct strbuf *out,
                             const struct declaration *declaration) {
    struct strbuf what = {.ptr = NULL}, from = {.ptr = NULL};
    strbuf_add_text(&what, declaration_statement_name(declaration->statement));
    if (declaration->country != NULL)
        strbuf_printf(&what, " %s", declaration->country);
    strbuf_add_text(&from, shown_day(declaration->date).text);
    strbuf_printf(out, tr("%s, by %s in %s, from %s until %s"),
                  phrase_text(&what), declaration->by, declaration->document,
                  phrase_text(&from), shown_day(declaration->valid_until).text);
    phrase_end(out, &what);
    phrase_end(out, &from);
}
