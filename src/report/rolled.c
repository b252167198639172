#include "report/rolled.h"

#include <math.h>

#include "core/lang.h"
#include "report/phrases.h"

#define PLACES_SHOWN 3

static void add_place(struct strbuf *out, const struct report_place *place) {
    for (size_t i = 0; i < place->count; i++)
        strbuf_printf(out, "%s%s", i == 0 ? "" : " > ", place->names[i]);
}

void report_rolled_places(struct strbuf *out,
                          const struct report_rollup *rollup, size_t most) {
    for (size_t i = 0; i < rollup->place_count && i < most; i++) {
        strbuf_add_text(out, i == 0 ? "" : tr("; "));
        add_place(out, &rollup->places[i]);
    }
    if (rollup->place_count > most || rollup->more)
        strbuf_add_text(out, tr("; and elsewhere"));
}

void report_rolled_total(struct strbuf *out,
                         const struct report_rollup *rollup) {
    if (!isnan(rollup->total))
        strbuf_printf(out, "%.10g", rollup->total);
}

bool report_rolled(struct strbuf *out, const struct report_line *line) {
    const struct report_rollup *rollup = line->rollup;
    struct strbuf places = {.ptr = NULL}, total = {.ptr = NULL};
    if (rollup == NULL || rollup->place_count == 0)
        return false;
    bool open = isnan(rollup->total);
    report_rolled_total(&total, rollup);
    bool plain = rollup->place_count == 1 && rollup->places[0].count == 1;
    bool said =
        open || str_eq(strbuf_str(&total), str_trim(line->line->quantity));
    if (!plain || !said) {
        report_rolled_places(&places, rollup, PLACES_SHOWN);
        if (open)
            strbuf_printf(out, tr("in %s"), phrase_text(&places));
        else
            strbuf_printf(out, tr("%s in all, in %s"), phrase_text(&total),
                          phrase_text(&places));
    }
    out->failed |= places.failed || total.failed;
    strbuf_dispose(&places);
    strbuf_dispose(&total);
    return !plain || !said;
}
