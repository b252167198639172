#include "web/pages.h"

#include <string.h>

#include "core/date.h"
#include "core/lang.h"
#include "report/activity_words.h"
#include "report/report.h"
#include "web/answer.h"
#include "web/assets.h"
#include "web/history_page.h"
#include "web/messages.h"
#include "web/reports.h"
#include "web/result_page.h"
#include "web/template.h"

#define FRAGMENTS 24
#define HTML "text/html; charset=utf-8"

/* ---- what every page has ---- */

/** One of the pages, without what all of them have: frame.html. */
struct page {
    const char *name, *title;
    struct str content;
};

/* What speakers of a language call it. */
static const char *language_title(const char *name) {
    static const char *const own[][2] = {{"en", "English"},
                                         {"zh-CN", "简体中文"}};
    for (size_t i = 0; i < ARRAY_LEN(own); i++) {
        if (strcmp(own[i][0], name) == 0)
            return own[i][1];
    }
    return name;
}

/* Each language is a link to the same page. */
static void add_languages(struct strbuf *out) {
    const char *name;
    for (size_t i = 0; (name = lang_name_at(i)) != NULL; i++) {
        strbuf_printf(
            out, "<a href=\"?lang=%s\" hreflang=\"%s\" lang=\"%s\"%s>", name,
            name, name,
            strcmp(name, lang_name()) == 0 ? " aria-current=\"true\"" : "");
        html_add(out, str_from(language_title(name)));
        strbuf_add_text(out, "</a> ");
    }
}

static void add_link(struct strbuf *out, const char *path, const char *title,
                     bool is_here) {
    strbuf_printf(out, "<a href=\"%s?lang=%s\"%s>", path, lang_name(),
                  is_here ? " aria-current=\"page\"" : "");
    html_add(out, str_from(title));
    strbuf_add_text(out, "</a> ");
}

/* The page itself is one of them, unless it is a result. */
static void add_pages(struct strbuf *out, const struct web_options *options,
                      const char *here) {
    add_link(out, "/", tr("Check a bill of materials"),
             strcmp(here, "upload") == 0);
    if (options->history != NULL)
        add_link(out, "/history", tr("History"), strcmp(here, "history") == 0);
}

static void add_rules(struct strbuf *out, const struct ruleset *rules) {
    struct strbuf text = {.ptr = NULL};
    char known[DATE_TEXT_SIZE] = "";
    date_format(ruleset_known_to(rules), known);
    strbuf_printf(&text, tr("Rules %s, known to %s."), ruleset_version(rules),
                  known);
    html_add(out, strbuf_str(&text));
    out->failed = out->failed || text.failed;
    strbuf_dispose(&text);
}

static void add_usual(struct fragment *fragments, const struct request *request,
                      const struct page *page) {
    const struct web_options *options = request->server->options;
    strbuf_add_text(fragment_of(fragments, FRAGMENTS, "lang"), lang_name());
    strbuf_add_text(fragment_of(fragments, FRAGMENTS, "page"), page->name);
    html_add(fragment_of(fragments, FRAGMENTS, "title"), str_from(page->title));
    add_pages(fragment_of(fragments, FRAGMENTS, "pages"), options, page->name);
    add_languages(fragment_of(fragments, FRAGMENTS, "languages"));
    add_rules(fragment_of(fragments, FRAGMENTS, "rules"), options->rules);
}

static enum MHD_Result answer_page(struct request *request, unsigned status,
                                   const struct page *page,
                                   struct fragment *fragments) {
    const struct str frame = {web_frame_html, web_frame_html_size};
    struct strbuf text = {.ptr = NULL};
    add_usual(fragments, request, page);
    template_fill(fragment_of(fragments, FRAGMENTS, "content"), page->content,
                  fragments, FRAGMENTS);
    template_fill(&text, frame, fragments, FRAGMENTS);
    fragments_dispose(fragments, FRAGMENTS);
    return answer_buffer(request, status, HTML, &text);
}

/* ---- the upload page ---- */

static void add_profiles(struct strbuf *out, const struct ruleset *rules) {
    for (uint32_t i = 0; i < rules_profile_count(rules); i++) {
        const struct rules_profile *profile = rules_profile(rules, i);
        strbuf_add_text(out,
                        "<label class=\"profile\"><input type=\"checkbox\" "
                        "name=\"profile\" value=\"");
        html_add(out, rules_str(rules, profile->id));
        strbuf_add_text(out, "\"><span><b>");
        html_add(out, str_from(tr(rules_text(rules, profile->name))));
        strbuf_add_text(out, "</b><small>");
        html_add(out, str_from(tr(rules_text(rules, profile->description))));
        strbuf_add_text(out, "</small></span></label>\n");
    }
}

