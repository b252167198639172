#include "bom/xlsx_book.h"

#include "bom/xml_part.h"
#include "core/lang.h"
#include "core/mem.h"

#include <string.h>

#define PACKAGE_RELATIONS "_rels/.rels"

static const char *const id_attributes[] = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships|id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships|id",
};

/* A relationship of a part to another one. */
struct relation {
    struct str id, type, path;
};

struct relations {
    struct arena *arena;
    struct str folder; /* of the part, with a '/' at its end */
    struct relation *items;
    size_t count, cap;
    bool failed;
};

static struct str attribute(struct arena *arena, const char *const *attributes,
                            const char *name) {
    return arena_str(arena, str_from(xml_attribute(attributes, name)));
}

/* "../xl/./a.xml" from "xl/" is "xl/a.xml"; above the root is the root. */
static struct str resolve(struct arena *arena, struct str folder,
                          struct str target) {
    struct str rest =
        target.len != 0 && target.ptr[0] == '/'
            ? target
            : arena_printf(arena, "%.*s%.*s", STR_ARG(folder), STR_ARG(target));
    char *path = arena_alloc(arena, rest.len + 1);
    size_t len = 0;
    struct str step;
    while (path != NULL && str_split(&rest, '/', &step)) {
        if (step.len == 0 || str_eq(step, STR_LIT(".")))
            continue;
        if (str_eq(step, STR_LIT(".."))) {
            while (len > 0 && path[--len] != '/') {
            }
            continue;
        }
        if (len > 0)
            path[len++] = '/';
        memcpy(path + len, step.ptr, step.len);
        len += step.len;
    }
    return path == NULL ? STR_EMPTY : (struct str){path, len};
}

static void relation_start(void *ctx, const char *name,
                           const char *const *attributes) {
    struct relations *relations = ctx;
    const char *target = xml_attribute(attributes, "Target");
    const char *mode = xml_attribute(attributes, "TargetMode");
    if (!str_ends(str_from(name), STR_LIT("|Relationship")) || target == NULL ||
        (mode != NULL && strcmp(mode, "External") == 0))
        return;
    void *items = relations->items;
    if (!mem_grow(&items, &relations->cap, relations->count + 1,
                  sizeof(*relations->items))) {
        relations->failed = true;
        return;
    }
    relations->items = items;
    struct arena *arena = relations->arena;
    relations->items[relations->count++] = (struct relation){
        .id = attribute(arena, attributes, "Id"),
        .type = attribute(arena, attributes, "Type"),
        .path = resolve(arena, relations->folder, str_from(target)),
    };
}

static void ignore_end(void *ctx, const char *name) { (void)ctx, (void)name; }

static bool read_relations(struct relations *relations, struct zip_parts *parts,
                           struct str path, struct err *err) {
    static const struct xml_events events = {.start = relation_start,
                                             .end = ignore_end};
    if (!xml_part_parse(parts, path, &events, relations, err))
        return false;
    if (relations->failed || relations->arena->failed)
        return err_nomem(err);
    return true;
}

/* The kind is the last word of the type: "…/relationships/styles". */
static const struct relation *find_kind(const struct relations *relations,
                                        const char *kind) {
    for (size_t i = 0; i < relations->count; i++) {
        struct str type = relations->items[i].type;
        if (str_ends(type, str_from(kind)))
            return &relations->items[i];
    }
    return NULL;
}

static const struct relation *find_id(const struct relations *relations,
                                      struct str id) {
    for (size_t i = 0; i < relations->count; i++) {
        if (str_eq(relations->items[i].id, id))
            return &relations->items[i];
    }
    return NULL;
}

/* Reading the workbook part: the names and parts of its sheets. */
struct workbook_state {
    struct xlsx_book *book;
    const struct relations *relations;
    bool is_workbook, failed, too_many;
};

static void add_sheet(struct workbook_state *state,
                      const char *const *attributes) {
    struct xlsx_book *book = state->book;
    const char *id = NULL;
    for (size_t i = 0; i < ARRAY_LEN(id_attributes) && id == NULL; i++)
        id = xml_attribute(attributes, id_attributes[i]);
    const struct relation *relation = find_id(state->relations, str_from(id));
    /* Without its relationship a sheet is kept, to be told as missing. */
    if (relation != NULL && !str_ends(relation->type, STR_LIT("/worksheet")))
        return;
    void *sheets = book->sheets, *paths = book->paths;
    state->too_many |= book->sheet_count == XLSX_SHEETS_MAX;
    state->failed |= !mem_grow(&sheets, &book->sheet_cap, book->sheet_count + 1,
                               sizeof(*book->sheets));
    book->sheets = sheets;
    state->failed |= !mem_grow(&paths, &book->path_cap, book->sheet_count + 1,
                               sizeof(*book->paths));
    book->paths = paths;
    if (state->failed || state->too_many)
        return;
    const char *visibility = xml_attribute(attributes, "state");
    book->sheets[book->sheet_count] = (struct sheet){
        .name = attribute(&book->arena, attributes, "name"),
        .hidden = visibility != NULL && strcmp(visibility, "visible") != 0,
    };
    book->paths[book->sheet_count++] =
        relation != NULL ? relation->path : STR_EMPTY;
}

