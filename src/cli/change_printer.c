#include "cli/rules_verbs.h"

void change_printer_begin(struct change_printer *printer, FILE *out,
                          bool as_json) {
    *printer = (struct change_printer){
        .out = out, .as_json = as_json, .json = JSON_WRITER(out)};
    if (!as_json)
        return;
    json_open_object(&printer->json);
    json_put_text(&printer->json, "schema", "bomgate-rules-diff/1");
    json_key(&printer->json, "changes");
    json_open_array(&printer->json);
}

static void add_json(struct json_writer *json,
                     const struct rule_change *change) {
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "change", rule_change_name(change->kind));
    json_put_text(json, "what", change->what);
    json_put_optional(json, "id", change->id);
    json_put_optional(json, "item", change->item);
    json_put_optional(json, "field", change->field);
    json_put_optional(json, "before", change->before);
    json_put_optional(json, "after", change->after);
    json_close_object(json);
}

static void print_word(FILE *out, const char *before, struct str text) {
    if (text.len == 0)
        return;
    fputs(before, out);
    cli_print_text(out, text);
}

static void print_value(FILE *out, struct str text) {
    cli_print_text(out, text.len != 0 ? text : STR_LIT("(none)"));
}

/* "changed  clause us-ndaa-889 A, from: 2019-08-13 -> 2019-08-14" */
static void add_text(FILE *out, const struct rule_change *change) {
    fprintf(out, "%-8s %s", rule_change_name(change->kind), change->what);
    print_word(out, " ", change->id);
    print_word(out, " ", change->item);
    print_word(out, change->id.len != 0 ? ", " : " ", change->field);
    if (change->kind == RULE_CHANGED) {
        fputs(": ", out);
        print_value(out, change->before);
        fputs(" -> ", out);
        print_value(out, change->after);
    } else {
        print_word(out, ": ",
                   change->kind == RULE_ADDED ? change->after : change->before);
    }
    fputc('\n', out);
}

void change_printer_add(void *ctx, const struct rule_change *change) {
    struct change_printer *printer = ctx;
    if (printer->as_json)
        add_json(&printer->json, change);
    else
        add_text(printer->out, change);
}

void change_printer_end(struct change_printer *printer, bool complete) {
    if (!printer->as_json)
        return;
    json_close_array(&printer->json);
    json_put_bool(&printer->json, "complete", complete);
    json_close_object(&printer->json);
    json_finish(&printer->json);
}
