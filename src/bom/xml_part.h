#ifndef BOMGATE_BOM_XML_PART_H
#define BOMGATE_BOM_XML_PART_H

#include <stdbool.h>

#include "bom/zip_part.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/* Deepest nesting; a sheet needs 8, rich text in an .ods some 15. */
#define XML_DEPTH_MAX 200
/* A single tag or comment; expat has to hold it whole. */
#define XML_TOKEN_MAX (4 * 1024 * 1024)

/**
 * What is told of a part. Names are "namespace|local", or "local" without a
 * namespace. The text of an element may come in several pieces.
 */
struct xml_events {
    void (*start)(void *ctx, const char *name, const char *const *attributes);
    void (*end)(void *ctx, const char *name);
    void (*text)(void *ctx, struct str text);
};

enum xml_step { XML_PAUSED, XML_ENDED, XML_FAILED };

/** An XML part of an archive, parsed piece by piece. */
struct xml_part;

/**
 * @param events  Static; `text` may be NULL.
 * @param ctx     Handed to the events; must outlive the part.
 */
NODISCARD bool xml_part_open(struct xml_part **out, struct zip_parts *parts,
                             struct str name, const struct xml_events *events,
                             void *ctx, struct err *err);

/**
 * Parse until an event pauses or the part ends. A document type declaration,
 * the door for entity tricks, is refused: no workbook has one.
 */
NODISCARD enum xml_step xml_part_run(struct xml_part *part, struct err *err);

/** From an event: let xml_part_run() return after this event. */
void xml_part_pause(struct xml_part *part);

/** From an event: let xml_part_run() fail. `message` is static. */
void xml_part_fail(struct xml_part *part, enum err_code code,
                   const char *message);

/** Accepts NULL. */
void xml_part_close(struct xml_part *part);

/** The whole of a part that is never paused. */
NODISCARD bool xml_part_parse(struct zip_parts *parts, struct str name,
                              const struct xml_events *events, void *ctx,
                              struct err *err);

/** The value of an attribute by its full name, or NULL. */
const char *xml_attribute(const char *const *attributes, const char *name);

#endif
