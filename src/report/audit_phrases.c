#include "report/audit_phrases.h"

#include <string.h>

#include "core/date.h"
#include "core/utf8.h"
#include "report/phrases.h"

/* Changes of the rules that a sentence names before it only counts. */
#define CHANGES_SAID 3
#define CHANGE_COLUMNS 120 /* of what was written before and after */

void audit_say_count(struct strbuf *out, size_t count, const char *word) {
    phrase_number(out, count);
    strbuf_printf(out, " %s%s", word, count == 1 ? "" : "s");
}

void audit_say_title(struct strbuf *out, const struct audit *audit) {
    char name[AUDIT_PERIOD_NAME_SIZE];
    audit_period_name(&audit->period, name);
    strbuf_printf(out, "Audit of %s", name);
}

static void say_period(struct strbuf *out, const struct audit_period *period) {
    char name[AUDIT_PERIOD_NAME_SIZE], from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
    date_format(period->from, from);
    date_format(period->to, to);
    audit_period_name(period, name);
    if (period->quarter != 0)
        strbuf_printf(out, "%s, ", name);
    strbuf_printf(out, "%s to %s", from, to);
}

/* ---- the headline ---- */

static void add_worst(struct strbuf *out, const struct audit *audit,
                      enum audit_state state) {
    uint32_t prohibited = audit->counts[state][VERDICT_PROHIBITED];
    if (prohibited == 0)
        return;
    strbuf_add_text(out, " (");
    phrase_number(out, prohibited);
    strbuf_add_text(out, " prohibited)");
}

static void add_state(struct strbuf *out, const struct audit *audit,
                      enum audit_state state, const char *one,
                      const char *many) {
    uint32_t count = audit_count(audit, state);
    phrase_number(out, count);
    strbuf_printf(out, " %s", count == 1 ? one : many);
    add_worst(out, audit, state);
}

void audit_say_when(struct strbuf *out, const struct audit *audit) {
    say_period(out, &audit->period);
}

void audit_say_against(struct strbuf *out, const struct audit *audit) {
    say_period(out, &audit->before);
}

void audit_say_periods(struct strbuf *out, const struct audit *audit) {
    audit_say_when(out, audit);
    strbuf_add_text(out, "; against ");
    audit_say_against(out, audit);
}

void audit_say_headline(struct strbuf *out, const struct audit *audit) {
    if (audit->boards == 0) {
        strbuf_add_text(out, "No board was checked in this period.");
        return;
    }
    audit_say_count(out, audit->boards, "board");
    strbuf_add_text(out,
                    audit->boards == 1 ? " was checked: " : " were checked: ");
    add_state(out, audit, AUDIT_NEW, "finding is new", "findings are new");
    strbuf_add_text(out, ", ");
    add_state(out, audit, AUDIT_PERSISTING, "persists", "persist");
    strbuf_add_text(out, ", ");
    add_state(out, audit, AUDIT_RESOLVED, "is resolved", "are resolved");
    if (audit_count(audit, AUDIT_NOT_CHECKED) != 0) {
        strbuf_add_text(out, "; ");
        add_state(out, audit, AUDIT_NOT_CHECKED,
                  "of the period before was not checked again",
                  "of the period before were not checked again");
    }
    strbuf_add_char(out, '.');
}

void audit_say_share(struct strbuf *out, uint32_t ten_thousandths) {
    strbuf_printf(out, "%u.%u %%", (unsigned)(ten_thousandths / 100),
                  (unsigned)(ten_thousandths % 100 / 10));
}

void audit_say_scope(struct strbuf *out, const struct audit *audit) {
    audit_say_count(out, audit->boards, "board");
    strbuf_add_text(out, " (");
    audit_say_count(out, audit->boms, "BOM");
    strbuf_add_text(out, ", ");
    audit_say_count(out, audit->lines, "line");
    strbuf_add_text(out, ") in ");
    audit_say_count(out, audit->run_count - audit->what_ifs, "run");
    if (audit->lines != 0) {
        strbuf_add_text(out, "; makers known on ");
        audit_say_share(out, audit->resolved);
        strbuf_add_text(out, " of the lines");
    }
    if (audit->missed_count != 0) {
        strbuf_add_text(out, "; ");
        audit_say_count(out, audit->missed_count, "board");
        strbuf_add_text(out, " of the period before not checked again");
    }
    for (size_t i = 0; i < audit->unchecked_count; i++) {
        strbuf_add_text(out, i == 0 ? "; not checked, of the products in the "
                                      "settings: "
                                    : ", ");
        strbuf_add_text(out, audit->unchecked[i].product);
        if (audit->unchecked[i].last == NULL)
            strbuf_add_text(out, " (never)");
    }
}

