#include "run/config.h"

#include <cyaml/cyaml.h>
#include <string.h>

#include "core/arena.h"
#include "core/lang.h"
#include "core/mem.h"
#include "ruleset/yaml_load.h"
#include "ruleset/yaml_place.h"
#include "run/beside.h"
#include "run/text_file.h"
#include "run/yaml_products.h"

/* The file as libcyaml reads it. */
struct yaml_map_entry {
    char *field, *header;
};

struct yaml_policy {
    char *risk_accepted;
};

struct yaml_config {
    char *activity, *fail_on, *lang, *encoding, *sheet, *product, *horizon,
        *sold_until;
    char *min_resolved, *max_rule_age, *fiscal_year_start; /* numbers */
    char *all_lines, *allow_empty, *no_digest;             /* yes or no */
    char **profiles, **rules, **prefer, **avoid;
    uint32_t profiles_count, rules_count, prefer_count, avoid_count;
    struct yaml_map_entry *map;
    uint32_t map_count;
    struct yaml_policy *policy;
    char *waivers, *baseline, *waivers_from, *title, *company;
    char *parts, *history, *revision, *stage, *repository;
    char *keep_files;
    char *declarations;
    char *strict_contents;
    struct yaml_product *products;
    uint32_t products_count;
};

#define OPTIONAL (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)
#define TEXT_IF(key, member)                                                   \
    CYAML_FIELD_STRING_PTR(key, OPTIONAL, struct yaml_config, member, 1,       \
                           CYAML_UNLIMITED)
#define LIST_IF(key, member, entry)                                            \
    CYAML_FIELD_SEQUENCE(key, OPTIONAL, struct yaml_config, member, entry, 0,  \
                         CYAML_UNLIMITED)

static const cyaml_schema_value_t text_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, CYAML_UNLIMITED),
};

