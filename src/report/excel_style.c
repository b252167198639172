#include "report/excel_style.h"

#define INK 0x1F2933
#define GREY 0x52606D
#define RULE 0xC3CAD1
#define HEAD_FILL 0x33475B
#define WHITE 0xFFFFFF

#define TABLE_SIZE 10

enum {
    BOLD = 1 << 0,
    ITALIC = 1 << 1,
    WRAP = 1 << 2,
    BELOW = 1 << 3, /* a fine line */
    RIGHT = 1 << 4,
    BESIDE = 1 << 5, /* a fine line, or the texts of two cells meet */
};

struct look {
    double size;
    lxw_color_t color, fill; /* fill 0: none */
    unsigned flags;
};

static const struct look looks[EXCEL_VERDICT] = {
    [EXCEL_TEXT] = {TABLE_SIZE, INK, 0, WRAP | BELOW | BESIDE},
    [EXCEL_RIGHT] = {TABLE_SIZE, INK, 0, WRAP | BELOW | RIGHT | BESIDE},
    [EXCEL_NUMBER] = {TABLE_SIZE, INK, 0, BELOW | RIGHT | BESIDE},
    [EXCEL_HEAD] = {TABLE_SIZE, WHITE, HEAD_FILL, BOLD | WRAP},
    [EXCEL_HEAD_NUMBER] = {TABLE_SIZE, WHITE, HEAD_FILL, BOLD | WRAP | RIGHT},
    [EXCEL_TITLE] = {18, INK, 0, BOLD},
    [EXCEL_HEADLINE] = {13, INK, 0, BOLD | WRAP},
    [EXCEL_HEADING] = {12, HEAD_FILL, 0, BOLD | BELOW},
    [EXCEL_LABEL] = {11, GREY, 0, BOLD | WRAP},
    [EXCEL_SENTENCE] = {11, INK, 0, WRAP},
    [EXCEL_NOTE] = {10, GREY, 0, WRAP},
    [EXCEL_ALARM] = {11, WHITE, 0x7B1E1E, BOLD | WRAP},
    [EXCEL_LINK] = {TABLE_SIZE, 0x1B5E9E, 0, WRAP | BELOW | BESIDE},
    [EXCEL_BLANK] = {TABLE_SIZE, INK, 0, BELOW},
    [EXCEL_ANSWER] = {TABLE_SIZE, INK, 0xFFF8E1, WRAP | BELOW | BESIDE},
};

static const struct look verdict_looks[VERDICT_COUNT] = {
    [VERDICT_PROHIBITED] = {TABLE_SIZE, WHITE, 0x8B1A1A, BOLD | BELOW | BESIDE},
    [VERDICT_UPCOMING] = {TABLE_SIZE, WHITE, 0xB85C00, BOLD | BELOW | BESIDE},
    [VERDICT_RESTRICTED] = {TABLE_SIZE, INK, 0xF2B134, BOLD | BELOW | BESIDE},
    [VERDICT_REVIEW] = {TABLE_SIZE, INK, 0xBFDDF2, BELOW | BESIDE},
    [VERDICT_UNKNOWN] = {TABLE_SIZE, INK, 0xE3E7EB, ITALIC | BELOW | BESIDE},
    [VERDICT_OUT_OF_SCOPE] = {TABLE_SIZE, GREY, 0, BELOW | BESIDE},
    [VERDICT_CLEAR] = {TABLE_SIZE, GREY, 0, BELOW | BESIDE},
};

static void apply(lxw_format *format, const struct look *look) {
    format_set_font_name(format, "Calibri");
    format_set_font_size(format, look->size);
    format_set_font_color(format, look->color);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (look->flags & RIGHT) {
        format_set_align(format, LXW_ALIGN_RIGHT);
        format_set_indent(format, 1); /* off the text of the next column */
    }
    if (look->flags & BOLD)
        format_set_bold(format);
    if (look->flags & ITALIC)
        format_set_italic(format);
    if (look->flags & WRAP)
        format_set_text_wrap(format);
    if (look->flags & BELOW) {
        format_set_bottom(format, LXW_BORDER_THIN);
        format_set_bottom_color(format, RULE);
    }
    if (look->flags & BESIDE) {
        format_set_right(format, LXW_BORDER_THIN);
        format_set_right_color(format, RULE);
    }
    if (look->fill != 0) {
        format_set_pattern(format, LXW_PATTERN_SOLID);
        format_set_bg_color(format, look->fill);
    }
}

bool excel_styles_make(lxw_workbook *workbook,
                       lxw_format *styles[EXCEL_STYLE_COUNT]) {
    for (size_t i = 0; i < EXCEL_STYLE_COUNT; i++) {
        styles[i] = workbook_add_format(workbook);
        if (styles[i] == NULL)
            return false;
        apply(styles[i], i < EXCEL_VERDICT ? &looks[i]
                                           : &verdict_looks[i - EXCEL_VERDICT]);
    }
    format_set_num_format(styles[EXCEL_NUMBER], "#,##0");
    format_set_num_format(styles[EXCEL_ANSWER], "@");
    format_set_underline(styles[EXCEL_LINK], LXW_UNDERLINE_SINGLE);
    format_set_align(styles[EXCEL_HEAD], LXW_ALIGN_VERTICAL_CENTER);
    format_set_align(styles[EXCEL_HEAD_NUMBER], LXW_ALIGN_VERTICAL_CENTER);
    return true;
}

lxw_color_t excel_verdict_fill(enum verdict verdict) {
    lxw_color_t fill = verdict_looks[verdict].fill;
    return fill != 0 ? fill : RULE;
}
