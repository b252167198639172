#include "web/form.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/folder.h"
#include "core/lang.h"
#include "core/mem.h"
#include "web/file_name.h"

#define BUFFER_SIZE (64 * 1024)

struct field {
    const char *name;
    struct strbuf value;
};

struct form {
    struct MHD_PostProcessor *processor; /* NULL: the body is one file */
    struct results *results;
    struct result *result;
    struct arena arena;
    struct field *fields;
    size_t field_count, field_cap;
    size_t text_size; /* of all fields */
    char **files;
    size_t file_count, file_cap;
    FILE *open; /* the file that is being written */
    const char *raw_name;
    unsigned long long bytes, bytes_max;
    unsigned status;
    char fault[256];
};

static void refuse(struct form *form, unsigned status, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
static void refuse(struct form *form, unsigned status, const char *fmt, ...) {
    va_list args;
    if (form->status != 0)
        return;
    form->status = status;
    va_start(args, fmt);
    vsnprintf(form->fault, sizeof(form->fault), fmt, args);
    va_end(args);
}

static void refuse_memory(struct form *form) {
    refuse(form, MHD_HTTP_SERVICE_UNAVAILABLE, "%s",
           tr("The server is out of memory; try again later."));
}

/* ---- files ---- */

static bool is_taken(const struct form *form, const char *name) {
    for (size_t i = 0; i < form->file_count; i++) {
        if (strcmp(form->files[i], name) == 0)
            return true;
    }
    return false;
}

/* No two are the same: "2-board.csv". */
static const char *own_name(struct form *form, const char *given) {
    struct strbuf name = {.ptr = NULL};
    struct arena *arena = &form->arena;
    file_name_safe(&name, str_from(given));
    const char *own =
        name.failed ? NULL : arena_str(arena, strbuf_str(&name)).ptr;
    for (unsigned n = 2; own != NULL && is_taken(form, own); n++)
        own = arena_printf(arena, "%u-%s", n, name.ptr).ptr;
    strbuf_dispose(&name);
    return own;
}

static void close_file(struct form *form) {
    if (form->open == NULL)
        return;
    if (fclose(form->open) != 0)
        refuse(form, MHD_HTTP_INSUFFICIENT_STORAGE, "%s",
               tr("There is no room for the file; nothing was kept."));
    form->open = NULL;
}

static void open_file(struct form *form, const char *name) {
    struct strbuf path = {.ptr = NULL};
    void *files = form->files;
    close_file(form);
    if (form->file_count == FORM_FILES_MAX) {
        refuse(form, MHD_HTTP_CONTENT_TOO_LARGE,
               tr("More than %d files; send fewer at once."), FORM_FILES_MAX);
        return;
    }
    name = own_name(form, name);
    strbuf_printf(&path, "%s/%s/%s", form->result->folder, FORM_FOLDER,
                  name == NULL ? "" : name);
    if (name == NULL || path.failed ||
        !mem_grow(&files, &form->file_cap, form->file_count + 1,
                  sizeof(*form->files))) {
        refuse_memory(form);
    } else {
        form->files = files;
        form->files[form->file_count++] = (char *)(uintptr_t)name;
        form->open = fopen(path.ptr, "wbxe");
        if (form->open == NULL)
            refuse(form, MHD_HTTP_INSUFFICIENT_STORAGE,
                   tr("The file cannot be stored: %s."), strerror(errno));
    }
    strbuf_dispose(&path);
}

static void write_file(struct form *form, const char *bytes, size_t size) {
    if (form->open != NULL && size != 0 &&
        fwrite(bytes, 1, size, form->open) != size)
        refuse(form, MHD_HTTP_INSUFFICIENT_STORAGE, "%s",
               tr("There is no room for the file; nothing was kept."));
}

/* ---- fields ---- */

static bool has_room(struct form *form, size_t size) {
    form->text_size += size;
    if (form->field_count <= FORM_FIELDS_MAX &&
        form->text_size <= FORM_TEXT_MAX)
        return true;
    refuse(form, MHD_HTTP_CONTENT_TOO_LARGE, "%s",
           tr("The form has too many or too long fields."));
    return false;
}

static struct field *add_field(struct form *form, const char *name) {
    void *fields = form->fields;
    size_t size = strlen(name);
    /* One that is too long counts for too many. */
    if (!has_room(form, size > FORM_VALUE_MAX ? FORM_TEXT_MAX + 1 : size))
        return NULL;
    struct str kept = arena_str(&form->arena, str_from(name));
    if (form->arena.failed ||
        !mem_grow(&fields, &form->field_cap, form->field_count + 1,
                  sizeof(*form->fields))) {
        refuse_memory(form);
        return NULL;
    }
    form->fields = fields;
    struct field *field = &form->fields[form->field_count++];
    *field = (struct field){.name = kept.ptr};
    return field;
}

static void add_value(struct form *form, const char *name, const char *bytes,
                      size_t size, bool begins) {
    struct field *field =
        form->field_count == 0 ? NULL : &form->fields[form->field_count - 1];
    if (begins || field == NULL)
        field = add_field(form, name);
    if (field == NULL || !has_room(form, size))
        return;
    if (field->value.len + size > FORM_VALUE_MAX) {
        refuse(form, MHD_HTTP_CONTENT_TOO_LARGE,
               tr("The field “%s” is longer than %d bytes."), field->name,
               FORM_VALUE_MAX);
        return;
    }
    strbuf_add(&field->value, (struct str){bytes, size});
    if (field->value.failed)
        refuse_memory(form);
}

static enum MHD_Result take_part(void *ctx, enum MHD_ValueKind kind,
                                 const char *key, const char *file,
                                 const char *type, const char *encoding,
                                 const char *bytes, uint64_t offset,
                                 size_t size) {
    struct form *form = ctx;
    (void)kind;
    (void)type;
    (void)encoding;
    if (key == NULL)
        key = "";
    if (file == NULL && strcmp(key, FORM_FILE) == 0)
        file = "";
    if (form->status != 0)
        return MHD_YES;
    if (file == NULL) {
        add_value(form, key, bytes, size, offset == 0);
        return MHD_YES;
    }
    /* What a browser sends where no file was chosen. */
    if (file[0] == '\0' && size == 0)
        return MHD_YES;
    if (offset == 0)
        open_file(form, file);
    write_file(form, bytes, size);
    return MHD_YES;
}

static enum MHD_Result take_query(void *ctx, enum MHD_ValueKind kind,
                                  const char *key, const char *value) {
    struct form *form = ctx;
    (void)kind;
    if (value == NULL)
        value = "";
    if (form->processor == NULL && strcmp(key, "name") == 0)
        form->raw_name = value;
    else
        add_value(form, key, value, strlen(value), true);
    return MHD_YES;
}

/* ---- */

/* An urlencoded body is taken for a file: what curl --data-binary sends says
   that it is one, and no form without files is of use. */
static bool is_form(struct MHD_Connection *connection) {
    const struct str form = STR_LIT("multipart/form-data");
    const char *type = MHD_lookup_connection_value(
        connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_TYPE);
    return type != NULL &&
           str_eq_nocase(str_take(str_from(type), form.len), form);
}

static bool make_folder(struct form *form) {
    struct strbuf path = {.ptr = NULL};
    struct err err = ERR_INIT;
    strbuf_printf(&path, "%s/%s", form->result->folder, FORM_FOLDER);
    bool ok = !path.failed && folder_make(path.ptr, &err);
    strbuf_dispose(&path);
    return ok;
}

struct form *form_new(struct MHD_Connection *connection,
                      struct results *results, struct result *result,
                      unsigned long long bytes_max) {
    struct form *form = mem_calloc(1, sizeof(*form));
    if (form == NULL) {
        result_release(results, result);
        return NULL;
    }
    form->results = results;
    form->result = result;
    form->bytes_max = bytes_max;
    if (!make_folder(form))
        refuse(form, MHD_HTTP_INSUFFICIENT_STORAGE, "%s",
               tr("There is no room for the file; nothing was kept."));
    if (is_form(connection)) {
        form->processor =
            MHD_create_post_processor(connection, BUFFER_SIZE, take_part, form);
        if (form->processor == NULL)
            refuse(form, MHD_HTTP_BAD_REQUEST, "%s",
                   tr("The form cannot be read: its boundary is missing."));
    }
    form->raw_name = "";
    (void)MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND,
                                    take_query, form);
    return form;
}