void audit_say_narrowed(struct strbuf *out, const struct audit *audit) {
    if (audit->product != NULL)
        strbuf_printf(out, "the product %s%s", audit->product,
                      audit->profile_count != 0 ? ", " : "");
    for (size_t i = 0; i < audit->profile_count; i++) {
        strbuf_add_text(out, i == 0 ? "for " : "");
        phrase_join(out, i, audit->profile_count);
        strbuf_add_text(out, audit->profiles[i]);
    }
}

static void add_apart(struct strbuf *out, size_t *said, size_t count,
                      const char *word, const char *text) {
    if (count == 0)
        return;
    strbuf_add_text(out, (*said)++ == 0 ? "" : "; ");
    audit_say_count(out, count, word);
    strbuf_add_char(out, ' ');
    strbuf_add_text(out, text);
}

void audit_say_apart(struct strbuf *out, const struct audit *audit) {
    size_t said = 0;
    add_apart(out, &said, audit->partial, "run",
              "incomplete or inconclusive: what was found counts, silence "
              "does not");
    add_apart(out, &said, audit->stale, "run",
              "of a day before the period, or judged by one: likewise");
    add_apart(out, &said, audit->what_ifs, "what-if",
              "for a day to come, left out");
    add_apart(out, &said, audit->forgotten_count, "run", "forgotten");
}

void audit_say_waivers(struct strbuf *out, const struct audit *audit) {
    struct audit_period next = audit_period_after(&audit->period);
    size_t in_force = audit->active.count + audit->expiring.count;
    char end[DATE_TEXT_SIZE], next_end[DATE_TEXT_SIZE];
    date_format(audit->period.to, end);
    date_format(next.to, next_end);
    if (in_force + audit->expired.count == 0) {
        strbuf_add_text(out, "none: no finding is accepted");
        return;
    }
    strbuf_printf(out, "%zu in force on %s", in_force, end);
    if (audit->expiring.count != 0)
        strbuf_printf(out, ", of which %zu will have ended by %s",
                      audit->expiring.count, next_end);
    if (audit->expired.count != 0)
        strbuf_printf(out, "; %zu expired and still listed",
                      audit->expired.count);
}

void audit_say_rules(struct strbuf *out, const struct audit *audit) {
    size_t fresh = 0, steps = 0;
    for (size_t i = 0; i < audit->rules_count; i++)
        fresh += audit->rules[i]->is_new;
    for (size_t i = 0; i < audit->step_count; i++)
        steps += audit->steps[i].before != NULL;
    audit_say_count(out, audit->rules_count, "rule set");
    if (fresh == 0) {
        strbuf_add_text(out, " in use, none of them new");
    } else {
        strbuf_add_text(out, " in use, ");
        phrase_number(out, fresh);
        strbuf_add_text(out, " of them first used in this period");
    }
    if (steps != 0)
        strbuf_add_text(out, "; the rules of boards changed ");
    if (steps == 1)
        strbuf_add_text(out, "once");
    else if (steps != 0)
        strbuf_printf(out, "%zu times", steps);
}

static void say_causes(struct strbuf *out, const struct audit *audit,
                       enum audit_state state) {
    static const char *const words[AUDIT_CAUSE_COUNT] = {
        [AUDIT_DESIGN] = "by the design",
        [AUDIT_RULES] = "by a change of the rules",
        [AUDIT_DAY] = "because a day passed",
        [AUDIT_PROGRAM] = "by another version of bomgate",
        [AUDIT_FIRST_CHECKED] = "on boards not checked in the period before",
    };
    static const enum audit_cause order[] = {AUDIT_DESIGN, AUDIT_RULES,
                                             AUDIT_DAY, AUDIT_PROGRAM,
                                             AUDIT_FIRST_CHECKED};
    size_t said = 0;
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        uint32_t count = audit->causes[state][order[i]];
        if (count == 0)
            continue;
        strbuf_add_text(out, said++ == 0 ? "" : ", ");
        phrase_number(out, count);
        strbuf_printf(out, " %s", words[order[i]]);
    }
}

/* ---- the chain ---- */

void audit_say_new(struct strbuf *out, const struct audit *audit) {
    say_causes(out, audit, AUDIT_NEW);
}

void audit_say_resolved(struct strbuf *out, const struct audit *audit) {
    say_causes(out, audit, AUDIT_RESOLVED);
}

void audit_say_head(struct strbuf *out, const struct audit *audit) {
    strbuf_add_text(out, audit->chain.head[0] != '\0'
                             ? audit->chain.head
                             : "no run had been recorded yet");
}

