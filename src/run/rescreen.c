#include "run/rescreen.h"

#include <string.h>

#include "core/arena.h"
#include "core/lang.h"
#include "core/map.h"
#include "core/mem.h"
#include "report/phrases.h"
#include "run/checker.h"
#include "run/rule_age.h"

/* A finding as the history has it. */
struct old_finding {
    struct history_finding finding;
    enum verdict verdict;
    bool waived;        /* and the waiver still holds on the day */
    bool risk_accepted; /* by one that covers no more than it did */
    bool seen;          /* it is found today too */
};

/* What is asked for a board; neighbours mostly ask the same. */
struct asked {
    uint32_t *profiles; /* those that do not apply follow */
    size_t profile_count, denied_count;
    int32_t as_of;
    int32_t sold_until; /* 0: not said */
    bool contract, declared;
    unsigned activity;
};

struct rescreening {
    const struct rescreen_options *options;
    const struct rescreen_told *told;
    struct rescreen_sums *all;
    struct checker *checker; /* for `asked` */
    struct asked asked;
    struct run_info info;
    struct err outdated; /* the rules are too old, and how */
    /* of the board in hand */
    const struct history_board *board;
    unsigned index;
    struct bom_info bom;
    struct rescreen_sums sums;
    struct arena arena;
    struct old_finding *old;
    size_t old_count, old_cap;
    struct map by_fingerprint;
    /* of the line in hand */
    struct arena line_arena;
    struct bom_line line;
    struct bom_part *parts;
    size_t part_cap;
};

const char *rescreen_state_name(enum rescreen_state state) {
    static const char *const names[] = {N_("new"), N_("worse"), N_("milder"),
                                        N_("known")};
    return names[state];
}

