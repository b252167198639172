/* Any file among the rules is refused in words, or compiled; the same each
   time, and what is written of it says the same. */
#include <string.h>

#include "core/mem.h"
#include "fuzz.h"
#include "ruleset/compile.h"
#include "ruleset/yaml_tree.h"

/* What every rule set needs beside the file. */
static const struct {
    const char *path, *text;
} around[] = {
    {"ruleset.yaml", "version: 1\nknown-to: 2025-01-01\nlicence: x\n"},
    {"words/categories.yaml",
     "- {id: all, name: All}\n- {id: memory, name: Memory}\n"
     "- {id: memory/dram, name: DRAM, words: [dram]}\n"},
    {"words/w.yaml", "- {list: legal-form, words: [inc]}\n"},
    {"profiles/p.yaml", "- {id: buyer, name: B, description: d}\n"},
    {"parties/p.yaml", "- {id: micron, name: Micron, makes: [memory/dram]}\n"},
};

static bool compile(struct str path, struct str text, void **bytes,
                    size_t *size, struct err *err) {
    struct rule_sources sources = {.count = 0};
    bool ok = true;
    for (size_t i = 0; ok && i < ARRAY_LEN(around); i++)
        ok = rule_sources_add_text(&sources, "rules", str_from(around[i].path),
                                   str_from(around[i].text), err);
    ok = ok && rule_sources_add_text(&sources, "rules", path, text, err);
    rule_sources_sort(&sources);
    ok = ok && ruleset_compile(bytes, size, &sources, NULL, err);
    rule_sources_dispose(&sources);
    return ok;
}

/* @return whether it is a rule file. */
static bool check_compiled(struct str path, struct str text) {
    void *one = NULL, *two = NULL;
    size_t one_size = 0, two_size = 0;
    struct err err = ERR_INIT, again = ERR_INIT;
    struct ruleset *rules;
    bool ok = compile(path, text, &one, &one_size, &err);
    must(ok == compile(path, text, &two, &two_size, &again), "the same again");
    if (!ok)
        must_say_why(&err);
    must(ok || strcmp(err.msg, again.msg) == 0, "in the same words");
    if (ok) {
        must(one_size == two_size && memcmp(one, two, one_size) == 0,
             "compiled to the same bytes");
        must(ruleset_adopt(&rules, one, one_size, &err),
             "what was compiled opens");
        ruleset_close(rules);
        mem_free(two);
    }
    return ok;
}

/* A tree written on one line is the same tree. */
static void check_tree(struct str text) {
    struct yaml_tree *tree, *again;
    struct strbuf once = {.ptr = NULL}, twice = {.ptr = NULL};
    struct err err = ERR_INIT;
    must(yaml_tree_read(&tree, text, &err), "a rule file has a tree");
    yaml_tree_write(tree, yaml_tree_root(tree), &once);
    must_be_text(strbuf_str(&once), "what is written is UTF-8");
    must(yaml_tree_read(&again, strbuf_str(&once), &err),
         "what is written can be read");
    yaml_tree_write(again, yaml_tree_root(again), &twice);
    must_be_same(&once, &twice, "and says the same");
    yaml_tree_free(again);
    yaml_tree_free(tree);
    strbuf_dispose(&once);
    strbuf_dispose(&twice);
}

/* The first byte says which file it is. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const paths[] = {
        "measures/m.yaml", "parties/q.yaml", "profiles/q.yaml",
        "parts/q.yaml",    "words/q.yaml",   "words/categories.yaml",
        "ruleset.yaml"};
    if (size == 0)
        return 0;
    struct str text = {(const char *)data + 1, size - 1};
    if (check_compiled(str_from(paths[data[0] % ARRAY_LEN(paths)]), text))
        check_tree(text);
    return 0;
}
