#include "report/formats.h"

#include "core/json_writer.h"
#include "core/lang.h"
#include "core/mem.h"
#include "report/phrases.h"
#include "report/scratch.h"
#include "report/spool.h"
#include "report/told.h"

struct report {
    struct json_writer json;
    const struct run_info *run;
    struct scratch scratch, value;
    size_t components;
};

static void put_property(struct json_writer *json, const char *name,
                         struct str value) {
    if (value.len == 0)
        return;
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "name", name);
    json_put_str(json, "value", value);
    json_close_object(json);
}

static void put_word(struct json_writer *json, const char *name,
                     const char *value) {
    put_property(json, name, str_from(value));
}

static void put_tools(struct json_writer *json, const char *version) {
    json_key(json, "tools");
    json_open_object(json);
    json_key(json, "components");
    json_open_array(json);
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "type", "application");
    json_put_text(json, "name", "bomgate");
    json_put_text(json, "version", version);
    json_close_object(json);
    json_close_array(json);
    json_close_object(json);
}

/* No time: the same input gives the same bytes. */
static void put_metadata(struct report *report) {
    struct json_writer *json = &report->json;
    const struct run_info *run = report->run;
    char day[DATE_TEXT_SIZE];
    date_format(run->as_of, day);
    json_key(json, "metadata");
    json_open_object(json);
    put_tools(json, run->version);
    json_key(json, "properties");
    json_open_array(json);
    put_word(json, "bomgate:rules:version", ruleset_version(run->rules));
    put_word(json, "bomgate:rules:sha256", ruleset_sha256(run->rules));
    put_word(json, "bomgate:as-of", day);
    put_word(json, "bomgate:activity",
             rules_activity_name((enum rules_activity)run->activity));
    for (size_t i = 0; i < run->profile_count; i++)
        put_word(json, "bomgate:profile",
                 rules_text(run->rules,
                            rules_profile(run->rules, run->profiles[i])->id));
    json_close_array(json);
    json_close_object(json);
}

static void free_report(struct report *report) {
    if (report == NULL)
        return;
    scratch_dispose(&report->scratch);
    scratch_dispose(&report->value);
    mem_free(report);
}

static bool begin(struct report **out, const struct report_target *target,
                  const struct run_info *run, struct err *err) {
    struct report *report = mem_calloc(1, sizeof(*report));
    if (report == NULL)
        return err_nomem(err);
    struct json_writer *json = &report->json;
    report->run = run;
    *json = JSON_WRITER(target->out);
    json_open_object(json);
    json_put_text(json, "$schema",
                  "http://cyclonedx.org/schema/bom-1.6.schema.json");
    json_put_text(json, "bomFormat", "CycloneDX");
    json_put_text(json, "specVersion", "1.6");
    json_put_int(json, "version", 1);
    put_metadata(report);
    json_key(json, "components");
    json_open_array(json);
    *out = report;
    return true;
}

/* A component must have a name, whatever the line has. */
static struct str name_of(const struct bom_line *line,
                          const struct bom_part *part) {
    const struct str names[] = {part->mpn, line->value, line->description,
                                line->ipn, line->refdes};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct str name = str_trim(names[i]);
        if (name.len != 0)
            return name;
    }
    return STR_LIT("unnamed");
}

/* As the BOM names it, or else whom the part number leads to. */
static void put_manufacturer(struct report *report,
                             const struct report_part *item) {
    struct json_writer *json = &report->json;
    const struct maker_candidate *maker = maker_sole(item->maker);
    struct str name = str_trim(item->part->manufacturer);
    if (name.len == 0 && maker != NULL)
        name = str_from(phrase_party(report->run->rules, maker->party));
    if (name.len == 0)
        return;
    json_key(json, "manufacturer");
    json_open_object(json);
    json_inline(json);
    json_put_str(json, "name", name);
    json_close_object(json);
}

/* The names that CycloneDX itself gives are from its property taxonomy, where
   a quantity is a number. */
static void put_line_facts(struct report *report,
                           const struct report_line *line,
                           const struct report_part *item) {
    struct json_writer *json = &report->json;
    char number[16];
    snprintf(number, sizeof(number), "%u", (unsigned)item->part->line);
    put_word(json, "bomgate:bom", line->bom->path);
    put_word(json, "bomgate:sheet", line->bom->sheet);
    put_word(json, "bomgate:line", number);
    put_property(json, "cdx:device:location", line->line->refdes);
    put_property(json,
                 str_is_digits(str_trim(line->line->quantity))
                     ? "cdx:device:quantity"
                     : "bomgate:quantity",
                 str_trim(line->line->quantity));
    put_property(json, "bomgate:ipn", line->line->ipn);
    put_word(json, "bomgate:fitted", line->line->fitted ? NULL : "no");
    put_word(json, "bomgate:alternate", item->part->alternate ? "yes" : NULL);
}