static void add_activities(struct strbuf *out) {
    for (unsigned i = 0; rules_activity_names[i] != NULL; i++) {
        strbuf_printf(out, "<option value=\"%s\">", rules_activity_names[i]);
        html_add(out, str_from(activity_noun(1U << i, false)));
        strbuf_add_text(out, "</option>");
    }
}

enum MHD_Result pages_upload(struct request *request) {
    struct fragment fragments[FRAGMENTS] = {{.name = NULL}};
    const struct web_options *options = request->server->options;
    char today[DATE_TEXT_SIZE];
    date_format(date_today(), today);
    add_profiles(fragment_of(fragments, FRAGMENTS, "profiles"), options->rules);
    add_activities(fragment_of(fragments, FRAGMENTS, "activities"));
    strbuf_add_text(fragment_of(fragments, FRAGMENTS, "today"), today);
    strbuf_printf(fragment_of(fragments, FRAGMENTS, "limit"), "%u",
                  options->upload_megabytes);
    /* The history keeps boards apart by their product. */
    if (options->history != NULL) {
        strbuf_add_text(fragment_of(fragments, FRAGMENTS, "required"),
                        " required");
        strbuf_add_text(fragment_of(fragments, FRAGMENTS, "open"), " open");
    }
    html_add(fragment_of(fragments, FRAGMENTS, "names"),
             str_from(options->history != NULL
                          ? tr("Names for the report and the history")
                          : tr("Names for the report (optional)")));
    const struct page page = {"upload",
                              tr("Check a bill of materials"),
                              {web_page_html, web_page_html_size}};
    return answer_page(request, MHD_HTTP_OK, &page, fragments);
}

/* ---- a result ---- */

static void add_downloads(struct strbuf *out, const struct result *result) {
    /* What people take first. */
    static const char *const first[] = {"xlsx", "html"};
    for (size_t turn = 0; turn <= ARRAY_LEN(first); turn++) {
        for (size_t i = 0; report_formats[i] != NULL; i++) {
            const struct report_format *format = report_formats[i];
            size_t place = 0;
            char name[64];
            while (place < ARRAY_LEN(first) &&
                   strcmp(first[place], format->name) != 0)
                place++;
            if (place != turn || !reports_name(format, name))
                continue;
            strbuf_printf(out, "<li><a href=\"/results/%s/%s\"%s>",
                          result->token, name,
                          strcmp(format->name, "html") == 0 ? "" : " download");
            html_add(out, str_from(reports_title(format)));
            strbuf_printf(out, "</a> <small>%s</small></li>\n",
                          name + sizeof("report.") - 1);
        }
    }
}

/* The page can be in another language than what was written when the files
   were checked. */
static void add_foreign(struct strbuf *out, const struct result *result) {
    struct strbuf text = {.ptr = NULL};
    if (strcmp(result->lang, lang_name()) == 0)
        return;
    strbuf_printf(&text,
                  tr("This result was made in %s; for its sentences and "
                     "reports in another language, check the files again."),
                  language_title(result->lang));
    strbuf_add_text(out, "<p class=\"hint\">");
    html_add(out, strbuf_str(&text));
    strbuf_add_text(out, "</p>\n");
    out->failed = out->failed || text.failed;
    strbuf_dispose(&text);
}

static void add_keep(struct strbuf *out, unsigned minutes) {
    struct strbuf text = {.ptr = NULL};
    unsigned hours = minutes / 60;
    if (minutes % 60 == 0)
        strbuf_printf(&text,
                      tr_count("It stays at this address for %u hour at most, "
                               "while the server runs. Who has the link can "
                               "open it.",
                               "It stays at this address for %u hours at most, "
                               "while the server runs. Who has the link can "
                               "open it.",
                               hours),
                      hours);
    else
        strbuf_printf(&text,
                      tr_count("It stays at this address for %u minute at "
                               "most, while the server runs. Who has the link "
                               "can open it.",
                               "It stays at this address for %u minutes at "
                               "most, while the server runs. Who has the link "
                               "can open it.",
                               minutes),
                      minutes);
    html_add(out, strbuf_str(&text));
    out->failed = out->failed || text.failed;
    strbuf_dispose(&text);
}

static enum MHD_Result answer_result(struct request *request, unsigned status,
                                     struct fragment *fragments) {
    const struct page page = {
        "result", tr("Result"), {web_result_html, web_result_html_size}};
    return answer_page(request, status, &page, fragments);
}

