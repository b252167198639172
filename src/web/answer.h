#ifndef BOMGATE_WEB_ANSWER_H
#define BOMGATE_WEB_ANSWER_H

#include "core/json_writer.h"
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
/** A JSON object that is being written, then answered with. */
struct answer_json {
    struct json_writer json; /* the object is open */
    char *text;
    size_t size;
};
/** @return false when memory is out: nothing is to be ended then. */
NODISCARD bool answer_json_begin(struct answer_json *document);
/** Close it and answer. */
enum MHD_Result answer_json(struct request *request, unsigned status,
                            struct answer_json *document);
/** A text that lives as long as the program. */
enum MHD_Result answer_static(struct request *request, const char *media_type,
                              struct str text);
/** What went wrong, one sentence with what to do: JSON, or a page where
    somebody looks at it. */
enum MHD_Result answer_error(struct request *request, unsigned status,
                             const char *message);
enum MHD_Result answer_no_memory(struct request *request);
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
