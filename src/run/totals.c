#include "run/totals.h"

#include <string.h>

#include "core/date.h"
#include "core/lang.h"
#include "core/mem.h"
#include "report/measure_told.h"
#include "report/phrases.h"
#include "run/recipes.h"
#include "run/rule_age.h"
#include "screen/questions.h"

bool totals_init(struct totals *totals, const struct run_options *options,
                 struct err *err) {
    *totals = (struct totals){.options = options};
    totals->by_profile = arena_array(&totals->arena, options->profile_count,
                                     sizeof(*totals->by_profile));
    return totals->by_profile != NULL || err_nomem(err);
}

void totals_dispose(struct totals *totals) {
    mem_free(totals->boms);
    mem_free(totals->diagnostics);
    mem_free(totals->problems);
    arena_dispose(&totals->arena);
}

bool totals_bom_begin(struct totals *totals, struct err *err) {
    void *items = totals->boms;
    if (!mem_grow(&items, &totals->bom_cap, totals->bom_count + 1,
                  sizeof(*totals->boms)))
        return err_nomem(err);
    totals->boms = items;
    totals->boms[totals->bom_count++] = (struct bom_totals){.lost = 0};
    return true;
}

static struct bom_totals *current(struct totals *totals) {
    return &totals->boms[totals->bom_count - 1];
}

static void count_line(struct line_counts *counts,
                       const struct line_answer *answer) {
    if (answer->waived)
        counts->waived++;
    else
        counts->verdicts[answer->verdict]++;
    counts->undeclared += answer->undeclared;
}

#define OVERRULED_TOLD 5

/* Who reads the report should know where a person's word goes before what the
   part number says. */
static void note_overruled(struct totals *totals,
                           const struct report_line *line) {
    for (size_t i = 0; i < line->part_count; i++) {
        const struct report_part *part = &line->parts[i];
        if (!part->maker->overruled ||
            totals->overruled_count++ >= OVERRULED_TOLD)
            continue;
        totals->overruled =
            arena_printf(&totals->arena, "%.*s%s%s:%u (%.*s: %.*s)",
                         STR_ARG(totals->overruled),
                         totals->overruled.len == 0 ? "" : tr_in("list", ", "),
                         line->bom->place, (unsigned)part->part->line,
                         STR_ARG(str_take(part->part->mpn, 60)),
                         STR_ARG(str_take(part->part->manufacturer, 60)));
    }
}

void totals_line(struct totals *totals, const struct checked_line *line) {
    struct bom_totals *bom = current(totals);
    struct run_totals *run = &totals->run;
    count_line(&bom->counts, &line->answer);
    count_line(&run->all, &line->answer);
    bom->resolved += line->resolved;
    bom->passives += line->passive;
    bom->assemblies += line->assembly;
    bom->by_parts_file += line->by_parts_file;
    totals->parts_file.lines += line->by_parts_file;
    for (size_t i = 0; i < line->report.finding_count; i++) {
        const struct finding *finding = &line->report.findings[i];
        if (finding->verdict >= VERDICT_OUT_OF_SCOPE || finding->waived)
            continue;
        run->findings++;
        run->known_findings += finding->known;
        bom->fresh += !finding->known && finding->verdict <= VERDICT_REVIEW;
    }
    note_overruled(totals, &line->report);
    totals->gate[line->gate]++;
    run->lines++;
    if (line->by_profile == NULL)
        count_line(&totals->by_all, &line->answer);
    for (size_t p = 0;
         line->by_profile != NULL && p < totals->options->profile_count; p++)
        count_line(&totals->by_profile[p], &line->by_profile[p]);
}

void totals_settled(struct totals *totals, uint32_t lines) {
    struct bom_totals *bom = current(totals);
    bom->counts.verdicts[VERDICT_CLEAR] += lines;
    bom->resolved += lines;
    totals->run.all.verdicts[VERDICT_CLEAR] += lines;
    totals->run.lines += lines;
    totals->gate[VERDICT_CLEAR] += lines;
    totals->by_all.verdicts[VERDICT_CLEAR] += lines;
}

/* What was said of lines for all profiles alike is said for each. */
static void share_out(struct totals *totals) {
    const struct line_counts *all = &totals->by_all;
    for (size_t p = 0; p < totals->options->profile_count; p++) {
        struct line_counts *of = &totals->by_profile[p];
        for (int v = 0; v < VERDICT_COUNT; v++)
            of->verdicts[v] += all->verdicts[v];
        of->waived += all->waived;
        of->undeclared += all->undeclared;
    }
    totals->by_all = (struct line_counts){.waived = 0};
}

