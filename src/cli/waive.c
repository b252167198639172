#include <errno.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "core/atomic_file.h"
#include "report/waiver_form.h"
#include "ruleset/yaml_tree.h"
#include "run/beside.h"
#include "run/place.h"
#include "run/report_file.h"
#include "run/run.h"

static const struct cli_option options[] = {
    {"from", 0, "REPORT", false, "the JSON report that has the finding"},
    {"kind", 0, "KIND", false,
     "exception, licence, installed-stock, false-match or risk-accepted"},
    {"reason", 0, "TEXT", false, "why the finding is accepted"},
    {"expires", 0, "DATE", false, "the last day on which it is"},
    {"approved-by", 0, "NAME", false, "who decided it"},
    {"ticket", 0, "TEXT", false, "where it was discussed"},
    {"evidence", 0, "TEXT", false, "what it rests on"},
    {"waivers", 0, "FILE", false,
     "the file to add it to; default " WAIVERS_NAME},
    CLI_RULES_OPTIONS,
    {NULL, 0, NULL, false, NULL},
};

#define PREFIX_MIN 8 /* characters that may stand for a fingerprint */

/* The finding that a fingerprint names, as YAML. */
struct wanted {
    const struct cli_args *args;
    struct str fingerprint;
    struct strbuf first, entry, place;
    struct strbuf entries; /* one for each BOM that has it */
    bool found;
};

static void add_key(struct strbuf *out, const char *key, const char *value) {
    struct str text = str_trim(str_from(value));
    if (text.len == 0)
        return;
    strbuf_printf(out, "%s%s: ", out->len == 0 ? "- " : "  ", key);
    yaml_write_text(out, text);
    strbuf_add_char(out, '\n');
}

/* Two boards may both have a bom.csv: unless it has a name, the file is told by
   its place. */
static const char *product_of(struct wanted *wanted,
                              const struct report_file_finding *finding) {
    struct err err = ERR_INIT;
    struct strbuf place = {.ptr = NULL};
    bool is_file = str_eq(finding->product, str_base_name(finding->bom)) &&
                   place_of(&place, finding->bom, &err);
    strbuf_clear(&wanted->place);
    if (is_file)
        waiver_place(&wanted->place, place.ptr);
    strbuf_dispose(&place);
    return is_file ? wanted->place.ptr : finding->product.ptr;
}

static void make_entry(struct wanted *wanted,
                       const struct report_file_finding *finding) {
    static const char *const asked[] = {"kind",        "reason", "expires",
                                        "approved-by", "ticket", "evidence"};
    struct strbuf *out = &wanted->entry;
    strbuf_clear(out);
    add_key(out, "measure",
            *finding->measure != '\0' ? finding->measure
                                      : WAIVER_UNKNOWN_MAKER);
    add_key(out, "clause", finding->clause);
    add_key(out, "party", finding->party);
    add_key(out, "mpn", finding->mpn);
    add_key(out, "product", product_of(wanted, finding));
    for (size_t i = 0; i < ARRAY_LEN(asked); i++)
        add_key(out, asked[i], cli_value(wanted->args, asked[i]));
}

/* ---- the report ---- */

static bool take_finding(void *ctx, const struct report_file_finding *finding,
                         struct err *err) {
    struct wanted *wanted = ctx;
    struct str fingerprint = str_from(finding->fingerprint);
    if (!str_starts(fingerprint, wanted->fingerprint))
        return true;
    if (wanted->found && !str_eq(fingerprint, strbuf_str(&wanted->first)))
        return err_set(err, ERR_INVALID,
                       "several findings begin with '%.*s'; give more of it",
                       STR_ARG(wanted->fingerprint));
    wanted->found = true;
    strbuf_clear(&wanted->first);
    strbuf_add(&wanted->first, fingerprint);
    make_entry(wanted, finding);
    if (str_find(strbuf_str(&wanted->entries), strbuf_str(&wanted->entry)) < 0)
        strbuf_add(&wanted->entries, strbuf_str(&wanted->entry));
    return (!wanted->first.failed && !wanted->entry.failed &&
            !wanted->entries.failed) ||
           err_nomem(err);
}

static bool find_finding(struct wanted *wanted, struct err *err) {
    const char *report = cli_value(wanted->args, "from");
    const struct report_file_taker taker = {.finding = take_finding,
                                            .ctx = wanted};
    if (!report_file_read(report, &taker, err))
        return false;
    if (wanted->found)
        return true;
    err_set(err, ERR_INVALID, "no finding with the fingerprint '%.*s'",
            STR_ARG(wanted->fingerprint));
    return err_at(err, report, 0, 0);
}