static struct history_finding keep_finding(struct arena *arena,
                                           const struct history_finding *from) {
    struct history_finding kept = *from;
    struct str *const texts[] = {
        &kept.refdes,  &kept.quantity,     &kept.fingerprint, &kept.verdict,
        &kept.profile, &kept.measure,      &kept.title,       &kept.clause,
        &kept.since,   &kept.becomes,      &kept.reason,      &kept.party,
        &kept.mpn,     &kept.manufacturer, &kept.party_name,
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        *texts[i] = arena_str(arena, *texts[i]);
    return kept;
}

static bool take_old(void *ctx, const struct history_finding *finding,
                     struct str expires, struct str kind, struct err *err) {
    struct rescreening *now = ctx;
    void *items = now->old;
    int32_t last = DATE_NONE;
    if (!mem_grow(&items, &now->old_cap, now->old_count + 1, sizeof(*now->old)))
        return err_nomem(err);
    now->old = items;
    struct old_finding *old = &now->old[now->old_count];
    *old = (struct old_finding){
        .finding = keep_finding(&now->arena, finding),
        .verdict = verdict_parse(finding->verdict),
        .waived = finding->waived && date_parse(expires, &last) &&
                  last >= now->options->as_of,
        .risk_accepted = str_eq(kind, STR_LIT("risk-accepted")),
    };
    return (!now->arena.failed &&
            map_put(&now->by_fingerprint, old->finding.fingerprint,
                    (uint32_t)now->old_count++)) ||
           err_nomem(err);
}

static void forget_board(struct rescreening *now) {
    now->old_count = 0;
    map_clear(&now->by_fingerprint);
    arena_reset(&now->arena);
    now->sums = (struct rescreen_sums){.boards = 1};
}

static struct old_finding *old_of(const struct rescreening *now,
                                  const struct finding *finding) {
    uint32_t index =
        map_get(&now->by_fingerprint, str_from(finding->fingerprint));
    return index == MAP_NONE ? NULL : &now->old[index];
}

static enum rescreen_state state_of(const struct old_finding *old,
                                    enum verdict verdict) {
    if (old == NULL || !phrase_is_flagged(old->verdict))
        return RESCREEN_NEW;
    if (verdict == old->verdict)
        return RESCREEN_KNOWN;
    return verdict < old->verdict ? RESCREEN_WORSE : RESCREEN_MILDER;
}

static bool judge(struct rescreening *now, const struct report_line *line,
                  const struct finding *finding, enum verdict *gate,
                  struct err *err) {
    struct old_finding *old = old_of(now, finding);
    enum rescreen_state state = state_of(old, finding->verdict);
    bool flagged = phrase_is_flagged(finding->verdict);
    if (old != NULL)
        old->seen = old->seen || flagged;
    if (old != NULL && old->waived &&
        (!old->risk_accepted || finding->verdict >= old->verdict)) {
        now->sums.waived += flagged;
        return true;
    }
    bool is_old = flagged ? state >= RESCREEN_MILDER : old != NULL;
    if ((!now->options->only_new || !is_old) && !finding->after_sale)
        *gate = verdict_worst(*gate, finding->verdict);
    if (!flagged)
        return true;
    now->sums.found[state]++;
    return now->told->found(now->told->ctx, line, finding, state,
                            old != NULL ? old->verdict : VERDICT_COUNT, err);
}

static bool check_line(struct rescreening *now, struct err *err) {
    struct checked_line checked;
    enum verdict gate = VERDICT_CLEAR;
    if (now->line.part_count == 0)
        return true;
    now->line.parts = now->parts;
    struct parts_line known = {.line = now->line};
    if (now->options->parts != NULL &&
        !parts_line_make(now->options->parts, &now->line_arena, &now->line,
                         &known))
        return err_nomem(err);
    if (!checker_check(now->checker, &now->bom, now->index,
                       str_from(now->board->product), &known.line, known.said,
                       false, &checked, err))
        return false;
    for (size_t i = 0; i < checked.report.finding_count; i++) {
        if (!judge(now, &checked.report, &checked.report.findings[i], &gate,
                   err))
            return false;
    }
    now->sums.lines++;
    now->sums.counts[gate]++;
    now->line.part_count = 0;
    arena_reset(&now->line_arena);
    return true;
}

static void start_line(struct rescreening *now,
                       const struct history_line *from) {
    struct arena *arena = &now->line_arena;
    now->line = (struct bom_line){
        .line = from->line,
        .refdes = arena_str(arena, from->refdes),
        .quantity = arena_str(arena, from->quantity),
        .value = arena_str(arena, from->value),
        .description = arena_str(arena, from->description),
        .ipn = arena_str(arena, from->ipn),
        .category = arena_str(arena, from->category),
        .origin = arena_str(arena, from->origin),
        .fitted = from->fitted,
    };
}

/* A line is complete when the next one's first part comes. */
static bool take_part(void *ctx, const struct history_line *from,
                      struct err *err) {
    struct rescreening *now = ctx;
    struct arena *arena = &now->line_arena;
    void *items = now->parts;
    if (!from->alternate || now->line.part_count == 0) {
        if (!check_line(now, err))
            return false;
        start_line(now, from);
    }
    if (!mem_grow(&items, &now->part_cap, now->line.part_count + 1,
                  sizeof(*now->parts)))
        return err_nomem(err);
    now->parts = items;
    now->parts[now->line.part_count++] = (struct bom_part){
        .manufacturer = arena_str(arena, from->manufacturer),
        .mpn = arena_str(arena, from->mpn),
        .manufacturer_header = arena_str(arena, from->manufacturer_header),
        .mpn_header = arena_str(arena, from->mpn_header),
        .origin = arena_str(arena, from->origin),
        .category = arena_str(arena, from->category),
        .line = from->part_line,
        .alternate = from->alternate,
    };
    return !arena->failed || err_nomem(err);
}

static bool is_asked(const struct asked *a, const struct asked *b) {
    return a->activity == b->activity && a->declared == b->declared &&
           a->sold_until == b->sold_until && a->as_of == b->as_of &&
           a->contract == b->contract && a->profile_count == b->profile_count &&
           a->denied_count == b->denied_count &&
           memcmp(a->profiles, b->profiles,
                  (a->profile_count + a->denied_count) *
                      sizeof(*a->profiles)) == 0;
}

/* What the settings said of the product. A profile that is gone applies to
   nobody. */
static void read_product(const struct rescreening *now, struct asked *out) {
    const struct ruleset *rules = now->options->rules;
    struct str rest = str_from(now->board->denied), id;
    while (str_split(&rest, ' ', &id)) {
        uint32_t profile = rules_find_profile(rules, id);
        if (profile != RULES_NONE &&
            out->denied_count < rules_profile_count(rules))
            out->profiles[out->profile_count + out->denied_count++] = profile;
    }
    if (!date_parse(str_from(now->board->sold_until), &out->sold_until))
        out->sold_until = 0;
    /* A contract that is still to come is judged by its day. */
    int32_t day;
    out->contract = now->board->contract &&
                    date_parse(str_from(now->board->as_of), &day) &&
                    day > out->as_of;
    if (out->contract)
        out->as_of = day;
}

static struct profile_set denied_of(const struct asked *asked) {
    return (struct profile_set){asked->profiles + asked->profile_count,
                                asked->denied_count};
}

/* What the board's own run was asked, where nobody asks otherwise. A run of all
   profiles is one of all of today's. */
static bool read_asked(const struct rescreening *now, struct asked *out,
                       struct strbuf *problem, struct err *err) {
    const struct rescreen_options *options = now->options;
    const struct history_board *board = now->board;
    bool own = !options->declared && board->declared;
    size_t room = own ? board->profile_count : options->profile_count;
    *out = (struct asked){
        .profiles = mem_calloc(room + rules_profile_count(options->rules),
                               sizeof(*out->profiles)),
        .as_of = options->as_of,
        .declared = options->declared || board->declared,
        .activity = options->activity != 0
                        ? options->activity
                        : rules_activity_parse(str_from(board->activity)),
    };
    if (out->profiles == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < room; i++) {
        uint32_t profile =
            own ? rules_find_profile(options->rules,
                                     str_from(board->profiles[i]))
                : options->profiles[i];
        if (profile == RULES_NONE)
            strbuf_printf(problem,
                          "%sthe rules have no profile %s any more; name "
                          "another with -p",
                          problem->len == 0 ? "" : "; ", board->profiles[i]);
        else
            out->profiles[out->profile_count++] = profile;
    }
    read_product(now, out);
    return !problem->failed || err_nomem(err);
}

static bool use(struct rescreening *now, struct asked *asked, struct err *err) {
    const struct rescreen_options *options = now->options;
    if (now->checker != NULL && is_asked(&now->asked, asked)) {
        mem_free(asked->profiles);
        return true;
    }
    mem_free(now->asked.profiles);
    now->asked = *asked;
    checker_free(now->checker);
    struct checker_options checks = {
        .rules = options->rules,
        .profiles = asked->profiles,
        .profile_count = asked->profile_count,
        .denied = denied_of(asked),
        .declared = asked->declared,
        .activity = asked->activity,
        .as_of = asked->as_of,
        .sold_until = asked->sold_until,
        .wish = options->wish,
        .declarations = options->declarations,
        .strict_contents = options->strict_contents,
    };
    now->info = (struct run_info){
        .rules = options->rules,
        .version = BOMGATE_VERSION,
        .as_of = asked->as_of,
        .activity = asked->activity,
        .profiles = asked->profiles,
        .profile_count = asked->profile_count,
        .declared = asked->declared,
        .fail_on = options->fail_on,
        .denied = denied_of(asked),
        .sold_until = asked->sold_until,
        .contract = asked->contract,
    };
    now->checker = checker_new(&checks);
    return now->checker != NULL || err_nomem(err);
}

/* Nobody knows what became of what is asked no more. */
static bool is_asked_of(const struct rescreening *now, struct str profile) {
    uint32_t found = rules_find_profile(now->options->rules, profile);
    bool asked = profile.len == 0;
    for (size_t i = 0; i < now->asked.profile_count; i++)
        asked = asked || now->asked.profiles[i] == found;
    return asked;
}

static bool tell_gone(struct rescreening *now, struct err *err) {
    for (size_t i = 0; i < now->old_count; i++) {
        const struct old_finding *old = &now->old[i];
        const struct old_finding *first =
            &now->old[map_get(&now->by_fingerprint, old->finding.fingerprint)];
        if (!phrase_is_flagged(old->verdict) || first->seen ||
            !is_asked_of(now, old->finding.profile))
            continue;
        now->sums.gone++;
        if (!now->told->gone(now->told->ctx, &old->finding, err))
            return false;
    }
    return true;
}

/* Findings of profiles that are not asked today are neither new nor gone. */
static bool is_same_question(const struct rescreening *now) {
    return !now->options->declared && now->options->activity == 0;
}

static void add_sums(struct rescreen_sums *to,
                     const struct rescreen_sums *from) {
    to->boards += from->boards;
    to->lines += from->lines;
    to->gone += from->gone;
    to->waived += from->waived;
    to->unread += from->unread;
    for (size_t i = 0; i < ARRAY_LEN(to->found); i++)
        to->found[i] += from->found[i];
    for (size_t v = 0; v < VERDICT_COUNT; v++)
        to->counts[v] += from->counts[v];
}

static bool screen_board(struct rescreening *now, struct err *err) {
    const struct history_board *board = now->board;
    struct history *history = now->options->history;
    return history_each_finding(history, board->bom, take_old, now, err) &&
           history_each_line(history, board->content, take_part, now, err) &&
           check_line(now, err) &&
           (!is_same_question(now) || tell_gone(now, err));
}

static bool rescreen_board(struct rescreening *now,
                           const struct history_board *board, struct err *err) {
    struct strbuf problem = {.ptr = NULL};
    struct asked asked;
    forget_board(now);
    now->board = board;
    now->bom = (struct bom_info){
        .path = board->path, .place = board->path, .format = "history"};
    bool ok = read_asked(now, &asked, &problem, err) && use(now, &asked, err);
    if (board->error != NULL)
        strbuf_printf(&problem, "%sit could not be read then: %s",
                      problem.len == 0 ? "" : "; ", board->error);
    else if (!board->complete || !board->conclusive)
        strbuf_printf(&problem, "%sits run was %s",
                      problem.len == 0 ? "" : "; ",
                      board->complete ? "inconclusive" : "incomplete");
    if (now->outdated.code != ERR_NONE)
        strbuf_printf(&problem, "%s%s", problem.len == 0 ? "" : "; ",
                      now->outdated.msg);
    now->sums.unread = problem.len != 0;
    ok = ok && now->told->board(now->told->ctx, board, &now->info, err) &&
         screen_board(now, err) &&
         now->told->board_end(now->told->ctx, &now->sums, problem.ptr, err);
    strbuf_dispose(&problem);
    add_sums(now->all, &now->sums);
    return ok;
}

static enum exit_status status_of(const struct rescreening *now) {
    if (now->all->unread != 0)
        return EXIT_NO_ANSWER;
    for (enum verdict v = VERDICT_PROHIBITED; v <= now->options->fail_on; v++) {
        if (now->all->counts[v] != 0)
            return EXIT_FOUND;
    }
    return now->all->lines == 0 ? EXIT_NO_LINES : EXIT_CLEAN;
}

static void dispose(struct rescreening *now) {
    checker_free(now->checker);
    mem_free(now->asked.profiles);
    mem_free(now->old);
    mem_free(now->parts);
    map_dispose(&now->by_fingerprint);
    arena_dispose(&now->arena);
    arena_dispose(&now->line_arena);
}

bool rescreen(const struct rescreen_options *options,
              const struct rescreen_told *told, struct rescreen_sums *sums,
              enum exit_status *status, struct err *err) {
    struct rescreening now = {.options = options, .told = told, .all = sums};
    const struct history_board *boards = NULL;
    struct arena arena = {.failed = false};
    size_t count = 0;
    *sums = (struct rescreen_sums){.boards = 0};
    *status = EXIT_NO_ANSWER;
    if (rule_age_check(options->rules, options->as_of, options->max_rule_age,
                       &now.outdated))
        now.outdated = ERR_INIT;
    bool ok = history_boards(options->history, options->product, &arena,
                             &boards, &count, err);
    for (size_t i = 0; ok && i < count; i++) {
        now.index = (unsigned)i;
        ok = rescreen_board(&now, &boards[i], err);
    }
    if (ok)
        *status = status_of(&now);
    dispose(&now);
    arena_dispose(&arena);
    return ok;
}
