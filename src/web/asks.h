#ifndef BOMGATE_WEB_ASKS_H
#define BOMGATE_WEB_ASKS_H

#include "web/inside.h"

/* Questions that are asked with a query and answered by the program. */

enum MHD_Result asks_profiles(struct request *request);
enum MHD_Result asks_measures(struct request *request);
enum MHD_Result asks_explain(struct request *request);
enum MHD_Result asks_alternatives(struct request *request);
enum MHD_Result asks_runs(struct request *request);
enum MHD_Result asks_where_used(struct request *request);
/** GET /audit: a file to save. */
enum MHD_Result asks_audit(struct request *request);

#endif
