#ifndef BOMGATE_HISTORY_SCHEMA_H
#define BOMGATE_HISTORY_SCHEMA_H

/* The .sql files of this folder, embedded by the build. */

extern const char history_schema[]; /* a new history */
extern const char history_views[];  /* how its rows are read */
extern const char history_stage[];  /* where a run waits for its end */
extern const char history_merge[];  /* from there into the history */
extern const char history_forget[];
extern const char history_where_used[];
extern const char history_compare_findings[];
extern const char history_compare_parts[];
extern const char history_rule_changes[];

#endif