static const cyaml_schema_field_t map_fields[] = {
    CYAML_FIELD_STRING_PTR("field", CYAML_FLAG_POINTER, struct yaml_map_entry,
                           field, 1, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("header", CYAML_FLAG_POINTER, struct yaml_map_entry,
                           header, 1, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t map_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_map_entry, map_fields),
};

static const cyaml_schema_field_t policy_fields[] = {
    CYAML_FIELD_STRING_PTR("risk-accepted", OPTIONAL, struct yaml_policy,
                           risk_accepted, 1, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t config_fields[] = {
    CYAML_FIELD_MAPPING_PTR("policy", OPTIONAL, struct yaml_config, policy,
                            policy_fields),
    TEXT_IF("waivers", waivers),
    TEXT_IF("waivers-from", waivers_from),
    TEXT_IF("baseline", baseline),
    TEXT_IF("parts", parts),
    TEXT_IF("declarations", declarations),
    LIST_IF("products", products, &yaml_product_entry),
    LIST_IF("profiles", profiles, &text_entry),
    LIST_IF("rules", rules, &text_entry),
    LIST_IF("map", map, &map_entry),
    LIST_IF("prefer", prefer, &text_entry),
    LIST_IF("avoid", avoid, &text_entry),
    TEXT_IF("activity", activity),
    TEXT_IF("fail-on", fail_on),
    TEXT_IF("lang", lang),
    TEXT_IF("encoding", encoding),
    TEXT_IF("sheet", sheet),
    TEXT_IF("product", product),
    TEXT_IF("title", title),
    TEXT_IF("company", company),
    TEXT_IF("history", history),
    TEXT_IF("revision", revision),
    TEXT_IF("stage", stage),
    TEXT_IF("repository", repository),
    TEXT_IF("horizon", horizon),
    TEXT_IF("sold-until", sold_until),
    TEXT_IF("min-resolved", min_resolved),
    TEXT_IF("max-rule-age", max_rule_age),
    TEXT_IF("fiscal-year-start", fiscal_year_start),
    TEXT_IF("all-lines", all_lines),
    TEXT_IF("allow-empty", allow_empty),
    TEXT_IF("no-digest", no_digest),
    TEXT_IF("keep-files", keep_files),
    TEXT_IF("strict-contents", strict_contents),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t config_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct yaml_config, config_fields),
};

/* One setting, named as its option; those that repeat stand several times. */
struct setting {
    const char *option, *value;
    uint32_t line; /* 0: not known */
};

struct config {
    const struct config *general; /* asked for what is not said here, or NULL */
    struct arena arena;
    const char *path;
    struct str text;
    struct products products;
    struct setting *settings;
    size_t count, cap;
};

static bool set_at(struct config *config, const char *option, struct str value,
                   uint32_t line) {
    void *items = config->settings;
    if (config->arena.failed ||
        !mem_grow(&items, &config->cap, config->count + 1,
                  sizeof(*config->settings)))
        return false;
    config->settings = items;
    config->settings[config->count++] =
        (struct setting){option, value.ptr, line};
    return true;
}

static bool set(struct config *config, const char *option, struct str value) {
    return set_at(config, option, value, 0);
}

static bool set_text(struct config *config, const char *option,
                     const char *value) {
    return value == NULL ||
           set(config, option, arena_str(&config->arena, str_from(value)));
}

static bool set_texts(struct config *config, const char *option,
                      char *const *values, uint32_t count) {
    bool ok = true;
    for (uint32_t i = 0; ok && i < count; i++)
        ok = set_text(config, option, values[i]);
    return ok;
}

static struct str folder_of(struct arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return STR_LIT(".");
    return slash == path
               ? STR_LIT("/")
               : arena_str(arena, (struct str){path, (size_t)(slash - path)});
}

/* A path in the settings is relative to them. */
static bool set_path(struct config *config, const char *option,
                     const char *path) {
    struct arena *arena = &config->arena;
    if (path == NULL)
        return true;
    struct str folder = folder_of(arena, config->path);
    return set(config, option,
               path[0] == '/'
                   ? arena_str(arena, str_from(path))
                   : arena_printf(arena, "%.*s/%s", STR_ARG(folder), path));
}

static bool take_lists(struct config *config, const struct yaml_config *yaml) {
    struct arena *arena = &config->arena;
    bool ok =
        set_texts(config, "profile", yaml->profiles, yaml->profiles_count) &&
        set_texts(config, "prefer", yaml->prefer, yaml->prefer_count) &&
        set_texts(config, "avoid", yaml->avoid, yaml->avoid_count);
    for (uint32_t i = 0; ok && i < yaml->rules_count; i++)
        ok = set_path(config, "rules-added", yaml->rules[i]);
    for (uint32_t i = 0; ok && i < yaml->map_count; i++)
        ok = set(config, "map",
                 arena_printf(arena, "%s=%s", yaml->map[i].field,
                              yaml->map[i].header));
    return ok;
}

#define NUMBER_DIGITS_MAX 9

/* libcyaml reads "50.5" as 50. */
static bool set_number(struct config *config, const char *option,
                       const char *value, struct err *err) {
    struct str text = str_from(value == NULL ? "0" : value);
    if (!str_is_digits(text) || text.len > NUMBER_DIGITS_MAX)
        return err_set(err, ERR_INVALID, tr("%s: '%s' is no whole number"),
                       option, value);
    return set_text(config, option, value) || err_nomem(err);
}

static bool set_flag(struct config *config, const char *option,
                     const char *value, struct err *err) {
    bool is_set = false;
    if (value != NULL && !yaml_yes_no(value, &is_set))
        return err_set(err, ERR_INVALID, tr("%s: '%s' is neither yes nor no"),
                       option, value);
    return !is_set || set(config, option, STR_LIT("true")) || err_nomem(err);
}

/* What is not any text. */
static bool take_values(struct config *config, const struct yaml_config *yaml,
                        struct str text, struct err *err) {
    const struct {
        const char *option, *value;
        bool (*set)(struct config *config, const char *option,
                    const char *value, struct err *err);
    } values[] = {
        {"min-resolved", yaml->min_resolved, set_number},
        {"max-rule-age", yaml->max_rule_age, set_number},
        {"fiscal-year-start", yaml->fiscal_year_start, set_number},
        {"all-lines", yaml->all_lines, set_flag},
        {"allow-empty", yaml->allow_empty, set_flag},
        {"no-digest", yaml->no_digest, set_flag},
        {"keep-files", yaml->keep_files, set_flag},
        {"strict-contents", yaml->strict_contents, set_flag},
    };
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        if (values[i].set(config, values[i].option, values[i].value, err))
            continue;
        err->line = yaml_line_of_path(text, str_from(values[i].option));
        return false;
    }
    return true;
}

static bool take(struct config *config, const struct yaml_config *yaml) {
    return take_lists(config, yaml) &&
           set_text(config, "activity", yaml->activity) &&
           set_text(config, "fail-on", yaml->fail_on) &&
           set_text(config, "lang", yaml->lang) &&
           set_text(config, "encoding", yaml->encoding) &&
           set_text(config, "sheet", yaml->sheet) &&
           set_text(config, "product", yaml->product) &&
           set_text(config, "title", yaml->title) &&
           set_text(config, "company", yaml->company) &&
           set_text(config, "horizon", yaml->horizon) &&
           set_text(config, "sold-until", yaml->sold_until) &&
           set_text(config, "waivers-from", yaml->waivers_from) &&
           set_text(config, "revision", yaml->revision) &&
           set_text(config, "stage", yaml->stage) &&
           set_text(config, "repository", yaml->repository) &&
           set_path(config, "history", yaml->history) &&
           set_path(config, "waivers", yaml->waivers) &&
           set_path(config, "baseline", yaml->baseline) &&
           set_path(config, "parts", yaml->parts) &&
           set_path(config, "declarations", yaml->declarations) &&
           (yaml->policy == NULL || set_text(config, CONFIG_RISK_ACCEPTED,
                                             yaml->policy->risk_accepted));
}

/* "map: {mpn: D}" is what anybody would write first. */
static bool explain_map(struct str text, struct err *err) {
    struct str line;
    bool in_map = false;
    for (uint32_t number = 1; text.len != 0; number++) {
        ptrdiff_t end = str_find_char(text, '\n');
        line = end < 0 ? text : str_take(text, (size_t)end);
        text = end < 0 ? STR_EMPTY : str_skip(text, (size_t)end + 1);
        if (!in_map && !str_starts(line, STR_LIT("map:")))
            continue;
        struct str rest = str_trim(in_map ? line : str_skip(line, 4));
        in_map = true;
        if (rest.len == 0 || rest.ptr[0] == '#')
            continue;
        if (rest.ptr[0] == '-' || rest.ptr[0] == '[')
            return false;
        err_set(err, ERR_SYNTAX,
                "map is a list, as in: map: [{field: mpn, header: Part No.}]");
        err->line = number;
        return false;
    }
    return false;
}

static bool take_text(struct config *config, struct str text, struct err *err) {
    struct yaml_config *yaml = NULL;
    if (!yaml_load(text, &config_schema, (void **)&yaml, NULL, err))
        return err->code == ERR_EMPTY || /* all of it is commented out */
               explain_map(text, err);
    bool ok = (take(config, yaml) || err_nomem(err)) &&
              take_values(config, yaml, text, err) &&
              products_take(&config->products, &config->arena, yaml->products,
                            yaml->products_count,
                            folder_of(&config->arena, config->path), text, err);
    yaml_load_free(&config_schema, yaml, 0);
    return ok;
}

bool config_parse(struct config **out, struct str text, const char *path,
                  struct err *err) {
    struct config *config = mem_calloc(1, sizeof(*config));
    if (config == NULL)
        return err_nomem(err);
    config->path = arena_str(&config->arena, str_from(path)).ptr;
    config->text = arena_str(&config->arena, text);
    if (config->arena.failed)
        err_nomem(err);
    else if (take_text(config, text, err)) {
        *out = config;
        return true;
    }
    config_free(config);
    return err_at(err, path, 0, 0);
}

bool config_read(struct config **out, const char *path, struct err *err) {
    struct strbuf text = {.ptr = NULL};
    bool ok = text_file_read(path, "settings", &text, err) &&
              config_parse(out, strbuf_str(&text), path, err);
    strbuf_dispose(&text);
    return ok;
}

void config_free(struct config *config) {
    if (config == NULL)
        return;
    mem_free(config->settings);
    arena_dispose(&config->arena);
    mem_free(config);
}

const char *config_path(const struct config *config) { return config->path; }

const char *config_value_at(const struct config *config, const char *option,
                            size_t i) {
    size_t seen = 0;
    for (size_t s = 0; s < config->count; s++) {
        if (strcmp(config->settings[s].option, option) == 0 && seen++ == i)
            return config->settings[s].value;
    }
    return seen == 0 && config->general != NULL
               ? config_value_at(config->general, option, i)
               : NULL;
}

const char *config_value(const struct config *config, const char *option) {
    return config_value_at(config, option, 0);
}

uint32_t config_line(const struct config *config, const char *value) {
    for (; config != NULL; config = config->general) {
        for (size_t s = 0; s < config->count; s++) {
            if (config->settings[s].value == value)
                return config->settings[s].line;
        }
    }
    return 0;
}

const struct products *config_products(const struct config *config) {
    return &config->products;
}

static bool set_word(struct config *config, const char *option,
                     const struct product_word *word) {
    return word->text == NULL ||
           set_at(config, option, str_from(word->text), word->line);
}

static bool set_words(struct config *config, const char *option,
                      const struct product_words *words) {
    bool ok = true;
    for (size_t i = 0; ok && i < words->count; i++)
        ok = set_word(config, option, &words->items[i]);
    return ok;
}

static bool take_product(struct config *config, const struct product *product,
                         const struct product_variant *variant) {
    bool own = variant != NULL && variant->markets.count != 0;
    return set_word(config, "sold-until", &product->sold_until) &&
           set_word(config, "as-of", &product->contract) &&
           set_text(config, "revision", product->revision) &&
           set_words(config, "profile",
                     own ? &variant->markets : &product->markets) &&
           set_words(config, "profile", &product->yes) &&
           set_words(config, CONFIG_NOT_PROFILE, &product->no);
}

bool config_for_product(struct config **out, const struct config *config,
                        const struct product *product,
                        const struct product_variant *variant,
                        struct err *err) {
    struct config *narrow = mem_calloc(1, sizeof(*narrow));
    if (narrow == NULL)
        return err_nomem(err);
    narrow->general = config;
    narrow->path = config->path;
    narrow->text = config->text;
    if (!take_product(narrow, product, variant)) {
        config_free(narrow);
        return err_nomem(err);
    }
    *out = narrow;
    return true;
}

bool config_find(struct config **out, const char *const *paths,
                 size_t path_count, struct err *err) {
    struct strbuf path = {.ptr = NULL};
    *out = NULL;
    bool ok = find_beside(paths, path_count, CONFIG_NAME, &path, err) &&
              (path.len == 0 || config_read(out, path.ptr, err));
    strbuf_dispose(&path);
    return ok;
}

bool config_find_in(struct config **out, const char *ref,
                    const char *const *paths, size_t path_count,
                    struct err *err) {
    struct strbuf path = {.ptr = NULL}, text = {.ptr = NULL},
                  there = {.ptr = NULL};
    struct err fault = ERR_INIT;
    *out = NULL;
    bool ok =
        find_beside_in(ref, paths, path_count, CONFIG_NAME, &path, &text, err);
    if (ok && path.len != 0 &&
        !config_parse(out, strbuf_str(&text), path.ptr, &fault)) {
        strbuf_printf(&there, "%s:%s", ref, path.ptr);
        err_set(err, fault.code, "%s", fault.msg);
        ok = err_at(err, there.failed ? ref : there.ptr, fault.line,
                    fault.column);
    }
    strbuf_dispose(&path);
    strbuf_dispose(&text);
    strbuf_dispose(&there);
    return ok;
}

bool config_is_same(const struct config *a, const struct config *b) {
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a->path, b->path) == 0 && str_eq(a->text, b->text);
}
