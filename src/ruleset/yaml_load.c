#include "ruleset/yaml_load.h"

#include <stdio.h>
#include <string.h>

#include "core/mem.h"
#include "ruleset/yaml_place.h"

/* libcyaml tells its reasons only through a log: the first line says what, the
   lines after it where, from the innermost place to the outermost. */
struct complaint {
    char what[256];
    char key[64];   /* the innermost that it stands under; or "" */
    uint32_t entry; /* of the list below that key, from 1; 0: it is in none */
    uint32_t line;
};

/* The number behind these words; 0: they are not there. */
static uint32_t number_after(const char *text, const char *words) {
    const char *at = strstr(text, words);
    uint32_t number = 0;
    for (at = at == NULL ? "" : at + strlen(words); ascii_is_digit(*at); at++)
        number = number * 10 + (uint32_t)(*at - '0');
    return number;
}

static void hear_place(struct complaint *complaint, const char *text) {
    static const char field[] = "in mapping field '",
                      entry[] = "in sequence entry '";
    const char *key = strstr(text, field);
    if (complaint->line == 0)
        complaint->line = number_after(text, "line: ");
    if (complaint->key[0] != '\0')
        return;
    if (complaint->entry == 0 && strstr(text, entry) != NULL)
        complaint->entry = number_after(text, entry);
    if (key != NULL)
        snprintf(complaint->key, sizeof(complaint->key), "%.*s",
                 (int)strcspn(key + sizeof(field) - 1, "'"),
                 key + sizeof(field) - 1);
}

static void hear(cyaml_log_t level, void *ctx, const char *fmt, va_list args)
    PRINTF_LIKE(3, 0);

static void hear(cyaml_log_t level, void *ctx, const char *fmt, va_list args) {
    struct complaint *complaint = ctx;
    char text[sizeof(complaint->what)];
    (void)level;
    vsnprintf(text, sizeof(text), fmt, args);
    text[strcspn(text, "\n")] = '\0';
    if (complaint->what[0] == '\0')
        memcpy(complaint->what, text, sizeof(text));
    hear_place(complaint, text);
}

static void *allocate(void *ctx, void *ptr, size_t size) {
    (void)ctx;
    if (size != 0)
        return mem_realloc(ptr, size);
    mem_free(ptr);
    return NULL;
}

static cyaml_config_t make_config(struct complaint *complaint) {
    return (cyaml_config_t){
        .log_fn = hear,
        .log_ctx = complaint,
        .mem_fn = allocate,
        .log_level = CYAML_LOG_ERROR,
        .flags = CYAML_CFG_NO_ALIAS,
    };
}

/* The reason is worded for people who wrote the file, not for libcyaml's; a
   reason that is not here stays as it is. */
static const struct {
    const char *theirs, *before, *after;
} wordings[] = {
    {"Unexpected key: ", "unknown key '", "'"},
    {"Mapping field already seen: ", "the key '", "' stands twice"},
    {"Missing required mapping field: ", "the key '", "' is missing"},
    {"Invalid ENUM value: ", "'", "' is none of the words that may stand here"},
    {"Backtrace", "a YAML alias (*) may not stand here", NULL},
};

static const struct {
    const char *theirs, *ours;
} kinds[] = {
    {"MAPPING", "keys with values (key: value)"},
    {"SEQUENCE", "a list"},
    {"STRING", "a text"},
    {"SCALAR", "a text"},
    {"UINT", "a whole number"},
    {"uint64_t", "a whole number"},
    {"BOOL", "yes or no"},
    {"ENUM", "a word"},
};

/* "MAPPING_START" begins with one too. */
static const char *kind_at(const char *text) {
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (str_starts(str_from(text), str_from(kinds[i].theirs)))
            return kinds[i].ours;
    }
    return text;
}

/* "entry 2 of 'boms'" */
static void name_place(const struct complaint *complaint, char *out,
                       size_t size) {
    char entry[32] = "";
    if (complaint->entry != 0)
        snprintf(entry, sizeof(entry), "entry %u%s", (unsigned)complaint->entry,
                 complaint->key[0] != '\0' ? " of " : "");
    if (complaint->key[0] != '\0')
        snprintf(out, size, "%s'%s'", entry, complaint->key);
    else
        snprintf(out, size, "%s", entry[0] != '\0' ? entry : "the file");
}