bool totals_diagnostic(struct totals *totals,
                       const struct bom_diagnostic *diagnostic,
                       struct err *err) {
    struct bom_totals *bom = current(totals);
    bom->lost += diagnostic->severity == BOM_LOST;
    if (bom->diagnostic_count == DIAGNOSTICS_KEPT) {
        bom->diagnostics_more++;
        return true;
    }
    void *items = totals->diagnostics;
    struct arena *arena = &totals->arena;
    struct report_diagnostic kept = {
        .line = diagnostic->line,
        .column = diagnostic->column,
        .severity = diagnostic->severity,
        .code = arena_str(arena, str_from(diagnostic->code)).ptr,
        .message = arena_str(arena, str_from(diagnostic->message)).ptr,
    };
    if (arena->failed || !mem_grow(&items, &totals->diagnostic_cap,
                                   bom->diagnostic_count + 1, sizeof(kept)))
        return err_nomem(err);
    totals->diagnostics = items;
    totals->diagnostics[bom->diagnostic_count++] = kept;
    return true;
}

static const char *keep_text(struct arena *arena, const char *text) {
    return text == NULL ? NULL : arena_str(arena, str_from(text)).ptr;
}

/* The reader that owns the original is closed before the run ends. */
static void keep_info(struct arena *arena, const struct bom_info *from,
                      struct bom_info *to) {
    struct bom_column *columns =
        arena_array(arena, from->column_count, sizeof(*columns));
    struct str *unmapped =
        arena_array(arena, from->unmapped_count, sizeof(*unmapped));
    *to = *from;
    to->path = keep_text(arena, from->path);
    to->place = keep_text(arena, from->place);
    to->format = keep_text(arena, from->format);
    to->encoding = keep_text(arena, from->encoding);
    to->delimiter = keep_text(arena, from->delimiter);
    to->sheet = keep_text(arena, from->sheet);
    for (size_t i = 0; columns != NULL && i < from->column_count; i++) {
        columns[i] = from->columns[i];
        columns[i].header = arena_str(arena, from->columns[i].header);
        columns[i].why = keep_text(arena, from->columns[i].why);
    }
    for (size_t i = 0; unmapped != NULL && i < from->unmapped_count; i++)
        unmapped[i] = arena_str(arena, from->unmapped[i]);
    to->columns = columns;
    to->unmapped = unmapped;
}

const struct bom_totals *totals_bom_end(struct totals *totals,
                                        const struct bom_info *info,
                                        const char *error) {
    struct bom_totals *bom = current(totals);
    struct arena *arena = &totals->arena;
    struct report_diagnostic *diagnostics =
        arena_array(arena, bom->diagnostic_count, sizeof(*diagnostics));
    if (diagnostics != NULL && bom->diagnostic_count != 0)
        memcpy(diagnostics, totals->diagnostics,
               bom->diagnostic_count * sizeof(*diagnostics));
    bom->diagnostics = diagnostics;
    bom->error = keep_text(arena, error);
    bom->product = totals->options->context.product;
    bom->as_baseline = totals->options->baseline != NULL &&
                       baseline_has_file(totals->options->baseline, info);
    bom->revision = totals->options->context.revision;
    keep_info(arena, info, &bom->info);
    return arena->failed ? NULL : bom;
}

static bool add_problem(struct totals *totals, struct str problem) {
    void *items = totals->problems;
    if (totals->arena.failed ||
        !mem_grow(&items, &totals->problem_cap, totals->problem_count + 1,
                  sizeof(*totals->problems)))
        return false;
    totals->problems = items;
    totals->problems[totals->problem_count++] = problem.ptr;
    return true;
}

static uint32_t lines_of(const struct bom_totals *bom) {
    uint32_t lines = bom->counts.waived;
    for (int v = 0; v < VERDICT_COUNT; v++)
        lines += bom->counts.verdicts[v];
    return lines;
}

/* A value may happen to be a part number, but a gate cannot rely on that. */
static bool names_makers(const struct bom_info *info) {
    for (size_t i = 0; i < info->column_count; i++) {
        enum bom_field field = info->columns[i].field;
        if (field == BOM_MANUFACTURER || field == BOM_MPN ||
            field == BOM_MAKER_AND_MPN)
            return true;
    }
    return false;
}

