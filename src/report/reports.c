#include "report/report.h"

#include "report/formats.h"

/* clang-format off */
const struct report_format *const report_formats[] = {
    &report_text,
    &report_json,
    &report_xlsx,
    &report_sarif,
    &report_junit,
    &report_github,
    &report_gitlab,
    &report_cyclonedx,
    NULL,
};
/* clang-format on */

const struct report_format *report_format_by_name(struct str name) {
    for (size_t i = 0; report_formats[i] != NULL; i++) {
        if (str_eq(name, str_from(report_formats[i]->name)))
            return report_formats[i];
    }
    return NULL;
}

const struct report_format *report_format_by_path(const char *path) {
    const struct report_format *best = NULL;
    struct str name = str_from(path);
    size_t longest = 0;
    for (size_t i = 0; report_formats[i] != NULL; i++) {
        struct str extension = str_from(report_formats[i]->extension);
        if (extension.len <= longest || name.len <= extension.len ||
            !str_eq_nocase(str_skip(name, name.len - extension.len), extension))
            continue;
        best = report_formats[i];
        longest = extension.len;
    }
    return best;
}

double bom_totals_resolved(const struct bom_totals *totals) {
    uint32_t lines = totals->info.lines;
    uint32_t asked = lines > totals->passives ? lines - totals->passives : 0;
    /* A BOM of nothing but generic resistors leaves no maker to find. */
    if (asked == 0)
        return 1.0;
    return totals->resolved >= asked ? 1.0
                                     : (double)totals->resolved / (double)asked;
}
