#include "run/checker.h"

#include <stdio.h>
#include <string.h>

#include "core/digest.h"
#include "core/lang.h"
#include "core/mem.h"
#include "maker/maker.h"
#include "ruleset/name.h"
#include "run/contents.h"
#include "run/part_recall.h"
#include "run/settle.h"
#include "screen/alternatives.h"
#include "screen/screen.h"

struct checker {
    struct checker_options options;
    struct maker_resolver *resolver;
    struct screener *screener;
    struct alternatives_finder *finder;
    struct rules_run passive_refdes; /* words */
    struct part_recall recall;
    struct arena arena;    /* of the line in hand */
    struct digest *digest; /* of a finding */
    struct strbuf key;
};

static struct screener *new_screener(const struct checker_options *options) {
    struct screen_options screen = {
        .rules = options->rules,
        .profiles = options->profiles,
        .profile_count = options->profile_count,
        .denied = options->denied,
        .declared = options->declared,
        .activity = options->activity,
        .as_of = options->as_of,
        .strict_contents = options->strict_contents,
    };
    return screener_new(&screen);
}

static struct alternatives_finder *new_finder(
    const struct checker_options *options, struct screener *screener) {
    struct alternatives_options find = {
        .rules = options->rules,
        .screener = screener,
        .as_of = options->as_of,
        .wish = options->wish,
    };
    return alternatives_finder_new(&find);
}

struct checker *checker_new(const struct checker_options *options) {
    struct checker *checker = mem_calloc(1, sizeof(*checker));
    if (checker == NULL)
        return NULL;
    checker->options = *options;
    checker->passive_refdes =
        rules_find_words(options->rules, STR_LIT("passive-refdes"));
    checker->resolver = maker_resolver_new(options->rules);
    checker->screener = new_screener(options);
    checker->finder = new_finder(options, checker->screener);
    checker->recall = (struct part_recall){
        .rules = options->rules,
        .resolver = checker->resolver,
        .screener = checker->screener,
    };
    if (checker->resolver != NULL && checker->screener != NULL &&
        checker->finder != NULL)
        return checker;
    checker_free(checker);
    return NULL;
}

void checker_free(struct checker *checker) {
    if (checker == NULL)
        return;
    alternatives_finder_free(checker->finder);
    screener_free(checker->screener);
    maker_resolver_free(checker->resolver);
    part_recall_dispose(&checker->recall);
    arena_dispose(&checker->arena);
    digest_free(checker->digest);
    strbuf_dispose(&checker->key);
    mem_free(checker);
}

static struct maker_query query_of(const struct bom_line *line,
                                   const struct bom_part *part) {
    return (struct maker_query){
        .manufacturer = part->manufacturer,
        .mpn = part->mpn,
        .value = line->value,
        .description = line->description,
        .category = bom_part_category(line, part),
        .manufacturer_header = part->manufacturer_header,
        .mpn_header = part->mpn_header,
    };
}

/* @param noted  Where the parts file says that it is made, if the BOM says it
                 too. */
static bool screen_line_part(struct checker *checker,
                             const struct bom_line *line,
                             const struct bom_part *part,
                             const struct parts_said *said, struct str noted,
                             struct report_part *out, struct err *err) {
    struct maker_query query = query_of(line, part);
    bool settled = said != NULL && said->row != NULL;
    *out = (struct report_part){.part = part};
    if (!settled && checker->options.declarations == NULL && noted.len == 0) {
        query.brief = true;
        const struct part_answer *answer =
            part_recall(&checker->recall, line, part, &query, err);
        if (answer == NULL)
            return false;
        out->maker = &answer->maker;
        out->screening = &answer->screening;
        return true;
    }
    struct maker maker;
    struct maker *kept = arena_alloc(&checker->arena, sizeof(*kept));
    struct screening *screening =
        arena_alloc(&checker->arena, sizeof(*screening));
    bool ok = settled ? settle_maker(checker->resolver, checker->options.rules,
                                     &checker->arena, said, &query, &maker, err)
                      : maker_resolve(checker->resolver, &query, &maker, err);
    if (!ok)
        return false;
    /* A resolver's answer lives until its next call; a line has several
       parts. */
    if (kept == NULL || screening == NULL ||
        !maker_copy(&checker->arena, &maker, kept))
        return err_nomem(err);
    out->maker = kept;
    out->screening = screening;
    if (checker->options.declarations != NULL &&
        !declarations_of(checker->options.declarations, out->maker, part->mpn,
                         &checker->arena, &out->declared))
        return err_nomem(err);
    const struct part_named named = part_named_of(line, part);
    const struct screen_said beside =
        contents_said(part->origin, noted, &out->declared);
    return screen_part(checker->screener, out->maker, &named, &beside,
                       screening, err);
}