/* Can this BOM's part of the answer be relied on? */
static bool judge_bom(struct totals *totals, const struct bom_totals *bom) {
    struct arena *arena = &totals->arena;
    unsigned wanted = totals->options->min_resolved;
    if (bom->error != NULL) {
        totals->run.complete = false;
        return add_problem(totals, arena_printf(arena, "%s", bom->error));
    }
    if (bom->lost != 0) {
        totals->run.complete = false;
        if (!add_problem(totals,
                         arena_printf(arena,
                                      tr_count("%s: %u row could not be read",
                                               "%s: %u rows could not be read",
                                               bom->lost),
                                      bom->info.path, (unsigned)bom->lost)))
            return false;
    }
    double share = bom_totals_resolved(bom);
    uint32_t asked = lines_of(bom) - bom->passives - bom->assemblies;
    if (lines_of(bom) == bom->assemblies || totals->options->survey)
        return true;
    if (!names_makers(&bom->info) && bom->by_parts_file == 0) {
        totals->run.conclusive = false;
        totals->nameless = true;
        return add_problem(
            totals,
            arena_printf(arena,
                         tr("%s: it has no column for the manufacturer or the "
                            "part number; export the BOM with them, or name "
                            "one with %s mpn=HEADER"),
                         bom->info.path, lang_option("map")));
    }
    if (share * 100 >= wanted)
        return true;
    totals->run.conclusive = false;
    return add_problem(
        totals,
        arena_printf(
            arena,
            bom->passives == 0
                ? tr("%s: the maker of %u of %u lines is known, fewer than "
                     "%u %%; export the BOM with manufacturer and part number "
                     "columns%s")
                : tr("%s: the maker of %u of %u lines is known (generic "
                     "passive parts counted apart), fewer than %u %%; export "
                     "the BOM with manufacturer and part number columns%s"),
            bom->info.path, (unsigned)bom->resolved, (unsigned)asked, wanted,
            lang_is_by_form() ? "" : tr(", or lower --min-resolved")));
}

/* Rules that nobody has read up on for long say "clear" of what was listed
   since. */
static bool judge_rules(struct totals *totals) {
    const struct run_options *options = totals->options;
    struct err why = ERR_INIT;
    if (rule_age_check(options->rules, options->as_of, options->max_rule_age,
                       &why))
        return true;
    totals->run.conclusive = false;
    totals->run.outdated = true;
    return add_problem(totals, arena_printf(&totals->arena, "%s", why.msg));
}

/* Who exports BOMs without makers is told once how to export them with. */
static bool add_recipes(struct totals *totals) {
    for (size_t i = 0; totals->nameless && export_recipes[i] != NULL; i++) {
        if (!add_problem(totals, str_from(tr(export_recipes[i]))))
            return false;
    }
    return true;
}

static bool binds_any(const struct totals *totals,
                      const struct rules_clause *clause) {
    const struct run_options *options = totals->options;
    struct binding binding;
    for (size_t p = 0; p < options->profile_count; p++) {
        if (ask_profile(options->rules, clause, options->profiles[p],
                        &options->denied, &binding) != ANSWER_NO)
            return true;
    }
    return false;
}

static bool was_asked(const struct totals *totals,
                      const struct rules_measure *measure) {
    const struct ruleset *rules = totals->options->rules;
    if (measure->announced.first != DATE_NONE &&
        totals->options->as_of < measure->announced.first)
        return false;
    for (uint32_t i = 0; i < measure->clauses.count; i++) {
        if (binds_any(totals, rules_clause(rules, measure->clauses.first + i)))
            return true;
    }
    return false;
}

static struct str blind_spots(struct totals *totals,
                              const struct rules_measure *measure) {
    const struct ruleset *rules = totals->options->rules;
    struct strbuf text = {.ptr = NULL};
    measure_blind(&text, rules, measure);
    struct str kept = arena_printf(
        &totals->arena, tr("%s: not seen, because no BOM shows it: %s."),
        rules_text(rules, measure->id), phrase_text(&text));
    if (text.failed)
        totals->arena.failed = true;
    strbuf_dispose(&text);
    return kept;
}

/* What a measure's own data say was not looked at. */
static size_t add_not_checked(struct totals *totals,
                              const struct rules_measure *measure,
                              const char **list, size_t count) {
    const struct ruleset *rules = totals->options->rules;
    struct arena *arena = &totals->arena;
    const char *id = rules_text(rules, measure->id);
    char known_to[DATE_TEXT_SIZE];
    if (measure->blind.count != 0)
        list[count++] = blind_spots(totals, measure).ptr;
    if (measure->partial)
        list[count++] =
            arena_printf(arena,
                         tr("%s: the list of companies here is not complete."),
                         id)
                .ptr;
    if (measure->known_to.first != DATE_NONE &&
        measure->known_to.first < totals->options->as_of) {
        date_format_span(measure->known_to, known_to);
        list[count++] =
            arena_printf(arena,
                         tr("%s: the newest source is of %s; later changes "
                            "are not known here."),
                         id, known_to)
                .ptr;
    }
    return count;
}