/* ---- the file ---- */

static bool copy_old(const char *path, FILE *out, struct err *err) {
    char block[4096];
    size_t got;
    char last = '\n';
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        return errno == ENOENT ||
               err_set(err, ERR_IO, "cannot read: %s", strerror(errno));
    while ((got = fread(block, 1, sizeof(block), in)) != 0) {
        fwrite(block, 1, got, out);
        last = block[got - 1];
    }
    if (last != '\n')
        fputc('\n', out);
    bool ok =
        !ferror(in) || err_set(err, ERR_IO, "cannot read: %s", strerror(errno));
    fclose(in);
    return ok;
}

/* What `check` would say to the file. */
static bool check_file(const struct ruleset *rules, const char *path,
                       struct err *err) {
    struct waivers *waivers = NULL;
    struct waivers_options how = {.rules = rules, .path = path};
    bool ok = waivers_read(&waivers, &how, err);
    waivers_free(waivers);
    return ok;
}

static bool add_to_file(const struct ruleset *rules, const char *path,
                        const struct wanted *wanted, struct err *err) {
    struct atomic_file file = {.path = NULL};
    if (!atomic_file_begin(&file, path, err))
        return false;
    bool ok = copy_old(path, file.out, err);
    fwrite(wanted->entries.ptr, 1, wanted->entries.len, file.out);
    if (ok && (fflush(file.out) != 0 || ferror(file.out)))
        ok = err_set(err, ERR_IO, "cannot write: %s", strerror(errno));
    struct err fault = ERR_INIT;
    if (ok && !check_file(rules, file.temp, &fault))
        ok = err_set(err, fault.code, "%s", fault.msg);
    if (ok)
        return atomic_file_commit(&file, err);
    atomic_file_abandon(&file);
    return err_at(err, path, 0, 0);
}

static bool find_path(const struct cli_args *args, struct strbuf *path,
                      struct err *err) {
    static const char *const here[] = {"."};
    const char *named = cli_value(args, "waivers");
    if (named == NULL && !find_beside(here, 1, WAIVERS_NAME, path, err))
        return false;
    if (path->len == 0)
        strbuf_add_text(path, named != NULL ? named : WAIVERS_NAME);
    return !path->failed || err_nomem(err);
}

static bool waive_one(struct wanted *wanted, struct strbuf *path,
                      struct err *err) {
    struct ruleset *rules = NULL;
    bool ok = cli_open_rules(wanted->args, &rules, err) &&
              find_finding(wanted, err) && find_path(wanted->args, path, err) &&
              add_to_file(rules, path->ptr, wanted, err);
    ruleset_close(rules);
    return ok;
}

static const char *missing_option(const struct cli_args *args) {
    static const char *const needed[] = {"from", "kind", "reason", "expires",
                                         "approved-by"};
    for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
        if (cli_value(args, needed[i]) == NULL)
            return needed[i];
    }
    return NULL;
}

static int waive(const struct cli_args *args) {
    struct wanted wanted = {.args = args};
    struct strbuf path = {.ptr = NULL};
    struct err err = ERR_INIT;
    const char *missing = missing_option(args);
    if (args->operand_count != 1)
        return cli_usage_error("waive needs the fingerprint of one finding");
    if (missing != NULL)
        return cli_usage_error("waive needs --%s", missing);
    wanted.fingerprint = str_from(args->operands[0]);
    if (wanted.fingerprint.len < PREFIX_MIN)
        return cli_usage_error("a fingerprint has at least %d characters",
                               PREFIX_MIN);
    int status = EXIT_CLEAN;
    if (!waive_one(&wanted, &path, &err)) {
        status = cli_fail(&err);
    } else {
        fputs("Added to ", stdout);
        cli_print_text(stdout, strbuf_str(&path));
        fputs(":\n", stdout);
        fputs(wanted.entries.ptr, stdout);
        status = cli_finish(status);
    }
    strbuf_dispose(&wanted.first);
    strbuf_dispose(&wanted.entry);
    strbuf_dispose(&wanted.entries);
    strbuf_dispose(&wanted.place);
    strbuf_dispose(&path);
    return status;
}

const struct cli_command waive_command = {
    .name = "waive",
    .operands = "FINGERPRINT",
    .summary = "record that a finding is accepted",
    .help = "Adds a waiver to " WAIVERS_NAME "; its first 8 characters are "
            "enough of a fingerprint.",
    .options = options,
    .run = waive,
};
