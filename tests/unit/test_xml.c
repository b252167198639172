#include "report/xml.h"

#include <stddef.h>

#include <criterion/criterion.h>

#include "core/compiler.h"

TestSuite(xml, .timeout = 5);

Test(xml, what_xml_forbids_is_replaced_and_what_it_means_is_escaped) {
    static const struct {
        const char *text, *xml;
    } cases[] = {
        {"plain ä 中 \xF0\x9F\x98\x80", "plain ä 中 \xF0\x9F\x98\x80"},
        {"<a b=\"c\">&'</a>", "&lt;a b=&quot;c&quot;&gt;&amp;'&lt;/a&gt;"},
        {"]]>", "]]&gt;"},
        {"a\nb\tc", "a&#10;b&#9;c"},
        {"\x1b[31m\x01\x7f", "\xEF\xBF\xBD[31m\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xEF\xBF\xBF\xEF\xBF\xBE", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xff", "\xEF\xBF\xBD"},
        {"\xE2\x80\xAE"
         "x",
         "\xEF\xBF\xBDx"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char text[128] = "";
        FILE *out = tmpfile();
        xml_put_text(out, str_from(cases[i].text));
        rewind(out);
        text[fread(text, 1, sizeof(text) - 1, out)] = '\0';
        fclose(out);
        cr_expect_str_eq(text, cases[i].xml, "case %zu: %s", i, text);
    }
}
