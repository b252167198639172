#include "report/audit_report.h"

#include "report/audit_phrases.h"

const struct audit_format *const audit_formats[] = {
    &audit_text_format,     &audit_json_format, &audit_xlsx_format,
    &audit_markdown_format, &audit_html_format, NULL,
};

const struct audit_format *audit_format_by_name(struct str name) {
    for (size_t i = 0; audit_formats[i] != NULL; i++) {
        if (str_eq(name, str_from(audit_formats[i]->name)))
            return audit_formats[i];
    }
    return NULL;
}

const struct audit_format *audit_format_by_path(const char *path) {
    for (size_t i = 0; audit_formats[i] != NULL; i++) {
        if (report_extension_length(str_from(path),
                                    str_from(audit_formats[i]->extension)) != 0)
            return audit_formats[i];
    }
    return NULL;
}

void audit_report_title(struct strbuf *out, const struct audit_report *report) {
    if (report->title != NULL)
        strbuf_printf(out, "%s: ", report->title);
    audit_say_title(out, report->audit);
}
