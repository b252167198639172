#include "bom/xlsx_book.h"

#include "bom/xml_part.h"
#include "core/lang.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* Cell styles, and formats; Excel has 65,490 styles. */
#define XLSX_STYLES_MAX 65536

/* A number format that the workbook spells out. */
struct custom_format {
    unsigned id;
    struct cell_format format;
};

struct styles_state {
    struct xlsx_book *book;
    struct custom_format *customs;
    size_t custom_count, custom_cap;
    bool in_cell_styles;
    bool failed, too_many;
};

static unsigned number_attribute(const char *const *attributes,
                                 const char *name) {
    double value = 0;
    const char *text = xml_attribute(attributes, name);
    if (text == NULL || !cell_number_parse(str_from(text), &value) ||
        value < 0 || value > 1e6)
        return 0;
    return (unsigned)value;
}

static void add_custom(struct styles_state *state,
                       const char *const *attributes) {
    void *customs = state->customs;
    if (state->custom_count == XLSX_STYLES_MAX) {
        state->too_many = true;
        return;
    }
    if (!mem_grow(&customs, &state->custom_cap, state->custom_count + 1,
                  sizeof(*state->customs))) {
        state->failed = true;
        return;
    }
    state->customs = customs;
    state->customs[state->custom_count++] = (struct custom_format){
        .id = number_attribute(attributes, "numFmtId"),
        .format = cell_format_parse(
            str_from(xml_attribute(attributes, "formatCode"))),
    };
}

static int by_id(const void *a, const void *b) {
    const struct custom_format *left = a, *right = b;
    return (left->id > right->id) - (left->id < right->id);
}

static struct cell_format find_format(const struct styles_state *state,
                                      unsigned id) {
    struct custom_format key = {.id = id};
    const struct custom_format *found =
        state->custom_count == 0
            ? NULL
            : bsearch(&key, state->customs, state->custom_count, sizeof(key),
                      by_id);
    return found != NULL ? found->format : cell_format_builtin(id);
}

static void add_style(struct styles_state *state,
                      const char *const *attributes) {
    struct xlsx_book *book = state->book;
    void *formats = book->formats;
    if (book->format_count == XLSX_STYLES_MAX) {
        state->too_many = true;
        return;
    }
    if (!mem_grow(&formats, &book->format_cap, book->format_count + 1,
                  sizeof(*book->formats))) {
        state->failed = true;
        return;
    }
    book->formats = formats;
    book->formats[book->format_count++] =
        find_format(state, number_attribute(attributes, "numFmtId"));
}

/* The formats stand before the styles that name them. */
static void begin_cell_styles(struct styles_state *state) {
    state->in_cell_styles = true;
    if (state->custom_count != 0)
        qsort(state->customs, state->custom_count, sizeof(*state->customs),
              by_id);
}

static void styles_start(void *ctx, const char *name,
                         const char *const *attributes) {
    struct styles_state *state = ctx;
    const char *local = xlsx_element(name);
    if (strcmp(local, "numFmt") == 0)
        add_custom(state, attributes);
    else if (strcmp(local, "cellXfs") == 0)
        begin_cell_styles(state);
    else if (strcmp(local, "xf") == 0 && state->in_cell_styles)
        add_style(state, attributes);
}

static void styles_end(void *ctx, const char *name) {
    struct styles_state *state = ctx;
    if (strcmp(xlsx_element(name), "cellXfs") == 0)
        state->in_cell_styles = false;
}

bool xlsx_styles_read(struct xlsx_book *book, struct zip_parts *parts,
                      struct str path, struct err *err) {
    static const struct xml_events events = {.start = styles_start,
                                             .end = styles_end};
    struct styles_state state = {.book = book};
    bool ok = xml_part_parse(parts, path, &events, &state, err);
    mem_free(state.customs);
    if (!ok)
        return false;
    if (state.too_many)
        return err_set(
            err, ERR_LIMIT,
            tr("the workbook has more than %d cell styles or formats"),
            XLSX_STYLES_MAX);
    return !state.failed || err_nomem(err);
}
