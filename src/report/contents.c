#include "report/contents.h"

#include <string.h>

#include "core/lang.h"
#include "report/phrases.h"
#include "ruleset/name.h"

enum { OPEN, DECLARED };

/* What a group's lines have in common. */
struct contents_part {
    struct str part, state;
    uint8_t *asked; /* not 0 for a measure that asks */
};

void contents_init(struct contents_sums *sums, size_t limit) {
    *sums = (struct contents_sums){.marker = 0};
    sums->groups[OPEN].limit = sums->groups[DECLARED].limit = limit;
}

void contents_dispose(struct contents_sums *sums) {
    groups_dispose(&sums->groups[OPEN]);
    groups_dispose(&sums->groups[DECLARED]);
    strbuf_dispose(&sums->key);
    scratch_dispose(&sums->text);
}

bool contents_ok(const struct contents_sums *sums) {
    bool ok = scratch_ok(&sums->text) && !sums->key.failed;
    for (size_t i = 0; i < ARRAY_LEN(sums->groups); i++)
        ok = ok && !sums->groups[i].failed && !sums->groups[i].arena.failed;
    return ok;
}

/* One row a part and what is declared of it, whatever measures ask. */
static struct str key_of(struct contents_sums *sums,
                         const struct report_contents *contents) {
    const struct declaration *declaration = contents->declaration;
    const struct bom_part *part = contents->part->part;
    struct strbuf mpn = {.ptr = NULL};
    mpn_key(&mpn, part->mpn);
    strbuf_clear(&sums->key);
    strbuf_add(&sums->key, strbuf_str(&mpn));
    strbuf_add_char(&sums->key, '\n');
    strbuf_add(&sums->key, str_trim(part->manufacturer));
    strbuf_printf(&sums->key, "\n%u %u",
                  declaration == NULL ? 0 : (unsigned)declaration->line,
                  (unsigned)contents->part->maker->facts.category);
    sums->key.failed = sums->key.failed || mpn.failed;
    strbuf_dispose(&mpn);
    return strbuf_str(&sums->key);
}

/* "Kioxia KXG60ZNV512G, SSDs" */
static void add_part(struct strbuf *out, const struct run_info *run,
                     const struct report_part *item) {
    const struct maker_candidate *maker = maker_sole(item->maker);
    uint32_t category = item->maker->facts.category;
    struct str name = maker != NULL
                          ? str_from(phrase_party(run->rules, maker->party))
                          : str_trim(item->part->manufacturer);
    struct str mpn = str_trim(item->part->mpn);
    strbuf_add(out, name);
    if (name.len != 0 && mpn.len != 0)
        strbuf_add_char(out, ' ');
    strbuf_add(out, mpn);
    if (category == RULES_NONE)
        return;
    if (name.len + mpn.len != 0)
        strbuf_add_text(out, tr(", "));
    strbuf_add_text(
        out,
        tr(rules_text(run->rules, rules_category(run->rules, category)->name)));
}

static void add_state(struct strbuf *out,
                      const struct report_contents *contents) {
    struct strbuf told = {.ptr = NULL};
    if (contents->declaration != NULL)
        report_declaration_told(&told, contents->declaration);
    if (contents->state == CONTENTS_DECLARED)
        strbuf_add_text(out, phrase_text(&told));
    else if (contents->state == CONTENTS_EXPIRED)
        strbuf_printf(out, tr("the declaration has expired (%s); ask again"),
                      phrase_text(&told));
    else if (contents->state == CONTENTS_NOT_YET)
        strbuf_printf(out, tr("the declaration does not hold yet (%s)"),
                      phrase_text(&told));
    phrase_end(out, &told);
}

