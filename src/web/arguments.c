#include "web/arguments.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/mem.h"
#include "core/str.h"

static void keep(struct arguments *arguments, const char *word) {
    void *items = arguments->items;
    if (word == NULL || !mem_grow(&items, &arguments->cap, arguments->count + 1,
                                  sizeof(*arguments->items))) {
        arguments->arena.failed = true;
        return;
    }
    arguments->items = items;
    arguments->items[arguments->count++] = word;
}

void arguments_add(struct arguments *arguments, const char *word) {
    keep(arguments, arena_str(&arguments->arena, str_from(word)).ptr);
}

void arguments_printf(struct arguments *arguments, const char *fmt, ...) {
    char text[8192];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    arguments_add(arguments, text);
}

void arguments_option(struct arguments *arguments, const char *name,
                      const char *value) {
    if (value == NULL)
        return;
    keep(arguments,
         arena_printf(&arguments->arena, "--%s=%s", name, value).ptr);
}

const char *const *arguments_list(struct arguments *arguments) {
    void *items = arguments->items;
    if (arguments->arena.failed ||
        !mem_grow(&items, &arguments->cap, arguments->count + 1,
                  sizeof(*arguments->items)))
        return NULL;
    arguments->items = items;
    arguments->items[arguments->count] = NULL;
    return arguments->items;
}

void arguments_dispose(struct arguments *arguments) {
    mem_free(arguments->items);
    arena_dispose(&arguments->arena);
    *arguments = (struct arguments){.count = 0};
}
