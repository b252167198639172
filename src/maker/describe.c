#include "maker/describe.h"

#include "core/utf8.h"
#include "maker/pieces.h"
#include "ruleset/name.h"

/* ---- categories ---- */

static bool add_words(struct describer *d, uint32_t category,
                      struct strbuf *list) {
    strbuf_clear(list);
    strbuf_add_text(list, "category/");
    strbuf_add(list,
               rules_str(d->rules, rules_category(d->rules, category)->id));
    if (list->failed)
        return false;
    struct rules_run words = rules_find_words(d->rules, strbuf_str(list));
    for (uint32_t i = 0; i < words.count; i++) {
        struct str word = rules_str(d->rules, rules_item(d->rules, words, i));
        if (word.len > d->longest)
            d->longest = word.len;
        if (!map_put(&d->words, word, category))
            return false;
    }
    return true;
}

bool describer_init(struct describer *describer, const struct ruleset *rules) {
    struct strbuf list = {.ptr = NULL};
    *describer = (struct describer){.rules = rules};
    uint32_t count = rules_category_count(rules);
    bool done = true;
    for (uint32_t i = 0; done && i < count; i++)
        done = add_words(describer, i, &list);
    strbuf_dispose(&list);
    return done;
}

void describer_dispose(struct describer *describer) {
    map_dispose(&describer->words);
}

static bool is_cjk_at(struct str text) {
    uint32_t code = 0;
    return utf8_next(text, &code) > 0 && pieces_is_cjk(code);
}

/* May a phrase begin or end at `at`? Chinese is written without blanks. */
static bool is_edge(struct str text, size_t at) {
    if (at == 0 || at >= text.len || text.ptr[at] == ' ' ||
        text.ptr[at - 1] == ' ')
        return true;
    if (((unsigned char)text.ptr[at] & 0xC0) == 0x80)
        return false;
    size_t before = at - 1;
    while (before > 0 && ((unsigned char)text.ptr[before] & 0xC0) == 0x80)
        before--;
    return is_cjk_at(str_skip(text, at)) || is_cjk_at(str_skip(text, before));
}

struct found {
    uint32_t category;
    size_t len;
};

static bool is_below(const struct ruleset *rules, uint32_t category,
                     uint32_t above) {
    return category != above && rules_category_within(rules, category, above);
}

static void weigh(const struct ruleset *rules, struct found *best,
                  uint32_t category, size_t len) {
    bool better = len > best->len;
    if (best->category != RULES_NONE) {
        if (is_below(rules, category, best->category))
            better = true;
        else if (is_below(rules, best->category, category))
            better = false;
    }
    if (better)
        *best = (struct found){category, len};
}

static void find_from(const struct describer *d, struct str text, size_t from,
                      struct found *best) {
    size_t last = from + d->longest;
    for (size_t to = from + 1; to <= text.len && to <= last; to++) {
        if (!is_edge(text, to) || text.ptr[to - 1] == ' ')
            continue;
        uint32_t category =
            map_get(&d->words, str_take(str_skip(text, from), to - from));
        if (category != MAP_NONE)
            weigh(d->rules, best, category, to - from);
    }
}

uint32_t describe_category(const struct describer *describer,
                           struct str folded) {
    struct found best = {RULES_NONE, 0};
    for (size_t from = 0; from < folded.len; from++)
        if (folded.ptr[from] != ' ' && is_edge(folded, from))
            find_from(describer, folded, from, &best);
    return best.category;
}

uint32_t describe_column(const struct describer *describer, struct str cell,
                         struct str folded) {
    const struct ruleset *rules = describer->rules;
    uint32_t count = rules_category_count(rules);
    for (uint32_t i = 0; i < count; i++) {
        const struct rules_category *category = rules_category(rules, i);
        if (str_eq_nocase(rules_str(rules, category->id), str_trim(cell)) ||
            str_eq_nocase(rules_str(rules, category->name), folded))
            return i;
    }
    return describe_category(describer, folded);
}

