#include "run/report_file.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static bool take_findings(const json_t *report,
                          bool (*take)(void *ctx,
                                       const struct report_file_finding *,
                                       struct err *),
                          void *ctx, struct err *err) {
    const json_t *findings = json_object_get(report, "findings");
    for (size_t i = 0; i < json_array_size(findings); i++) {
        const json_t *from = json_array_get(findings, i);
        struct report_file_finding finding = {
            .fingerprint = text_of(from, "fingerprint"),
            .identity = text_of(from, "identity"),
            .bom = text_of(from, "bom"),
            .verdict = text_of(from, "verdict"),
            .measure = text_of(from, "measure"),
            .clause = text_of(from, "clause"),
            .party = text_of(from, "party"),
            .mpn = text_of(from, "mpn"),
            .manufacturer = text_of(from, "manufacturer"),
        };
        if (*finding.fingerprint == '\0')
            return err_set(err, ERR_INVALID, "finding %zu has no fingerprint",
                           i + 1);
        if (!take(ctx, &finding, err))
            return false;
    }
    return true;
}

static bool is_report(const json_t *report) {
    return strcmp(text_of(report, "schema"), "bomgate-check/1") == 0 &&
           json_is_array(json_object_get(report, "findings"));
}

bool report_file_load(const char *path, json_t **out, struct err *err) {
    json_error_t fault;
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        err_set(err, ERR_IO, "cannot read: %s", strerror(errno));
        return err_at(err, path, 0, 0);
    }
    json_t *report = json_loadf(in, JSON_REJECT_DUPLICATES, &fault);
    fclose(in);
    if (report == NULL) {
        err_set(err, ERR_SYNTAX, "this is no JSON: %s", fault.text);
        return err_at(err, path, fault.line > 0 ? (uint32_t)fault.line : 0, 0);
    }
    if (is_report(report)) {
        *out = report;
        return true;
    }
    json_decref(report);
    err_set(err, ERR_INVALID, "this is no report of `bomgate check -f json`");
    return err_at(err, path, 0, 0);
}

bool report_file_read(const char *path,
                      bool (*take)(void *ctx,
                                   const struct report_file_finding *finding,
                                   struct err *err),
                      void *ctx, struct err *err) {
    json_t *report;
    if (!report_file_load(path, &report, err))
        return false;
    bool ok = take_findings(report, take, ctx, err);
    json_decref(report);
    return ok || err_at(err, path, 0, 0);
}