void audit_say_previous(struct strbuf *out, const struct audit *audit) {
    const struct audit_chain *chain = &audit->chain;
    if (chain->previous[0] == '\0')
        strbuf_add_text(out, "no earlier head was given to compare with");
    else if (chain->previous_holds)
        strbuf_printf(out,
                      "the head printed before, %s, stands in the chain "
                      "(run of %s)",
                      chain->previous, chain->previous_time);
    else if (chain->previous_time != NULL)
        strbuf_printf(out,
                      "the head printed before, %s, stands in the chain only "
                      "AFTER the end of this period (run of %s): it is of no "
                      "audit before this one",
                      chain->previous, chain->previous_time);
    else
        strbuf_printf(out,
                      "the head printed before, %s, does NOT stand in the "
                      "chain: records were removed or written anew",
                      chain->previous);
}

void audit_say_alarm(struct strbuf *out, const struct audit *audit) {
    const struct audit_chain *chain = &audit->chain;
    strbuf_add_text(out,
                    "NOT TO BE RELIED ON: the chain of runs does not hold");
    if (chain->previous[0] != '\0' && !chain->previous_holds) {
        strbuf_add_text(out, "\n- ");
        audit_say_previous(out, audit);
    }
    for (size_t i = 0; i < chain->fault_count; i++)
        strbuf_printf(out, "\n- %s", chain->faults[i]);
}

void audit_say_disclaimer(struct strbuf *out, const struct audit *audit) {
    (void)audit;
    strbuf_add_text(
        out,
        "This audit was made from the recorded runs alone, without a look at "
        "today's rules or BOMs; made again for the same period it says the "
        "same. A finding is a part on a board that a rule restricts for a "
        "buyer; it counts once, on however many lines the part stands. Only "
        "names and part numbers were compared: what no BOM shows (the foundry, "
        "the dies inside a module, the origin) was not checked. It is no legal "
        "advice.");
}

/* ---- the pieces ---- */

void audit_say_board(struct strbuf *out, const struct audit_board *board) {
    strbuf_add_text(out, board->product);
    if (board->repository[0] != '\0')
        strbuf_printf(out, ", %s", board->repository);
    if (board->path != NULL && strcmp(board->path, board->product) != 0)
        strbuf_printf(out, ", %s", board->path);
}

void audit_say_rule(struct strbuf *out, const struct audit_fact *fact) {
    strbuf_add_text(out, fact->measure[0] != '\0' ? fact->measure
                                                  : "maker not certain");
    if (fact->clause[0] != '\0')
        strbuf_printf(out, ", %s", fact->clause);
}

static void add_value(struct strbuf *out, const char *text) {
    struct str value = str_from(text);
    if (value.len == 0) {
        strbuf_add_text(out, "(none)");
        return;
    }
    utf8_add_visible(out, value, CHANGE_COLUMNS);
}

void audit_say_change(struct strbuf *out, const struct audit_change *change) {
    const struct {
        const char *before, *text;
    } words[] = {{" ", change->name},
                 {" ", change->item},
                 {change->name[0] != '\0' ? ", " : " ", change->field}};
    strbuf_printf(out, "%s %s", change->kind, change->what);
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (words[i].text[0] != '\0')
            strbuf_printf(out, "%s%s", words[i].before, words[i].text);
    }
    if (strcmp(change->kind, "changed") != 0)
        return;
    strbuf_add_text(out, ": ");
    add_value(out, change->before);
    strbuf_add_text(out, " -> ");
    add_value(out, change->after);
}

static void add_rules_why(struct strbuf *out,
                          const struct audit_finding *finding) {
    size_t shown = finding->change_count < CHANGES_SAID ? finding->change_count
                                                        : CHANGES_SAID;
    strbuf_add_text(out, "The rules changed");
    for (size_t i = 0; i < shown; i++) {
        strbuf_add_text(out, i == 0 ? ": " : "; ");
        audit_say_change(out, finding->changes[i]);
    }
    if (finding->change_count > shown)
        strbuf_printf(out, "; and %zu more", finding->change_count - shown);
    if (shown == 0)
        strbuf_add_text(out, ", though no row of this measure or company is "
                             "known to have");
    strbuf_add_char(out, '.');
}

