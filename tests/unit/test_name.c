#include "ruleset/name.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "cli/shipped_rules.h"
#include "core/utf8.h"
#include "ruleset/ruleset.h"

/* The shipped word lists: a test of the normaliser without them says little. */
static struct ruleset *rules;
static struct strbuf once, twice, core;

static void set_up(void) {
    struct err err = ERR_INIT;
    cr_assert(ruleset_open(&rules, shipped_rules, shipped_rules_size, &err),
              "%s", err.msg);
}

static void tear_down(void) {
    strbuf_dispose(&once);
    strbuf_dispose(&twice);
    strbuf_dispose(&core);
    ruleset_close(rules);
}

TestSuite(name, .timeout = 30, .init = set_up, .fini = tear_down);

static const char *held(const struct strbuf *buf) {
    return buf->ptr == NULL ? "" : buf->ptr;
}

static const char *normalised(const char *raw) {
    name_normalise(&once, str_from(raw), rules_name_words(rules));
    cr_assert(not(once.failed));
    return held(&once);
}

static void expect_text(const char *got, const char *want, const char *of) {
    cr_expect(strcmp(got, want) == 0, "'%s' is '%s', not '%s'", of, got, want);
}

/* Normalising what is normal changes nothing, and what comes out is text. */
static void expect_settled(const char *raw) {
    const struct name_words *words = rules_name_words(rules);
    name_normalise(&once, str_from(raw), words);
    name_normalise(&twice, strbuf_str(&once), words);
    cr_expect(str_eq(strbuf_str(&once), strbuf_str(&twice)),
              "'%s': first '%s', then '%s'", raw, held(&once), held(&twice));
    cr_expect(utf8_valid(strbuf_str(&once)), "'%s'", raw);
    cr_expect(str_eq(str_trim(strbuf_str(&once)), strbuf_str(&once)), "'%s'",
              raw);
    name_fold(&once, str_from(raw));
    name_fold(&twice, strbuf_str(&once));
    cr_expect(str_eq(strbuf_str(&once), strbuf_str(&twice)),
              "fold '%s': first '%s', then '%s'", raw, held(&once),
              held(&twice));
}

struct spelling {
    const char *raw, *want;
};

static void expect_all(const struct spelling *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        expect_text(normalised(cases[i].raw), cases[i].want, cases[i].raw);
        expect_settled(cases[i].raw);
    }
}

