#ifndef BOMGATE_WEB_FORM_H
#define BOMGATE_WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include <lazy/microhttpd.h>

#include "core/compiler.h"
#include "core/str.h"
#include "web/results.h"

/*
 * What was posted: fields, and files, which go straight into the folder of a
 * result to come. Every size is bounded.
 */

#define FORM_FILES_MAX 200
#define FORM_FIELDS_MAX 2000
#define FORM_VALUE_MAX 4096        /* bytes of a field's name or value */
#define FORM_TEXT_MAX (256 * 1024) /* bytes of all names and values */

struct form;

/** The field of files; what it says is one even where it has no name. */
#define FORM_FILE "bom"
/** The upload's folder below a result's. */
#define FORM_FOLDER "boms"

/**
 * Begin to take a body. One that is no form is a file, by the name that the
 * query gives it. What else the query says is as if the form said it.
 *
 * @param result  Held by the form from now on, whatever happens.
 * @return NULL when memory is out.
 */
NODISCARD struct form *form_new(struct MHD_Connection *connection,
                                struct results *results, struct result *result,
                                unsigned long long bytes_max);
void form_free(struct form *form);

/** Take some bytes. What goes wrong is kept for form_fault().
    @return false when so many came that it is not worth reading on. */
bool form_add(struct form *form, const char *bytes, size_t size);
/** All has come. */
void form_end(struct form *form);

/** What was wrong, one sentence, and the status to answer; NULL: nothing. */
const char *form_fault(const struct form *form, unsigned *status);
/** Whether so much more comes than may come that it is not worth reading. */
bool form_is_hopeless(unsigned long long bytes, unsigned long long most);
unsigned long long form_bytes(const struct form *form);

/** The i-th value of a field, or NULL. */
const char *form_value(const struct form *form, const char *name, size_t i);
/** The name of the i-th field, or NULL. */
const char *form_field(const struct form *form, size_t i);
/** The name of the i-th file in its folder, or NULL. */
const char *form_file(const struct form *form, size_t i);
/** The result whose folder holds the files; the form lets go of it. */
struct result *form_take_result(struct form *form);

#endif
