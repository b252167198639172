#ifndef BOMGATE_WEB_PAGES_H
#define BOMGATE_WEB_PAGES_H

#include "web/inside.h"

/* The pages: page.html, result.html and history.html, with their texts in the
   language that is asked for. */

enum MHD_Result pages_upload(struct request *request);
enum MHD_Result pages_result(struct request *request,
                             const struct result *result);
enum MHD_Result pages_history(struct request *request);
/** What went wrong, as a page with a way back. */
enum MHD_Result pages_error(struct request *request, unsigned status,
                            const char *message);
/** Styles, script, icon. */
enum MHD_Result pages_asset(struct request *request);
/** GET /strings/TAG.json: the script's texts in that language. */
enum MHD_Result pages_strings(struct request *request);

#endif
