#include "run/lint.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/arena.h"
#include "core/map.h"
#include "maker/maker.h"
#include "ruleset/schema.h"
#include "ruleset/yaml_place.h"
#include "run/lint_check.h"

void lint_tell(struct lint *lint, const char *path, const char *fmt, ...) {
    const struct rule_file *file = lint->document->file;
    struct lint_finding finding = {.check = lint->check->name,
                                   .note = lint->check->note};
    char whole[160] = "", place[sizeof(finding.what.file)];
    va_list args;
    va_start(args, fmt);
    err_vset(&finding.what, ERR_INVALID, fmt, args);
    va_end(args);
    if (lint->document->sequence)
        snprintf(whole, sizeof(whole), "%u%s%s", lint->position,
                 path[0] != '\0' ? " " : "", path);
    else
        snprintf(whole, sizeof(whole), "%s", path);
    snprintf(place, sizeof(place), "%.*s", STR_ARG(file->place));
    err_at(&finding.what, place, yaml_line_of_path(file->text, str_from(whole)),
           0);
    lint->sums->notes += finding.note;
    lint->sums->problems += !finding.note;
    lint->options->add(lint->options->ctx, &finding);
}

/* The checks; what the compiler refuses comes before them. */
static const struct lint_check checks[] = {
    {"ruleset-dates", RULE_RULESET, true, lint_ruleset_dates},
    {"measure-dates", RULE_MEASURE, false, lint_measure_dates},
    {"measure-idle", RULE_MEASURE, true, lint_measure_idle},
    {"clause-never", RULE_MEASURE, false, lint_clause_never},
    {"clause-origin", RULE_MEASURE, false, lint_clause_origin},
    {"clause-unasked", RULE_MEASURE, true, lint_clause_unasked},
    {"clause-advice", RULE_MEASURE, true, lint_clause_advice},
    {"listing-never", RULE_MEASURE, true, lint_listing_never},
    {"listing-twice", RULE_MEASURE, true, lint_listing_twice},
    {"source-unseen", RULE_MEASURE, true, lint_measure_sources},
    {"party-source", RULE_PARTIES, true, lint_party_sources},
    {"profile-unused", RULE_PROFILES, true, lint_profile_unused},
    {"category-unused", RULE_CATEGORIES, true, lint_category_unused},
    {"family-examples", RULE_PARTS, false, lint_family_examples},
    {"family-untried", RULE_PARTS, true, lint_family_untried},
};

static void run_checks(struct lint *lint) {
    for (size_t c = 0; c < ARRAY_LEN(checks); c++) {
        if (checks[c].kind != lint->document->kind)
            continue;
        lint->check = &checks[c];
        for (unsigned i = 0; i < lint->document->count && !lint->failed; i++) {
            lint->position = i;
            checks[c].run(lint);
        }
    }
}

/* A path without its origin when the file is one of those to check. */
static bool is_own(const struct lint *lint, struct str *path) {
    ptrdiff_t colon = str_find_char(*path, RULE_ORIGIN);
    const char *wanted = lint->options->origin;
    if (colon < 0)
        return wanted == NULL;
    struct str origin = str_take(*path, (size_t)colon);
    *path = str_skip(*path, (size_t)colon + 1);
    return wanted != NULL && str_eq(origin, str_from(wanted));
}

static bool lint_file(struct lint *lint, const struct rules_file *from) {
    struct str path = rules_str(lint->rules, from->path);
    if (!is_own(lint, &path))
        return true;
    struct rule_file file = {
        .path = path,
        .place = arena_printf(&lint->arena, "%s/%.*s", lint->options->root,
                              STR_ARG(path)),
        .text = rules_str(lint->rules, from->text),
    };
    if (!rule_document_load(&lint->held, &file, lint->err))
        return false;
    lint->document = &lint->held;
    run_checks(lint);
    rule_document_dispose(&lint->held);
    return !lint->failed;
}

static void need_category(struct lint *lint, uint32_t category) {
    for (; category != RULES_NONE;
         category = rules_category(lint->rules, category)->parent)
        lint->category_needed[category] = true;
}

