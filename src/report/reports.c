#include "report/report.h"

#include "report/formats.h"

/* clang-format off */
const struct report_format *const report_formats[] = {
    &report_text,
    &report_json,
    &report_jsonl,
    &report_xlsx,
    &report_csv,
    &report_html,
    &report_markdown,
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

size_t report_extension_length(struct str name, struct str extensions) {
    size_t longest = 0;
    struct str one;
    while (str_split(&extensions, ',', &one)) {
        if (name.len > one.len && one.len > longest &&
            str_eq_nocase(str_skip(name, name.len - one.len), one))
            longest = one.len;
    }
    return longest;
}

const struct report_format *report_format_by_path(const char *path) {
    const struct report_format *best = NULL;
    size_t longest = 0;
    for (size_t i = 0; report_formats[i] != NULL; i++) {
        size_t length = report_extension_length(
            str_from(path), str_from(report_formats[i]->extension));
        if (length > longest) {
            longest = length;
            best = report_formats[i];
        }
    }
    return best;
}

double bom_totals_resolved(const struct bom_totals *totals) {
    uint32_t lines = totals->info.lines;
    uint32_t apart = totals->passives + totals->assemblies;
    uint32_t asked = lines > apart ? lines - apart : 0;
    /* A BOM of nothing but generic resistors leaves no maker to find. */
    if (asked == 0)
        return 1.0;
    return totals->resolved >= asked ? 1.0
                                     : (double)totals->resolved / (double)asked;
}
