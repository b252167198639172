#include <stddef.h>

#include <criterion/criterion.h>
#include <string.h>

#include "core/mojibake.h"

TestSuite(mojibake, .timeout = 10);

static void check(const char *text, const char *want) {
    struct strbuf out = {.ptr = NULL};
    bool mended = mojibake_mend(&out, str_from(text));
    cr_expect_eq(mended, strcmp(text, want) != 0, "%s", text);
    if (mended)
        cr_expect_str_eq(out.ptr, want);
    struct strbuf again = {.ptr = NULL};
    cr_expect(!mojibake_mend(&again, str_from(want)), "twice: %s", want);
    strbuf_dispose(&again);
    strbuf_dispose(&out);
}

Test(mojibake, text_that_was_encoded_twice_is_undone) {
    check("WÃ¼rth Elektronik", "Würth Elektronik");
    check("WÃƒÂ¼rth", "Würth");
    check("YUXI å®\xc2\x87ç\xc2\x86\xc2\x99", "YUXI 宇熙");
    check("ç¾Žå…‰", "美光");
    check("SINOTOP æ\xc2\x80\xc2\x9dä\xc2\xbaš", "SINOTOP 思亚");
    check("2.2 ÂµF Â±10% 25Â°C", "2.2 µF ±10% 25°C");
    check("10kÎ©", "10kΩ");
    check("QuantitÃ©", "Quantité");
    check("SÃ£o", "São");
    check("MicronÂ Technology", "Micron Technology"); /* was U+00A0 */
    check("SALON DÂ", "SALON DÂ");
    check("FÃœR", "FÜR");
    check("ÐœÐ¸ÐºÑ€Ð¾Ð½", "Микрон");
    check("ãƒžã‚¤ã‚¯ãƒ­ãƒ³", "マイクロン");
    check("ì‚¼ì„±ì\xc2\xa0„ê¸°", "삼성전기");
    check("donâ€™t â€“ Microâ„¢", "don’t – Micro™");
    check("ï»¿Reference", "\xef\xbb\xbfReference");
}

Test(mojibake, control_characters_were_letters_or_quotes) {
    check("Ber\xc2\x81hrungsloser", "Berührungsloser");
    check("B\xc2\x81rklin Schlieáer", "Bürklin Schließer");
    check("Gr\xc2\x94\xc3\xa1"
          "e",
          "Größe");
    check("Foo\xc2\x99 it\xc2\x92s 5\xc2\x96"
          "6",
          "Foo™ it’s 5–6");
}

Test(mojibake, what_may_be_meant_so_stays) {
    static const char *const right[] = {
        "",
        "IRMÃ",
        "«IRMÃ»",
        "MAÇÃ ±5%",
        "São Paulo, Conexão",
        "2 µF ±10 % 25 °C m² ½W ×2",
        "2×½",
        "5Å±1",
        "Ø±0.1",
        "Würth ®",
        "Größe",
        "«qualité»…",
        "Señal",
        "ÉTÉ",
        "美光 Micron",
        "Микрон",
        "Łódź",
        "Schlieáer",
        "ç¾Žå…",
        "line\xc2\x85next \xc2\x9b"
        "31m",
    };
    for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
        check(right[i], right[i]);
}

Test(mojibake, what_is_no_utf8_stays_as_it_is) {
    struct strbuf out = {.ptr = NULL};
    cr_expect(!mojibake_mend(&out, STR_LIT("\xc3\xff\xc2")));
    strbuf_dispose(&out);
}
