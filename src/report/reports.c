#include "report/report.h"

#include "report/formats.h"

const struct report_format *const report_formats[] = {
    &report_text,
    &report_json,
    &report_xlsx,
    NULL,
};

const struct report_format *report_format_by_name(struct str name) {
    for (size_t i = 0; report_formats[i] != NULL; i++) {
        if (str_eq(name, str_from(report_formats[i]->name)))
            return report_formats[i];
    }
    return NULL;
}

const struct report_format *report_format_by_path(const char *path) {
    struct str name = str_from(path);
    for (size_t i = 0; report_formats[i] != NULL; i++) {
        struct str extension = str_from(report_formats[i]->extension);
        if (name.len > extension.len &&
            str_eq_nocase(str_skip(name, name.len - extension.len), extension))
            return report_formats[i];
    }
    return NULL;
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
