#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "cli/shipped_rules.h"
#include "core/lang.h"
#include "ruleset/ruleset.h"
#include "web/template.h"

TestSuite(web_template, .timeout = 5);

#define ROOM 3

static void expect(const char *page, const char *wanted) {
    struct fragment fragments[ROOM] = {{.name = NULL}};
    struct strbuf text = {.ptr = NULL};
    strbuf_add_text(fragment_of(fragments, ROOM, "one"), "<b>1</b>");
    strbuf_add_text(fragment_of(fragments, ROOM, "two"), "{{no}} {%one%}");
    template_fill(&text, str_from(page), fragments, ROOM);
    strbuf_add_text(&text, "");
    cr_expect(eq(str, text.ptr == NULL ? (char *)"" : text.ptr, (char *)wanted),
              "of %s", page);
    fragments_dispose(fragments, ROOM);
    strbuf_dispose(&text);
}

Test(web_template, a_fragment_stands_as_it_is) {
    expect("<p>{%one%}</p>", "<p><b>1</b></p>");
    expect("{%one%}{%one%}", "<b>1</b><b>1</b>");
    expect("{%two%}", "{{no}} {%one%}");
    expect("{%nobody%}.", ".");
}

Test(web_template, a_text_is_said_as_html) {
    expect("<p>{{A & B}}</p>", "<p>A &amp; B</p>");
    expect("<a title=\"{{say \"x\"}}\">", "<a title=\"say &quot;x&quot;\">");
}

Test(web_template, what_is_no_placeholder_stays) {
    expect("a{b} {", "a{b} {");
    expect("{{never ends", "{{never ends");
    expect("{%one", "{%one");
    expect("", "");
}

Test(web_template, a_text_is_said_in_the_language_in_use) {
    cr_assert(lang_use("zh-CN"));
    expect("<p>{{Line}}</p>", "<p>行号</p>");
    cr_assert(lang_use("en"));
}

Test(web_template, a_name_has_one_fragment) {
    struct fragment fragments[ROOM] = {{.name = NULL}};
    struct strbuf *one = fragment_of(fragments, ROOM, "one");
    cr_expect(ne(ptr, one, fragment_of(fragments, ROOM, "two")));
    cr_expect(eq(ptr, one, fragment_of(fragments, ROOM, "one")));
}

static struct strbuf strings_of(const char *script) {
    struct strbuf text = {.ptr = NULL};
    struct ruleset *rules;
    struct err err = ERR_INIT;
    cr_assert(ruleset_open(&rules, shipped_rules, shipped_rules_size, &err));
    template_strings(&text, str_from(script), rules);
    ruleset_close(rules);
    return text;
}

static bool has(const struct strbuf *text, const char *part) {
    return str_find(strbuf_str(text), str_from(part)) >= 0;
}

Test(web_template, a_script_gets_the_texts_that_it_says) {
    cr_assert(lang_use("zh-CN"));
    struct strbuf text = strings_of("say(t(\"Line\")); not(\"Verdict\"); "
                                    "t(\"no such text\"); t(\"breaks off\\");
    cr_expect(has(&text, "\"Line\": \"行号\""));
    cr_expect(not(has(&text, "Verdict")));
    cr_expect(not(has(&text, "no such text")));
    strbuf_dispose(&text);
    cr_assert(lang_use("en"));
}

Test(web_template, what_is_said_in_english_needs_no_texts) {
    struct strbuf text = strings_of("say(t(\"Line\"))");
    cr_expect(eq(str, text.ptr, (char *)"{}\n"));
    strbuf_dispose(&text);
}
