#include "core/atomic_file.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/mem.h"

/* Each test runs in a process and a folder of its own. */
static char folder[] = "/tmp/bomgate-test-XXXXXX";

static void enter_folder(void) {
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
}

static void leave_folder(void) {
    DIR *dir = opendir(folder);
    cr_assert_not_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (unlink(entry->d_name) != 0)
            rmdir(entry->d_name);
    }
    closedir(dir);
    cr_expect_eq(rmdir(folder), 0);
}

TestSuite(atomic_file, .timeout = 30, .init = enter_folder,
          .fini = leave_folder);

static size_t file_count(void) {
    size_t count = 0;
    DIR *dir = opendir(".");
    cr_assert_not_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        count +=
            strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(dir);
    return count;
}

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    fputs(text, file);
    cr_assert_eq(fclose(file), 0);
}

static void expect_content(const char *path, const char *want) {
    char got[100] = "";
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "%s is there", path);
    size_t len = fread(got, 1, sizeof(got) - 1, file);
    fclose(file);
    cr_expect_eq(len, strlen(want));
    cr_expect_str_eq(got, want);
}

static void begin(struct atomic_file *file, const char *path) {
    struct err err = ERR_INIT;
    cr_assert(atomic_file_begin(file, path, &err), "%s", err.msg);
}

Test(atomic_file, appears_whole_on_commit_and_not_before) {
    struct atomic_file file;
    struct err err = ERR_INIT;
    begin(&file, "report.txt");
    fputs("hello", file.out);
    fflush(file.out);
    cr_expect_neq(access("report.txt", F_OK), 0);
    cr_assert(atomic_file_commit(&file, &err), "%s", err.msg);
    expect_content("report.txt", "hello");
    cr_expect_eq(file_count(), 1, "no temporary file stays");
    cr_expect_null(file.path);
    cr_expect_null(file.temp);
    cr_expect_null(file.out);
}

Test(atomic_file, an_older_file_stays_until_the_commit) {
    struct atomic_file file;
    struct err err = ERR_INIT;
    write_file("report.txt", "old");
    begin(&file, "report.txt");
    fputs("new", file.out);
    expect_content("report.txt", "old");
    cr_assert(atomic_file_commit(&file, &err));
    expect_content("report.txt", "new");
}

Test(atomic_file, abandon_leaves_nothing_and_keeps_the_older_file) {
    struct atomic_file file;
    write_file("report.txt", "old");
    begin(&file, "report.txt");
    fputs("new", file.out);
    atomic_file_abandon(&file);
    expect_content("report.txt", "old");
    cr_expect_eq(file_count(), 1);
    atomic_file_abandon(&file);
}

Test(atomic_file, abandon_accepts_a_zeroed_struct) {
    struct atomic_file file = {.path = NULL};
    atomic_file_abandon(&file);
}

Test(atomic_file, is_written_beside_its_place) {
    struct atomic_file file;
    struct err err = ERR_INIT;
    cr_assert_eq(mkdir("out", 0777), 0);
    begin(&file, "out/report.txt");
    cr_expect_eq(strncmp(file.temp, "out/", 4), 0,
                 "a rename across file systems would fail");
    cr_assert(atomic_file_commit(&file, &err));
    expect_content("out/report.txt", "");
    cr_assert_eq(unlink("out/report.txt"), 0);
}

Test(atomic_file, can_be_read_as_the_umask_says) {
    struct atomic_file file;
    struct err err = ERR_INIT;
    struct stat st;
    umask(022);
    begin(&file, "report.txt");
    cr_assert(atomic_file_commit(&file, &err));
    cr_assert_eq(stat("report.txt", &st), 0);
    cr_expect_eq(st.st_mode & 0777, 0644);
}

Test(atomic_file, two_at_once_for_one_place_do_not_mix) {
    struct atomic_file one, two;
    struct err err = ERR_INIT;
    begin(&one, "report.txt");
    begin(&two, "report.txt");
    cr_expect_str_neq(one.temp, two.temp);
    fputs("one", one.out);
    fputs("two", two.out);
    cr_assert(atomic_file_commit(&one, &err));
    cr_assert(atomic_file_commit(&two, &err));
    expect_content("report.txt", "two");
    cr_expect_eq(file_count(), 1);
}