/* What stands there is of another kind, or nothing.
   @return false for another reason. */
static bool set_kind(struct err *err, const struct complaint *complaint,
                     const char *what) {
    static const char wrong[] = "Expecting ", value[] = "Invalid ",
                      got[] = ", got event: ", is[] = " value: ";
    const char *event = strstr(what, got), *text = strstr(what, is);
    char place[128];
    name_place(complaint, place, sizeof(place));
    if (str_starts(str_from(what), STR_LIT("Insufficient entries")) ||
        str_starts(str_from(what), STR_LIT("STRING length <")))
        return !err_set(err, ERR_SYNTAX, "%s must not be empty", place);
    if (event != NULL && str_starts(str_from(what), str_from(wrong)))
        return !err_set(err, ERR_SYNTAX, "%s must be %s, not %s", place,
                        kind_at(what + sizeof(wrong) - 1),
                        kind_at(event + sizeof(got) - 1));
    if (text != NULL && str_starts(str_from(what), str_from(value)) &&
        kind_at(what + sizeof(value) - 1) != what + sizeof(value) - 1)
        return !err_set(err, ERR_SYNTAX, "%s must be %s, not %s", place,
                        kind_at(what + sizeof(value) - 1),
                        text + sizeof(is) - 1);
    return false;
}

static void set_reason(struct err *err, const struct complaint *complaint,
                       const char *what) {
    for (size_t i = 0; i < ARRAY_LEN(wordings); i++) {
        struct str theirs = str_from(wordings[i].theirs);
        if (!str_starts(str_from(what), theirs))
            continue;
        bool whole = wordings[i].after == NULL;
        err_set(err, ERR_SYNTAX, "%s%s%s", wordings[i].before,
                whole ? "" : what + theirs.len, whole ? "" : wordings[i].after);
        return;
    }
    if (!set_kind(err, complaint, what))
        err_set(err, ERR_SYNTAX, "%s", what);
}

/* libcyaml names an unknown key with the line of the mapping around it. */
static uint32_t line_of(struct str text, const struct complaint *complaint) {
    static const char unexpected[] = "Load: Unexpected key: ";
    if (strncmp(complaint->what, unexpected, sizeof(unexpected) - 1) != 0)
        return complaint->line;
    const char *key = complaint->what + sizeof(unexpected) - 1;
    uint32_t at = yaml_line_of_key(text, str_from(key), complaint->line);
    return at != 0 ? at : complaint->line;
}

static bool report(struct err *err, struct str text, cyaml_err_t code,
                   const struct complaint *complaint) {
    if (code == CYAML_ERR_OOM)
        return err_nomem(err);
    const char *what =
        complaint->what[0] != '\0' ? complaint->what : cyaml_strerror(code);
    if (strncmp(what, "Load: ", 6) == 0)
        what += 6;
    set_reason(err, complaint, what);
    err->line = line_of(text, complaint);
    return false;
}

bool yaml_load(struct str text, const cyaml_schema_value_t *schema, void **out,
               unsigned *count, struct err *err) {
    struct complaint complaint = {.line = 0};
    cyaml_config_t config = make_config(&complaint);
    void *data = NULL;
    cyaml_err_t code = cyaml_load_data((const uint8_t *)text.ptr, text.len,
                                       &config, schema, &data, count);
    if (code != CYAML_OK)
        return report(err, text, code, &complaint);
    if (data == NULL)
        return err_set(err, ERR_EMPTY, "the file is empty");
    *out = data;
    return true;
}

void yaml_load_free(const cyaml_schema_value_t *schema, void *data,
                    unsigned count) {
    struct complaint complaint = {.line = 0};
    cyaml_config_t config = make_config(&complaint);
    cyaml_free(&config, schema, data, count);
}

bool yaml_yes_no(const char *text, bool *out) {
    struct str word = str_from(text);
    *out = str_eq_nocase(word, STR_LIT("yes")) ||
           str_eq_nocase(word, STR_LIT("true"));
    return *out || str_eq_nocase(word, STR_LIT("no")) ||
           str_eq_nocase(word, STR_LIT("false"));
}