static void add_cause(struct strbuf *out, const struct audit_finding *finding) {
    bool is_there = finding->state != AUDIT_RESOLVED;
    switch (finding->cause) {
    case AUDIT_FIRST_CHECKED:
        strbuf_add_text(out,
                        "Not checked in the period before, for this buyer.");
        break;
    case AUDIT_DESIGN:
        strbuf_add_text(out, is_there
                                 ? "The part was not on the BOM before, or not "
                                   "as its line has it now."
                                 : "The part is no longer on the BOM, or no "
                                   "longer as its line had it.");
        break;
    case AUDIT_RULES:
        add_rules_why(out, finding);
        break;
    case AUDIT_PROGRAM:
        strbuf_add_text(out, "Same part, same rules: another version of "
                             "bomgate judged it.");
        break;
    case AUDIT_DAY:
        strbuf_add_text(out, "Same part, no change of its rules: a day passed");
        if (is_there && finding->fact->since[0] != '\0')
            strbuf_printf(out, "; the rule holds from %s",
                          finding->fact->since);
        strbuf_add_char(out, '.');
        break;
    default:
        break;
    }
}

void audit_say_why(struct strbuf *out, const struct audit_finding *finding) {
    if (finding->before != NULL)
        strbuf_printf(out, "Was %s in the period before. ",
                      verdict_name(finding->before->verdict));
    if (finding->state == AUDIT_NOT_CHECKED)
        strbuf_add_text(out, "No complete check in this period.");
    else if (finding->state == AUDIT_PASSING)
        strbuf_add_text(out, "Found in this period and gone at its end.");
    else
        add_cause(out, finding);
}

void audit_say_decision(struct strbuf *out,
                        const struct audit_finding *finding) {
    const struct audit_waiver *waiver = finding->waiver;
    if (waiver == NULL)
        return;
    strbuf_printf(out, "%s as %s", finding->waived ? "accepted" : "not covered",
                  waiver->kind != NULL ? waiver->kind : "waiver");
    if (waiver->expires != NULL && waiver->expires[0] != '\0')
        strbuf_printf(out, " until %s", waiver->expires);
    if (waiver->approved_by != NULL)
        strbuf_printf(out, " by %s", waiver->approved_by);
    if (waiver->reason != NULL)
        strbuf_printf(out, ": %s", waiver->reason);
}

void audit_say_worth(struct strbuf *out, const struct audit_run *run) {
    size_t start = out->len;
    if (run->what_if) {
        strbuf_printf(out, "left out: what-if for %s", run->as_of);
        return;
    }
    if (!run->complete)
        strbuf_add_text(out, "incomplete");
    else if (!run->conclusive)
        strbuf_add_text(out, "inconclusive");
    if (run->stale)
        strbuf_printf(out, "%sof an earlier day",
                      out->len != start ? ", " : "");
    if (out->len == start)
        strbuf_add_text(out, "counts");
    else
        strbuf_add_text(out, ": resolves nothing");
    for (size_t i = 0; i < run->bom_count; i++) {
        const struct audit_bom *bom = run->boms[i];
        if (bom->error != NULL)
            strbuf_printf(out, "; %s", bom->error);
        else if (bom->lost != 0)
            strbuf_printf(out, "; %s: %u rows lost", bom->path,
                          (unsigned)bom->lost);
    }
}

const char *audit_cause_title(enum audit_cause cause) {
    static const char *const titles[AUDIT_CAUSE_COUNT] = {
        [AUDIT_NO_CAUSE] = "",
        [AUDIT_FIRST_CHECKED] = "not checked before",
        [AUDIT_DESIGN] = "design",
        [AUDIT_RULES] = "rules",
        [AUDIT_PROGRAM] = "program",
        [AUDIT_DAY] = "a day passed",
    };
    return titles[cause];
}

const char *audit_state_title(enum audit_state state) {
    static const char *const titles[AUDIT_STATE_COUNT] = {
        [AUDIT_NEW] = "New",
        [AUDIT_PERSISTING] = "Persisting",
        [AUDIT_RESOLVED] = "Resolved",
        [AUDIT_NOT_CHECKED] = "Not checked again",
        [AUDIT_PASSING] = "Came and went",
    };
    return titles[state];
}

const char *audit_state_sign(enum audit_state state) {
    static const char *const signs[AUDIT_STATE_COUNT] = {
        [AUDIT_NEW] = "+",      [AUDIT_PERSISTING] = "=",
        [AUDIT_RESOLVED] = "✓", [AUDIT_NOT_CHECKED] = "?",
        [AUDIT_PASSING] = "~",
    };
    return signs[state];
}

const char *audit_state_meaning(enum audit_state state) {
    static const char *const meanings[AUDIT_STATE_COUNT] = {
        [AUDIT_NEW] = "there at the end of this period, not at the end of the "
                      "one before",
        [AUDIT_PERSISTING] = "there at the end of both periods",
        [AUDIT_RESOLVED] = "there before, checked again completely, and gone",
        [AUDIT_NOT_CHECKED] =
            "there before, and not checked completely in this period",
        [AUDIT_PASSING] = "found within this period, at neither end",
    };
    return meanings[state];
}
