#include "bom/zip_part.h"

#include "bom/slurp.h"
#include "core/arena.h"
#include "core/lang.h"
#include "core/map.h"
#include "core/mem.h"

#include <lazy/zip.h>

struct zip_parts {
    char *bytes;
    zip_t *archive;
    struct arena arena; /* the names */
    struct map index;   /* plain name -> number in the archive */
    struct str *names;  /* plain, by that number */
    size_t count;
    struct zip_limits limits;
    uint64_t unpacked; /* bytes read from all parts so far */
};

struct zip_part {
    struct zip_parts *parts;
    zip_file_t *file;
    uint64_t packed, unpacked;
};

/* Part names are compared without case (OPC, ECMA-376 part 2); some exporters
 * write "xl\\worksheets\\sheet1.xml". */
static char plain_char(char c) { return c == '\\' ? '/' : ascii_lower(c); }

static struct str without_slash(struct str name) {
    bool slash = name.len != 0 && plain_char(name.ptr[0]) == '/';
    return str_skip(name, slash);
}

static struct str plain_name(struct arena *arena, struct str name) {
    name = without_slash(name);
    char *plain = arena_alloc(arena, name.len + 1);
    if (plain == NULL)
        return STR_EMPTY;
    for (size_t i = 0; i < name.len; i++)
        plain[i] = plain_char(name.ptr[i]);
    return (struct str){plain, name.len};
}

static bool add_part(struct zip_parts *parts, uint32_t number,
                     struct err *err) {
    const char *name = zip_get_name(parts->archive, number, ZIP_FL_ENC_GUESS);
    if (name == NULL)
        return err_set(err, ERR_SYNTAX, tr("damaged zip archive: %s"),
                       zip_strerror(parts->archive));
    struct str plain = plain_name(&parts->arena, str_from(name));
    if (parts->arena.failed)
        return err_nomem(err);
    if (map_get(&parts->index, plain) != MAP_NONE)
        return err_set(err, ERR_SYNTAX,
                       tr("the zip archive has two parts named \"%s\""), name);
    parts->names[parts->count++] = plain;
    return map_put(&parts->index, plain, number) || err_nomem(err);
}

static bool index_parts(struct zip_parts *parts, struct err *err) {
    zip_int64_t count = zip_get_num_entries(parts->archive, 0);
    if (count < 0 || (uint64_t)count > parts->limits.parts)
        return err_set(err, ERR_LIMIT,
                       tr("the zip archive has %lld parts, %llu are allowed"),
                       (long long)count,
                       (unsigned long long)parts->limits.parts);
    parts->names = mem_calloc((size_t)count + 1, sizeof(*parts->names));
    if (parts->names == NULL)
        return err_nomem(err);
    for (zip_int64_t i = 0; i < count; i++) {
        if (!add_part(parts, (uint32_t)i, err))
            return false;
    }
    return true;
}

static bool open_archive(struct zip_parts *parts, size_t len, struct err *err) {
    zip_error_t why;
    if (!lazy_zip_load(err))
        return false;
    zip_error_init(&why);
    zip_source_t *from = zip_source_buffer_create(parts->bytes, len, 0, &why);
    if (from != NULL)
        parts->archive = zip_open_from_source(from, ZIP_RDONLY, &why);
    if (parts->archive == NULL) {
        zip_source_free(from);
        err_set(err, ERR_SYNTAX, tr("not a readable zip archive: %s"),
                zip_error_strerror(&why));
    }
    zip_error_fini(&why);
    return parts->archive != NULL;
}

bool zip_parts_open(struct zip_parts **out, struct source *source,
                    const struct zip_limits *limits, struct err *err) {
    struct zip_parts *parts = mem_calloc(1, sizeof(*parts));
    if (parts == NULL)
        return err_nomem(err);
    parts->limits = *limits;
    size_t len = 0;
    if (!slurp(source, limits->packed, &parts->bytes, &len, err) ||
        !open_archive(parts, len, err) || !index_parts(parts, err)) {
        zip_parts_close(parts);
        return false;
    }
    *out = parts;
    return true;
}

