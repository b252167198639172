#ifndef BOMGATE_WEB_ASSETS_H
#define BOMGATE_WEB_ASSETS_H

#include <stddef.h>

/* The files of this folder that a browser gets, embedded by the build. */

extern const char web_frame_html[], web_page_html[], web_result_html[],
    web_history_html[];
extern const char web_app_js[], web_style_css[], web_icon_svg[];
extern const char web_openapi_json[];
extern const size_t web_frame_html_size, web_page_html_size,
    web_result_html_size, web_history_html_size, web_app_js_size,
    web_style_css_size, web_icon_svg_size, web_openapi_json_size;

#endif
