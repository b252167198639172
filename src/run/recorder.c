#include "run/recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/digest.h"
#include "core/mem.h"
#include "history/record.h"
#include "report/json_part.h"
#include "report/phrases.h"

struct recorder {
    const struct record_options *options;
    const struct run_info *run;
    struct recording *recording;
};

static struct str party_id(const struct ruleset *rules, uint32_t party) {
    return party == RULES_NONE
               ? STR_EMPTY
               : rules_str(rules, rules_party(rules, party)->id);
}

/* "uk-telecom-5g uk-telecom-core"; NULL: none. */
static const char *list_denied(struct arena *arena,
                               const struct run_info *info) {
    struct str list = STR_EMPTY;
    for (size_t i = 0; i < info->denied.count; i++)
        list = arena_printf(
            arena, "%.*s%s%s", STR_ARG(list), i == 0 ? "" : " ",
            rules_text(info->rules,
                       rules_profile(info->rules, info->denied.items[i])->id));
    return list.len == 0 ? NULL : list.ptr;
}

static bool begin(struct recorder *recorder, struct err *err) {
    const struct record_options *options = recorder->options;
    const struct run_info *info = recorder->run;
    char as_of[DATE_TEXT_SIZE], known_to[DATE_TEXT_SIZE] = "",
                                sold_until[DATE_TEXT_SIZE];
    struct arena arena = {.failed = false};
    struct history_profile *profiles =
        arena_array(&arena, info->profile_count, sizeof(*profiles));
    if (profiles == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < info->profile_count; i++) {
        const struct rules_profile *profile =
            rules_profile(info->rules, info->profiles[i]);
        profiles[i].id = rules_text(info->rules, profile->id);
        profiles[i].name = rules_text(info->rules, profile->name);
    }
    date_format(info->as_of, as_of);
    date_format(info->sold_until, sold_until);
    if (ruleset_known_to(info->rules) != DATE_NONE)
        date_format(ruleset_known_to(info->rules), known_to);
    struct history_run run = {
        .time = options->time,
        .tool = info->version,
        .method = MAKER_METHOD,
        .ruleset_version = ruleset_version(info->rules),
        .ruleset_sha256 = ruleset_sha256(info->rules),
        .known_to = known_to,
        .as_of = as_of,
        .activity = rules_activity_name((enum rules_activity)info->activity),
        .profiles = profiles,
        .profile_count = info->profile_count,
        .declared = info->declared,
        .stage = options->stage,
        .repository = options->repository,
        .revision = options->commit,
        .pipeline = options->pipeline,
        .actor = options->actor,
        .denied = list_denied(&arena, info),
        .sold_until = info->sold_until != 0 ? sold_until : NULL,
        .contract = info->contract,
    };
    bool ok =
        (!arena.failed || err_nomem(err)) &&
        recording_begin(&recorder->recording, options->history, &run, err) &&
        recording_rules(recorder->recording, info->rules, err);
    arena_dispose(&arena);
    return ok;
}

bool recorder_begin(struct recorder **out, const struct record_options *options,
                    const struct run_info *run, struct err *err) {
    struct recorder *recorder = mem_calloc(1, sizeof(*recorder));
    if (recorder == NULL)
        return err_nomem(err);
    recorder->options = options;
    recorder->run = run;
    if (begin(recorder, err)) {
        *out = recorder;
        return true;
    }
    recorder_free(recorder);
    return false;
}

static bool add_part(struct recorder *recorder, const struct bom_line *from,
                     const struct report_part *item, struct err *err) {
    const struct bom_part *part = item->part;
    const struct maker *maker = item->maker;
    struct history_line line = {
        .line = from->line,
        .part_line = part->line,
        .alternate = part->alternate,
        .fitted = from->fitted,
        .refdes = from->refdes,
        .quantity = from->quantity,
        .ipn = from->ipn,
        .origin = part->origin,
        .mpn = part->mpn,
        .manufacturer = part->manufacturer,
        .value = from->value,
        .description = from->description,
        .category = bom_part_category(from, part),
        .manufacturer_header = part->manufacturer_header,
        .mpn_header = part->mpn_header,
        .party =
            party_id(recorder->run->rules, maker->candidate_count == 0
                                               ? RULES_NONE
                                               : maker->candidates[0].party),
    };
    return recording_line(recorder->recording, &line, err);
}

static struct history_waiver waiver_of(const struct waiver *from,
                                       char expires[DATE_TEXT_SIZE]) {
    date_format(from->expires, expires);
    return (struct history_waiver){
        .measure = from->measure,
        .clause = from->clause,
        .party = from->party,
        .mpn = from->mpn,
        .product = from->product,
        .kind = from->kind,
        .reason = from->reason,
        .expires = expires,
        .approved_by = from->approved_by,
        .ticket = from->ticket,
        .evidence = from->evidence,
    };
}

/* What the clause says, where one was asked. */
static void add_rule(struct history_finding *out, const struct ruleset *rules,
                     const struct screen_hit *hit, char since[DATE_TEXT_SIZE]) {
    const struct rules_measure *measure = rules_measure(rules, hit->measure);
    const char *reason = screen_reason_name(hit->reason);
    date_format_span(hit->from, since);
    out->since = str_from(since);
    out->measure = rules_str(rules, measure->id);
    out->title = rules_str(rules, measure->title);
    out->citation = rules_str(rules, measure->citation);
    out->url = str_from(phrase_url(rules, hit->measure));
    out->reason = str_from(reason);
    if (hit->clause != RULES_NONE)
        out->clause = rules_str(rules, rules_clause(rules, hit->clause)->id);
    if (hit->profile != RULES_NONE)
        out->profile = rules_str(rules, rules_profile(rules, hit->profile)->id);
    if (hit->becomes != VERDICT_COUNT)
        out->becomes = str_from(verdict_name(hit->becomes));
}

