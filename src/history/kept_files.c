#include "history/kept_files.h"

#include <string.h>

#include "history/query.h"

/* A folder, a path below it, and what the file holds. */
static const char *const statements[] = {
    "SELECT iif(instr(path, ':') = 0, 'rules/' || s.sha256, "
    "  'rules/' || s.sha256 || '+' || substr(path, 1, instr(path, ':') - 1)), "
    " substr(path, instr(path, ':') + 1), bytes "
    "FROM ruleset AS s JOIN ruleset_file AS r ON r.ruleset = s.id "
    "JOIN file AS f ON f.id = r.file ORDER BY s.id, path",
    "SELECT 'boms/' || f.sha256, min(path), bytes "
    "FROM bom JOIN file AS f ON f.id = bom.file GROUP BY f.id ORDER BY f.id",
};

#define NAME_MAX_BYTES 200 /* file systems take 255 */

/* A name that is one: no way up, nothing hidden, nothing unseen. */
static void add_name(struct strbuf *out, struct str name) {
    name = str_take(name, NAME_MAX_BYTES);
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        bool unfit = c < 0x20 || c == 0x7F || strchr("\\:*?\"<>|", c) != NULL ||
                     (c == '.' && i == 0);
        strbuf_add_char(out, unfit ? '_' : (char)c);
    }
    if (name.len == 0)
        strbuf_add_char(out, '_');
}

static void add_path(struct strbuf *out, struct str path) {
    struct str name;
    while (str_split(&path, '/', &name)) {
        if (out->len != 0)
            strbuf_add_char(out, '/');
        add_name(out, name);
    }
}

static bool tell_row(const struct query *row, bool is_bom, kept_file *tell,
                     void *ctx, struct err *err) {
    struct strbuf path = {.ptr = NULL};
    const char *name = query_optional(row, 1);
    add_path(&path, query_text(row, 0));
    /* a BOM without the folders that it lay in */
    add_path(&path,
             is_bom && name != NULL ? str_base_name(name) : str_from(name));
    bool ok = (!path.failed || err_nomem(err)) &&
              tell(ctx, path.ptr, query_bytes(row, 2), err);
    strbuf_dispose(&path);
    return ok;
}

bool kept_files_tell(struct history *history, kept_file *tell, void *ctx,
                     struct err *err) {
    bool ok = true;
    for (size_t i = 0; ok && i < ARRAY_LEN(statements); i++) {
        struct query query = {.history = NULL};
        bool row = true;
        ok = query_open(&query, history, statements[i], err);
        while (ok && (ok = query_next(&query, &row, err)) && row)
            ok = tell_row(&query, i == 1, tell, ctx, err);
        query_close(&query);
    }
    return ok;
}
