#include "run/report_file.h"

#include <string.h>

#include "core/json_file.h"

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static bool take_made(const json_t *report,
                      const struct report_file_taker *taker, struct err *err) {
    const json_t *ruleset = json_object_get(report, "ruleset");
    struct report_file_made made = {
        .rules_version = text_of(ruleset, "version"),
        .rules_sha256 = text_of(ruleset, "sha256"),
        .as_of = text_of(report, "as_of"),
    };
    return taker->made == NULL || taker->made(taker->ctx, &made, err);
}

static bool take_boms(const json_t *report,
                      const struct report_file_taker *taker, struct err *err) {
    const json_t *boms = json_object_get(report, "boms");
    for (size_t i = 0; taker->bom != NULL && i < json_array_size(boms); i++) {
        const json_t *from = json_array_get(boms, i);
        struct report_file_bom bom = {
            .path = text_of(from, "path"),
            .sha256 = text_of(from, "sha256"),
            .product = text_of(from, "product"),
        };
        if (!taker->bom(taker->ctx, &bom, err))
            return false;
    }
    return true;
}

/* As it was named; else the file's name, as it is for a BOM of today. */
static struct str product_of(const json_t *report, const char *path) {
    const json_t *boms = json_object_get(report, "boms");
    for (size_t i = 0; i < json_array_size(boms); i++) {
        const json_t *bom = json_array_get(boms, i);
        const char *product = text_of(bom, "product");
        if (*product != '\0' && strcmp(text_of(bom, "path"), path) == 0)
            return str_from(product);
    }
    return str_base_name(path);
}

static bool take_findings(const json_t *report,
                          const struct report_file_taker *taker,
                          struct err *err) {
    const json_t *findings = json_object_get(report, "findings");
    for (size_t i = 0; i < json_array_size(findings); i++) {
        const json_t *from = json_array_get(findings, i);
        struct report_file_finding finding = {
            .fingerprint = text_of(from, "fingerprint"),
            .identity = text_of(from, "identity"),
            .verdict = text_of(from, "verdict"),
            .measure = text_of(from, "measure"),
            .clause = text_of(from, "clause"),
            .party = text_of(from, "party"),
            .mpn = text_of(from, "mpn"),
            .manufacturer = text_of(from, "manufacturer"),
            .bom = text_of(from, "bom"),
            .product = product_of(report, text_of(from, "bom")),
        };
        if (*finding.fingerprint == '\0')
            return err_set(err, ERR_INVALID, "finding %zu has no fingerprint",
                           i + 1);
        if (!taker->finding(taker->ctx, &finding, err))
            return false;
    }
    return true;
}

static bool is_report(const json_t *report) {
    return strcmp(text_of(report, "schema"), "bomgate-check/1") == 0 &&
           json_is_array(json_object_get(report, "findings"));
}

bool report_file_load(const char *path, json_t **out, struct err *err) {
    json_t *report = json_file_load(path, err);
    if (report == NULL)
        return false;
    if (is_report(report)) {
        *out = report;
        return true;
    }
    json_decref(report);
    err_set(err, ERR_INVALID, "this is no report of `bomgate check -f json`");
    return err_at(err, path, 0, 0);
}

bool report_file_read(const char *path, const struct report_file_taker *taker,
                      struct err *err) {
    json_t *report;
    if (!report_file_load(path, &report, err))
        return false;
    bool ok = take_made(report, taker, err) && take_boms(report, taker, err) &&
              take_findings(report, taker, err);
    json_decref(report);
    return ok || err_at(err, path, 0, 0);
}