/* Does a measure ask of `a` what is inside, and not of `b`? */
static bool asks_more(const struct screening *a, const struct screening *b) {
    size_t k = 0;
    for (size_t i = 0; i < a->asked_count; i++) {
        while (k < b->asked_count &&
               (b->asked[k].measure != a->asked[i].measure ||
                b->asked[k].profile != a->asked[i].profile))
            k++;
        if (k == b->asked_count)
            return true;
    }
    return false;
}

/* Is there more to be asked of `a` than of `b`? */
static bool is_worse(const struct screening *a, const struct screening *b) {
    return a->verdict < b->verdict ||
           (a->verdict == b->verdict && asks_more(a, b));
}

/* What nobody signed takes no question away. */
static bool resolve_part(struct checker *checker, const struct bom_line *line,
                         const struct bom_part *part,
                         const struct parts_said *said, struct report_part *out,
                         struct err *err) {
    struct report_part own;
    struct str noted = said == NULL ? STR_EMPTY : said->origin;
    if (!screen_line_part(checker, line, part, said, noted, out, err))
        return false;
    if (said == NULL || said->own == NULL)
        return true;
    if (!screen_line_part(checker, line, said->own, said, STR_EMPTY, &own, err))
        return false;
    if (is_worse(own.screening, out->screening))
        *out = own;
    return true;
}

#define PART_WORD_MIN 8 /* "100nF/50V" is a value, "ME909s-120" a part */

/* A module can stand at a designator of passive parts: "L1" was a modem. */
static bool looks_like_part(struct str value) {
    size_t letters = 0, digits = 0;
    for (size_t i = 0; i < value.len && value.ptr[i] != ' '; i++) {
        letters += ascii_is_alpha(value.ptr[i]);
        digits += ascii_is_digit(value.ptr[i]);
    }
    return value.len != 0 && !ascii_is_digit(value.ptr[0]) && digits != 0 &&
           letters >= 2 && letters + digits >= PART_WORD_MIN;
}

/* The letters a designator starts with: "C12" is a capacitor. */
static bool has_passive_refdes(struct checker *checker,
                               const struct bom_line *line) {
    struct str refdes = str_trim(line->refdes);
    size_t letters = 0;
    while (letters < refdes.len && ascii_is_alpha(refdes.ptr[letters]))
        letters++;
    if (letters == 0 || letters == refdes.len ||
        looks_like_part(str_trim(line->value)))
        return false;
    name_fold(&checker->key, str_take(refdes, letters));
    return rules_has_word(checker->options.rules, checker->passive_refdes,
                          strbuf_str(&checker->key));
}

static bool is_passive(struct checker *checker,
                       const struct report_line *line) {
    for (size_t i = 0; i < line->part_count; i++) {
        const struct report_part *part = &line->parts[i];
        if (part->maker->candidate_count != 0 ||
            part->part->manufacturer.len != 0)
            return false;
        if (!part->maker->passive && part->part->mpn.len != 0)
            return false;
    }
    return line->parts[0].maker->passive ||
           has_passive_refdes(checker, line->line);
}

/* @param matched_by  Bits of which the maker must be found by one; 0: any. */
static bool is_resolved(const struct report_line *line, unsigned matched_by) {
    for (size_t i = 0; i < line->part_count; i++) {
        const struct maker *maker = line->parts[i].maker;
        if (maker->candidate_count != 0 &&
            maker->candidates[0].confidence == MAKER_CERTAIN &&
            (matched_by == 0 ||
             (maker->candidates[0].matched_by & matched_by) != 0))
            return true;
    }
    return false;
}

static void add_text(struct digest *digest, const struct ruleset *rules,
                     uint32_t text) {
    digest_add_field(digest,
                     text == RULES_NONE ? STR_EMPTY : rules_str(rules, text));
}

