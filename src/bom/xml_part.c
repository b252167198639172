#include "bom/xml_part.h"

#include "core/lang.h"
#include "core/mem.h"

#include <expat.h>

#include <string.h>

#define CHUNK (32 * 1024)

struct xml_part {
    struct zip_part *zip;
    XML_Parser parser;
    const struct xml_events *events;
    void *ctx;
    char *name;
    unsigned depth;
    size_t silent; /* bytes given since the last event */
    bool paused, ended;
    enum err_code failed; /* an event gave up, with this ... */
    const char *why;      /* ... reason */
};

static void stop(struct xml_part *part, enum err_code code, const char *why) {
    if (part->failed == ERR_NONE) {
        part->failed = code;
        part->why = why;
    }
    XML_StopParser(part->parser, XML_FALSE);
}

static void on_start(void *data, const XML_Char *name,
                     const XML_Char **attributes) {
    struct xml_part *part = data;
    part->silent = 0;
    if (++part->depth > XML_DEPTH_MAX)
        stop(part, ERR_LIMIT, N_("elements are nested too deeply"));
    else
        part->events->start(part->ctx, name, (const char *const *)attributes);
}

static void on_end(void *data, const XML_Char *name) {
    struct xml_part *part = data;
    part->silent = 0;
    part->depth--;
    part->events->end(part->ctx, name);
}

static void on_text(void *data, const XML_Char *text, int len) {
    struct xml_part *part = data;
    part->silent = 0;
    if (part->events->text != NULL)
        part->events->text(part->ctx, (struct str){text, (size_t)len});
}

static void on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public, int has_internal) {
    (void)name, (void)system, (void)public, (void)has_internal;
    stop(data, ERR_INVALID,
         N_("a document type declaration is not allowed in a workbook"));
}

static bool make_parser(struct xml_part *part) {
    static const XML_Memory_Handling_Suite memory = {mem_alloc, mem_realloc,
                                                     mem_free};
    part->parser = XML_ParserCreate_MM(NULL, &memory, "|");
    if (part->parser == NULL)
        return false;
    XML_SetUserData(part->parser, part);
    XML_SetElementHandler(part->parser, on_start, on_end);
    XML_SetCharacterDataHandler(part->parser, on_text);
    XML_SetStartDoctypeDeclHandler(part->parser, on_doctype);
    return true;
}

bool xml_part_open(struct xml_part **out, struct zip_parts *parts,
                   struct str name, const struct xml_events *events, void *ctx,
                   struct err *err) {
    struct xml_part *part = mem_calloc(1, sizeof(*part));
    if (part == NULL)
        return err_nomem(err);
    part->events = events;
    part->ctx = ctx;
    part->name = mem_calloc(1, name.len + 1);
    if (part->name == NULL || !make_parser(part)) {
        xml_part_close(part);
        return err_nomem(err);
    }
    if (name.len != 0)
        memcpy(part->name, name.ptr, name.len);
    if (!zip_part_open(&part->zip, parts, name, err)) {
        xml_part_close(part);
        return false;
    }
    *out = part;
    return true;
}

static bool feed(struct xml_part *part, enum XML_Status *status,
                 struct err *err) {
    void *buffer = XML_GetBuffer(part->parser, CHUNK);
    size_t len = 0;
    if (buffer == NULL)
        return err_nomem(err);
    if (!zip_part_read(part->zip, buffer, CHUNK, &len, err))
        return false;
    part->silent += len;
    if (part->silent > XML_TOKEN_MAX)
        return err_set(err, ERR_LIMIT,
                       tr("\"%s\" has a tag of more than %d bytes"), part->name,
                       XML_TOKEN_MAX);
    part->ended = len == 0;
    *status = XML_ParseBuffer(part->parser, (int)len, part->ended);
    return true;
}

static enum xml_step parse_failed(const struct xml_part *part,
                                  struct err *err) {
    enum XML_Error code = XML_GetErrorCode(part->parser);
    if (part->failed != ERR_NONE)
        err_set(err, part->failed, "\"%s\": %s", part->name, tr(part->why));
    else if (code == XML_ERROR_NO_MEMORY)
        err_nomem(err);
    else
        err_set(err, ERR_SYNTAX,
                tr("\"%s\" is damaged: %s at line %lu, byte %lu"), part->name,
                XML_ErrorString(code),
                (unsigned long)XML_GetCurrentLineNumber(part->parser),
                (unsigned long)XML_GetCurrentColumnNumber(part->parser) + 1);
    return XML_FAILED;
}

enum xml_step xml_part_run(struct xml_part *part, struct err *err) {
    for (;;) {
        enum XML_Status status = XML_STATUS_OK;
        if (part->paused) {
            part->paused = false;
            status = XML_ResumeParser(part->parser);
        } else if (part->ended) {
            return XML_ENDED;
        } else if (!feed(part, &status, err)) {
            return XML_FAILED;
        }
        if (status == XML_STATUS_ERROR || part->failed != ERR_NONE)
            return parse_failed(part, err);
        if (status == XML_STATUS_SUSPENDED)
            return XML_PAUSED;
    }
}

void xml_part_pause(struct xml_part *part) {
    /* A tag <a/> ends in the same step of expat as it starts: a second stop
     * in one step would be an error. */
    if (part->paused || part->failed != ERR_NONE)
        return;
    part->paused = true;
    XML_StopParser(part->parser, XML_TRUE);
}

void xml_part_fail(struct xml_part *part, enum err_code code,
                   const char *message) {
    stop(part, code, message);
}

void xml_part_close(struct xml_part *part) {
    if (part == NULL)
        return;
    zip_part_close(part->zip);
    if (part->parser != NULL)
        XML_ParserFree(part->parser);
    mem_free(part->name);
    mem_free(part);
}

bool xml_part_parse(struct zip_parts *parts, struct str name,
                    const struct xml_events *events, void *ctx,
                    struct err *err) {
    struct xml_part *part = NULL;
    if (!xml_part_open(&part, parts, name, events, ctx, err))
        return false;
    bool ok = xml_part_run(part, err) == XML_ENDED;
    xml_part_close(part);
    return ok;
}

const char *xml_attribute(const char *const *attributes, const char *name) {
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        if (strcmp(attributes[i], name) == 0)
            return attributes[i + 1];
    }
    return NULL;
}
