#ifndef BOMGATE_CLI_EXPLANATION_H
#define BOMGATE_CLI_EXPLANATION_H

#include <stdbool.h>
#include <stdio.h>

#include "cli/cli.h"
#include "maker/maker.h"
#include "maker/trace.h"
#include "report/report.h"
#include "screen/screen.h"

/** Answers "who is it, and what hits?" for a name or a part number. */
struct explainer;

/** What is told of a part beside its name or number; all is borrowed. */
struct explainer_said {
    uint32_t category; /* RULES_NONE: as the part number says */
    struct str origin;
    struct declarations *declarations; /* of suppliers, or NULL */
    bool strict_contents; /* contents that nobody declares are for review */
};

NODISCARD struct explainer *explainer_new(const struct cli_screen *screen,
                                          const struct explainer_said *said);
void explainer_free(struct explainer *explainer);

/** What a query was taken for. */
enum explanation_kind {
    EXPLAIN_NAME,
    EXPLAIN_MPN,
    EXPLAIN_DESCRIPTION, /* neither is known, but it says what a part is */
};

struct explanation {
    struct str query;
    enum explanation_kind kind;
    struct maker maker;
    const struct maker_stage *stages; /* how the maker was found */
    size_t stage_count;
    struct part_declared declared;
    struct screening screening;
};

/** @param[out] out Valid until the next call. */
NODISCARD bool explainer_ask(struct explainer *explainer, struct str query,
                             struct explanation *out, struct err *err);

/** One `bomgate-explain/1` document; `compact`: on one line. */
void explanation_print_json(FILE *out, const struct cli_screen *screen,
                            const struct explanation *explanation,
                            bool compact);
/** The same for a person. */
void explanation_print_text(FILE *out, const struct cli_screen *screen,
                            const struct explanation *explanation);

#endif