/* The same while the fact is the same: moving a line or renaming a designator
   changes nothing. The part number stands for itself, the maker as written
   only where nobody was found. Without a product it holds for any. */
static bool fingerprint(struct checker *checker, const struct str *product,
                        const struct finding *finding, char out[33]) {
    const struct ruleset *rules = checker->options.rules;
    const struct screen_hit *hit = finding->hit;
    const struct maker *maker = finding->maker;
    char hex[DIGEST_HEX_SIZE] = "";
    struct digest *digest = checker->digest;
    if (digest != NULL)
        digest_restart(digest);
    else
        digest = checker->digest = digest_new();
    if (digest == NULL)
        return false;
    if (product != NULL)
        digest_add_field(digest, *product);
    if (hit != NULL) {
        const struct rules_measure *measure =
            rules_measure(rules, hit->measure);
        add_text(digest, rules, measure->id);
        add_text(digest, rules, rules_clause(rules, hit->clause)->id);
        add_text(digest, rules,
                 hit->profile == RULES_NONE
                     ? RULES_NONE
                     : rules_profile(rules, hit->profile)->id);
    }
    if (maker->candidate_count != 0)
        add_text(digest, rules,
                 rules_party(rules, hit != NULL && hit->party != RULES_NONE
                                        ? hit->party
                                        : maker->candidates[0].party)
                     ->id);
    else
        digest_add_field(digest, finding->part->manufacturer);
    mpn_key(&checker->key, finding->part->mpn);
    digest_add_field(digest, strbuf_str(&checker->key));
    digest_hex(digest, hex);
    memcpy(out, hex, 32);
    out[32] = '\0';
    return hex[0] != '\0' && !checker->key.failed;
}

/* Where the findings of one line come from and go to. */
struct gathering {
    struct checker *checker;
    struct checked_line *line;
    struct str product;
    unsigned bom_index;
    struct finding *findings;
    size_t count;
};

static bool add_finding(struct gathering *to, struct finding finding,
                        struct err *err) {
    const struct checker_options *options = &to->checker->options;
    snprintf(finding.id, sizeof(finding.id), "%u-%u-%zu", to->bom_index + 1,
             (unsigned)to->line->report.line->line, to->count + 1);
    if (!fingerprint(to->checker, &to->product, &finding,
                     finding.fingerprint) ||
        !fingerprint(to->checker, NULL, &finding, finding.identity))
        return err_nomem(err);
    if (options->waivers != NULL &&
        !waivers_apply(options->waivers, to->product,
                       to->line->report.bom->place, &finding))
        return err_nomem(err);
    finding.known = options->baseline != NULL &&
                    baseline_knows(options->baseline, options->product,
                                   to->line->report.bom, &finding);
    to->findings[to->count++] = finding;
    return true;
}

static bool is_real(enum verdict verdict) { return verdict <= VERDICT_REVIEW; }

static bool find_alternatives(struct checker *checker,
                              const struct bom_line *line,
                              const struct report_part *part,
                              struct alternatives **out, struct err *err) {
    const struct checker_options *options = &checker->options;
    uint32_t *profiles =
        arena_array(&checker->arena, options->profile_count, sizeof(*profiles));
    *out = arena_alloc(&checker->arena, sizeof(**out));
    struct part_named named = {.mpn = part->part->mpn, .ipn = line->ipn};
    if (profiles == NULL || *out == NULL)
        return err_nomem(err);
    size_t count =
        screening_profiles(part->screening, options->profiles,
                           options->profile_count, options->declared, profiles);
    return alternatives_find(checker->finder, &named, part->maker, profiles,
                             count, *out, err);
}

/* A part that others may not buy is worth replacing too: who builds it in may
   have such a buyer next. */
static bool wants_alternatives(const struct screen_hit *hit) {
    return is_real(hit->verdict) || hit->reason == REASON_BUYER;
}

static bool any_wants_alternatives(const struct screening *screening) {
    for (size_t i = 0; i < screening->hit_count; i++) {
        if (wants_alternatives(&screening->hits[i]))
            return true;
    }
    return false;
}

/* What holds only once the product is not sold any more. */
static bool is_after_sale(const struct screen_hit *hit, int32_t sold_until) {
    return hit->verdict == VERDICT_UPCOMING && sold_until != 0 &&
           hit->from.first > sold_until;
}

