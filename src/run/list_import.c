#include "run/list_import.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/atomic_file.h"
#include "core/folder.h"
#include "core/date.h"
#include "core/mem.h"
#include "ruleset/compile.h"
#include "run/approved_list.h"
#include "run/list_companies.h"
#include "run/list_text.h"

/* An import while it is worked out. */
struct planning {
    const struct list_import_options *options;
    struct list_import *plan;
    struct approved_list approved;
    struct list_table table;
    struct list_names names;
    struct list_companies companies;
    struct ruleset *parties; /* that an approved list's makers are found in */
    bool alone;              /* the folder is a rule set of its own */
    struct err *err;
};

static bool is_folder(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The id names a file too. */
static bool check_id(const char *id, struct err *err) {
    bool ok = id[0] != '\0' && id[0] != '-' && id[0] != '.';
    for (const char *c = id; *c != '\0'; c++)
        ok = ok && (ascii_is_lower(*c) || ascii_is_digit(*c) || *c == '-' ||
                    *c == '.');
    return ok || err_set(err, ERR_INVALID,
                         "the id '%s' may hold lower-case letters, digits, "
                         "'-' and '.' only",
                         id);
}

static bool check_options(const struct list_import_options *options,
                          struct err *err) {
    int32_t day;
    if (options->from != NULL && !date_parse(str_from(options->from), &day))
        return err_set(err, ERR_INVALID,
                       "--from '%s' is no day; write YYYY-MM-DD",
                       options->from);
    return check_id(options->measure, err);
}

static bool read_folder(struct planning *planning,
                        struct rule_sources *sources) {
    const char *folder = planning->options->folder;
    return (!is_folder(folder) && access(folder, F_OK) != 0) ||
           rule_sources_add_folder(sources, folder, "", planning->err);
}

/* Find the measure among the folder's files; `*file` stays NULL when it is not
   there. */
static bool find_measure(struct planning *planning,
                         const struct rule_file **file) {
    const struct rule_sources *sources = &planning->plan->before;
    for (size_t i = 0; i < sources->count; i++) {
        const struct rule_file *one = &sources->files[i];
        struct rule_document document;
        if (rule_kind_of(one->path) != RULE_MEASURE)
            continue;
        if (!rule_document_load(&document, one, planning->err))
            return false;
        for (unsigned m = 0; m < document.count; m++) {
            if (strcmp(document.measures[m].id, planning->options->measure) ==
                0)
                *file = one;
        }
        rule_document_dispose(&document);
    }
    return true;
}

static void hear(void *ctx, uint32_t line, const char *message) {
    struct planning *planning = ctx;
    struct err note = ERR_INIT;
    err_set(&note, ERR_INVALID, "note: %s", message);
    err_at(&note, planning->options->list, line, 0);
    planning->options->note(planning->options->ctx, &note);
}

static bool make_companies(struct planning *planning) {
    struct list_companies_options options = {
        .table = &planning->table,
        .names = &planning->names,
        .measure = planning->options->measure,
        .from = str_from(planning->options->from),
        .note = hear,
        .ctx = planning,
    };
    return list_companies_make(&planning->companies, &planning->plan->arena,
                               &options, planning->err) ||
           err_at(planning->err, planning->options->list, 0, 0);
}

static struct str keep(struct planning *planning, struct strbuf *text) {
    struct str kept = arena_str(&planning->plan->arena, strbuf_str(text));
    planning->plan->arena.failed |= text->failed;
    strbuf_dispose(text);
    return kept;
}

static bool new_measure(struct planning *planning, struct strbuf *out,
                        struct str listings) {
    const struct list_import_options *options = planning->options;
    struct str from = str_from(options->from);
    struct list_text_measure measure = {
        .id = options->measure,
        .file = str_base_name(options->list),
        .table = &planning->table,
        .from = from,
    };
    if (options->from == NULL)
        return err_set(planning->err, ERR_INVALID,
                       "there is no measure '%s' in %s; to begin one, say "
                       "with --from DATE since when the list holds",
                       options->measure, options->folder);
    planning->plan->new_measure = true;
    if (planning->plan->approved)
        approved_list_write_measure(out, options->measure, measure.file, from,
                                    &planning->approved, listings);
    else
        list_text_new_measure(out, &measure, listings);
    return true;
}

static bool write_measure(struct planning *planning,
                          const struct rule_file *file) {
    struct list_import *plan = planning->plan;
    struct strbuf listings = {.ptr = NULL}, text = {.ptr = NULL};
    struct str key = plan->approved ? STR_LIT("approved") : STR_LIT("parties");
    if (plan->approved)
        approved_list_write(&listings, &planning->approved);
    else
        list_text_listings(&listings, &planning->companies);
    bool ok;
    if (file == NULL)
        ok = new_measure(planning, &text, strbuf_str(&listings));
    else
        ok = list_text_replace(&text, file->text, key, strbuf_str(&listings),
                               planning->err) ||
             err_at(planning->err, file->place.ptr, 0, 0);
    plan->measure_path = file != NULL
                             ? file->path
                             : arena_printf(&plan->arena, "measures/%s.yaml",
                                            planning->options->measure);
    plan->arena.failed |= listings.failed;
    plan->measure_text = keep(planning, &text);
    strbuf_dispose(&listings);
    return ok;
}

static const struct rule_file *file_at(const struct rule_sources *sources,
                                       struct str path) {
    for (size_t i = 0; i < sources->count; i++) {
        if (str_eq(sources->files[i].path, path))
            return &sources->files[i];
    }
    return NULL;
}

static bool write_parties(struct planning *planning) {
    struct list_import *plan = planning->plan;
    const struct rule_file *old = file_at(&plan->before, plan->parties_path);
    struct strbuf text = {.ptr = NULL};
    list_text_parties(&text, &planning->companies, planning->options->measure);
    plan->parties_text = keep(planning, &text);
    if (old == NULL || str_starts(old->text, str_from(list_text_mark)))
        return true;
    err_set(planning->err, ERR_INVALID,
            "the import keeps its parties in this file, but did not write it; "
            "rename it");
    return err_at(planning->err, old->place.ptr, 0, 0);
}

static bool gather_after(struct planning *planning) {
    struct list_import *plan = planning->plan;
    const char *folder = planning->options->folder;
    bool ok = read_folder(planning, &plan->after) &&
              rule_sources_add_text(&plan->after, folder, plan->measure_path,
                                    plan->measure_text, planning->err);
    if (ok && plan->parties_text.len == 0)
        rule_sources_drop(&plan->after, plan->parties_path);
    else if (ok)
        ok = rule_sources_add_text(&plan->after, folder, plan->parties_path,
                                   plan->parties_text, planning->err);
    return ok;
}

/* A folder's files with what they take from the shipped rules.
   @param measures  The folder's own too. */
static bool gather_whole(struct planning *planning,
                         const struct rule_sources *after, bool measures,
                         struct rule_sources *whole) {
    const struct ruleset *shipped = planning->options->shipped;
    struct err *err = planning->err;
    bool ok = rule_sources_add_ruleset(
        whole, shipped, planning->alone ? "words/" : "", false, err);
    if (ok && planning->alone && !rule_sources_has(after, "parts/"))
        ok = rule_sources_add_ruleset(whole, shipped, "parts/", true, err);
    whole->origin = planning->alone ? NULL : "added-1";
    for (size_t i = 0; ok && i < after->count; i++) {
        const struct rule_file *file = &after->files[i];
        if (measures || rule_kind_of(file->path) != RULE_MEASURE)
            ok = rule_sources_add_text(whole, planning->options->folder,
                                       file->path, file->text, err);
    }
    return ok;
}

/* Nothing is written that would not be read. */
static bool try_out(struct planning *planning) {
    struct rule_sources whole = {.files = NULL};
    void *bytes = NULL;
    size_t size;
    bool ok = gather_whole(planning, &planning->plan->after, true, &whole) &&
              ruleset_compile(&bytes, &size, &whole, NULL, planning->err);
    mem_free(bytes);
    rule_sources_dispose(&whole);
    return ok;
}

static void count(struct planning *planning) {
    struct list_import *plan = planning->plan;
    plan->title = list_format_title(planning->table.format);
    plan->entries = planning->table.count;
    for (size_t i = 0; i < planning->companies.count; i++) {
        const struct list_company *company = &planning->companies.items[i];
        plan->known += company->known;
        plan->others += !company->company || company->unclear;
        plan->made += company->company && !company->known && !company->unclear;
    }
}

/* ---- an approved list ---- */

/* The parties that makers are found among: a measure's own names come from such
   a list and would answer for themselves. */
static bool open_parties(struct planning *planning, struct ruleset **out) {
    struct rule_sources whole = {.files = NULL};
    void *bytes = NULL;
    size_t size;
    bool ok = gather_whole(planning, &planning->plan->before, false, &whole) &&
              ruleset_compile(&bytes, &size, &whole, NULL, planning->err) &&
              ruleset_adopt(out, bytes, size, planning->err);
    rule_sources_dispose(&whole);
    return ok;
}

static bool make_approved(struct planning *planning,
                          struct named_table *table) {
    struct list_import *plan = planning->plan;
    struct approved_list *list = &planning->approved;
    struct ruleset *parties = NULL;
    if (!open_parties(planning, &parties)) {
        named_table_dispose(table);
        return false;
    }
    struct approved_list_options options = {
        .path = planning->options->list,
        .rules = parties,
        .note = planning->options->note,
        .ctx = planning->options->ctx,
    };
    bool ok = approved_list_make(list, table, &options, planning->err);
    planning->parties = parties; /* the rows name its texts */
    plan->title = "approved list";
    plan->entries = list->count;
    plan->known = list->known;
    plan->others = list->unknown;
    plan->unsure = list->doubtful;
    plan->left_out = list->distributors;
    return ok;
}

static bool import_approved(struct planning *planning,
                            const struct rule_file *file,
                            struct named_table *table) {
    planning->plan->approved = true;
    planning->plan->parties_path = STR_EMPTY;
    return make_approved(planning, table) && write_measure(planning, file) &&
           gather_after(planning) && try_out(planning);
}

/* Is the file an approved list? One that cannot be read as it stands is, unless
   it begins like an official list, or like nothing that is known. */
static bool look(struct planning *planning, struct named_table *table,
                 bool *approved) {
    const struct list_import_options *options = planning->options;
    enum list_likeness official = list_table_likeness(options->list);
    struct err err = ERR_INIT;
    *approved = false;
    if (official == LIST_CERTAIN)
        return true;
    if (named_table_read(table, options->list, options->shipped,
                         approved_columns, APPROVED_COLUMN_COUNT, &err)) {
        *approved = approved_list_is(table);
        if (!*approved)
            named_table_dispose(table);
        return true;
    }
    bool text = !str_ends(str_from(options->list), STR_LIT(".xlsx"));
    if (text && err.code != ERR_NOMEM &&
        (err.line == 0 || official == LIST_LIKE))
        return true;
    *planning->err = err;
    return false;
}

/* ---- an official list ---- */

static bool import_companies(struct planning *planning,
                             const struct rule_file *file) {
    struct list_import *plan = planning->plan;
    const struct list_import_options *options = planning->options;
    if (!list_names_read(&planning->names,
                         planning->alone ? NULL : options->shipped,
                         rules_name_words(options->shipped), &plan->before,
                         plan->parties_path, planning->err) ||
        !make_companies(planning) || !write_measure(planning, file) ||
        !write_parties(planning) || !gather_after(planning) ||
        !try_out(planning))
        return false;
    count(planning);
    return true;
}

static bool work_out(struct planning *planning) {
    struct list_import *plan = planning->plan;
    const struct list_import_options *options = planning->options;
    const struct rule_file *file = NULL;
    struct named_table table = {.path = NULL};
    bool approved;
    plan->parties_path =
        arena_printf(&plan->arena, "parties/%s.yaml", options->measure);
    if (!check_options(options, planning->err) ||
        !look(planning, &table, &approved) ||
        (!approved &&
         !list_table_read(&planning->table, options->list, planning->err)))
        return false;
    if (!read_folder(planning, &plan->before) ||
        !find_measure(planning, &file)) {
        named_table_dispose(&table);
        return false;
    }
    planning->alone = rule_sources_has(&plan->before, "ruleset.yaml");
    bool ok = approved ? import_approved(planning, file, &table)
                       : import_companies(planning, file);
    return ok && (!plan->arena.failed || err_nomem(planning->err));
}

bool list_import_plan(struct list_import *out,
                      const struct list_import_options *options,
                      struct err *err) {
    struct list_import plan = {.entries = 0};
    struct planning planning = {.options = options, .plan = &plan, .err = err};
    bool ok = work_out(&planning);
    list_names_dispose(&planning.names);
    list_table_dispose(&planning.table);
    approved_list_dispose(&planning.approved);
    ruleset_close(planning.parties);
    if (ok)
        *out = plan;
    else
        list_import_dispose(&plan);
    return ok;
}

static bool make_folders(const char *folder, struct err *err) {
    static const char *const below[] = {"measures", "parties"};
    struct strbuf path = {.ptr = NULL};
    bool ok = folder_make(folder, err);
    for (size_t i = 0; ok && i < ARRAY_LEN(below); i++) {
        strbuf_clear(&path);
        strbuf_printf(&path, "%s/%s", folder, below[i]);
        ok = path.failed ? err_nomem(err) : folder_make(path.ptr, err);
    }
    strbuf_dispose(&path);
    return ok;
}

/* A file that would not change is left alone. */
static bool write_file(const struct list_import *import, const char *folder,
                       struct str path, struct str text, struct err *err) {
    const struct rule_file *old = file_at(&import->before, path);
    struct strbuf place = {.ptr = NULL};
    if (old != NULL && str_eq(old->text, text))
        return true;
    strbuf_printf(&place, "%s/%.*s", folder, STR_ARG(path));
    bool ok =
        place.failed ? err_nomem(err) : atomic_file_write(place.ptr, text, err);
    strbuf_dispose(&place);
    return ok;
}

static bool remove_parties(const struct list_import *import, struct err *err) {
    const struct rule_file *old =
        file_at(&import->before, import->parties_path);
    if (old == NULL || unlink(old->place.ptr) == 0)
        return true;
    err_set(err, ERR_IO, "cannot remove: %s", strerror(errno));
    return err_at(err, old->place.ptr, 0, 0);
}

bool list_import_write(const struct list_import *import, const char *folder,
                       struct err *err) {
    bool parties = import->parties_text.len != 0;
    return make_folders(folder, err) &&
           (!parties || write_file(import, folder, import->parties_path,
                                   import->parties_text, err)) &&
           write_file(import, folder, import->measure_path,
                      import->measure_text, err) &&
           (parties || remove_parties(import, err));
}

void list_import_dispose(struct list_import *import) {
    rule_sources_dispose(&import->before);
    rule_sources_dispose(&import->after);
    arena_dispose(&import->arena);
    *import = (struct list_import){.entries = 0};
}
