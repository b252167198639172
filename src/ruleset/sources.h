#ifndef BOMGATE_RULESET_SOURCES_H
#define BOMGATE_RULESET_SOURCES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/digest.h"
#include "core/err.h"
#include "ruleset/ruleset.h"
#include "ruleset/schema.h"

#define RULE_FILE_MAX                                                          \
    (16 * 1024 * 1024) /* bytes; the shipped ones have 100 K */
#define RULE_FILES_MAX 20000

/** The origin of files that rule_sources_add_ruleset() adds. */
#define RULE_BASE "base"

/**
 * The files that a rule set is compiled from. A zeroed struct is valid and
 * empty; a path stands in it once.
 */
struct rule_sources {
    const char *origin; /* of the folders added next; NULL: the set's own */
    struct rule_file *files; /* sorted by path after rule_sources_sort() */
    size_t count, cap;
    struct arena arena; /* holds all texts */
};

/**
 * Add every rule file under a folder. A file with a path that is there already
 * replaces the older one.
 *
 * @param folder  "" for all, or "parts/" for one of its folders only.
 * @return false when the folder or a file in it cannot be read, when a file
 *         is too large, or is named `.yml` and would be passed over, as would
 * another folder.
 */
NODISCARD bool rule_sources_add_folder(struct rule_sources *sources,
                                       const char *root, const char *folder,
                                       struct err *err);

/**
 * Add the files under `folder` that a rule set was compiled from, but for those
 * that are there already, word for word: so a copy of a rule set is the same
 * rule set.
 *
 * @param rules   Must outlive `sources`.
 * @param lenient What they say of parties that are not there is passed over.
 */
NODISCARD bool rule_sources_add_ruleset(struct rule_sources *sources,
                                        const struct ruleset *rules,
                                        const char *folder, bool lenient,
                                        struct err *err);

/**
 * Add a file that does not lie there (yet), in place of one with the same path.
 *
 * @param root  As for rule_sources_add_folder(). `path` and `text` are copied.
 */
NODISCARD bool rule_sources_add_text(struct rule_sources *sources,
                                     const char *root, struct str path,
                                     struct str text, struct err *err);
/** Leave a file of a folder out, if it is there. */
void rule_sources_drop(struct rule_sources *sources, struct str path);

/** Are there files under `folder`? */
bool rule_sources_has(const struct rule_sources *sources, const char *folder);

void rule_sources_sort(struct rule_sources *sources);

/** The SHA-256 that a rule set of these files, once sorted, is known by; ""
    when memory is out. */
void rule_sources_sha256(const struct rule_sources *sources,
                         char hex[DIGEST_HEX_SIZE]);

void rule_sources_dispose(struct rule_sources *sources);

#endif
