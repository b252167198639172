#include "web/guard.h"

#include <string.h>

#include "core/lang.h"

bool guard_listen(const struct web_options *options, bool loopback,
                  struct err *err) {
    if (loopback || options->token != NULL || options->behind_proxy)
        return true;
    return err_set(err, ERR_INVALID,
                   "--listen %s is open to others: name a --token-file that "
                   "they must know, or say --behind-proxy where another "
                   "program decides who may ask",
                   options->listen);
}

/* "host:8080" -> "host"; "[::1]:8080" -> "[::1]". */
static struct str host_of(struct str authority) {
    ptrdiff_t end = authority.len != 0 && authority.ptr[0] == '['
                        ? str_find_char(authority, ']') + 1
                        : str_find_char(authority, ':');
    return end > 0 ? str_take(authority, (size_t)end) : authority;
}

static bool is_our_host(const struct server *server, struct str authority) {
    static const char *const loopback[] = {"localhost", "127.0.0.1", "[::1]"};
    const struct web_options *options = server->options;
    struct str host = host_of(authority);
    bool ours = str_eq_nocase(authority, str_from(server->authority));
    for (size_t i = 0; server->loopback && i < ARRAY_LEN(loopback); i++)
        ours = ours || str_eq_nocase(host, str_from(loopback[i]));
    for (size_t i = 0; i < options->host_count; i++)
        ours = ours || str_eq_nocase(host, str_from(options->hosts[i])) ||
               str_eq_nocase(authority, str_from(options->hosts[i]));
    return ours;
}

/* The page that sends a change must be one of ours. A program says neither. */
static bool is_our_page(const struct request *request, const char *host) {
    const char *origin = request_header(request, "Origin");
    const char *site = request_header(request, "Sec-Fetch-Site");
    if (site != NULL && strcmp(site, "same-origin") != 0 &&
        strcmp(site, "none") != 0)
        return false;
    if (origin == NULL)
        return true;
    const char *authority = strstr(origin, "://");
    return authority != NULL &&
           str_eq_nocase(str_from(authority + 3), str_from(host));
}

/* In a time that does not tell how much of it is right. */
static bool is_same(struct str given, struct str wanted) {
    unsigned char differs = given.len != wanted.len;
    for (size_t i = 0; i < given.len; i++)
        differs |=
            (unsigned char)(given.ptr[i] ^
                            (wanted.len == 0 ? 0 : wanted.ptr[i % wanted.len]));
    return differs == 0;
}

/* A browser asks for it as a password, a program sends it as a bearer. */
static bool has_token(const struct request *request, const char *token) {
    const char *header = request_header(request, MHD_HTTP_HEADER_AUTHORIZATION);
    struct str bearer = STR_LIT("Bearer "), wanted = str_from(token);
    if (header != NULL &&
        str_eq_nocase(str_take(str_from(header), bearer.len), bearer))
        return is_same(str_skip(str_from(header), bearer.len), wanted);
    char *password = NULL;
    char *name =
        MHD_basic_auth_get_username_password(request->connection, &password);
    bool ok = password != NULL && is_same(str_from(password), wanted);
    MHD_free(name);
    MHD_free(password);
    return ok;
}

const char *guard_request(const struct request *request, unsigned *status) {
    const struct server *server = request->server;
    const char *host = request_header(request, MHD_HTTP_HEADER_HOST);
    *status = MHD_HTTP_MISDIRECTED_REQUEST;
    if (host == NULL || !is_our_host(server, str_from(host)))
        return tr("This server is not asked by that name; whoever runs it can "
                  "allow it.");
    *status = MHD_HTTP_FORBIDDEN;
    if (strcmp(request->method, MHD_HTTP_METHOD_GET) != 0 &&
        strcmp(request->method, MHD_HTTP_METHOD_HEAD) != 0 &&
        !is_our_page(request, host))
        return tr("A page of another site may not ask for this.");
    *status = MHD_HTTP_UNAUTHORIZED;
    if (server->options->token != NULL &&
        strcmp(request->path, "/healthz") != 0 &&
        !has_token(request, server->options->token))
        return tr("The token is missing or wrong.");
    return NULL;
}
