#include "ruleset/yaml_load.h"

#include <stdio.h>
#include <string.h>

#include "core/mem.h"
#include "ruleset/yaml_place.h"

/* libcyaml tells its reasons only through a log: the first line says what, the
   first place in the lines after it says where. */
struct complaint {
    char what[256];
    uint32_t line;
};

static uint32_t line_in(const char *text) {
    const char *at = strstr(text, "line: ");
    uint32_t line = 0;
    for (at = at == NULL ? "" : at + 6; ascii_is_digit(*at); at++)
        line = line * 10 + (uint32_t)(*at - '0');
    return line;
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
    if (complaint->line == 0)
        complaint->line = line_in(text);
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

static void set_reason(struct err *err, const char *what) {
    for (size_t i = 0; i < ARRAY_LEN(wordings); i++) {
        struct str theirs = str_from(wordings[i].theirs);
        if (!str_starts(str_from(what), theirs))
            continue;
        bool whole = wordings[i].after == NULL;
        err_set(err, ERR_SYNTAX, "%s%s%s", wordings[i].before,
                whole ? "" : what + theirs.len, whole ? "" : wordings[i].after);
        return;
    }
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
    set_reason(err, what);
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