/* ---- density and width ---- */

struct amount {
    uint32_t number;
    char scale; /* 'K', 'M', 'G', or NUL */
};

static struct str skip_blanks(struct str text) {
    while (text.len > 0 && text.ptr[0] == ' ')
        text = str_skip(text, 1);
    return text;
}

/* "512M", "4 G": at most four digits and a scale. */
static bool read_amount(struct str *text, struct amount *out) {
    size_t digits = 0;
    out->number = 0;
    while (digits < text->len && ascii_is_digit(text->ptr[digits])) {
        if (digits == 4)
            return false;
        out->number = out->number * 10 + (uint32_t)(text->ptr[digits++] - '0');
    }
    if (digits == 0)
        return false;
    struct str rest = skip_blanks(str_skip(*text, digits));
    out->scale = rest.len > 0 ? ascii_upper(rest.ptr[0]) : '\0';
    if (out->scale != 'K' && out->scale != 'M' && out->scale != 'G')
        return false;
    *text = str_skip(rest, 1);
    return true;
}

/* `number` scaled to millions; 0 for what is less than one. */
static uint32_t in_millions(const struct amount *amount) {
    if (amount->scale == 'K')
        return amount->number / 1024;
    return amount->scale == 'G' ? amount->number * 1024 : amount->number;
}

static bool starts_unit(struct str text, const char *unit) {
    struct str want = str_from(unit);
    if (!str_eq_nocase(str_take(text, want.len), want))
        return false;
    if (text.len == want.len)
        return true;
    /* "6Gb/s" is a speed. */
    return !ascii_is_alpha(text.ptr[want.len]) && text.ptr[want.len] != '/';
}

/* Bits in the unit at the start of `text`; 0 when there is none. A lone letter
   tells by its case: "Gb" are bits, "GB" bytes. */
static uint32_t unit_bits(struct str text) {
    text = skip_blanks(text);
    static const char *const bits[] = {"bit", "bits"};
    static const char *const bytes[] = {"byte", "bytes", "iB"};
    for (size_t i = 0; i < ARRAY_LEN(bits); i++)
        if (starts_unit(text, bits[i]))
            return 1;
    for (size_t i = 0; i < ARRAY_LEN(bytes); i++)
        if (starts_unit(text, bytes[i]))
            return 8;
    if (starts_unit(text, "b"))
        return text.ptr[0] == 'b' ? 1 : 8;
    return 0;
}

/* The width behind the 'x' of "512Mx8" and "256M x 16"; 0 when none is. */
static uint32_t width_behind(struct str text) {
    text = skip_blanks(text);
    if (text.len == 0 || ascii_lower(text.ptr[0]) != 'x')
        return 0;
    text = skip_blanks(str_skip(text, 1));
    uint32_t width = 0;
    size_t digits = 0;
    while (digits < text.len && digits < 3 && ascii_is_digit(text.ptr[digits]))
        width = width * 10 + (uint32_t)(text.ptr[digits++] - '0');
    bool power = width != 0 && (width & (width - 1)) == 0;
    return power && width <= 128 ? width : 0;
}

static void take_amount(struct str rest, const struct amount *amount,
                        struct part_facts *facts) {
    uint32_t millions = in_millions(amount), width = width_behind(rest);
    uint32_t bits = width != 0 ? width : unit_bits(rest);
    uint64_t density = (uint64_t)millions * bits;
    if (density == 0 || density > UINT32_MAX)
        return;
    facts->density_mbit = (uint32_t)density;
    if (width != 0 && facts->width == 0)
        facts->width = width;
}

void describe_memory(struct str text, struct part_facts *facts) {
    bool in_word = false;
    while (text.len > 0 && facts->density_mbit == 0) {
        struct amount amount;
        struct str rest = text;
        if (!in_word && read_amount(&rest, &amount))
            take_amount(rest, &amount, facts);
        in_word = ascii_is_alnum(text.ptr[0]) || text.ptr[0] == '.';
        text = str_skip(text, 1);
    }
}