void form_free(struct form *form) {
    if (form == NULL)
        return;
    if (form->processor != NULL)
        MHD_destroy_post_processor(form->processor);
    if (form->open != NULL)
        fclose(form->open);
    for (size_t i = 0; i < form->field_count; i++)
        strbuf_dispose(&form->fields[i].value);
    if (form->result != NULL)
        result_release(form->results, form->result);
    mem_free(form->fields);
    mem_free(form->files);
    arena_dispose(&form->arena);
    mem_free(form);
}

static void take(struct form *form, const char *bytes, size_t size) {
    if (form->processor == NULL) {
        if (form->file_count == 0)
            open_file(form, form->raw_name);
        write_file(form, bytes, size);
    } else if (MHD_post_process(form->processor, bytes, size) != MHD_YES) {
        refuse(form, MHD_HTTP_BAD_REQUEST, "%s",
               tr("The form cannot be read; it breaks off or is damaged."));
    }
}

bool form_is_hopeless(unsigned long long bytes, unsigned long long most) {
    return bytes > 2 * most;
}

bool form_add(struct form *form, const char *bytes, size_t size) {
    form->bytes += size;
    if (form->bytes > form->bytes_max)
        refuse(form, MHD_HTTP_CONTENT_TOO_LARGE,
               tr("The upload is larger than %llu MB; send fewer or smaller "
                  "files."),
               form->bytes_max >> 20);
    if (form->status == 0)
        take(form, bytes, size);
    return !form_is_hopeless(form->bytes, form->bytes_max);
}

void form_end(struct form *form) {
    if (form->processor != NULL &&
        MHD_destroy_post_processor(form->processor) != MHD_YES)
        refuse(form, MHD_HTTP_BAD_REQUEST, "%s",
               tr("The form cannot be read; it breaks off or is damaged."));
    form->processor = NULL;
    close_file(form);
}

const char *form_fault(const struct form *form, unsigned *status) {
    *status = form->status;
    return form->status == 0 ? NULL : form->fault;
}

unsigned long long form_bytes(const struct form *form) { return form->bytes; }

const char *form_value(const struct form *form, const char *name, size_t i) {
    for (size_t k = 0; k < form->field_count; k++) {
        const struct field *field = &form->fields[k];
        if (strcmp(field->name, name) == 0 && i-- == 0)
            return field->value.ptr == NULL ? "" : field->value.ptr;
    }
    return NULL;
}

const char *form_field(const struct form *form, size_t i) {
    return i < form->field_count ? form->fields[i].name : NULL;
}

const char *form_file(const struct form *form, size_t i) {
    return i < form->file_count ? form->files[i] : NULL;
}

struct result *form_take_result(struct form *form) {
    struct result *result = form->result;
    form->result = NULL;
    return result;
}
