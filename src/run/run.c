#include "run/run.h"

#include <sys/stat.h>

#include "core/lang.h"
#include "core/mem.h"
#include "run/checker.h"
#include "run/feed.h"
#include "run/left_out.h"
#include "run/openings.h"
#include "run/outputs.h"
#include "run/paths.h"
#include "run/rollup.h"
#include "run/totals.h"

/* Everything that one run holds open. */
struct run {
    const struct run_options *options;
    struct run_info info; /* the reports keep a pointer to it */
    struct path_list paths;
    struct readings readings;
    struct openings *openings;
    struct checker *checker;
    struct outputs outputs;
    struct totals totals;
    struct recorder *recorder; /* NULL: the run is not recorded */
    struct history_mark mark;
    struct rollup *rollup; /* NULL: no product of the settings */
    struct left_out left_out;
    uint32_t lines;             /* so far */
    size_t listed, line_of_bom; /* the BOM in hand, the line of it, from 0 */
    size_t uncounted;   /* the first BOM that the roll-up could not read, from
                           1; 0: none */
    struct err trouble; /* and why */
    struct arena arena; /* of what is added to the line in hand: by the parts
                           file, by the roll-up */
};

static void tell(const struct run *run, const struct err *err) {
    char line[1024];
    err_format(err, line, sizeof(line));
    run->options->message(run->options->ctx, line);
}

static bool is_cancelled(const struct run *run) {
    return run->options->cancelled != NULL &&
           run->options->cancelled(run->options->ctx);
}

#define LINES_BETWEEN 100 /* two tellings of how far it is */

static void tell_progress(struct run *run, const struct feed *feed) {
    uint32_t before = run->lines;
    run->lines += feed_lines(feed);
    if (run->options->progress == NULL ||
        before / LINES_BETWEEN == run->lines / LINES_BETWEEN)
        return;
    const struct run_progress progress = {
        .lines = run->lines,
        .bom = run->totals.bom_count,
        .bom_count = run->paths.count,
        .share = feed_share(feed),
    };
    run->options->progress(run->options->ctx, &progress);
}

/* Each diagnostic that loses something is told at once; the reports have all
   of them. */
static bool take_diagnostics(struct run *run, struct feed *feed,
                             struct err *err) {
    struct bom_diagnostic diagnostic;
    while (feed_next_diagnostic(feed, &diagnostic)) {
        if (!totals_diagnostic(&run->totals, &diagnostic, err))
            return false;
        if (diagnostic.severity != BOM_LOST)
            continue;
        struct err lost = ERR_INIT;
        err_set(&lost, ERR_SYNTAX, "%s", diagnostic.message);
        err_at(&lost, feed_info(feed)->path, diagnostic.line,
               diagnostic.column);
        tell(run, &lost);
    }
    return true;
}

static struct str product_of(const struct run *run, const char *path) {
    const char *product = run->options->context.product;
    return product != NULL ? str_from(product) : str_base_name(path);
}

static bool look_up(struct run *run, const struct bom_line *line,
                    struct parts_line *out, struct err *err) {
    arena_reset(&run->arena);
    return run->options->parts == NULL ||
           parts_line_make(run->options->parts, &run->arena, line, out) ||
           err_nomem(err);
}

/* The BOM in hand as the settings have it. */
static const struct product_bom *named_bom(const struct run *run) {
    size_t named = run->paths.paths[run->listed].named;
    return &run->options->boms->items[named];
}

/* Does a line say all by itself, to those who listen? */
static bool may_settle(const struct run *run) {
    const struct run_options *options = run->options;
    return options->parts == NULL && options->declarations == NULL &&
           options->line == NULL && run->rollup == NULL &&
           run->recorder == NULL;
}

static void settle(struct run *run, struct feed *feed,
                   const struct checked_line *checked) {
    uint64_t names;
    if (checked->report.line->outline.maker != 0 &&
        outputs_skip_clear(&run->outputs) &&
        checker_settles(run->checker, checked, &names))
        feed_settle(feed, &checked->report.line->outline, names);
}

