#ifndef BOMGATE_REPORT_XML_H
#define BOMGATE_REPORT_XML_H

#include <stdio.h>

#include "core/str.h"

/**
 * Write text as XML, between tags or in an attribute's quotes. What XML 1.0
 * forbids, and other controls and marks of direction, become U+FFFD; line
 * breaks and tabs stay what they are, in an attribute too.
 */
void xml_put_text(FILE *out, struct str text);

/** ` name="text"` */
void xml_put_attribute(FILE *out, const char *name, struct str text);

#endif