static struct str say_overruled(struct totals *totals) {
    return arena_printf(
        &totals->arena,
        tr_count("%zu part number has another maker's form than the parts file "
                 "says; who signed the row was believed: %.*s.",
                 "%zu part numbers have another maker's form than the parts "
                 "file says; who signed the rows was believed: %.*s.",
                 totals->overruled_count),
        totals->overruled_count, STR_ARG(totals->overruled));
}

static struct str say_contract(struct totals *totals) {
    char day[DATE_TEXT_SIZE];
    date_format(totals->options->as_of, day);
    return arena_printf(&totals->arena,
                        tr("Every rule was asked as of %s, the day of the "
                           "product's contract: what began or ended since, or "
                           "goes by another day, such as that of delivery, "
                           "was not."),
                        day);
}

static bool sum_measures(struct totals *totals) {
    const struct run_options *options = totals->options;
    const struct ruleset *rules = options->rules;
    struct arena *arena = &totals->arena;
    uint32_t all = rules_measure_count(rules);
    uint32_t *asked = arena_array(arena, all, sizeof(*asked));
    const char **sentences =
        arena_array(arena, 3 * (size_t)all + 3 + options->pending_count,
                    sizeof(*sentences));
    size_t count = 0, sentence_count = 0;
    if (asked == NULL || sentences == NULL)
        return false;
    for (size_t i = 0; i < options->pending_count; i++)
        sentences[sentence_count++] =
            arena_printf(arena,
                         tr("%s is not as in %s: this check goes by what "
                            "stands there."),
                         options->pending[i], options->base)
                .ptr;
    if (options->by_contract)
        sentences[sentence_count++] = say_contract(totals).ptr;
    if (totals->overruled_count != 0)
        sentences[sentence_count++] = say_overruled(totals).ptr;
    sentences[sentence_count++] =
        tr("Only makers and part numbers were compared: the foundry, what is "
           "inside modules and, without a column for it, the country of origin "
           "are not on a BOM.");
    for (uint32_t i = 0; i < all; i++) {
        const struct rules_measure *measure = rules_measure(rules, i);
        if (!was_asked(totals, measure))
            continue;
        asked[count++] = i;
        sentence_count =
            add_not_checked(totals, measure, sentences, sentence_count);
    }
    totals->run.measures = asked;
    totals->run.measure_count = count;
    totals->run.not_checked = sentences;
    totals->run.not_checked_count = sentence_count;
    return !arena->failed;
}

/* 2 wins over 1: a gate that could not look must never look like one that
   did. */
static enum exit_status status_of(const struct totals *totals) {
    const struct run_options *options = totals->options;
    if (!totals->run.complete || !totals->run.conclusive)
        return EXIT_NO_ANSWER;
    for (unsigned v = 0; v <= (unsigned)options->fail_on; v++) {
        if (totals->gate[v] != 0 && !options->no_fail)
            return EXIT_FOUND;
    }
    return totals->run.lines == 0 && !options->allow_empty ? EXIT_NO_LINES
                                                           : EXIT_CLEAN;
}

static const struct report_parts_file *parts_file_of(struct totals *totals) {
    const struct parts_file *parts = totals->options->parts;
    if (parts == NULL)
        return NULL;
    totals->parts_file.path = parts_file_path(parts);
    totals->parts_file.sha256 = parts_file_sha256(parts);
    totals->parts_file.rows = parts_file_count(parts);
    return &totals->parts_file;
}

struct run_totals *totals_finish(struct totals *totals,
                                 const struct report_skip *skipped,
                                 size_t skipped_count,
                                 const struct waiver *waivers,
                                 size_t waiver_count) {
    struct run_totals *run = &totals->run;
    share_out(totals);
    run->complete = run->conclusive = true;
    if (!judge_rules(totals))
        return NULL;
    for (size_t i = 0; i < totals->bom_count; i++) {
        if (!judge_bom(totals, &totals->boms[i]))
            return NULL;
    }
    if (!add_recipes(totals) || !sum_measures(totals))
        return NULL;
    run->boms = totals->boms;
    run->bom_count = totals->bom_count;
    run->skipped = skipped;
    run->skipped_count = skipped_count;
    run->waivers = waivers;
    run->waiver_count = waiver_count;
    run->parts_file = parts_file_of(totals);
    run->by_profile = totals->by_profile;
    run->problems = totals->problems;
    run->problem_count = totals->problem_count;
    run->exit_status = (int)status_of(totals);
    return run;
}