static bool check_line(struct run *run, struct feed *feed,
                       const struct bom_line *line, struct err *err) {
    const struct bom_info *info = feed_info(feed);
    struct checked_line checked;
    struct parts_line known = {.line = *line};
    if (!take_diagnostics(run, feed, err) || !look_up(run, line, &known, err))
        return false;
    if (run->rollup != NULL)
        left_out_line(&run->left_out, named_bom(run)->path, run->listed,
                      &known.line);
    struct report_rollup rollup;
    if (run->rollup != NULL &&
        !rollup_find(run->rollup, run->listed, run->line_of_bom++, &run->arena,
                     &rollup))
        return err_nomem(err);
    if (!checker_check(run->checker, info, (unsigned)run->totals.bom_count - 1,
                       product_of(run, info->path), &known.line, known.said,
                       run->rollup != NULL && rollup.assembly, &checked, err))
        return false;
    if (run->rollup != NULL)
        checked.report.rollup = &rollup;
    totals_line(&run->totals, &checked);
    if (run->recorder != NULL &&
        !recorder_line(run->recorder, &checked.report, err))
        return false;
    if (run->options->line != NULL &&
        !run->options->line(run->options->ctx, &run->info, &checked.report,
                            err))
        return false;
    if (!outputs_line(&run->outputs, &checked.report, err))
        return false;
    settle(run, feed, &checked);
    return true;
}

static bool take_settled(struct run *run, struct feed *feed, struct err *err) {
    totals_settled(&run->totals, feed_lines(feed));
    return take_diagnostics(run, feed, err);
}

/* Read a BOM to its end. A file that cannot be read on is told of and counted;
   only what ends the whole run returns false. */
static bool check_lines(struct run *run, struct feed *feed, char *problem,
                        size_t size, struct err *err) {
    struct bom_line line;
    struct err reading = ERR_INIT;
    enum bom_step step;
    problem[0] = '\0';
    while ((step = feed_next(feed, &line, &reading)) == BOM_LINE ||
           step == BOM_SETTLED) {
        if (is_cancelled(run))
            return err_set(err, ERR_CANCELLED, "stopped before the end");
        tell_progress(run, feed);
        if (!(step == BOM_LINE ? check_line(run, feed, &line, err)
                               : take_settled(run, feed, err)))
            return false;
    }
    if (step == BOM_ERROR && reading.code == ERR_NOMEM)
        return err_nomem(err);
    /* What could be read now, but not before, has no quantities. */
    if (step == BOM_END && run->uncounted == run->listed + 1) {
        step = BOM_ERROR;
        reading = run->trouble;
    }
    if (step == BOM_ERROR) {
        err_at(&reading, feed_info(feed)->path, 0, 0);
        tell(run, &reading);
        err_format(&reading, problem, size);
    }
    return take_diagnostics(run, feed, err);
}

static bool end_bom(struct run *run, const struct bom_info *info,
                    const char *problem, struct err *err) {
    const struct bom_totals *totals =
        totals_bom_end(&run->totals, info, problem[0] != '\0' ? problem : NULL);
    if (totals == NULL)
        return err_nomem(err);
    if (run->recorder != NULL && !recorder_bom_end(run->recorder, totals, err))
        return false;
    return outputs_bom_end(&run->outputs, totals, err);
}

static bool check_opened(struct run *run, struct bom *bom, const char *path,
                         struct err *err) {
    struct feed *feed = NULL;
    char problem[1024];
    if (!feed_open(&feed, bom, path, may_settle(run), err))
        return false;
    const struct bom_info *info = feed_info(feed);
    bool ok = outputs_bom_begin(&run->outputs, info, err) &&
              check_lines(run, feed, problem, sizeof(problem), err) &&
              end_bom(run, info, problem, err);
    feed_close(feed);
    return ok;
}

static struct bom_options how_to_read(void *ctx,
                                      const struct listed_path *listed) {
    struct run *run = ctx;
    const struct run_options *options = run->options;
    struct bom_options how = {
        .rules = options->rules,
        .place = listed->place,
        .no_digest = options->no_digest,
    };
    readings_fill(&run->readings, listed->path, &how);
    return how;
}

static bool check_bom(struct run *run, const struct listed_path *listed,
                      struct err *err) {
    const char *path = listed->path;
    struct bom *bom = NULL;
    struct err opening = ERR_INIT;
    struct bom_info unread = {
        .path = path, .place = listed->place, .format = ""};
    char problem[1024];
    bool opened = openings_next(run->openings, &bom, &opening);
    /* A folder holds more than BOMs. */
    if (!opened && listed->found && opening.code == ERR_FOREIGN)
        return path_list_skip(&run->paths, path, opening.msg, err);
    if (!totals_bom_begin(&run->totals, err)) {
        bom_close(bom);
        return false;
    }
    if (!opened) {
        if (opening.code == ERR_NOMEM)
            return err_nomem(err);
        err_at(&opening, path, 0, 0);
        tell(run, &opening);
        err_format(&opening, problem, sizeof(problem));
        return outputs_bom_begin(&run->outputs, &unread, err) &&
               end_bom(run, &unread, problem, err);
    }
    bool ok = check_opened(run, bom, path, err);
    bom_close(bom);
    return ok;
}

