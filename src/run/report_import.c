#include "run/report_import.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "core/arena.h"
#include "core/date.h"
#include "core/digest.h"
#include "history/record.h"
#include "run/report_file.h"

/* One import. */
struct import {
    const struct record_options *options;
    const json_t *report;
    struct recording *recording;
    size_t line, finding; /* the next of each */
    struct arena arena;
};

static const char *text_of(const json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

static struct str str_of(const json_t *object, const char *key) {
    return str_from(text_of(object, key));
}

static bool flag_of(const json_t *object, const char *key) {
    return json_is_true(json_object_get(object, key));
}

/* Counts and line numbers; what is none of these counts as nothing. */
static uint32_t number_of(const json_t *object, const char *key) {
    json_int_t value = json_integer_value(json_object_get(object, key));
    return value < 0 || value > UINT32_MAX ? 0 : (uint32_t)value;
}

static const json_t *list_of(const json_t *object, const char *key) {
    return json_object_get(object, key);
}

static int add_bytes(const char *bytes, size_t len, void *digest) {
    digest_add(digest, (struct str){bytes, len});
    return 0;
}

static bool identify(const struct import *import, char out[DIGEST_HEX_SIZE],
                     struct err *err) {
    const struct record_options *options = import->options;
    const char *const texts[] = {options->repository, options->commit,
                                 options->pipeline, options->stage};
    struct digest *digest = digest_new();
    if (digest == NULL)
        return err_nomem(err);
    bool ok = json_dump_callback(import->report, add_bytes, digest,
                                 JSON_COMPACT | JSON_SORT_KEYS) == 0;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        digest_add_field(digest, str_from(texts[i]));
    digest_hex(digest, out);
    digest_free(digest);
    return (ok && out[0] != '\0') || err_nomem(err);
}

/* All that a record cannot do without, so that no half of a run is kept. */
static bool check_report(const json_t *report, struct err *err) {
    static const char *const texts[] = {"as_of", "activity"};
    static const char *const lists[] = {"profiles", "findings", "boms",
                                        "waivers"};
    if (!json_is_array(list_of(report, "lines")))
        return err_set(err, ERR_INVALID,
                       "this report does not list all lines; make it with "
                       "`bomgate check --all-lines`");
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (text_of(report, texts[i]) == NULL)
            return err_set(err, ERR_INVALID, "this report has no %s", texts[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        if (!json_is_array(list_of(report, lists[i])))
            return err_set(err, ERR_INVALID, "this report has no list of %s",
                           lists[i]);
    }
    const json_t *ruleset = json_object_get(report, "ruleset");
    if (text_of(ruleset, "sha256") == NULL ||
        text_of(ruleset, "version") == NULL)
        return err_set(err, ERR_INVALID, "this report names no rule set");
    if (rules_activity_parse(str_of(report, "activity")) == 0)
        return err_set(err, ERR_INVALID, "unknown activity '%s'",
                       text_of(report, "activity"));
    const char *tool = text_of(json_object_get(report, "tool"), "version");
    return tool != NULL ||
           err_set(err, ERR_INVALID, "this report names no tool");
}

static const char *or_empty(const char *text) {
    return text == NULL ? "" : text;
}

static struct history_profile *read_profiles(struct import *import,
                                             size_t *count) {
    const json_t *ids = list_of(import->report, "profiles");
    const json_t *names = json_object_get(import->report, "profile_names");
    *count = json_array_size(ids);
    struct history_profile *out =
        arena_array(&import->arena, *count, sizeof(*out));
    for (size_t i = 0; out != NULL && i < *count; i++) {
        out[i].id = or_empty(json_string_value(json_array_get(ids, i)));
        out[i].name = or_empty(text_of(names, out[i].id));
    }
    return out;
}

/* NULL: none. */
static const char *read_denied(struct import *import) {
    const json_t *ids = list_of(import->report, "profiles_denied");
    struct str list = STR_EMPTY;
    for (size_t i = 0; i < json_array_size(ids); i++)
        list = arena_printf(
            &import->arena, "%.*s%s%s", STR_ARG(list), i == 0 ? "" : " ",
            or_empty(json_string_value(json_array_get(ids, i))));
    return list.len == 0 ? NULL : list.ptr;
}

static bool begin(struct import *import, struct err *err) {
    const struct record_options *options = import->options;
    const json_t *report = import->report;
    const json_t *tool = json_object_get(report, "tool");
    const json_t *ruleset = json_object_get(report, "ruleset");
    char identity[DIGEST_HEX_SIZE], day[MOMENT_TEXT_SIZE];
    size_t count;
    const struct history_profile *profiles = read_profiles(import, &count);
    if (profiles == NULL)
        return err_nomem(err);
    if (!moment_parse(str_of(report, "as_of"), day))
        return err_set(err, ERR_INVALID, "as_of '%s' is no day",
                       text_of(report, "as_of"));
    bool is_now = options->timed || strcmp(day, options->time) > 0;
    struct history_run run = {
        .time = is_now ? options->time : day,
        .identity = identity,
        .tool = text_of(tool, "version"),
        .method = or_empty(text_of(tool, "method")),
        .ruleset_version = text_of(ruleset, "version"),
        .ruleset_sha256 = text_of(ruleset, "sha256"),
        .known_to = or_empty(text_of(ruleset, "known_to")),
        .as_of = text_of(report, "as_of"),
        .activity = text_of(report, "activity"),
        .profiles = profiles,
        .profile_count = count,
        .declared = flag_of(report, "declared"),
        .stage = options->stage,
        .repository = options->repository,
        .revision = options->commit,
        .pipeline = options->pipeline,
        .actor = options->actor,
        .denied = read_denied(import),
        .sold_until = text_of(report, "sold_until"),
        .contract = text_of(report, "contract") != NULL,
    };
    return identify(import, identity, err) &&
           recording_begin(&import->recording, options->history, &run, err) &&
           (options->rules == NULL ||
            recording_rules(import->recording, options->rules, err));
}

static bool add_parts(struct import *import, const json_t *from,
                      struct err *err) {
    const json_t *parts = list_of(from, "parts");
    if (json_array_size(parts) == 0)
        return err_set(err, ERR_INVALID, "line %zu has no parts", import->line);
    for (size_t i = 0; i < json_array_size(parts); i++) {
        const json_t *part = json_array_get(parts, i);
        struct history_line line = {
            .line = number_of(from, "line"),
            .part_line = number_of(part, "line"),
            .alternate = flag_of(part, "alternate"),
            .fitted = flag_of(from, "fitted"),
            .refdes = str_of(from, "refdes"),
            .quantity = str_of(from, "quantity"),
            .ipn = str_of(from, "ipn"),
            .origin = str_of(from, "origin"),
            .mpn = str_of(part, "mpn"),
            .manufacturer = str_of(part, "manufacturer"),
            .value = str_of(from, "value"),
            .description = str_of(from, "description"),
            .category = str_of(from, "category"),
            .manufacturer_header = str_of(part, "manufacturer_header"),
            .mpn_header = str_of(part, "mpn_header"),
            .party = str_of(part, "party"),
        };
        if (!recording_line(import->recording, &line, err))
            return false;
    }
    return true;
}

static struct history_waiver waiver_of(const json_t *from) {
    return (struct history_waiver){
        .measure = text_of(from, "measure"),
        .clause = text_of(from, "clause"),
        .party = text_of(from, "party"),
        .mpn = text_of(from, "mpn"),
        .product = text_of(from, "product"),
        .kind = text_of(from, "kind"),
        .reason = text_of(from, "reason"),
        .expires = text_of(from, "expires"),
        .approved_by = text_of(from, "approved_by"),
        .ticket = text_of(from, "ticket"),
        .evidence = text_of(from, "evidence"),
    };
}

/* A finding names its waiver by the place where it is written. */
static const json_t *find_waiver(const struct import *import,
                                 const json_t *named) {
    const json_t *waivers = list_of(import->report, "waivers");
    for (size_t i = 0; i < json_array_size(waivers); i++) {
        const json_t *waiver = json_array_get(waivers, i);
        if (number_of(waiver, "line") == number_of(named, "line") &&
            str_eq(str_of(waiver, "path"), str_of(named, "path")))
            return waiver;
    }
    return NULL;
}

static bool add_finding(struct import *import, const json_t *from,
                        struct err *err) {
    const json_t *named = json_object_get(from, "waiver");
    const json_t *written =
        json_is_object(named) ? find_waiver(import, named) : NULL;
    struct history_waiver waiver = waiver_of(written);
    struct history_finding finding = {
        .line = number_of(from, "line"),
        .refdes = str_of(from, "refdes"),
        .quantity = str_of(from, "quantity"),
        .fingerprint = str_of(from, "fingerprint"),
        .verdict = str_of(from, "verdict"),
        .profile = str_of(from, "profile"),
        .measure = str_of(from, "measure"),
        .title = str_of(from, "title"),
        .clause = str_of(from, "clause"),
        .citation = str_of(from, "citation"),
        .url = str_of(from, "url"),
        .since = str_of(from, "from"),
        .becomes = str_of(from, "becomes"),
        .reason = str_of(from, "reason"),
        .party = str_of(from, "party"),
        .party_name = str_of(from, "party_name"),
        .owner = str_of(from, "owner"),
        .confidence = str_of(from, "confidence"),
        .category = str_of(from, "category"),
        .manufacturer = str_of(from, "manufacturer"),
        .mpn = str_of(from, "mpn"),
        .waived = str_eq(str_of(named, "state"), STR_LIT("used")),
        .known = str_eq(str_of(from, "baseline"), STR_LIT("known")),
        .waiver = written != NULL ? &waiver : NULL,
    };
    if (finding.fingerprint.len == 0 ||
        verdict_parse(finding.verdict) == VERDICT_COUNT)
        return err_set(err, ERR_INVALID,
                       "finding %zu has no fingerprint or no verdict",
                       import->finding);
    return recording_finding(import->recording, &finding, err);
}

/* "2-17-1" is of the second BOM. */
static bool is_of_bom(const json_t *finding, size_t bom) {
    struct str id = str_of(finding, "id"), number;
    return str_split(&id, '-', &number) && str_number(number) == bom + 1;
}

static bool add_rows(struct import *import, const json_t *bom, size_t index,
                     struct err *err) {
    const json_t *lines = list_of(import->report, "lines");
    const json_t *findings = list_of(import->report, "findings");
    size_t end = import->line + number_of(bom, "lines");
    if (end > json_array_size(lines))
        return err_set(err, ERR_INVALID, "lines of '%s' are missing",
                       text_of(bom, "path"));
    while (import->line < end) {
        if (!add_parts(import, json_array_get(lines, import->line++), err))
            return false;
    }
    while (import->finding < json_array_size(findings) &&
           is_of_bom(json_array_get(findings, import->finding), index)) {
        if (!add_finding(import, json_array_get(findings, import->finding++),
                         err))
            return false;
    }
    return true;
}

static uint32_t ten_thousandths(const json_t *bom) {
    double share = json_number_value(json_object_get(bom, "resolved"));
    return share >= 0 && share <= 1 ? (uint32_t)(share * 10000 + 0.5) : 0;
}

static bool add_bom(struct import *import, size_t index, struct err *err) {
    const json_t *from = json_array_get(list_of(import->report, "boms"), index);
    const json_t *counts = json_object_get(from, "counts");
    const char *product = text_of(from, "product");
    const char *path = text_of(from, "path");
    if (path == NULL)
        return err_set(err, ERR_INVALID, "BOM %zu has no path", index + 1);
    struct history_bom bom = {
        .path = path,
        .sha256 = text_of(from, "sha256"),
        .product = product != NULL ? str_from(product) : str_base_name(path),
        .named = product != NULL,
        .revision = text_of(from, "revision"),
        .format = or_empty(text_of(from, "format")),
        .lines = number_of(from, "lines"),
        .lost = number_of(from, "lost"),
        .resolved = ten_thousandths(from),
        .waived = number_of(counts, "waived"),
        .error = text_of(from, "error"),
        .kept = STR_EMPTY,
    };
    for (int v = 0; v < VERDICT_COUNT; v++)
        bom.counts[v] = number_of(counts, verdict_name((enum verdict)v));
    return add_rows(import, from, index, err) &&
           recording_bom(import->recording, &bom, err);
}

static bool add_all(struct import *import, struct err *err) {
    const json_t *waivers = list_of(import->report, "waivers");
    for (size_t i = 0; i < json_array_size(list_of(import->report, "boms"));
         i++) {
        if (!add_bom(import, i, err))
            return false;
    }
    for (size_t i = 0; i < json_array_size(waivers); i++) {
        const json_t *from = json_array_get(waivers, i);
        struct history_waiver waiver = waiver_of(from);
        if (!recording_waiver(import->recording, &waiver,
                              or_empty(text_of(from, "state")), err))
            return false;
    }
    return (import->line == json_array_size(list_of(import->report, "lines")) &&
            import->finding ==
                json_array_size(list_of(import->report, "findings"))) ||
           err_set(err, ERR_INVALID,
                   "it has lines or findings of a BOM that it does not list");
}

static bool import_report(struct import *import, struct history_mark *mark,
                          struct err *err) {
    const struct history_end end = {
        .complete = flag_of(import->report, "complete"),
        .conclusive = flag_of(import->report, "conclusive"),
        .exit_status = (int)number_of(import->report, "exit_status"),
    };
    return check_report(import->report, err) && begin(import, err) &&
           add_all(import, err) &&
           recording_commit(import->recording, &end, mark, err);
}

bool report_import(const char *path, const struct record_options *options,
                   struct history_mark *mark, struct err *err) {
    json_t *report;
    if (!report_file_load(path, &report, err))
        return false;
    struct import import = {.options = options, .report = report};
    bool ok = import_report(&import, mark, err);
    recording_free(import.recording);
    arena_dispose(&import.arena);
    json_decref(report);
    return ok || err_at(err, path, 0, 0);
}
