#ifndef BOMGATE_WEB_MHD_H
#define BOMGATE_WEB_MHD_H

#include <microhttpd.h>
#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"

/*
 * libmicrohttpd, which brings a TLS library along, is loaded when somebody
 * serves: every other run starts in half the time without it. Its functions are
 * called by their own names.
 */

#define MHD_FUNCTIONS(each)                                                    \
    each(MHD_add_response_header) each(MHD_basic_auth_get_username_password)   \
        each(MHD_create_post_processor) each(MHD_create_response_from_buffer)  \
            each(MHD_create_response_from_fd64)                                \
                each(MHD_destroy_post_processor) each(MHD_destroy_response)    \
                    each(MHD_free) each(MHD_get_connection_info)               \
                        each(MHD_get_connection_values)                        \
                            each(MHD_lookup_connection_value)                  \
                                each(MHD_post_process)                         \
                                    each(MHD_queue_response)                   \
                                        each(MHD_quiesce_daemon)               \
                                            each(MHD_start_daemon)             \
                                                each(MHD_stop_daemon)

struct mhd {
#define MHD_MEMBER(name) __typeof__(&name) name##_;
    MHD_FUNCTIONS(MHD_MEMBER)
#undef MHD_MEMBER
};

/** Filled by mhd_load(). */
extern struct mhd mhd;

/** @return false when the library is not installed. */
NODISCARD bool mhd_load(struct err *err);

#ifndef MHD_NAMES_ONLY
#define MHD_add_response_header mhd.MHD_add_response_header_
#define MHD_basic_auth_get_username_password                                   \
    mhd.MHD_basic_auth_get_username_password_
#define MHD_create_post_processor mhd.MHD_create_post_processor_
#define MHD_create_response_from_buffer mhd.MHD_create_response_from_buffer_
#define MHD_create_response_from_fd64 mhd.MHD_create_response_from_fd64_
#define MHD_destroy_post_processor mhd.MHD_destroy_post_processor_
#define MHD_destroy_response mhd.MHD_destroy_response_
#define MHD_free mhd.MHD_free_
#define MHD_get_connection_info mhd.MHD_get_connection_info_
#define MHD_get_connection_values mhd.MHD_get_connection_values_
#define MHD_lookup_connection_value mhd.MHD_lookup_connection_value_
#define MHD_post_process mhd.MHD_post_process_
#define MHD_queue_response mhd.MHD_queue_response_
#define MHD_quiesce_daemon mhd.MHD_quiesce_daemon_
#define MHD_start_daemon mhd.MHD_start_daemon_
#define MHD_stop_daemon mhd.MHD_stop_daemon_
#endif

#endif
