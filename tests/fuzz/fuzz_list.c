/* A list to be imported, an official or a company's, is refused in words, or
   becomes rules that hold, the same each time. */
#include "fuzz.h"
#include "fuzz_few_rules.h"
#include "ruleset/schema.h"
#include "run/list_import.h"

static void take_note(void *ctx, const struct err *note) {
    (void)ctx;
    must_say_why(note);
}

static void check_document(struct str path, struct str text) {
    struct rule_file file = {.path = path, .place = path, .text = text};
    struct rule_document document = {.count = 0};
    struct err err = ERR_INIT;
    must_be_text(text, "what is written is UTF-8");
    bool ok = rule_document_load(&document, &file, &err);
    if (!ok)
        fprintf(stderr, "%s\n%.*s\n", err.msg, STR_ARG(text));
    must(ok, "what is written is a file of rules");
    rule_document_dispose(&document);
}

static bool plan(struct list_import *import, const char *path,
                 struct err *err) {
    struct list_import_options options = {.list = path,
                                          .measure = "own-list",
                                          .folder = "/nowhere/bomgate-fuzz",
                                          .shipped = fuzz_few_rules(),
                                          .note = take_note};
    return list_import_plan(import, &options, err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *path = fuzz_file((struct str){(const char *)data, size});
    struct list_import import, again;
    struct err err = ERR_INIT;
    if (!plan(&import, path, &err)) {
        must_say_why(&err);
        return 0;
    }
    check_document(import.measure_path, import.measure_text);
    if (import.parties_text.len != 0)
        check_document(import.parties_path, import.parties_text);
    must(plan(&again, path, &err), "and so it is again");
    must(str_eq(import.measure_text, again.measure_text) &&
             str_eq(import.parties_text, again.parties_text),
         "the same rules again");
    list_import_dispose(&again);
    list_import_dispose(&import);
    return 0;
}
