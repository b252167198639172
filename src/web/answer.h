#ifndef BOMGATE_WEB_ANSWER_H
#define BOMGATE_WEB_ANSWER_H

#include "web/inside.h"

/* Answers, each with the headers that keep a browser from doing more than it
   should. */

/** A text that the answer copies. */
enum MHD_Result answer_text(struct request *request, unsigned status,
                            const char *media_type, struct str text);
/** What a strbuf holds; "out of memory" when that has failed. It is disposed
    of. */
enum MHD_Result answer_buffer(struct request *request, unsigned status,
                              const char *media_type, struct strbuf *text);
/** A text that lives as long as the program. */
enum MHD_Result answer_static(struct request *request, const char *media_type,
                              struct str text);
/** What went wrong, one sentence with what to do: JSON, or a page where
    somebody looks at it. */
enum MHD_Result answer_error(struct request *request, unsigned status,
                             const char *message);
/** Go there instead. */
enum MHD_Result answer_elsewhere(struct request *request, const char *place);
/** It goes on; ask there. */
enum MHD_Result answer_accepted(struct request *request, const char *place);

struct answer_file {
    const char *path;
    const char *media_type;
    const char *name; /* to save it by; NULL: to be looked at */
    bool is_report;   /* a page of its own, with styles in it */
    int exit_status;  /* of the program that made it; -1: none */
};

/** A file; 404 where it is not there. */
enum MHD_Result answer_file(struct request *request, unsigned status,
                            const struct answer_file *file);

#endif
