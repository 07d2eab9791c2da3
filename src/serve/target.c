/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/target.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

#define API "/api/v1/"

static const char *const files[OVF_SERVE_N_FILES] = {
    [OVF_SERVE_HTML] = "/",
    [OVF_SERVE_CSS] = "/page.css",
    [OVF_SERVE_JS] = "/page.js",
    [OVF_SERVE_WORKER] = "/worker.js",
};

bool ovf_serve_fail(struct ovf_serve_error *error, unsigned status, const char *code,
                    const char *message)
{
    *error = (struct ovf_serve_error){.status = status, .code = code};
    (void)snprintf(error->message, sizeof error->message, "%s", message);
    return false;
}

/* ---- the path ---- */

static bool is(struct ovf_bytes text, const char *name)
{
    return text.len == strlen(name) && memcmp(text.data, name, text.len) == 0;
}

/** Identifiers are letters, digits and little else: what is escaped is none. */
static bool read_id(struct ovf_bytes text, char id[OVF_VIEW_TEXT_SIZE])
{
    static const char admitted[] =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._-";
    if (text.len == 0 || text.len >= OVF_VIEW_TEXT_SIZE)
        return false;
    memcpy(id, text.data, text.len);
    id[text.len] = '\0';
    return strspn(id, admitted) == text.len;
}

static bool read_document(struct ovf_bytes name, struct ovf_serve_target *out,
                          struct ovf_serve_error *error)
{
    static const char crossings[] = "crossings/";
    char text[OVF_VIEW_TEXT_SIZE];
    if (is(name, "events") || is(name, "live")) {
        out->what = is(name, "live") ? OVF_SERVE_LIVE : OVF_SERVE_EVENTS;
        return true;
    }
    if (name.len >= sizeof crossings - 1 &&
        memcmp(name.data, crossings, sizeof crossings - 1) == 0) {
        out->what = OVF_SERVE_CROSSING;
        name.data += sizeof crossings - 1;
        name.len -= sizeof crossings - 1;
        return read_id(name, out->id) ||
               ovf_serve_fail(error, 404, "no_such_crossing", "no crossing has this id");
    }
    out->what = OVF_SERVE_DOCUMENT;
    return (read_id(name, text) && ovf_view_find(text, &out->document)) ||
           ovf_serve_fail(error, 404, "no_such_document",
                          "there is no such document: /api/v1/index names those that there are");
}

static bool read_path(struct ovf_bytes path, struct ovf_serve_target *out,
                      struct ovf_serve_error *error)
{
    for (unsigned i = 0; i < OVF_SERVE_N_FILES; i++) {
        if (is(path, files[i])) {
            out->what = OVF_SERVE_FILE;
            out->file = (enum ovf_serve_file)i;
            return true;
        }
    }
    if (is(path, OVF_SERVE_TILES_PATH)) {
        out->what = OVF_SERVE_TILES;
        return true;
    }
    if (path.len >= sizeof API - 1 && memcmp(path.data, API, sizeof API - 1) == 0)
        return read_document(
            (struct ovf_bytes){path.data + sizeof API - 1, path.len - (sizeof API - 1)}, out,
            error);
    return ovf_serve_fail(error, 404, "not_found", "there is nothing at this address");
}

/* ---- the query ---- */

/** The byte that two hexadecimal digits name; false: they are none. */
static bool read_byte(const unsigned char *digits, unsigned char *out)
{
    unsigned byte = 0;
    for (size_t i = 0; i < 2; i++) {
        const unsigned char c = digits[i];
        const unsigned char lower = c | 0x20;
        if (c >= '0' && c <= '9')
            byte = byte << 4 | (unsigned)(c - '0');
        else if (lower >= 'a' && lower <= 'f')
            byte = byte << 4 | (unsigned)(lower - 'a' + 10);
        else
            return false;
    }
    *out = (unsigned char)byte;
    return true;
}

/** Undoes percent signs and plus signs. False: it is cut, no UTF-8, has a NUL, or does not fit with a NUL behind. */
static bool unescape(struct ovf_bytes text, char *out, size_t size, size_t *n)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = text.data[i] == '+' ? ' ' : text.data[i];
        if (c == '%') {
            if (text.len - i < 3 || !read_byte(text.data + i + 1, &c))
                return false;
            i += 2;
        }
        if (c == '\0' || len + 1 >= size)
            return false;
        out[len++] = (char)c;
    }
    out[len] = '\0';
    *n = len;
    return ovf_utf8_valid((struct ovf_bytes){(const unsigned char *)out, len});
}

static bool bad_query(struct ovf_serve_error *error, const char *message)
{
    return ovf_serve_fail(error, 400, "bad_parameter", message);
}