void zip_parts_close(struct zip_parts *parts) {
    if (parts == NULL)
        return;
    if (parts->archive != NULL)
        zip_discard(parts->archive);
    map_dispose(&parts->index);
    mem_free(parts->names);
    arena_dispose(&parts->arena);
    mem_free(parts->bytes);
    mem_free(parts);
}

static bool is_named(struct str plain, struct str name) {
    if (plain.len != name.len)
        return false;
    for (size_t i = 0; i < name.len; i++) {
        if (plain.ptr[i] != plain_char(name.ptr[i]))
            return false;
    }
    return true;
}

/* Without memory: a part is never "missing" because that is out. */
static uint32_t find_part(const struct zip_parts *parts, struct str name) {
    name = without_slash(name);
    for (uint32_t i = 0; i < parts->count; i++) {
        if (is_named(parts->names[i], name))
            return i;
    }
    return MAP_NONE;
}

bool zip_parts_has(const struct zip_parts *parts, struct str name) {
    return find_part(parts, name) != MAP_NONE;
}

static bool open_part(struct zip_part *part, uint32_t number, struct str name,
                      struct err *err) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(part->parts->archive, number, 0, &stat) != 0)
        return err_set(err, ERR_SYNTAX, tr("damaged zip archive: %s"),
                       zip_strerror(part->parts->archive));
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
        stat.encryption_method != ZIP_EM_NONE)
        return err_set(err, ERR_INVALID,
                       tr("the zip archive is protected by a password"));
    part->packed = (stat.valid & ZIP_STAT_COMP_SIZE) != 0 ? stat.comp_size : 0;
    part->file = zip_fopen_index(part->parts->archive, number, 0);
    if (part->file == NULL)
        return err_set(err, ERR_SYNTAX, tr("cannot unpack \"%.*s\": %s"),
                       STR_ARG(name), zip_strerror(part->parts->archive));
    return true;
}

bool zip_part_open(struct zip_part **out, struct zip_parts *parts,
                   struct str name, struct err *err) {
    uint32_t number = find_part(parts, name);
    if (number == MAP_NONE)
        return err_set(err, ERR_SYNTAX, tr("the part \"%.*s\" is missing"),
                       STR_ARG(name));
    struct zip_part *part = mem_calloc(1, sizeof(*part));
    if (part == NULL)
        return err_nomem(err);
    part->parts = parts;
    if (!open_part(part, number, name, err)) {
        zip_part_close(part);
        return false;
    }
    *out = part;
    return true;
}

static bool check_limits(const struct zip_part *part, struct err *err) {
    const struct zip_limits *limits = &part->parts->limits;
    if (part->parts->unpacked > limits->unpacked)
        return err_set(err, ERR_LIMIT,
                       tr("the workbook unpacks to more than %llu bytes"),
                       (unsigned long long)limits->unpacked);
    if (part->unpacked > limits->ratio_from &&
        part->unpacked / limits->ratio > part->packed)
        return err_set(err, ERR_LIMIT,
                       tr("a part of the workbook unpacks to more than %llu "
                          "times its size"),
                       (unsigned long long)limits->ratio);
    return true;
}

bool zip_part_read(struct zip_part *part, void *buffer, size_t size,
                   size_t *len, struct err *err) {
    zip_int64_t got = zip_fread(part->file, buffer, size);
    if (got < 0)
        return err_set(err, ERR_SYNTAX, tr("damaged zip archive: %s"),
                       zip_file_strerror(part->file));
    part->unpacked += (uint64_t)got;
    part->parts->unpacked += (uint64_t)got;
    *len = (size_t)got;
    return check_limits(part, err);
}

void zip_part_close(struct zip_part *part) {
    if (part == NULL)
        return;
    if (part->file != NULL)
        zip_fclose(part->file);
    mem_free(part);
}
