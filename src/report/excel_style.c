#include "report/excel_style.h"

#define INK 0x1F2933
#define RULE 0xC3CAD1
#define HEAD_FILL 0x33475B
#define WHITE 0xFFFFFF

struct look {
    double size;
    lxw_color_t color, fill; /* fill 0: none */
    bool bold, italic, wrap, line_below;
    uint8_t align;
};

#define TABLE_SIZE 10

static const struct look looks[EXCEL_STYLE_COUNT] = {
    [EXCEL_TEXT] = {.size = TABLE_SIZE,
                    .color = INK,
                    .wrap = true,
                    .line_below = true},
    [EXCEL_RIGHT] = {.size = TABLE_SIZE,
                     .color = INK,
                     .wrap = true,
                     .line_below = true,
                     .align = LXW_ALIGN_RIGHT},
    [EXCEL_NUMBER] = {.size = TABLE_SIZE,
                      .color = INK,
                      .line_below = true,
                      .align = LXW_ALIGN_RIGHT},
    [EXCEL_HEAD] = {.size = TABLE_SIZE,
                    .color = WHITE,
                    .fill = HEAD_FILL,
                    .bold = true,
                    .wrap = true},
    [EXCEL_HEAD_NUMBER] = {.size = TABLE_SIZE,
                           .color = WHITE,
                           .fill = HEAD_FILL,
                           .bold = true,
                           .wrap = true,
                           .align = LXW_ALIGN_RIGHT},
    [EXCEL_TITLE] = {.size = 18, .color = INK, .bold = true},
    [EXCEL_HEADLINE] = {.size = 13, .color = INK, .bold = true, .wrap = true},
    [EXCEL_HEADING] = {.size = 12,
                       .color = HEAD_FILL,
                       .bold = true,
                       .line_below = true},
    [EXCEL_LABEL] = {.color = 0x52606D, .bold = true, .wrap = true},
    [EXCEL_SENTENCE] = {.color = INK, .wrap = true},
    [EXCEL_NOTE] = {.size = 10, .color = 0x52606D, .wrap = true},
    [EXCEL_ALARM] = {.color = WHITE,
                     .fill = 0x7B1E1E,
                     .bold = true,
                     .wrap = true},
    [EXCEL_LINK] = {.size = TABLE_SIZE,
                    .color = 0x1B5E9E,
                    .wrap = true,
                    .line_below = true},
    [EXCEL_BLANK] = {.size = TABLE_SIZE, .color = INK, .line_below = true},
    [EXCEL_VERDICT + VERDICT_PROHIBITED] = {.size = TABLE_SIZE,
                                            .color = WHITE,
                                            .fill = 0x8B1A1A,
                                            .bold = true,
                                            .line_below = true},
    [EXCEL_VERDICT + VERDICT_UPCOMING] = {.size = TABLE_SIZE,
                                          .color = WHITE,
                                          .fill = 0xB85C00,
                                          .bold = true,
                                          .line_below = true},
    [EXCEL_VERDICT + VERDICT_RESTRICTED] = {.size = TABLE_SIZE,
                                            .color = INK,
                                            .fill = 0xF2B134,
                                            .bold = true,
                                            .line_below = true},
    [EXCEL_VERDICT +
        VERDICT_REVIEW] = {.color = INK, .fill = 0xBFDDF2, .line_below = true},
    [EXCEL_VERDICT + VERDICT_UNKNOWN] = {.size = TABLE_SIZE,
                                         .color = INK,
                                         .fill = 0xE3E7EB,
                                         .italic = true,
                                         .line_below = true},
    [EXCEL_VERDICT +
        VERDICT_OUT_OF_SCOPE] = {.color = 0x52606D, .line_below = true},
    [EXCEL_VERDICT + VERDICT_CLEAR] = {.size = TABLE_SIZE,
                                       .color = 0x52606D,
                                       .line_below = true},
};

static void apply(lxw_format *format, const struct look *look) {
    format_set_font_name(format, "Calibri");
    format_set_font_size(format, look->size > 0 ? look->size : 11);
    format_set_font_color(format, look->color);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (look->align != 0) {
        format_set_align(format, look->align);
        format_set_indent(format, 1); /* off the text of the next column */
    }
    if (look->bold)
        format_set_bold(format);
    if (look->italic)
        format_set_italic(format);
    if (look->wrap)
        format_set_text_wrap(format);
    if (look->fill != 0) {
        format_set_pattern(format, LXW_PATTERN_SOLID);
        format_set_bg_color(format, look->fill);
    }
    if (look->line_below) {
        format_set_bottom(format, LXW_BORDER_THIN);
        format_set_bottom_color(format, RULE);
    }
}

bool excel_styles_make(lxw_workbook *workbook,
                       lxw_format *styles[EXCEL_STYLE_COUNT]) {
    for (size_t i = 0; i < EXCEL_STYLE_COUNT; i++) {
        styles[i] = workbook_add_format(workbook);
        if (styles[i] == NULL)
            return false;
        apply(styles[i], &looks[i]);
    }
    format_set_num_format(styles[EXCEL_NUMBER], "#,##0");
    format_set_underline(styles[EXCEL_LINK], LXW_UNDERLINE_SINGLE);
    format_set_align(styles[EXCEL_HEAD], LXW_ALIGN_VERTICAL_CENTER);
    format_set_align(styles[EXCEL_HEAD_NUMBER], LXW_ALIGN_VERTICAL_CENTER);
    return true;
}

lxw_color_t excel_verdict_fill(enum verdict verdict) {
    lxw_color_t fill = looks[EXCEL_VERDICT + verdict].fill;
    return fill != 0 ? fill : RULE;
}
