#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "web/results.h"

static const struct result_outcome done = {RESULT_DONE, 0, false, ""};

TestSuite(web_results, .timeout = 5);

static struct results *begin(size_t count, unsigned long long bytes) {
    const struct results_limits limits = {60, count, bytes};
    struct results *results = NULL;
    struct err err = ERR_INIT;
    cr_assert(results_new(&results, &limits, &err), "%s", err.msg);
    return results;
}

/* A result with a report of that size; its token. */
static void add(struct results *results, size_t size,
                char token[RESULT_TOKEN_SIZE]) {
    struct result *result = NULL;
    struct err err = ERR_INIT;
    char path[4096];
    cr_assert(results_begin(results, &result, &err), "%s", err.msg);
    snprintf(path, sizeof(path), "%s/report", result->folder);
    FILE *out = fopen(path, "w");
    for (size_t i = 0; i < size; i++)
        fputc('x', out);
    fclose(out);
    strcpy(token, result->token);
    result_end(results, result, &done);
    result_release(results, result);
}

static bool is_there(struct results *results, const char *token) {
    struct result *result = results_find(results, str_from(token));
    if (result != NULL)
        result_release(results, result);
    return result != NULL;
}

Test(web_results, one_that_nobody_ends_leaves_nothing) {
    struct results *results = begin(10, 1000);
    struct result *result = NULL;
    struct err err = ERR_INIT;
    char folder[4096];
    cr_assert(results_begin(results, &result, &err));
    cr_expect(eq(ptr, results_find(results, str_from(result->token)), NULL));
    snprintf(folder, sizeof(folder), "%s", result->folder);
    cr_expect(eq(int, access(folder, F_OK), 0));
    result_release(results, result);
    cr_expect(ne(int, access(folder, F_OK), 0));
    results_free(results);
}

Test(web_results, the_oldest_of_too_many_goes) {
    struct results *results = begin(2, 1000);
    char tokens[3][RESULT_TOKEN_SIZE];
    for (int i = 0; i < 3; i++)
        add(results, 1, tokens[i]);
    results_sweep(results);
    cr_expect(not(is_there(results, tokens[0])));
    cr_expect(is_there(results, tokens[1]));
    cr_expect(is_there(results, tokens[2]));
    cr_expect(eq(sz, results_count(results), 2));
    results_free(results);
}

Test(web_results, the_oldest_goes_when_they_take_too_much_room) {
    struct results *results = begin(10, 1000);
    char tokens[3][RESULT_TOKEN_SIZE];
    for (int i = 0; i < 3; i++)
        add(results, 450, tokens[i]);
    results_sweep(results);
    cr_expect(not(is_there(results, tokens[0])));
    cr_expect(is_there(results, tokens[1]));
    cr_expect(is_there(results, tokens[2]));
    results_free(results);
}

Test(web_results, one_that_is_held_stays_until_it_is_let_go) {
    struct results *results = begin(10, 1000);
    char token[RESULT_TOKEN_SIZE], folder[4096];
    add(results, 1, token);
    struct result *held = results_find(results, str_from(token));
    cr_assert(ne(ptr, held, NULL));
    snprintf(folder, sizeof(folder), "%s", held->folder);
    result_remove(results, held);
    cr_expect(not(is_there(results, token)));
    cr_expect(eq(int, access(folder, F_OK), 0));
    result_release(results, held);
    cr_expect(ne(int, access(folder, F_OK), 0));
    results_free(results);
}

Test(web_results, one_that_is_removed_while_it_runs_is_not_found_later) {
    struct results *results = begin(10, 1000);
    struct result *result = NULL;
    struct err err = ERR_INIT;
    cr_assert(results_begin(results, &result, &err));
    result_publish(results, result);
    cr_expect(is_there(results, result->token));
    result_remove(results, result);
    result_end(results, result, &done);
    cr_expect(not(is_there(results, result->token)));
    result_release(results, result);
    cr_expect(eq(sz, results_count(results), 0));
    results_free(results);
}