Test(name, text_that_was_read_in_a_wrong_encoding_is_mended) {
    static const struct spelling cases[] = {
        {"WÃ¼rth Elektronik GmbH", "wurth elektronik"},
        {"ç¾Žå…‰ç§‘æŠ€", "美光科技"},
        {"Würth", "wurth"},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(name, legal_forms_are_dropped_in_every_language) {
    static const struct spelling cases[] = {
        {"Micron Technology, Inc.", "micron technology"},
        {"MICRON TECHNOLOGY INC", "micron technology"},
        {"Huawei Technologies Co., Ltd.", "huawei technologies"},
        {"Huawei Technologies Co.,Ltd", "huawei technologies"},
        {"Huawei Technologies Co.Ltd.", "huawei technologies"},
        {"Huawei Technologies CO.,LTD.", "huawei technologies"},
        {"Huawei Technologies Co Ltd", "huawei technologies"},
        {"Infineon Technologies AG", "infineon technologies"},
        {"Bosch Sensortec GmbH", "bosch sensortec"},
        {"Würth Elektronik GmbH & Co. KG", "wurth elektronik"},
        {"Lemförder GmbH & Co. KGaA", "lemforder"},
        {"Telit Communications S.p.A.", "telit communications"},
        {"Telit Communications S.P.A", "telit communications"},
        {"STMicroelectronics N.V.", "stmicroelectronics"},
        {"Nexperia B.V.", "nexperia"},
        {"Soitec S.A.", "soitec"},
        {"Radiall S.A.S.", "radiall"},
        {"Nordic Semiconductor ASA", "nordic semiconductor"},
        {"Vaisala Oyj", "vaisala"},
        {"Ericsson AB", "ericsson"},
        {"Radiometrix Ltd", "radiometrix"},
        {"Dialog Semiconductor PLC", "dialog semiconductor"},
        {"Printec Sp. z o.o.", "printec"},
        {"SOS electronic s.r.o.", "sos electronic"},
        {"Silicon Labs Pte. Ltd.", "silicon labs"},
        {"Unisem (M) Sdn. Bhd.", "unisem m"},
        {"Tata Elxsi Pvt. Ltd.", "tata elxsi"},
        {"ОАО Ангстрем", "ангстрем"},
        {"АО «Микрон»", "микрон"},
        {"Murata Manufacturing K.K.", "murata manufacturing"},
        {"Toshiba Kabushiki Kaisha", "toshiba"},
        {"Foo S.A. de C.V.", "foo"},
        {"Arcelik A.S.", "arcelik"},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(name, unspaced_legal_forms_of_east_asia_are_dropped_at_both_ends) {
    static const struct spelling cases[] = {
        {"美光科技股份有限公司", "美光科技"},
        {"华为技术有限公司", "华为技术"},
        {"长江存储科技有限责任公司", "长江存储科技"},
        {"長鑫存儲技術有限公司", "長鑫存儲技術"},
        {"株式会社東芝", "東芝"},
        {"東芝株式会社", "東芝"},
        {"株式会社 東芝", "東芝"},
        {"(株)村田製作所", "村田製作所"},
        {"㈱村田製作所", "村田製作所"},
        {"村田製作所㈱", "村田製作所"},
        {"有限会社ミツミ", "ミツミ"},
        {"삼성전자주식회사", "삼성전자"},
        {"삼성전자 주식회사", "삼성전자"},
        {"주식회사 삼성전자", "삼성전자"},
        {"(주)삼성전자", "삼성전자"},
        {"㈜삼성전자", "삼성전자"},
        {"삼성전자㈜", "삼성전자"},
        {"삼성전자(주)", "삼성전자"},
        {"에스케이하이닉스(주)", "에스케이하이닉스"},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

/* The last syllable of a name is not a legal form because it looks like one
   of those that a bracket marks. */
Test(name, a_short_form_without_its_bracket_is_a_part_of_the_name) {
    static const struct spelling cases[] = {
        {"주성엔지니어링", "주성엔지니어링"},
        {"동주", "동주"},
        {"有方科技", "有方科技"},
        {"株洲中车时代", "株洲中车时代"},
        {"Какао", "какао"},
        {"Аоки", "аоки"},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(name, signs_marks_and_widths_make_no_difference) {
    static const struct spelling cases[] = {
        {"Intel™", "intel"},
        {"Intel®", "intel"},
        {"Intel ™ Corp.", "intel"},
        {"Ｍｉｃｒｏｎ", "micron"},
        {"ＳＡＭＳＵＮＧ　ＥＬＥＣＴＲＯＮＩＣＳ", "samsung electronics"},
        {"Micron\u200E", "micron"},
        {"\u200EMicron\u200F Technology", "micron technology"},
        {"Mic\u00ADron", "micron"},
        {"Mic\u200Bron", "micron"},
        {"\uFEFFMicron", "micron"},
        {"Micron\u00A0Technology", "micron technology"},
        {"  Micron \t\r\n Technology  ", "micron technology"},
        {"Würth", "wurth"},
        {"Wu\u0308rth", "wurth"},
        {"WÜRTH", "wurth"},
        {"Škoda", "skoda"},
        {"Straße", "strasse"},
        {"ﬁnisar", "finisar"},
        {"L'Oréal", "loreal"},
        {"L’Oréal", "loreal"},
        {"TE_Connectivity", "te connectivity"},
        {"TE-Connectivity / AMP", "te connectivity amp"},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(name, ampersand_is_the_word_and) {
    static const struct spelling cases[] = {
        {"Rohde & Schwarz", "rohde and schwarz"},
        {"Rohde&Schwarz GmbH & Co. KG", "rohde and schwarz"},
        {"Rohde and Schwarz", "rohde and schwarz"},
        {"M&M", "m and m"},
        {"Foo & Co", "foo"},
        {"Foo ＆ Bar", "foo and bar"},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(name, broken_text_is_kept_as_far_as_it_can_be_read) {
    static const struct spelling cases[] = {
        {"Micron\xFF", "micron"},
        {"\xFFMicron", "micron"},
        {"Mic\xC3", "mic"},
        {"W\xFCrth Elektronik", "w rth elektronik"},
        {"\xED\xA0\x80", ""},
        {"\xE7\xBE", ""},
        {"", ""},
        {"---", ""},
        {" . , ; ", ""},
        {"™®", ""},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(name, a_name_that_is_nothing_but_legal_forms_stays) {
    static const struct spelling cases[] = {
        {"Co., Ltd.", "co ltd"},
        {"GmbH", "gmbh"},
        {"AG", "ag"},
        {"SE", "se"},
        {"有限公司", "有限公司"},
        {"株式会社", "株式会社"},
        {"& Co", "and co"},
        {"S.A.", "sa"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        cr_expect(normalised(cases[i].raw)[0] != '\0', "'%s'", cases[i].raw);
        expect_settled(cases[i].raw);
    }
}

Test(name, a_legal_form_inside_a_name_stays) {
    static const struct spelling cases[] = {
        {"AG Semiconductor", "ag semiconductor"},
        {"SA Electronics Ltd", "sa electronics"},
        {"Inca", "inca"},
        {"Marco", "marco"},
        {"Cosel", "cosel"},
        {"Abracon LLC", "abracon"},
        {"Adesto", "adesto"},
        {"Corpus", "corpus"},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(name, number_signs_are_kept_by_the_fold_only) {
    name_fold(&once, STR_LIT("MFR#"));
    expect_text(held(&once), "mfr #", "MFR#");
    name_fold(&once, STR_LIT("Part # (Mfr.)"));
    expect_text(held(&once), "part # mfr", "Part # (Mfr.)");
    expect_text(normalised("#1 Micron #"), "1 micron", "#1 Micron #");
}

Test(name, decimal_points_separate_words) {
    name_fold(&once, STR_LIT("LDO 3.3V"));
    expect_text(held(&once), "ldo 3 3v", "LDO 3.3V");
}

/* "Murata" in names.tsv is a JSON string; only what occurs there is decoded. */
static void decode_json(struct str text, struct strbuf *out) {
    strbuf_clear(out);
    for (size_t i = 1; i + 1 < text.len; i++) {
        unsigned code;
        if (text.ptr[i] != '\\') {
            strbuf_add_char(out, text.ptr[i]);
        } else if (text.ptr[++i] == 'u' &&
                   sscanf(text.ptr + i + 1, "%4x", &code) == 1) {
            utf8_add(out, code);
            i += 4;
        } else {
            strbuf_add_char(out, text.ptr[i]);
        }
    }
}

Test(name, every_maker_cell_of_the_corpus_settles) {
    FILE *in = fopen(BOMGATE_CORPUS "/names.tsv", "r");
    if (in == NULL)
        cr_skip_test("no corpus at " BOMGATE_CORPUS);
    char line[4096];
    size_t count = 0;
    struct strbuf raw = {.ptr = NULL};
    while (fgets(line, sizeof(line), in) != NULL) {
        char *tab = strchr(line, '\t');
        if (line[0] != '"' || tab == NULL)
            continue;
        decode_json((struct str){line, (size_t)(tab - line)}, &raw);
        expect_settled(held(&raw));
        count++;
    }
    fclose(in);
    strbuf_dispose(&raw);
    cr_expect(gt(sz, count, 300));
}

Test(name, every_name_of_the_shipped_rules_settles) {
    for (uint32_t i = 0; i < rules_name_count(rules); i++)
        expect_settled(rules_text(rules, rules_name(rules, i)->raw));
}

/* Whatever the order in which forms are stacked, stripping them ends. */
Test(name, stacked_legal_forms_settle) {
    static const char *const forms[] = {
        "Co.",  "Ltd", "& Co",     "Inc.", "(株)", "有限公司",
        "S.A.", "a s", "주식회사", "AG",   "and",  "ооо",
    };
    char raw[256];
    for (size_t a = 0; a < ARRAY_LEN(forms); a++) {
        for (size_t b = 0; b < ARRAY_LEN(forms); b++) {
            for (size_t c = 0; c < ARRAY_LEN(forms); c++) {
                snprintf(raw, sizeof(raw), "%s Foo %s %s", forms[a], forms[b],
                         forms[c]);
                expect_settled(raw);
                snprintf(raw, sizeof(raw), "%s%s%s", forms[a], forms[b],
                         forms[c]);
                expect_settled(raw);
            }
        }
    }
}

static const char *core_of(const char *raw) {
    normalised(raw);
    name_core(&core, strbuf_str(&once), rules_name_words(rules));
    return held(&core);
}

Test(name, core_is_what_tells_companies_apart) {
    static const struct spelling cases[] = {
        {"Micron Technology, Inc.", "micron"},
        {"Micron Semiconductor (Shanghai) Co., Ltd.", "micron"},
        {"Samsung Electronics", "samsung"},
        {"美光半导体", "美光"},
        {"Semiconductor Components Industries", ""},
        {"Technology", ""},
        {"Analog Devices", "analog devices"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_text(core_of(cases[i].raw), cases[i].want, cases[i].raw);
}

static const char *key_of(const char *mpn) {
    mpn_key(&once, str_from(mpn));
    return held(&once);
}

static const char *fold_of(const char *mpn) {
    mpn_fold(&once, str_from(mpn));
    return held(&once);
}

Test(name, mpn_key_keeps_letters_and_digits_only) {
    static const struct spelling cases[] = {
        {"MT41K256M16TW-107:P", "MT41K256M16TW107P"},
        {"mt41k256m16tw-107:p", "MT41K256M16TW107P"},
        {" MT41K256M16TW 107 P ", "MT41K256M16TW107P"},
        {"MT41K256M16TW\u2212107:P", "MT41K256M16TW107P"},
        {"MT41K256M16TW\u2011107\uFF1AP", "MT41K256M16TW107P"},
        {"\u200EMT41K256M16TW-107:P\u200E", "MT41K256M16TW107P"},
        {"MT41\u200BK256", "MT41K256"},
        {"ＭＴ４１Ｋ２５６", "MT41K256"},
        {"МТ41К256", "MT41K256"},
        {"ΜΤ41Κ256", "MT41K256"},
        {"GRM155R71C104KA88D,", "GRM155R71C104KA88D"},
        {"CC0402KRX7R7BB104™", "CC0402KRX7R7BB104"},
        {"\xFFMT41", "MT41"},
        {"", ""},
        {"-/.:", ""},
        {"美光", ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        expect_text(key_of(cases[i].raw), cases[i].want, cases[i].raw);
        mpn_key(&twice, strbuf_str(&once));
        cr_expect(str_eq(strbuf_str(&once), strbuf_str(&twice)), "%s",
                  cases[i].raw);
    }
}

Test(name, mpn_fold_keeps_where_a_break_was) {
    static const struct spelling cases[] = {
        {"HI-3593", "HI-3593"},
        {"Hi3593", "HI3593"},
        {"hi - / 3593", "HI-3593"},
        {"HI\u22123593", "HI-3593"},
        {"HI\u200E3593", "HI3593"},
        {"-HI3593", "HI3593"},
        {"HI3593\u200E-", "HI3593-"},
        {"HI–3593", "HI-3593"},
        {"H\u00AD"
         "I3593",
         "HI3593"},
        {"", ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_text(fold_of(cases[i].raw), cases[i].want, cases[i].raw);
}