Test(atomic_file, a_writer_by_name_can_take_over) {
    struct atomic_file file;
    struct err err = ERR_INIT;
    begin(&file, "report.xlsx");
    cr_assert(atomic_file_close(&file, &err));
    cr_expect_null(file.out);
    cr_expect(atomic_file_close(&file, &err), "closing twice is no fault");
    write_file(file.temp, "by name");
    cr_assert(atomic_file_commit(&file, &err), "%s", err.msg);
    expect_content("report.xlsx", "by name");
}

Test(atomic_file, a_place_that_cannot_be_written_is_an_error_with_its_name) {
    static const char *const places[] = {"none/report.txt", ".", "/dev/null"};
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        struct atomic_file file = {.path = NULL};
        struct err err = ERR_INIT;
        cr_expect_not(atomic_file_begin(&file, places[i], &err), "\"%s\"",
                      places[i]);
        cr_expect_eq(err.code, ERR_IO, "\"%s\"", places[i]);
        cr_expect_str_eq(err.file, places[i]);
        cr_expect_str_neq(err.msg, "");
        cr_expect_null(file.path, "untouched on failure");
    }
    cr_expect_eq(file_count(), 0);
}

/* A limit on a file's size stands for the full disk. */
static void limit_files(rlim_t size) {
    struct rlimit limit = {.rlim_cur = size, .rlim_max = RLIM_INFINITY};
    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

Test(atomic_file, a_full_disk_is_an_error_and_leaves_nothing) {
    struct atomic_file file;
    struct err err = ERR_INIT;
    write_file("report.txt", "old");
    limit_files(4096);
    begin(&file, "report.txt");
    for (int i = 0; i < 10000; i++)
        fputs("more than fits; ", file.out);
    cr_expect_not(atomic_file_commit(&file, &err));
    cr_expect_eq(err.code, ERR_IO);
    cr_expect_str_eq(err.file, "report.txt");
    expect_content("report.txt", "old");
    cr_expect_eq(file_count(), 1);
    cr_expect_null(file.path, "disposed of whatever the result");
}

Test(atomic_file, a_write_that_failed_earlier_is_not_forgotten) {
    struct atomic_file file;
    struct err err = ERR_INIT;
    begin(&file, "report.txt");
    setvbuf(file.out, NULL, _IONBF, 0);
    limit_files(4);
    fputs("more than fits", file.out);
    limit_files(RLIM_INFINITY);
    fputs("fits again", file.out);
    cr_expect_not(atomic_file_commit(&file, &err));
    cr_expect_eq(err.code, ERR_IO);
    cr_expect_eq(file_count(), 0);
}

Test(atomic_file, no_name_at_all_is_an_error_at_the_latest_on_commit) {
    struct atomic_file file;
    struct err err = ERR_INIT;
    cr_expect_not(atomic_file_begin(&file, "", &err) &&
                  atomic_file_commit(&file, &err));
    cr_expect_eq(err.code, ERR_IO);
    cr_expect_eq(file_count(), 0);
}

Test(atomic_file, a_rename_that_fails_leaves_nothing) {
    struct atomic_file file;
    struct err err = ERR_INIT;
    begin(&file, "report.txt");
    cr_assert_eq(mkdir("report.txt", 0777), 0);
    cr_expect_not(atomic_file_commit(&file, &err));
    cr_expect_eq(err.code, ERR_IO);
    cr_expect_eq(file_count(), 1, "only the folder that came in between");
}

Test(atomic_file, out_of_memory_leaves_nothing) {
    for (size_t n = 1; n <= 10; n++) {
        struct atomic_file file = {.path = NULL};
        struct err err = ERR_INIT;
        mem_fail_after(n);
        bool begun = atomic_file_begin(&file, "report.txt", &err);
        bool failed = mem_failed();
        mem_fail_after(0);
        cr_expect_eq(begun, !failed, "n=%zu", n);
        if (begun)
            atomic_file_abandon(&file);
        else
            cr_expect_str_neq(err.msg, "");
        cr_expect_eq(file_count(), 0, "n=%zu", n);
    }
}