static struct contents_part *make_part(struct contents_sums *sums,
                                       struct arena *arena,
                                       const struct run_info *run,
                                       const struct report_contents *contents) {
    uint32_t measures = rules_measure_count(run->rules);
    struct contents_part *made = arena_alloc(arena, sizeof(*made));
    uint8_t *asked = arena_array(arena, measures, sizeof(*asked));
    if (made == NULL || asked == NULL)
        return NULL;
    memset(asked, 0, measures * sizeof(*asked));
    made->asked = asked;
    struct strbuf *text = scratch_start(&sums->text);
    add_part(text, run, contents->part);
    made->part = arena_str(arena, strbuf_str(text));
    text = scratch_start(&sums->text);
    add_state(text, contents);
    made->state = arena_str(arena, strbuf_str(text));
    return made;
}

static void add(struct contents_sums *sums, const struct run_info *run,
                const struct report_line *line,
                const struct report_contents *contents) {
    bool declared = contents->state == CONTENTS_DECLARED;
    struct groups *groups = &sums->groups[declared ? DECLARED : OPEN];
    struct group *group =
        groups_at(groups, key_of(sums, contents), sums->marker);
    if (group == NULL)
        return;
    if (group->data == NULL)
        group->data = make_part(sums, &groups->arena, run, contents);
    struct contents_part *part = group->data;
    if (part != NULL)
        part->asked[contents->measure] = 1;
    groups_add_place(groups, group, line);
}

void contents_line(struct contents_sums *sums, const struct run_info *run,
                   const struct report_line *line) {
    sums->marker++;
    for (size_t i = 0; i < line->contents_count; i++)
        add(sums, run, line, &line->contents[i]);
}

static void add_measures(struct strbuf *out, const struct ruleset *rules,
                         const struct contents_part *part) {
    size_t count = 0;
    for (uint32_t i = 0; i < rules_measure_count(rules); i++) {
        if (part->asked[i] == 0)
            continue;
        phrase_comma(out, count++);
        strbuf_add(out, rules_str(rules, rules_measure(rules, i)->id));
    }
}

static void compose(struct strbuf *out, const struct ruleset *rules,
                    const struct group *group, bool with_bom) {
    const struct contents_part *part = group->data;
    struct strbuf where = {.ptr = NULL}, measures = {.ptr = NULL};
    group_places(&where, group, with_bom);
    add_measures(&measures, rules, part);
    if (part->part.len == 0)
        strbuf_printf(out, tr("%s; asked by %s"), phrase_text(&where),
                      phrase_text(&measures));
    else
        strbuf_printf(out, tr("%s: %s; asked by %s"), phrase_text(&where),
                      part->part.ptr, phrase_text(&measures));
    phrase_end(out, &where);
    phrase_end(out, &measures);
    if (part->state.len != 0)
        strbuf_printf(out, tr(": %s"), part->state.ptr);
}

/* Where it goes, and under which title. */
struct telling {
    const struct run_info *run;
    bool with_bom;
    contents_put *put;
    void *ctx;
};

static void tell_list(const struct telling *to, struct contents_sums *sums,
                      const struct groups *groups, const char *title) {
    bool first = true;
    for (size_t i = 0; i < groups->count; i++) {
        if (groups->items[i].data == NULL)
            continue;
        struct strbuf *text = scratch_start(&sums->text);
        compose(text, to->run->rules, &groups->items[i], to->with_bom);
        to->put(to->ctx, first ? title : NULL, strbuf_str(text));
        first = false;
    }
    if (groups->beyond == 0)
        return;
    struct strbuf *text = scratch_start(&sums->text);
    strbuf_printf(text,
                  tr_count("and others, on %s line", "and others, on %s lines",
                           groups->beyond),
                  shown_number(groups->beyond).text);
    to->put(to->ctx, first ? title : NULL, strbuf_str(text));
}

void contents_tell(struct contents_sums *sums, const struct run_info *run,
                   bool with_bom, contents_put *put, void *ctx) {
    const struct telling to = {run, with_bom, put, ctx};
    tell_list(&to, sums, &sums->groups[OPEN], tr("Contents undeclared"));
    tell_list(&to, sums, &sums->groups[DECLARED], tr("Contents declared"));
}
