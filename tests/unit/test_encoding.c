#include <stddef.h>

#include <criterion/criterion.h>
#include <iconv.h>

#include "bom/encoding.h"
#include "read_rows.h"

TestSuite(encoding, .timeout = 30);

/* Lists as people there write them. */
#define CHINESE                                                                \
    "序号,位号,名称,规格型号,数量,制造商,封装\n"              \
    "1,R1 R2,贴片电阻,10kΩ ±1%,2,国巨,0402\n"                          \
    "2,C1,陶瓷电容,100nF 16V,4,风华高科,0603\n"                        \
    "3,U1,存储器,MT41K256M16TW-107:P,1,美光,FBGA96\n"
/* Hardly any ASCII. */
#define PROSE                                                                                     \
    "位号，数量，名称，规格型号，制造商，封装形式，备注说明\t参数\n" \
    "电阻器贴片电阻一般通用型号国巨股份有限公司台湾制造\t无铅环保\n"
#define JAPANESE                                                               \
    "品番,数量,メーカー,型番,備考\n"                               \
    "1,2,村田製作所,GRM155R71C104KA88D,チップコンデンサ\n"        \
    "2,1,ローム,MCR01MZPF1002,ﾁｯﾌﾟ抵抗\n"
#define KOREAN                                                                 \
    "품번,수량,제조사,품명,비고\n"                                  \
    "1,2,삼성전기,CL05B104KO5NNNC,적층 세라믹 콘덴서\n"            \
    "2,1,에스케이하이닉스,H5TC4G63EFR,메모리\n"
#define GERMAN                                                                 \
    "Pos;Menge;Bezeichnung;Hersteller\n"                                       \
    "1;2;Widerstände für Überwachung, groß;Würth Elektronik\n"            \
    "2;1;Kondensator 2,2µF ±10% 25°C;Murata\n"
#define FRENCH                                                                 \
    "Quantité;Désignation;Référence\n"                                     \
    "1;Résistance à couche, créée;R1\n"
#define RUSSIAN                                                                \
    "Поз.;Наименование;Кол.;Производитель\n"    \
    "R1;Резистор 10 кОм ±5%;2;Yageo\n"                             \
    "C1;КОНДЕНСАТОР керамический 0,1 мкФ;1;Murata\n"

static struct strbuf encode(const char *text, const char *as) {
    struct strbuf out = {.ptr = NULL};
    char piece[65536];
    iconv_t to = iconv_open(as, "UTF-8");
    cr_assert((intptr_t)to != -1, "%s", as);
    char *in = (char *)(uintptr_t)text, *at = piece;
    size_t left = strlen(text), room = sizeof(piece);
    cr_assert(iconv(to, &in, &left, &at, &room) != (size_t)-1, "%s: %s", as,
              text);
    iconv_close(to);
    strbuf_add(&out, (struct str){piece, sizeof(piece) - room});
    return out;
}

/* All of a text; faults as a sum of characters of its own. */
static struct strbuf decode(struct str bytes, size_t chunk, const char *name,
                            struct strbuf *faults, char found[40]) {
    static const char *const repairs[] = {"replaced", "guessed", "dropped"};
    struct strbuf text = {.ptr = NULL};
    struct source *source;
    struct encoding *encoding;
    struct err err = ERR_INIT;
    bool end = false;
    cr_assert(source_open_chunked(&source, bytes, chunk, &err));
    cr_assert(encoding_open(&encoding, source, name, NULL, &err), "%s",
              err.msg);
    while (!end) {
        cr_assert(encoding_read(encoding, &text, &end, &err), "%s", err.msg);
        const struct encoding_fault *fault;
        while ((fault = encoding_fault(encoding)) != NULL) {
            strbuf_printf(faults, "%s %u\n", repairs[fault->repair],
                          (unsigned)fault->offset);
            encoding_take_fault(encoding);
        }
    }
    snprintf(found, 40, "%s", encoding_name(encoding));
    encoding_close(encoding);
    source_close(source);
    return text;
}

