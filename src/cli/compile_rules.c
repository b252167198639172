/*
 * The build's rule compiler: checks the rule files in a folder and writes
 * their index as a C array.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/atomic_file.h"
#include "core/mem.h"
#include "ruleset/compile.h"

static void print_problem(void *ctx, const struct err *problem) {
    char line[1024];
    (void)ctx;
    err_format(problem, line, sizeof(line));
    fprintf(stderr, "%s\n", line);
}

static bool compile(const char *folder, void **bytes, size_t *size,
                    struct err *err) {
    struct rule_sources sources = {.files = NULL};
    struct rule_problems problems = {.add = print_problem};
    bool ok = rule_sources_add_folder(&sources, folder, "", err) &&
              ruleset_compile(bytes, size, &sources, &problems, err);
    rule_sources_dispose(&sources);
    return ok;
}

static void print_array(FILE *out, const unsigned char *bytes, size_t size) {
    fputs("#include \"cli/shipped_rules.h\"\n\n"
          "const uint64_t shipped_rules[] = {\n",
          out);
    for (size_t i = 0; i < size; i += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, bytes + i, sizeof(word));
        fprintf(out, "0x%" PRIx64 "u,%s", word, i % 64 == 56 ? "\n" : "");
    }
    fprintf(out, "};\nconst size_t shipped_rules_size = %zu;\n", size);
}

static bool write_index(const char *folder, const char *path, struct err *err) {
    void *bytes;
    size_t size;
    struct atomic_file file;
    if (!compile(folder, &bytes, &size, err))
        return false;
    bool ok = atomic_file_begin(&file, path, err);
    if (ok) {
        print_array(file.out, bytes, size);
        ok = atomic_file_commit(&file, err);
    }
    mem_free(bytes);
    return ok;
}

int main(int argc, char **argv) {
    struct err err = ERR_INIT;
    if (argc != 3) {
        fprintf(stderr, "usage: compile_rules RULES-FOLDER OUTPUT.c\n");
        return 2;
    }
    if (write_index(argv[1], argv[2], &err))
        return 0;
    print_problem(NULL, &err);
    return 1;
}
