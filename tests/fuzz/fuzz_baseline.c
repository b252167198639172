/* Any JSON is refused in words, or is a report whose findings are known again.
 */
#include <jansson.h>

#include "fuzz.h"
#include "run/baseline.h"

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

/* The finding that stands there, as another run would make it. */
static bool is_known(struct baseline *baseline, const json_t *entry,
                     enum verdict verdict) {
    struct bom_info bom = {.path = text_of(entry, "bom"),
                           .place = text_of(entry, "bom")};
    struct finding finding = {.verdict = verdict};
    snprintf(finding.fingerprint, sizeof(finding.fingerprint), "%s",
             text_of(entry, "fingerprint"));
    return baseline_knows(baseline, NULL, &bom, &finding);
}

static void check_findings(struct baseline *baseline, const json_t *report) {
    const json_t *findings = json_object_get(report, "findings");
    for (size_t i = 0; i < json_array_size(findings); i++) {
        const json_t *entry = json_array_get(findings, i);
        bool worse = is_known(baseline, entry, VERDICT_PROHIBITED);
        must(!worse || is_known(baseline, entry, VERDICT_CLEAR),
             "what is known as worse is known");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str bytes = {(const char *)data, size};
    struct baseline *baseline;
    struct err err = ERR_INIT;
    if (baseline_read(&baseline, fuzz_file(bytes), &err)) {
        json_error_t fault;
        json_t *report = json_loadb(bytes.ptr, bytes.len, 0, &fault);
        must(json_is_object(report), "what is a report is a JSON object");
        check_findings(baseline, report);
        json_decref(report);
        baseline_free(baseline);
    } else {
        must_say_why(&err);
    }
    return 0;
}