static void check(struct str bytes, size_t chunk, const char *want,
                  const char *want_name, const char *want_faults) {
    struct strbuf faults = {.ptr = NULL};
    char found[40];
    struct strbuf text = decode(bytes, chunk, NULL, &faults, found);
    cr_expect_str_eq(found, want_name, "of %s", want);
    cr_expect_str_eq(text.ptr != NULL ? text.ptr : "", want,
                     "from %s, chunk %zu", want_name, chunk);
    cr_expect_str_eq(faults.ptr != NULL ? faults.ptr : "", want_faults,
                     "from %s, chunk %zu", want_name, chunk);
    strbuf_dispose(&text);
    strbuf_dispose(&faults);
}

static const struct {
    const char *text, *as, *name;
} kinds[] = {
    {"a,b\n1,2\n", "UTF-8", "ASCII"},
    {CHINESE, "UTF-8", "UTF-8"},
    {CHINESE, "UTF-16LE", "UTF-16LE"},
    {CHINESE, "UTF-16BE", "UTF-16BE"},
    {CHINESE, "GBK", "GB18030"},
    {CHINESE, "GB18030", "GB18030"},
    {"Ref,Value\nR1,10kΩ\nR2,22kΩ\n", "GBK", "GB18030"},
    {"Ref,Value\nU1,芯片\n", "GBK", "GB18030"},
    {PROSE, "UTF-16LE", "UTF-16LE"},
    {PROSE, "UTF-16BE", "UTF-16BE"},
    {JAPANESE, "UTF-8", "UTF-8"},
    {JAPANESE, "CP932", "Shift_JIS"},
    {JAPANESE, "UTF-16LE", "UTF-16LE"},
    {KOREAN, "UTF-8", "UTF-8"},
    {KOREAN, "EUC-KR", "EUC-KR"},
    {GERMAN, "UTF-8", "UTF-8"},
    {GERMAN, "CP1252", "Windows-1252"},
    {GERMAN, "ISO-8859-1", "Windows-1252"},
    {"Qty,Value\n1,2.2µF\n", "CP1252", "Windows-1252"},
    {"Qty,Value\n1,2.2µF\n", "UTF-8", "UTF-8"},
    {FRENCH, "CP1252", "Windows-1252"},
    {RUSSIAN, "UTF-8", "UTF-8"},
    {RUSSIAN, "CP1251", "Windows-1251"},
    {RUSSIAN, "UTF-16LE", "UTF-16LE"},
};

Test(encoding, every_kind_is_found_and_converted_at_every_chunk_size) {
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct strbuf bytes = encode(kinds[i].text, kinds[i].as);
        for (size_t chunk = 0; chunk < 40; chunk++)
            check(strbuf_str(&bytes), chunk, kinds[i].text, kinds[i].name, "");
        strbuf_dispose(&bytes);
    }
}

Test(encoding, a_mark_says_it_and_is_not_text) {
    static const struct {
        const char *as, *name;
    } marked[] = {
        {"UTF-8", "UTF-8"},       {"UTF-16LE", "UTF-16LE"},
        {"UTF-16BE", "UTF-16BE"}, {"UTF-32LE", "UTF-32LE"},
        {"UTF-32BE", "UTF-32BE"},
    };
    for (size_t i = 0; i < ARRAY_LEN(marked); i++) {
        struct strbuf bytes = encode("\xef\xbb\xbf"
                                     "型号,b\n",
                                     marked[i].as);
        for (size_t chunk = 0; chunk < 9; chunk++)
            check(strbuf_str(&bytes), chunk, "型号,b\n", marked[i].name, "");
        strbuf_dispose(&bytes);
    }
}

/* The head that is looked at is 64 KiB; the only Chinese cell comes later. */
Test(encoding, a_file_that_begins_as_ascii_is_decided_where_it_stops_being) {
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct strbuf text = {.ptr = NULL}, bytes = {.ptr = NULL};
        if (str_starts(str_from(kinds[i].as), STR_LIT("UTF-16")))
            continue;
        for (int line = 0; line < 5000; line++)
            strbuf_add_text(&text, "Reference,Value,Footprint\n");
        strbuf_add(&bytes, strbuf_str(&text));
        struct strbuf tail = encode(kinds[i].text, kinds[i].as);
        strbuf_add(&bytes, strbuf_str(&tail));
        strbuf_add_text(&text, kinds[i].text);
        check(strbuf_str(&bytes), 0, text.ptr, kinds[i].name, "");
        check(strbuf_str(&bytes), 4099, text.ptr, kinds[i].name, "");
        strbuf_dispose(&text);
        strbuf_dispose(&tail);
        strbuf_dispose(&bytes);
    }
}