static bool gather_part(struct gathering *to, const struct report_part *part,
                        struct err *err) {
    const struct screening *screening = part->screening;
    struct finding base = {
        .verdict = screening->verdict,
        .part = part->part,
        .maker = part->maker,
        .owner = screening->owner,
    };
    struct alternatives *alternatives = NULL;
    /* Another maker is no answer to whom one may supply. */
    if (to->checker->options.activity != RULES_EXPORT_TO &&
        any_wants_alternatives(screening) &&
        !find_alternatives(to->checker, to->line->report.line, part,
                           &alternatives, err))
        return false;
    bool told = false;
    for (size_t i = 0; i < screening->hit_count; i++) {
        struct finding finding = base;
        finding.hit = &screening->hits[i];
        finding.verdict = finding.hit->verdict;
        finding.declaration = contents_declaration(
            to->checker->options.rules, &part->declared, finding.hit);
        finding.after_sale =
            is_after_sale(finding.hit, to->checker->options.sold_until);
        finding.alternatives =
            wants_alternatives(finding.hit) ? alternatives : NULL;
        /* That a list lacks a part says nothing of who made it, nor does what
           is asked of a part that nobody is known to make. */
        told = told || (part->maker->candidate_count != 0 &&
                        !screen_is_unapproved(finding.hit) &&
                        finding.verdict <= screening->without_hits);
        if (!add_finding(to, finding, err))
            return false;
    }
    /* An unknown maker, or one that is only guessed at, is a finding even
       where no clause asks. */
    if (told || screening->without_hits == VERDICT_CLEAR)
        return true;
    base.verdict = screening->without_hits;
    return add_finding(to, base, err);
}

static bool gather(struct gathering *to, struct err *err) {
    struct report_line *line = &to->line->report;
    size_t room = 0;
    for (size_t i = 0; i < line->part_count; i++) {
        if (part_is_told(line->parts[i].screening))
            room += line->parts[i].screening->hit_count + 1;
    }
    if (room == 0) /* nothing is said of most lines */
        return true;
    to->findings =
        arena_array(&to->checker->arena, room, sizeof(*to->findings));
    if (to->findings == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < line->part_count; i++) {
        if (!gather_part(to, &line->parts[i], err))
            return false;
    }
    line->findings = to->findings;
    line->finding_count = to->count;
    return true;
}

/* `profile` RULES_NONE: for all of them. */
static bool concerns(const struct finding *finding, uint32_t profile) {
    return finding->hit == NULL || profile == RULES_NONE ||
           finding->hit->profile == RULES_NONE ||
           finding->hit->profile == profile;
}

/* A line counts as waived when nothing that asks for action is left. */
static struct line_answer answer_for(const struct report_line *line,
                                     uint32_t profile) {
    struct line_answer answer = {.verdict = VERDICT_CLEAR};
    enum verdict left = VERDICT_CLEAR;
    bool waived = false;
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct finding *finding = &line->findings[i];
        if (!concerns(finding, profile))
            continue;
        answer.verdict = verdict_worst(answer.verdict, finding->verdict);
        if (finding->waived) {
            waived = waived || finding->verdict <= VERDICT_UNKNOWN;
            continue;
        }
        left = verdict_worst(left, finding->verdict);
    }
    answer.waived = waived && left >= VERDICT_OUT_OF_SCOPE;
    answer.undeclared = contents_are_open(line, profile);
    return answer;
}

static bool answer_by_profile(struct checker *checker,
                              struct checked_line *out) {
    size_t count = checker->options.profile_count;
    if (out->report.finding_count + out->report.contents_count == 0)
        return true;
    struct line_answer *answers =
        arena_array(&checker->arena, count, sizeof(*answers));
    for (size_t p = 0; answers != NULL && p < count; p++)
        answers[p] = answer_for(&out->report, checker->options.profiles[p]);
    out->by_profile = answers;
    return answers != NULL;
}

/* The gate looks at what is neither waived nor known. */
static void judge_findings(struct checked_line *out) {
    struct report_line *line = &out->report;
    out->answer = answer_for(line, RULES_NONE);
    out->answer.verdict = line->verdict;
    line->waived = out->answer.waived;
    out->gate = VERDICT_CLEAR;
    for (size_t i = 0; i < line->finding_count; i++) {
        if (finding_counts(&line->findings[i]) && !line->findings[i].after_sale)
            out->gate = verdict_worst(out->gate, line->findings[i].verdict);
    }
}