static bool is_true(const char *value) {
    return value != NULL &&
           (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static void workbook_start(void *ctx, const char *name,
                           const char *const *attributes) {
    struct workbook_state *state = ctx;
    const char *local = xlsx_element(name);
    if (strcmp(local, "workbook") == 0)
        state->is_workbook = true;
    else if (strcmp(local, "workbookPr") == 0)
        state->book->from_1904 = is_true(xml_attribute(attributes, "date1904"));
    else if (strcmp(local, "sheet") == 0)
        add_sheet(state, attributes);
}

static bool read_workbook(struct xlsx_book *book, struct zip_parts *parts,
                          struct str path, const struct relations *relations,
                          struct err *err) {
    static const struct xml_events events = {.start = workbook_start,
                                             .end = ignore_end};
    struct workbook_state state = {.book = book, .relations = relations};
    if (!xml_part_parse(parts, path, &events, &state, err))
        return false;
    if (state.failed || book->arena.failed)
        return err_nomem(err);
    if (state.too_many)
        return err_set(err, ERR_LIMIT,
                       tr("the workbook has more than %d sheets"),
                       XLSX_SHEETS_MAX);
    if (!state.is_workbook)
        return err_set(err, ERR_FOREIGN,
                       tr("\"%.*s\" is not an Excel workbook"), STR_ARG(path));
    if (book->sheet_count == 0)
        return err_set(err, ERR_INVALID, tr("the workbook has no worksheet"));
    return true;
}

/* Reading the shared strings. */
struct strings_state {
    struct xlsx_book *book;
    struct xlsx_text item;
    struct strbuf decoded;
    bool failed, too_many;
};

static void strings_start(void *ctx, const char *name,
                          const char *const *attributes) {
    struct strings_state *state = ctx;
    (void)attributes;
    const char *local = xlsx_element(name);
    if (strcmp(local, "si") == 0)
        strbuf_clear(&state->item.text);
    else
        xlsx_text_start(&state->item, local);
}

static void strings_end(void *ctx, const char *name) {
    struct strings_state *state = ctx;
    struct xlsx_book *book = state->book;
    const char *local = xlsx_element(name);
    xlsx_text_end(&state->item, local);
    if (strcmp(local, "si") != 0)
        return;
    if (book->string_count == XLSX_STRINGS_MAX) {
        state->too_many = true;
        return;
    }
    strbuf_clear(&state->decoded);
    xlsx_text_add(&state->decoded, strbuf_str(&state->item.text));
    void *strings = book->strings;
    if (state->item.text.failed || state->decoded.failed ||
        !mem_grow(&strings, &book->string_cap, book->string_count + 1,
                  sizeof(*book->strings))) {
        state->failed = true;
        return;
    }
    book->strings = strings;
    book->strings[book->string_count++] =
        arena_str(&book->arena, strbuf_str(&state->decoded));
}

static void strings_text(void *ctx, struct str text) {
    struct strings_state *state = ctx;
    xlsx_text_piece(&state->item, text);
}

static bool read_strings(struct xlsx_book *book, struct zip_parts *parts,
                         struct str path, struct err *err) {
    static const struct xml_events events = {
        .start = strings_start, .end = strings_end, .text = strings_text};
    struct strings_state state = {.book = book};
    bool ok = xml_part_parse(parts, path, &events, &state, err);
    strbuf_dispose(&state.item.text);
    strbuf_dispose(&state.decoded);
    if (ok && (state.failed || book->arena.failed))
        return err_nomem(err);
    if (ok && state.too_many)
        return err_set(err, ERR_LIMIT,
                       tr("the workbook has more than %d different texts"),
                       XLSX_STRINGS_MAX);
    return ok;
}

static struct str folder_of(struct str path) {
    size_t len = path.len;
    while (len > 0 && path.ptr[len - 1] != '/')
        len--;
    return str_take(path, len);
}

static bool read_parts(struct xlsx_book *book, struct zip_parts *parts,
                       struct str workbook, struct relations *relations,
                       struct err *err) {
    struct str folder = folder_of(workbook);
    relations->folder = folder;
    struct str path =
        arena_printf(&book->arena, "%.*s_rels/%.*s.rels", STR_ARG(folder),
                     STR_ARG(str_skip(workbook, folder.len)));
    if (!read_relations(relations, parts, path, err) ||
        !read_workbook(book, parts, workbook, relations, err))
        return false;
    const struct relation *strings = find_kind(relations, "/sharedStrings");
    const struct relation *styles = find_kind(relations, "/styles");
    if (strings != NULL && !read_strings(book, parts, strings->path, err))
        return false;
    return styles == NULL || xlsx_styles_read(book, parts, styles->path, err);
}

static bool find_workbook(struct xlsx_book *book, struct zip_parts *parts,
                          struct str *path, struct err *err) {
    if (!zip_parts_has(parts, STR_LIT(PACKAGE_RELATIONS)))
        return err_set(err, ERR_FOREIGN,
                       tr("a zip archive, but not an Excel workbook"));
    struct relations package = {.arena = &book->arena, .folder = STR_EMPTY};
    bool ok = read_relations(&package, parts, STR_LIT(PACKAGE_RELATIONS), err);
    if (ok) {
        const struct relation *document =
            find_kind(&package, "/officeDocument");
        ok = document != NULL ||
             err_set(err, ERR_FOREIGN,
                     tr("a zip archive, but not an Excel workbook"));
        if (ok)
            *path = document->path;
    }
    mem_free(package.items);
    if (ok && str_ends(*path, STR_LIT(".bin")))
        return err_set(
            err, ERR_INVALID,
            tr("a binary workbook (.xlsb) cannot be read; save it as "
               ".xlsx"));
    return ok;
}

bool xlsx_book_read(struct xlsx_book *book, struct zip_parts *parts,
                    struct err *err) {
    struct str path;
    if (!find_workbook(book, parts, &path, err))
        return false;
    struct relations relations = {.arena = &book->arena};
    bool ok = read_parts(book, parts, path, &relations, err);
    mem_free(relations.items);
    return ok;
}

void xlsx_book_dispose(struct xlsx_book *book) {
    arena_dispose(&book->arena);
    mem_free(book->sheets);
    mem_free(book->paths);
    mem_free(book->strings);
    mem_free(book->formats);
}