enum MHD_Result pages_result(struct request *request,
                             const struct result *result) {
    struct fragment fragments[FRAGMENTS] = {{.name = NULL}};
    strbuf_add_text(fragment_of(fragments, FRAGMENTS, "state"),
                    result_state_name(result->state));
    html_add(fragment_of(fragments, FRAGMENTS, "message"),
             str_from(result->message));
    if (result->state == RESULT_DONE) {
        add_downloads(fragment_of(fragments, FRAGMENTS, "downloads"), result);
        add_foreign(fragment_of(fragments, FRAGMENTS, "foreign"), result);
        html_add(fragment_of(fragments, FRAGMENTS, "made"),
                 str_from(result->lang));
        add_keep(fragment_of(fragments, FRAGMENTS, "keep"),
                 request->server->options->keep_minutes);
        struct result_page page = {
            .headline = fragment_of(fragments, FRAGMENTS, "headline"),
            .judged = fragment_of(fragments, FRAGMENTS, "judged"),
            .counts = fragment_of(fragments, FRAGMENTS, "counts"),
            .findings = fragment_of(fragments, FRAGMENTS, "findings"),
            .contents = fragment_of(fragments, FRAGMENTS, "contents"),
            .unchecked = fragment_of(fragments, FRAGMENTS, "unchecked"),
        };
        result_page_read(&page, result);
    }
    return answer_result(request, MHD_HTTP_OK, fragments);
}

enum MHD_Result pages_error(struct request *request, unsigned status,
                            const char *message) {
    struct fragment fragments[FRAGMENTS] = {{.name = NULL}};
    request->wants_page = false; /* no page about the lack of a page */
    strbuf_add_text(fragment_of(fragments, FRAGMENTS, "state"), "failed");
    html_add(fragment_of(fragments, FRAGMENTS, "message"), str_from(message));
    return answer_result(request, status, fragments);
}

/* ---- the history ---- */

enum MHD_Result pages_history(struct request *request) {
    struct fragment fragments[FRAGMENTS] = {{.name = NULL}};
    struct err err = ERR_INIT;
    if (request->server->options->history == NULL)
        return answer_error(request, MHD_HTTP_NOT_FOUND,
                            tr("This server keeps no history; whoever runs it "
                               "can have it keep one."));
    if (!history_page_read(fragment_of(fragments, FRAGMENTS, "runs"),
                           fragment_of(fragments, FRAGMENTS, "boards"),
                           fragment_of(fragments, FRAGMENTS, "quarters"),
                           request->server->options->history, &err)) {
        fragments_dispose(fragments, FRAGMENTS);
        return answer_error(request, MHD_HTTP_SERVICE_UNAVAILABLE, err.msg);
    }
    const struct page page = {
        "history", tr("History"), {web_history_html, web_history_html_size}};
    return answer_page(request, MHD_HTTP_OK, &page, fragments);
}

/* ---- files ---- */

enum MHD_Result pages_asset(struct request *request) {
    const struct {
        const char *path, *type;
        struct str bytes;
    } assets[] = {
        {"/app.js",
         "text/javascript; charset=utf-8",
         {web_app_js, web_app_js_size}},
        {"/style.css",
         "text/css; charset=utf-8",
         {web_style_css, web_style_css_size}},
        {"/icon.svg", "image/svg+xml", {web_icon_svg, web_icon_svg_size}},
        {"/openapi.json",
         "application/json",
         {web_openapi_json, web_openapi_json_size}},
    };
    for (size_t i = 0; i < ARRAY_LEN(assets); i++) {
        if (strcmp(assets[i].path, request->path) == 0)
            return answer_static(request, assets[i].type, assets[i].bytes);
    }
    return answer_error(request, MHD_HTTP_NOT_FOUND,
                        tr("There is nothing here."));
}

enum MHD_Result pages_strings(struct request *request) {
    struct strbuf text = {.ptr = NULL};
    struct str name = str_from(request_rest(request)), tag;
    char language[32];
    if (!str_ends(name, STR_LIT(".json")))
        return answer_error(request, MHD_HTTP_NOT_FOUND,
                            tr("There is nothing here."));
    tag = str_take(name, name.len - 5);
    snprintf(language, sizeof(language), "%.*s", STR_ARG(tag));
    if (!lang_use(language))
        return answer_error(request, MHD_HTTP_NOT_FOUND,
                            tr("There is nothing here."));
    template_strings(&text, (struct str){web_app_js, web_app_js_size},
                     request->server->options->rules);
    return answer_buffer(request, MHD_HTTP_OK, "application/json", &text);
}
