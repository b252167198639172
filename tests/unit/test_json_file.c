#include "core/json_file.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "temp_folder.h"

TestSuite(json_file, .timeout = 60);

static json_t *load(struct temp_folder *folder, const char *text,
                    struct err *err) {
    char path[4096];
    cr_assert(temp_write(folder, "a.json", text));
    temp_path(folder, "a.json", path);
    return json_file_load(path, err);
}

Test(json_file, what_is_no_json_is_refused_at_its_line) {
    struct temp_folder folder;
    struct err err = ERR_INIT;
    cr_assert(temp_folder_make(&folder));
    json_t *json = load(&folder, "{\"a\": 1}", &err);
    cr_assert(json != NULL, "%s", err.msg);
    cr_expect_eq(json_integer_value(json_object_get(json, "a")), 1);
    json_decref(json);
    cr_expect(load(&folder, "{\n\"a\": 1,\n\"a\": 2}", &err) == NULL);
    cr_expect(err.code == ERR_SYNTAX && err.line == 3, "%u", err.line);
    cr_expect(json_file_load("/nowhere/a.json", &err) == NULL);
    cr_expect(err.code == ERR_IO, "%s", err.msg);
    temp_folder_remove(&folder);
}

Test(json_file, one_that_is_too_large_is_refused) {
    static char blanks[1024 * 1024];
    struct temp_folder folder;
    struct err err = ERR_INIT;
    char path[4096];
    cr_assert(temp_folder_make(&folder));
    temp_path(&folder, "a.json", path);
    FILE *out = fopen(path, "wb");
    cr_assert(out != NULL);
    memset(blanks, ' ', sizeof(blanks));
    for (size_t i = 0; i <= JSON_FILE_MAX / sizeof(blanks); i++)
        cr_assert(fwrite(blanks, sizeof(blanks), 1, out) == 1);
    cr_assert(fputs("{}", out) >= 0 && fclose(out) == 0);
    cr_expect(json_file_load(path, &err) == NULL);
    cr_expect(err.code == ERR_LIMIT && strstr(err.msg, "256 MiB") != NULL, "%s",
              err.msg);
    temp_folder_remove(&folder);
}