static bool add_finding(struct recorder *recorder,
                        const struct report_line *line,
                        const struct finding *from, struct err *err) {
    const struct ruleset *rules = recorder->run->rules;
    const struct screen_hit *hit = from->hit;
    char since[DATE_TEXT_SIZE], expires[DATE_TEXT_SIZE];
    struct history_waiver waiver;
    struct history_finding out = {
        .line = from->part->line,
        .refdes = line->line->refdes,
        .quantity = line->line->quantity,
        .fingerprint = str_from(from->fingerprint),
        .verdict = str_from(verdict_name(from->verdict)),
        .owner = party_id(rules, from->owner),
        .category =
            str_from(phrase_category(rules, from->maker->facts.category)),
        .manufacturer = from->part->manufacturer,
        .mpn = from->part->mpn,
        .waived = from->waived,
        .known = from->known,
    };
    uint32_t party = finding_party(from);
    out.party = party_id(rules, party);
    if (party != RULES_NONE)
        out.party_name = str_from(phrase_party(rules, party));
    const struct maker_candidate *candidate = finding_candidate(from);
    out.confidence = str_from(json_part_confidence(
        candidate != NULL ? candidate->confidence : MAKER_NONE));
    if (hit != NULL && hit->measure != RULES_NONE)
        add_rule(&out, rules, hit, since);
    if (from->waiver != NULL) {
        waiver = waiver_of(from->waiver, expires);
        out.waiver = &waiver;
    }
    return recording_finding(recorder->recording, &out, err);
}

bool recorder_line(struct recorder *recorder, const struct report_line *line,
                   struct err *err) {
    for (size_t i = 0; i < line->part_count; i++) {
        if (!add_part(recorder, line->line, &line->parts[i], err))
            return false;
    }
    for (size_t i = 0; i < line->finding_count; i++) {
        if (!add_finding(recorder, line, &line->findings[i], err))
            return false;
    }
    return true;
}

/* What standard input or a pipe held is gone, and what cannot be read was told
   of. */
static FILE *open_kept(const char *path) {
    struct stat status;
    int file = strcmp(path, "-") == 0
                   ? -1
                   : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return NULL;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode))
        return fdopen(file, "rb");
    close(file);
    return NULL;
}

/* It must be the file that was checked. */
static bool check_kept(const struct bom_info *info, struct str bytes,
                       struct err *err) {
    char now[DIGEST_HEX_SIZE] = "";
    if (!digest_of(bytes, now))
        return err_nomem(err);
    return info->sha256[0] == '\0' || strcmp(info->sha256, now) == 0 ||
           err_set(err, ERR_IO, "the file changed while it was checked");
}

static bool read_kept(const struct bom_info *info, struct strbuf *out,
                      struct err *err) {
    char block[16384];
    size_t got;
    FILE *in = open_kept(info->path);
    if (in == NULL)
        return true;
    while ((got = fread(block, 1, sizeof(block), in)) != 0)
        strbuf_add(out, (struct str){block, got});
    bool ok = !ferror(in) ||
              err_set(err, ERR_IO, "cannot read it again: %s", strerror(errno));
    fclose(in);
    ok = ok && (!out->failed || err_nomem(err)) &&
         check_kept(info, strbuf_str(out), err);
    return ok || err_at(err, info->path, 0, 0);
}

static uint32_t ten_thousandths(const struct bom_totals *totals) {
    return (uint32_t)(bom_totals_resolved(totals) * 10000 + 0.5);
}

bool recorder_bom_end(struct recorder *recorder,
                      const struct bom_totals *totals, struct err *err) {
    const struct bom_info *info = &totals->info;
    struct strbuf kept = {.ptr = NULL};
    struct history_bom bom = {
        .path = info->path,
        .sha256 = info->sha256[0] != '\0' ? info->sha256 : NULL,
        .product = totals->product != NULL ? str_from(totals->product)
                                           : str_base_name(info->path),
        .named = totals->product != NULL,
        .revision = totals->revision,
        .format = info->format,
        .lines = info->lines,
        .lost = totals->lost,
        .resolved = ten_thousandths(totals),
        .waived = totals->counts.waived,
        .error = totals->error,
    };
    memcpy(bom.counts, totals->counts.verdicts, sizeof(bom.counts));
    bool ok = !recorder->options->keep_files || read_kept(info, &kept, err);
    bom.kept = strbuf_str(&kept);
    ok = ok && recording_bom(recorder->recording, &bom, err);
    strbuf_dispose(&kept);
    return ok;
}

bool recorder_finish(struct recorder *recorder, const struct run_totals *totals,
                     struct history_mark *mark, struct err *err) {
    struct history_end end = {
        .complete = totals->complete,
        .conclusive = totals->conclusive,
        .exit_status = totals->exit_status,
    };
    for (size_t i = 0; i < totals->waiver_count; i++) {
        const struct waiver *from = &totals->waivers[i];
        char expires[DATE_TEXT_SIZE];
        struct history_waiver waiver = waiver_of(from, expires);
        if (!recording_waiver(recorder->recording, &waiver,
                              waiver_state_name(from->state), err))
            return false;
    }
    return recording_commit(recorder->recording, &end, mark, err);
}

void recorder_free(struct recorder *recorder) {
    if (recorder == NULL)
        return;
    recording_free(recorder->recording);
    mem_free(recorder);
}
