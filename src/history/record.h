#ifndef BOMGATE_HISTORY_RECORD_H
#define BOMGATE_HISTORY_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "history/mark.h"
#include "history/store.h"
#include "ruleset/ruleset.h"
#include "screen/screen.h"

/*
 * Recording one run. What is told waits in tables of this connection alone, so
 * that no other process is held up while a BOM is read, and goes into the
 * history in one transaction at the end. Texts are borrowed for the call; days
 * are written YYYY-MM-DD, and "" where none is given.
 */

struct history_profile {
    const char *id, *name;
};

/** Who ran what, by which rules. Optional texts are NULL. */
struct history_run {
    const char *time;     /* UTC: 2026-11-22T05:36:20Z */
    const char *identity; /* of the report that is imported, else NULL */
    const char *tool, *method;
    const char *ruleset_version, *ruleset_sha256, *known_to;
    const char *as_of, *activity;
    const struct history_profile *profiles;
    size_t profile_count;
    bool declared;
    const char *stage, *repository, *revision, *pipeline, *actor;
    const char *denied; /* profiles that do not apply to the product, with
                           blanks between them */
    const char *sold_until;
    bool contract; /* as_of is the day of its contract */
};

/** A part on a line of a BOM, as it was read. */
struct history_line {
    uint32_t line, part_line;
    bool alternate, fitted;
    struct str refdes, quantity, ipn, origin;
    struct str mpn, manufacturer, value, description, category;
    struct str manufacturer_header, mpn_header;
    struct str party; /* who made it, as resolved; or "" */
};

/** Texts are "" where nothing is said. */
struct history_finding {
    uint32_t line;
    struct str refdes, quantity;
    struct str fingerprint, verdict, profile;
    struct str measure, title, clause, citation, url;
    struct str since, becomes, reason;
    struct str party, party_name, owner, confidence, category;
    struct str manufacturer, mpn;
    bool waived, known;
    const struct history_waiver *waiver; /* meant for it, or NULL */
};

/** A recorded decision; NULL where nothing is said. */
struct history_waiver {
    const char *measure, *clause, *party, *mpn, *product;
    const char *kind, *reason, *expires, *approved_by, *ticket, *evidence;
};

/** What is known of a BOM once it has been read. */
struct history_bom {
    const char *path, *sha256; /* the latter NULL where it was not taken */
    struct str product;
    bool named; /* the product was given, not taken from the path */
    const char *revision, *format;
    uint32_t lines, lost;
    uint32_t resolved; /* ten-thousandths of the lines */
    uint32_t counts[VERDICT_COUNT], waived;
    const char *error; /* why it could not be read, or NULL */
    struct str kept;   /* the file itself, or "" */
};

struct history_end {
    bool complete, conclusive;
    int exit_status;
};

struct recording;

/** @param history  Must outlive the recording. `run` is copied. */
NODISCARD bool recording_begin(struct recording **out, struct history *history,
                               const struct history_run *run, struct err *err);
/** Keep the files of a rule set, where it is the one in use and the history has
    none of it. */
NODISCARD bool recording_rules(struct recording *recording,
                               const struct ruleset *rules, struct err *err);
/** A file of the rule set in use. */
NODISCARD bool recording_rule_file(struct recording *recording, struct str path,
                                   struct str text, struct err *err);
NODISCARD bool recording_line(struct recording *recording,
                              const struct history_line *line, struct err *err);
NODISCARD bool recording_finding(struct recording *recording,
                                 const struct history_finding *finding,
                                 struct err *err);
/** The BOM whose lines and findings were told is at its end. */
NODISCARD bool recording_bom(struct recording *recording,
                             const struct history_bom *bom, struct err *err);
NODISCARD bool recording_waiver(struct recording *recording,
                                const struct history_waiver *waiver,
                                const char *state, struct err *err);
/** Write it all, or nothing. */
NODISCARD bool recording_commit(struct recording *recording,
                                const struct history_end *end,
                                struct history_mark *mark, struct err *err);
/** Accepts NULL. What was not committed is forgotten. */
void recording_free(struct recording *recording);

#endif
