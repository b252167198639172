#include "web/file_name.h"

#include "core/utf8.h"

#define EXTENSION_BYTES_MAX 16

/* "C:\boards\a.csv" -> "a.csv" */
static struct str without_folder(struct str path) {
    size_t begin = path.len;
    while (begin > 0 && path.ptr[begin - 1] != '/' &&
           path.ptr[begin - 1] != '\\')
        begin--;
    return str_skip(path, begin);
}

static void add_visible(struct strbuf *out, struct str text) {
    while (text.len != 0) {
        uint32_t code;
        size_t size = utf8_next(text, &code);
        strbuf_add(out,
                   utf8_is_hostile(code) ? STR_LIT("_") : str_take(text, size));
        text = str_skip(text, size);
    }
}

/* The last ".xlsx"; nothing when there is none. */
static struct str extension_of(struct str name) {
    for (size_t len = 1; len <= EXTENSION_BYTES_MAX && len < name.len; len++) {
        if (name.ptr[name.len - len] == '.')
            return str_skip(name, name.len - len);
    }
    return STR_EMPTY;
}

/* No character is cut in two. */
static struct str take_characters(struct str text, size_t most) {
    while (most != 0 && most < text.len && (text.ptr[most] & 0xC0) == 0x80)
        most--;
    return str_take(text, most);
}

void file_name_safe(struct strbuf *out, struct str given) {
    struct strbuf repaired = {.ptr = NULL}, name = {.ptr = NULL};
    (void)utf8_repair(&repaired, without_folder(given));
    add_visible(&name, strbuf_str(&repaired));
    struct str whole = strbuf_str(&name), extension = extension_of(whole);
    struct str stem = str_take(whole, whole.len - extension.len);
    bool has_meaning =
        whole.len != 0 && (whole.ptr[0] == '.' || whole.ptr[0] == '-');
    strbuf_clear(out);
    strbuf_add_text(out, whole.len == 0 ? "bom" : has_meaning ? "_" : "");
    stem = str_skip(stem, has_meaning ? 1 : 0);
    strbuf_add(out, take_characters(stem, FILE_NAME_BYTES_MAX - out->len -
                                              extension.len));
    strbuf_add(out, extension);
    out->failed = out->failed || repaired.failed || name.failed;
    strbuf_dispose(&repaired);
    strbuf_dispose(&name);
}