/** Of the page all parameters but the token are the script's. */
static bool take_parameter(struct ovf_serve_target *out, const char *name, struct ovf_bytes value,
                           struct ovf_serve_error *error)
{
    struct ovf_error err = {""};
    if (out->what == OVF_SERVE_FILE) {
        if (out->file == OVF_SERVE_HTML && strcmp(name, "token") == 0 &&
            value.len < sizeof out->token)
            memcpy(out->token, value.data, value.len + 1);
        return true;
    }
    if (out->what != OVF_SERVE_DOCUMENT)
        return bad_query(error, "this document has no parameters");
    const enum ovf_status st = ovf_view_query_set(&out->query, name, value, &err);
    if (st == OVF_E_NOTFOUND)
        return bad_query(error, "there is no such parameter");
    return st == OVF_OK || bad_query(error, err.text);
}

static bool read_parameter(struct ovf_serve_target *out, struct ovf_bytes text,
                           struct ovf_serve_error *error)
{
    char name[32];
    char value[1024];
    size_t n_name;
    size_t n_value = 0;
    const unsigned char *const sign = memchr(text.data, '=', text.len);
    const size_t len = sign != NULL ? (size_t)(sign - text.data) : text.len;
    const struct ovf_bytes behind = {text.data + len + 1, sign != NULL ? text.len - len - 1 : 0};
    value[0] = '\0';
    const bool good = unescape((struct ovf_bytes){text.data, len}, name, sizeof name, &n_name) &&
                      (sign == NULL || unescape(behind, value, sizeof value, &n_value));
    if (!good) /* tar1090's links, which the page reads, may have what we do not */
        return out->what == OVF_SERVE_FILE ||
               bad_query(error, "a parameter is too long, no UTF-8, or escaped wrongly");
    return take_parameter(out, name, (struct ovf_bytes){(const unsigned char *)value, n_value},
                          error);
}

bool ovf_serve_target_read(const char *text, struct ovf_serve_target *out,
                           struct ovf_serve_error *error)
{
    struct ovf_bytes rest = ovf_bytes_from_text(text);
    const size_t n_path = strcspn(text, "?");
    *out = (struct ovf_serve_target){.query = ovf_view_query_all()};
    if (!read_path((struct ovf_bytes){rest.data, n_path}, out, error))
        return false;
    for (size_t at = n_path; at < rest.len;) {
        const size_t from = at + 1;
        at = from + strcspn(text + from, "&");
        if (at > from &&
            !read_parameter(out, (struct ovf_bytes){rest.data + from, at - from}, error))
            return false;
    }
    return true;
}

/* ---- headers ---- */

bool ovf_serve_host_is(const char *host, const char *const *names, size_t n_names)
{
    for (size_t i = 0; i < n_names; i++) {
        const size_t n = strlen(names[i]);
        if (strncasecmp(host, names[i], n) != 0)
            continue;
        if (host[n] == '\0' ||
            (host[n] == ':' && host[n + 1 + strspn(host + n + 1, "0123456789")] == '\0'))
            return true;
    }
    return false;
}

/** The next element of a comma-separated list, without blanks around; false at the end. */
static bool next_element(const char **rest, struct ovf_bytes *out)
{
    *rest += strspn(*rest, ", \t");
    size_t len = strcspn(*rest, ",");
    *out = (struct ovf_bytes){(const unsigned char *)*rest, len};
    *rest += len;
    while (out->len > 0 && (out->data[out->len - 1] == ' ' || out->data[out->len - 1] == '\t'))
        out->len--;
    return out->len > 0;
}

static bool is_one_of(unsigned char c, const char *characters)
{
    return c != '\0' && strchr(characters, c) != NULL;
}

/** Whether the weight behind ";q=" is none: "0", "0.", "0.000". */
static bool is_refused(struct ovf_bytes parameters)
{
    size_t i = 0;
    while (i < parameters.len && is_one_of(parameters.data[i], "; \tqQ="))
        i++;
    if (i == parameters.len || parameters.data[i] != '0')
        return false;
    for (; i < parameters.len; i++) {
        if (parameters.data[i] != '0' && parameters.data[i] != '.')
            return false;
    }
    return true;
}

bool ovf_serve_admits_gzip(const char *accepted)
{
    struct ovf_bytes element;
    while (accepted != NULL && next_element(&accepted, &element)) {
        size_t n = 0;
        while (n < element.len && !is_one_of(element.data[n], "; \t"))
            n++;
        const struct ovf_bytes behind = {element.data + n, element.len - n};
        if (n == 4 && strncasecmp((const char *)element.data, "gzip", 4) == 0)
            return !is_refused(behind);
    }
    return false;
}

bool ovf_serve_is_known(const char *known, const char *etag)
{
    struct ovf_bytes element;
    const size_t n = strlen(etag) - 1; /* without the last quote */
    while (known != NULL && next_element(&known, &element)) {
        if (is(element, "*"))
            return true;
        if (element.len > 2 && memcmp(element.data, "W/", 2) == 0)
            element = (struct ovf_bytes){element.data + 2, element.len - 2};
        if (element.len > n && memcmp(element.data, etag, n) == 0) {
            const struct ovf_bytes end = {element.data + n, element.len - n};
            if (is(end, "\"") || is(end, "-gzip\""))
                return true;
        }
    }
    return false;
}
