#include <string.h>

#include "cli/history_verbs.h"
#include "history/chain.h"
#include "run/run.h"

/* Faults on their way out: a line each, or one document. */
struct printer {
    struct json_writer json;
    bool as_json;
};

static void print_fault(void *ctx, const char *sentence) {
    struct printer *printer = ctx;
    if (printer->as_json) {
        json_text(&printer->json, sentence);
        return;
    }
    cli_print_text(stdout, str_from(sentence));
    putchar('\n');
}

static void put_sums(struct json_writer *json, const struct chain_sums *sums,
                     bool complete) {
    json_close_array(json);
    json_put_int(json, "runs", sums->runs);
    json_put_int(json, "forgotten", sums->forgotten);
    json_put_optional(json, "head", str_from(sums->head));
    json_put_bool(json, "complete", complete);
    json_close_object(json);
    json_finish(json);
}

static void print_sums(const struct chain_sums *sums) {
    printf("%s: %u run%s", sums->faults == 0 ? "whole" : "NOT AS RECORDED",
           sums->runs, sums->runs == 1 ? "" : "s");
    if (sums->forgotten != 0)
        printf(", %u of them forgotten", sums->forgotten);
    if (sums->faults != 0)
        printf(", %u fault%s", sums->faults, sums->faults == 1 ? "" : "s");
    putchar('\n');
    if (sums->head[0] != '\0')
        printf("head %s\n", sums->head);
}

int cli_history_verify(struct history_call *call) {
    struct printer printer = {JSON_WRITER(stdout), call->json};
    const struct chain_told told = {print_fault, &printer};
    const char *head = cli_value(call->args, "head");
    struct chain_sums sums;
    struct err err = ERR_INIT;
    if (call->args->operand_count != 1)
        return cli_usage_error("history verify takes no operand");
    if (head != NULL && strlen(head) != DIGEST_HEX_SIZE - 1)
        return cli_usage_error("--head '%s' is no hash: it has %d digits, as "
                               "reports print it",
                               head, DIGEST_HEX_SIZE - 1);
    if (call->json) {
        json_open_object(&printer.json);
        json_put_text(&printer.json, "schema", "bomgate-history-verify/1");
        json_key(&printer.json, "faults");
        json_open_array(&printer.json);
    }
    bool ok = chain_verify(call->history, head, &told, &sums, &err);
    if (call->json)
        put_sums(&printer.json, &sums, ok);
    else if (ok)
        print_sums(&sums);
    if (!ok)
        return cli_fail(&err);
    return cli_finish(sums.faults != 0 ? EXIT_FOUND : EXIT_CLEAN);
}