/* Nobody is known by it, or one of those that the parts file names. */
static bool is_needless(const struct checker *checker,
                        const struct report_part *parts, size_t count) {
    const struct maker *maker = parts[count].maker;
    if (maker->candidate_count == 0)
        return true;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].maker->candidate_count != 0 &&
            maker_linked(checker->options.rules,
                         parts[i].maker->candidates[0].party,
                         maker->candidates[0].party))
            return true;
    }
    return false;
}

static bool has_no_name(const struct report_part *part) {
    return part->maker->candidate_count == 0 &&
           str_trim(part->part->manufacturer).len == 0;
}

static bool names_nobody(const struct report_line *line) {
    size_t i = 0;
    while (i < line->part_count && has_no_name(&line->parts[i]))
        i++;
    return i == line->part_count;
}

/* Who makes what other lines are parts of is asked there; what a clause or a
   list says of the part itself stays. */
static bool spare_assembly(struct checker *checker, struct report_part *part) {
    if (!has_no_name(part))
        return true;
    struct screening *spared = arena_alloc(&checker->arena, sizeof(*spared));
    if (spared == NULL)
        return false;
    *spared = *part->screening;
    spared->without_hits = VERDICT_CLEAR;
    spared->verdict =
        spared->hit_count != 0 ? spared->hits[0].verdict : VERDICT_CLEAR;
    part->screening = spared;
    return true;
}

static bool resolve_parts(struct checker *checker, const struct bom_line *line,
                          const struct parts_said *said, bool assembly,
                          struct report_line *report, struct err *err) {
    struct report_part *parts =
        arena_array(&checker->arena, line->part_count, sizeof(*parts));
    if (parts == NULL)
        return err_nomem(err);
    size_t count = 0;
    for (size_t i = 0; i < line->part_count; i++) {
        const struct parts_said *of = said == NULL ? NULL : &said[i];
        if (!resolve_part(checker, line, &line->parts[i], of, &parts[count],
                          err))
            return false;
        if (of != NULL && of->spare && is_needless(checker, parts, count))
            continue;
        if (assembly && !spare_assembly(checker, &parts[count]))
            return err_nomem(err);
        report->verdict =
            verdict_worst(report->verdict, parts[count++].screening->verdict);
    }
    report->parts = parts;
    report->part_count = count;
    return true;
}

bool checker_check(struct checker *checker, const struct bom_info *bom,
                   unsigned bom_index, struct str product,
                   const struct bom_line *line, const struct parts_said *said,
                   bool assembly, struct checked_line *out, struct err *err) {
    *out = (struct checked_line){
        .report = {.bom = bom, .line = line, .verdict = VERDICT_CLEAR},
    };
    struct gathering to = {
        .checker = checker,
        .line = out,
        .product = product,
        .bom_index = bom_index,
    };
    arena_reset(&checker->arena);
    part_recall_trim(&checker->recall, screener_trim(checker->screener));
    alternatives_trim(checker->finder);
    if (!resolve_parts(checker, line, said, assembly, &out->report, err))
        return false;
    out->assembly = assembly && names_nobody(&out->report);
    if (!gather(&to, err))
        return false;
    out->resolved = is_resolved(&out->report, 0);
    out->by_parts_file = is_resolved(&out->report, MAKER_BY_PARTS_FILE);
    out->passive = !out->assembly && out->report.verdict == VERDICT_UNKNOWN &&
                   is_passive(checker, &out->report);
    if (!contents_gather(&checker->arena, &out->report))
        return err_nomem(err);
    judge_findings(out);
    return answer_by_profile(checker, out) || err_nomem(err);
}

bool checker_settles(struct checker *checker, const struct checked_line *line,
                     uint64_t *names) {
    const struct report_line *report = &line->report;
    if (report->verdict != VERDICT_CLEAR || report->part_count != 1 ||
        report->finding_count != 0 || report->contents_count != 0 ||
        line->by_profile != NULL || !line->resolved || line->by_parts_file ||
        line->assembly || report->parts[0].maker->overruled)
        return false;
    const struct bom_part *part = report->parts[0].part;
    struct maker_query query = query_of(report->line, part);
    return part_recall_names(&checker->recall, part, &query, names);
}
