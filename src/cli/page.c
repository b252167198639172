#include "cli/page.h"

#include <stdlib.h>

#include "cli/cli.h"

struct text_page cli_open_page(void) {
    size_t columns = cli_terminal_columns();
    struct text_page page = {.out = stdout, .columns = TEXT_COLUMNS};
    if (columns != 0)
        page.columns = columns < TEXT_COLUMNS_MIN ? TEXT_COLUMNS_MIN : columns;
    page.color = columns != 0 && getenv("NO_COLOR") == NULL;
    return page;
}

/* A failed write is cli_finish()'s to tell. */
bool cli_end_page(struct text_page *page, bool ok, struct err *err) {
    bool fits = text_page_ok(page) || ferror(page->out);
    text_page_dispose(page);
    return ok && (fits || err_nomem(err));
}

int cli_close_page(struct text_page *page, int status) {
    struct err err = ERR_INIT;
    return cli_end_page(page, true, &err) ? cli_finish(status) : cli_fail(&err);
}

#define LABEL_WIDTH 14

void cli_put_field(struct text_page *page, size_t indent, const char *label,
                   struct str text) {
    char lead[LABEL_WIDTH + 16];
    if (text.len == 0)
        return;
    snprintf(lead, sizeof(lead), "%*s%s", (int)indent, "", label);
    text_paragraph(page, lead, indent + LABEL_WIDTH, text);
}

void cli_add_words(struct strbuf *out, const char *before, struct str text) {
    if (text.len != 0)
        strbuf_printf(out, "%s%.*s", before, STR_ARG(text));
}