static bool is_same_file(const char *a, const char *b) {
    struct stat left, right;
    return stat(a, &left) == 0 && stat(b, &right) == 0 &&
           left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

/* A slip of the shell's completion must not cost anybody their BOM. */
static bool spare_inputs(const struct run *run, struct err *err) {
    const struct run_options *options = run->options;
    for (size_t o = 0; o < options->output_count; o++) {
        const char *path = options->outputs[o].path;
        for (size_t i = 0; path != NULL && i < run->paths.count; i++) {
            if (!is_same_file(path, run->paths.paths[i].path))
                continue;
            err_set(err, ERR_INVALID,
                    "this is a BOM to be checked; the report would "
                    "overwrite it");
            return err_at(err, path, 0, 0);
        }
    }
    return true;
}

/* A waiver for another board than those at hand is not unused for that. */
static bool is_of_this_run(const struct run *run, const struct waiver *waiver) {
    for (size_t i = 0; i < run->paths.count; i++) {
        const struct listed_path *listed = &run->paths.paths[i];
        if (waiver_is_for(waiver, product_of(run, listed->path), listed->place))
            return true;
    }
    return waiver->product == NULL;
}

/* Who waived something should hear when that is over, or was never needed. */
static void tell_waivers(const struct run *run,
                         const struct run_totals *totals) {
    static const char *const why[] = {
        [WAIVER_UNUSED] = "covers nothing that was found; remove it",
        [WAIVER_USED] = NULL,
        [WAIVER_PENDING] = "was added in this change and holds once it is in "
                           "the base branch",
        [WAIVER_EXPIRED] = "has expired; what it covered counts again",
        [WAIVER_REFUSED] = "does not hold: the policy lets \"risk-accepted\" "
                           "cover nothing that is prohibited",
    };
    for (size_t i = 0; i < totals->waiver_count; i++) {
        const struct waiver *waiver = &totals->waivers[i];
        struct err about = ERR_INIT;
        if (why[waiver->state] == NULL || !is_of_this_run(run, waiver))
            continue;
        err_set(&about, ERR_INVALID, "the waiver for %s of %s %s",
                waiver->measure,
                waiver->mpn != NULL ? waiver->mpn : waiver->party,
                why[waiver->state]);
        err_at(&about, waiver->path, waiver->line, 0);
        tell(run, &about);
    }
}

/* A gate that looked into an empty folder should hear of it. */
static void tell_missing(const struct run *run) {
    struct err none = ERR_INIT;
    if (run->paths.count != 0)
        return;
    err_set(&none, ERR_INVALID, "no BOM in this folder");
    err_at(&none, run->options->paths[0], 0, 0);
    tell(run, &none);
}

/* A BOM that cannot be read is told of when it is checked. */
static bool roll_up_bom(struct run *run, const struct listed_path *listed,
                        struct err *err) {
    struct bom_options how = how_to_read(run, listed);
    struct bom *bom = NULL;
    struct bom_line line;
    struct err unread = ERR_INIT;
    how.no_digest = true;
    if (!rollup_bom(run->rollup, &run->options->boms->items[listed->named],
                    listed->path, err))
        return false;
    bool ok = true;
    if (bom_open(&bom, listed->path, &how, &unread)) {
        while (ok && bom_next(bom, &line, &unread) == BOM_LINE)
            ok = !is_cancelled(run)
                     ? rollup_line(run->rollup, &line, err)
                     : err_set(err, ERR_CANCELLED, "stopped before the end");
        bom_close(bom);
    }
    if (unread.code != ERR_NONE && run->uncounted == 0) {
        run->uncounted = (size_t)(listed - run->paths.paths) + 1;
        run->trouble = unread;
    }
    return ok && (unread.code != ERR_NOMEM || err_nomem(err));
}

static void tell_note(void *ctx, const struct err *note) { tell(ctx, note); }

static bool roll_up(struct run *run, struct err *err) {
    const struct run_options *options = run->options;
    if (options->boms == NULL)
        return true;
    if (!left_out_init(&run->left_out, &options->not_fitted))
        return err_nomem(err);
    run->rollup = rollup_new(options->context.product, &options->not_fitted);
    bool ok = run->rollup != NULL || err_nomem(err);
    for (size_t i = 0; ok && i < run->paths.count; i++)
        ok = roll_up_bom(run, &run->paths.paths[i], err);
    if (!ok || !rollup_finish(run->rollup, err))
        return false;
    rollup_tell(run->rollup, options->context.settings, tell_note, run);
    return true;
}

static bool start(struct run *run, struct err *err) {
    const struct run_options *options = run->options;
    struct checker_options checks = {
        .rules = options->rules,
        .profiles = options->profiles,
        .profile_count = options->profile_count,
        .denied = options->denied,
        .declared = options->declared,
        .activity = options->activity,
        .as_of = options->as_of,
        .sold_until = options->sold_until,
        .wish = options->wish,
        .waivers = options->waivers,
        .baseline = options->baseline,
        .declarations = options->declarations,
        .strict_contents = options->strict_contents,
        .product = options->context.product,
    };
    run->info = (struct run_info){
        .rules = options->rules,
        .version = BOMGATE_VERSION,
        .as_of = options->as_of,
        .activity = options->activity,
        .profiles = options->profiles,
        .profile_count = options->profile_count,
        .declared = options->declared,
        .context = options->context,
        .all_lines = options->all_lines,
        .baseline =
            options->baseline != NULL ? baseline_made(options->baseline) : NULL,
        .title = options->title,
        .company = options->company,
        .fail_on = options->fail_on,
        .denied = options->denied,
        .sold_until = options->sold_until,
        .contract = options->by_contract,
    };
    for (size_t i = 0; i < options->path_count; i++) {
        if (!path_list_add(&run->paths, options->paths[i], err))
            return false;
    }
    if (!readings_resolve(&run->readings, &options->readings, &run->paths, err))
        return false;
    for (size_t i = 0; options->baseline != NULL && i < run->paths.count; i++)
        baseline_keep(options->baseline, options->context.product,
                      run->paths.paths[i].path, run->paths.paths[i].place);
    tell_missing(run);
    if (!spare_inputs(run, err) || !roll_up(run, err) ||
        !totals_init(&run->totals, options, err))
        return false;
    run->checker = checker_new(&checks);
    if (run->checker == NULL)
        return err_nomem(err);
    if (options->record != NULL &&
        !recorder_begin(&run->recorder, options->record, &run->info, err))
        return false;
    return outputs_begin(&run->outputs, options, &run->info, err);
}

static bool check_all(struct run *run, enum exit_status *status,
                      struct err *err) {
    if (!openings_begin(&run->openings, &run->paths, how_to_read, run, err))
        return false;
    for (size_t i = 0; i < run->paths.count; i++) {
        run->listed = i;
        run->line_of_bom = 0;
        if (!check_bom(run, &run->paths.paths[i], err))
            return false;
    }
    const struct waiver *waivers = NULL;
    size_t waiver_count = 0;
    if (run->options->waivers != NULL)
        waivers = waivers_all(run->options->waivers, &waiver_count);
    struct run_totals *totals =
        totals_finish(&run->totals, run->paths.skipped,
                      run->paths.skipped_count, waivers, waiver_count);
    if (totals == NULL)
        return err_nomem(err);
    if (run->options->declarations != NULL)
        totals->declared = declarations_file(run->options->declarations);
    tell_waivers(run, totals);
    left_out_tell(&run->left_out, run->options->context.settings, tell_note,
                  run);
    /* Before the reports end: they print what it is recorded as. */
    if (run->recorder != NULL) {
        if (!recorder_finish(run->recorder, totals, &run->mark, err))
            return false;
        totals->history = &run->mark;
    }
    if (!outputs_finish(&run->outputs, totals, err))
        return false;
    *status = (enum exit_status)totals->exit_status;
    return true;
}

bool run_check(const struct run_options *options, enum exit_status *status,
               struct err *err) {
    struct run run = {.options = options, .trouble = ERR_INIT};
    *status = EXIT_NO_ANSWER;
    bool ok = start(&run, err) && check_all(&run, status, err);
    if (!ok)
        outputs_abandon(&run.outputs);
    openings_end(run.openings);
    recorder_free(run.recorder);
    checker_free(run.checker);
    rollup_free(run.rollup);
    left_out_dispose(&run.left_out);
    totals_dispose(&run.totals);
    readings_dispose(&run.readings);
    path_list_dispose(&run.paths);
    arena_dispose(&run.arena);
    return ok;
}
