#ifndef BOMGATE_WEB_CHECKS_H
#define BOMGATE_WEB_CHECKS_H

#include "web/inside.h"

/* Checks of what was posted, and their results. */

/** POST /check: the form without a script. */
enum MHD_Result checks_form(struct request *request);
/** POST /api/check. */
enum MHD_Result checks_api(struct request *request);
/** POST /api/columns: how one file is read. */
enum MHD_Result checks_columns(struct request *request);
/** GET and DELETE /results/TOKEN, its status and its reports. */
enum MHD_Result checks_result(struct request *request);
enum MHD_Result checks_remove(struct request *request);

/** Wait until no check goes on that nobody waits for. */
void checks_wait(void);

#endif
