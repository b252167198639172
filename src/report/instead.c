#include "report/instead.h"

#include "core/lang.h"
#include "report/phrases.h"

/* More names than these nobody reads; the JSON report has all. */
#define SUPPLIERS_SHOWN 12

struct writing {
    struct strbuf *out;
    const struct run_info *run;
    const struct alternatives *found;
    const char *between;
    size_t items;
};

static void begin_item(struct writing *w) {
    if (w->items++ != 0)
        strbuf_add_text(w->out, w->between);
}

static bool is_repeated(const struct alternatives *found, size_t at) {
    for (size_t i = 0; i < at; i++) {
        if (found->items[i].party == found->items[at].party)
            return true;
    }
    return false;
}

static void add_name(struct writing *w, const struct alternative *item) {
    phrase_supplier(w->out, w->run->rules, item->party, item->owner);
}

/* Beyond `most` the makers are named, without their part numbers. */
static void add_parts(struct writing *w, size_t most) {
    size_t shown = 0;
    for (size_t i = 0; i < w->found->count; i++) {
        const struct alternative *item = &w->found->items[i];
        if (item->mpn == NULL || is_repeated(w->found, i))
            continue;
        if (shown >= most) {
            if (shown++ == most) {
                begin_item(w);
                strbuf_add_text(w->out, tr("part numbers also by "));
            } else {
                phrase_comma(w->out, 1);
            }
            add_name(w, item);
            continue;
        }
        begin_item(w);
        phrase_alternative(w->out, w->run, w->found, item);
        shown++;
    }
}

static bool is_among(const struct alternative *item, bool old,
                     enum verdict verdict) {
    return item->mpn == NULL && (item->lifecycle != NULL) == old &&
           item->verdict == verdict;
}

static void add_suppliers(struct writing *w, bool old, enum verdict verdict) {
    size_t count = 0;
    for (size_t i = 0; i < w->found->count; i++) {
        if (!is_among(&w->found->items[i], old, verdict))
            continue;
        if (count == 0) {
            begin_item(w);
            strbuf_printf(w->out,
                          old ? tr("suppliers of parts at the end of their "
                                   "life, %s: ")
                              : tr("suppliers, %s: "),
                          tr(verdict_name(verdict)));
        } else if (count < SUPPLIERS_SHOWN) {
            phrase_comma(w->out, 1);
        }
        if (count++ < SUPPLIERS_SHOWN)
            add_name(w, &w->found->items[i]);
    }
    if (count > SUPPLIERS_SHOWN)
        strbuf_printf(w->out, tr(" and %zu more"), count - SUPPLIERS_SHOWN);
}

bool report_instead_is_clear(const struct alternatives *found) {
    for (size_t i = 0; i < found->count; i++) {
        if (found->items[i].verdict == VERDICT_CLEAR)
            return true;
    }
    return false;
}

void report_instead(struct strbuf *out, const struct run_info *run,
                    const struct alternatives *found, size_t parts,
                    const char *between) {
    struct writing w = {
        .out = out, .run = run, .found = found, .between = between};
    if (found->count != 0 && !report_instead_is_clear(found)) {
        begin_item(&w);
        strbuf_add_text(out, tr(INSTEAD_NONE_CLEAR));
    }
    add_parts(&w, parts);
    for (int old = 0; old <= 1; old++) {
        for (unsigned v = VERDICT_COUNT; v-- > 0;)
            add_suppliers(&w, old == 1, (enum verdict)v);
    }
    if (w.items == 0) {
        strbuf_add_text(out, tr(INSTEAD_NONE));
        return;
    }
    if (found->beyond != 0) {
        begin_item(&w);
        strbuf_printf(out, tr("%zu more (option --all)"), found->beyond);
    }
}

void report_instead_check(struct strbuf *out,
                          const struct alternatives *found) {
    if (found->count == 0)
        return;
    strbuf_add_text(out,
                    tr("each is a candidate that engineering must qualify"));
    if (found->check != NULL)
        strbuf_printf(out, tr(": %s"), found->check);
}