static void put_answer(struct report *report, const struct report_part *item) {
    struct json_writer *json = &report->json;
    const struct ruleset *rules = report->run->rules;
    const struct maker_candidate *maker = maker_sole(item->maker);
    if (maker != NULL)
        put_property(json, "bomgate:party",
                     rules_str(rules, rules_party(rules, maker->party)->id));
    put_word(json, "bomgate:category",
             phrase_category(rules, item->maker->facts.category));
    put_word(json, "bomgate:verdict", verdict_name(item->screening->verdict));
}

/* "bomgate:finding:us-ndaa-889:B:us-federal-contractor" */
static void add_finding_name(struct strbuf *out, const struct ruleset *rules,
                             const struct screen_hit *hit) {
    strbuf_add_text(out, "bomgate:finding");
    if (hit == NULL || hit->measure == RULES_NONE)
        return;
    strbuf_printf(out, ":%s",
                  rules_text(rules, rules_measure(rules, hit->measure)->id));
    if (hit->clause != RULES_NONE)
        strbuf_printf(out, ":%s",
                      rules_text(rules, rules_clause(rules, hit->clause)->id));
    if (hit->profile != RULES_NONE)
        strbuf_printf(
            out, ":%s",
            rules_text(rules, rules_profile(rules, hit->profile)->id));
}

static void put_finding(struct report *report, const struct finding *finding) {
    struct strbuf *value = scratch_start(&report->value);
    strbuf_printf(value, "%s: ", verdict_name(finding->verdict));
    report_why(value, report->run, finding);
    told_decision(value, finding);
    struct strbuf *name = scratch_start(&report->scratch);
    add_finding_name(name, report->run->rules, finding->hit);
    put_property(&report->json, name->failed ? "bomgate:finding" : name->ptr,
                 strbuf_str(value));
}

static void put_component(struct report *report, const struct report_line *line,
                          const struct report_part *item) {
    struct json_writer *json = &report->json;
    struct strbuf *ref = scratch_start(&report->scratch);
    strbuf_printf(ref, "part-%zu", ++report->components);
    json_open_object(json);
    json_put_text(json, "type", "device");
    json_put_str(json, "bom-ref", strbuf_str(ref));
    put_manufacturer(report, item);
    json_put_str(json, "name", name_of(line->line, item->part));
    if (line->line->description.len != 0)
        json_put_str(json, "description", line->line->description);
    json_key(json, "properties");
    json_open_array(json);
    put_line_facts(report, line, item);
    put_answer(report, item);
    for (size_t i = 0; i < line->finding_count; i++) {
        if (line->findings[i].part == item->part)
            put_finding(report, &line->findings[i]);
    }
    json_close_array(json);
    json_close_object(json);
}

static bool texts_ok(const struct report *report) {
    return scratch_ok(&report->scratch) && scratch_ok(&report->value);
}

static bool put_line(struct report *report, const struct report_line *line,
                     struct err *err) {
    for (size_t i = 0; i < line->part_count; i++)
        put_component(report, line, &line->parts[i]);
    if (!texts_ok(report))
        return err_nomem(err);
    return ferror(report->json.out) ? spool_error(err) : true;
}

static bool bom_end(struct report *report, const struct bom_totals *totals,
                    struct err *err) {
    (void)report;
    (void)totals;
    (void)err;
    return true;
}

/* A list from which rows were lost says so in the format's own word. */
static void put_completeness(struct json_writer *json, bool complete) {
    if (complete)
        return;
    json_key(json, "compositions");
    json_open_array(json);
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "aggregate", "incomplete");
    json_close_object(json);
    json_close_array(json);
}

static void put_recorded(struct json_writer *json,
                         const struct history_mark *mark) {
    char number[24];
    if (mark == NULL)
        return;
    snprintf(number, sizeof(number), "%lld", (long long)mark->run);
    put_word(json, "bomgate:history:run", number);
    put_word(json, "bomgate:history:head", mark->head);
}

static bool finish(struct report *report, const struct run_totals *totals,
                   struct err *err) {
    struct json_writer *json = &report->json;
    json_close_array(json);
    put_completeness(json, totals->complete);
    json_key(json, "properties");
    json_open_array(json);
    put_word(json, "bomgate:complete", totals->complete ? "yes" : "no");
    put_word(json, "bomgate:conclusive", totals->conclusive ? "yes" : "no");
    put_recorded(json, totals->history);
    for (size_t i = 0; i < totals->problem_count; i++)
        put_word(json, "bomgate:problem", totals->problems[i]);
    for (size_t i = 0; i < totals->not_checked_count; i++)
        put_word(json, "bomgate:not-checked", totals->not_checked[i]);
    json_close_array(json);
    json_close_object(json);
    json_finish(json);
    bool ok = spool_flush(json->out, err);
    free_report(report);
    return ok;
}

const struct report_format report_cyclonedx = {
    .name = "cyclonedx",
    .extension = ".cdx.json",
    .media_type = "application/vnd.cyclonedx+json",
    .summary = N_("CycloneDX 1.6, the parts as hardware components"),
    .begin = begin,
    .line = put_line,
    .bom_end = bom_end,
    .finish = finish,
    .abandon = free_report,
};