Test(encoding, a_stray_windows_byte_in_utf8_is_kept_and_said) {
    for (size_t chunk = 0; chunk < 12; chunk++) {
        check(STR_LIT("电阻,2.2\xb5"
                      "F,电容\n"),
              chunk, "电阻,2.2µF,电容\n", "UTF-8", "guessed 10\n");
        check(STR_LIT("电阻,\x81,电容\n"), chunk, "电阻,\xef\xbf\xbd,电容\n",
              "UTF-8", "replaced 7\n");
    }
}

Test(encoding, one_bad_cell_does_not_turn_utf8_into_something_else) {
    check(STR_LIT("R3,\xff\xfe\xc3,x\nR5,日本,é\n"), 0, "R3,ÿþÃ,x\nR5,日本,é\n",
          "UTF-8", "guessed 3\nguessed 5\nguessed 7\n");
}

Test(encoding, one_french_cell_is_not_russian) {
    struct strbuf bytes = encode("U1,mémoire « vive »\nR1,x\n", "CP1252");
    check(strbuf_str(&bytes), 0, "U1,mémoire « vive »\nR1,x\n", "Windows-1252",
          "");
    strbuf_dispose(&bytes);
}

Test(encoding, what_fits_nothing_is_replaced_and_the_delimiter_stays) {
    struct strbuf bytes = encode(CHINESE CHINESE CHINESE, "GB18030");
    strbuf_add_text(&bytes, "\xb5,\xff,x\n");
    struct strbuf faults = {.ptr = NULL};
    char found[40];
    struct strbuf text = decode(strbuf_str(&bytes), 0, NULL, &faults, found);
    cr_expect_str_eq(found, "GB18030");
    cr_expect(str_ends(strbuf_str(&text),
                       STR_LIT("\n\xef\xbf\xbd,\xef\xbf\xbd,x\n")));
    strbuf_dispose(&text);
    strbuf_dispose(&faults);
    strbuf_dispose(&bytes);
}

Test(encoding, half_a_character_at_the_end_is_replaced) {
    check(STR_LIT("电阻\xe7\x94"), 0, "电阻\xc3\xa7\xe2\x80\x9d", "UTF-8",
          "guessed 6\nguessed 8\n");
    struct strbuf bytes = encode("电阻 a,b", "UTF-16LE");
    check(str_take(strbuf_str(&bytes), bytes.len - 1), 0, "电阻 a,\xef\xbf\xbd",
          "UTF-16LE", "replaced 9\n");
    strbuf_dispose(&bytes);
    bytes = encode(CHINESE "电阻", "GB18030");
    for (size_t chunk = 0; chunk < 8; chunk++)
        check(str_take(strbuf_str(&bytes), bytes.len - 1), chunk,
              CHINESE "电\xef\xbf\xbd", "GB18030", "replaced 206\n");
    strbuf_dispose(&bytes);
}

Test(encoding, half_a_surrogate_pair_does_not_shift_what_follows) {
    static const char bytes[] = "a\0,\0\x3d\xd8,\0b\0\n\0";
    check((struct str){bytes, sizeof(bytes) - 1}, 0, "a,\xef\xbf\xbd,b\n",
          "UTF-16LE", "replaced 2\n");
}

Test(encoding, nul_bytes_are_left_out) {
    check((struct str){"a\0b,\0c\n", 7}, 0, "ab,c\n", "ASCII",
          "dropped 1\ndropped 3\n");
}

Test(encoding, a_name_overrides_what_would_be_found) {
    struct strbuf faults = {.ptr = NULL};
    char found[40];
    struct strbuf bytes = encode("Größe", "CP1252");
    struct strbuf text = decode(strbuf_str(&bytes), 1, "cp850", &faults, found);
    cr_expect_str_eq(found, "cp850");
    cr_expect_str_eq(text.ptr, "Gr÷▀e");
    strbuf_dispose(&text);
    text = decode(STR_LIT("\xef\xbb\xbf"
                          "a"),
                  1, "utf-8", &faults, found);
    cr_expect_str_eq(text.ptr, "a");
    strbuf_dispose(&text);
    strbuf_dispose(&bytes);
    strbuf_dispose(&faults);
}
