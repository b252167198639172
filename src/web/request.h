#ifndef BOMGATE_WEB_REQUEST_H
#define BOMGATE_WEB_REQUEST_H

#include "web/inside.h"

/** Begin to deal with a request, once its head is here. NULL: no memory. */
struct request *request_new(struct server *server,
                            struct MHD_Connection *connection, const char *path,
                            const char *method);
/** Its answer is on its way: count and log it. */
void request_free(struct request *request);

/** What to answer at once, without its body; NULL: go on. */
const char *request_refusal(struct request *request, unsigned *status);
/** Take a piece of its body. @return false when the connection is not worth
    keeping. */
bool request_add(struct request *request, const char *bytes, size_t size);
/** All of it is here: answer. */
enum MHD_Result request_answer(struct request *request);

#endif