static void need_run(struct lint *lint, struct rules_run run) {
    for (uint32_t i = 0; i < run.count; i++)
        need_category(lint, rules_item(lint->rules, run, i));
}

static void need_links(struct lint *lint, struct rules_run links) {
    for (uint32_t i = 0; i < links.count; i++)
        need_run(lint, rules_link(lint->rules, links.first + i)->covers);
}

static void mark_parties(struct lint *lint) {
    for (uint32_t i = 0; i < rules_party_count(lint->rules); i++) {
        const struct rules_party *party = rules_party(lint->rules, i);
        need_run(lint, party->makes);
        need_run(lint, party->legacy);
        need_links(lint, party->contains);
        need_links(lint, party->sold);
    }
}

static void mark_listings(struct lint *lint, struct rules_run listings) {
    for (uint32_t i = 0; i < listings.count; i++) {
        const struct rules_listing *listing =
            rules_listing(lint->rules, listings.first + i);
        need_run(lint, listing->covers);
        lint->party_listed[listing->party] = true;
    }
}

static void mark_measures(struct lint *lint) {
    for (uint32_t m = 0; m < rules_measure_count(lint->rules); m++) {
        const struct rules_measure *measure = rules_measure(lint->rules, m);
        mark_listings(lint, measure->listings);
        for (uint32_t i = 0; i < measure->clauses.count; i++) {
            const struct rules_clause *clause =
                rules_clause(lint->rules, measure->clauses.first + i);
            need_run(lint, clause->covers);
            mark_listings(lint, clause->listings);
        }
    }
}

static void mark_families(struct lint *lint) {
    const struct ruleset *rules = lint->rules;
    for (uint32_t i = 0; i < rules_family_count(rules); i++) {
        const struct rules_family *family = rules_family(rules, i);
        need_category(lint, family->category);
        need_category(lint, family->fixed.category);
        for (uint32_t t = 0; t < family->tables.count; t++) {
            struct rules_run codes =
                rules_table(rules, family->tables.first + t)->codes;
            for (uint32_t c = 0; c < codes.count; c++)
                need_category(lint,
                              rules_code(rules, codes.first + c)->category);
        }
        if (!map_put(&lint->families, rules_str(rules, family->id), i))
            lint->failed = true;
    }
}

static void mark_words(struct lint *lint) {
    const struct ruleset *rules = lint->rules;
    for (uint32_t i = 0; i < rules_category_count(rules); i++) {
        struct str list =
            arena_printf(&lint->arena, "category/%s",
                         rules_text(rules, rules_category(rules, i)->id));
        if (rules_find_words(rules, list).count != 0)
            need_category(lint, i);
    }
}

static bool prepare(struct lint *lint) {
    lint->party_listed =
        arena_array(&lint->arena, rules_party_count(lint->rules) + 1, 1);
    lint->category_needed =
        arena_array(&lint->arena, rules_category_count(lint->rules) + 1, 1);
    lint->resolver = maker_resolver_new(lint->rules);
    if (lint->party_listed == NULL || lint->category_needed == NULL ||
        lint->resolver == NULL)
        return false;
    mark_parties(lint);
    mark_measures(lint);
    mark_families(lint);
    mark_words(lint);
    return !lint->failed && !lint->arena.failed;
}

bool lint_rules(const struct lint_options *options, struct lint_sums *sums,
                struct err *err) {
    struct lint lint = {
        .options = options,
        .rules = options->rules,
        .sums = sums,
        .err = err,
    };
    *sums = (struct lint_sums){.problems = 0};
    bool ok = prepare(&lint) || err_nomem(err);
    for (uint32_t i = 0; ok && i < rules_file_count(lint.rules); i++)
        ok = lint_file(&lint, rules_file(lint.rules, i));
    if (ok && lint.arena.failed)
        ok = err_nomem(err);
    maker_resolver_free(lint.resolver);
    map_dispose(&lint.families);
    arena_dispose(&lint.arena);
    return ok;
}
