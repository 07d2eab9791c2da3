/* SPDX-License-Identifier: Apache-2.0 */
#include "view/tiles.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** How long the host at \p text is, a name, IPv4 or [IPv6] address, with its port; 0: there is none. */
static size_t host_length(const char *text)
{
    char plain[sizeof letters + 2];
    size_t len;
    (void)snprintf(plain, sizeof plain, "%s.-", letters);
    if (text[0] == '[') {
        len = 1 + strspn(text + 1, "0123456789abcdefABCDEF:.");
        len = len > 1 && text[len] == ']' ? len + 1 : 0;
    } else {
        len = strspn(text, plain);
    }
    if (len == 0 || text[len] != ':')
        return len;
    const size_t digits = strspn(text + len + 1, "0123456789");
    return digits > 0 && digits <= 5 ? len + 1 + digits : 0;
}

/** Characters of RFC 3986 but for quotes; where it \p has_places braces around those, too. */
static bool is_path(const char *path, bool has_places)
{
    static const char *const places[] = {"{z}", "{x}", "{y}"};
    char plain[sizeof letters + 24];
    (void)snprintf(plain, sizeof plain, "%s%s", letters, "-._~:/?#@!$&()*+,=%");
    for (size_t i = 0; has_places && i < sizeof places / sizeof *places; i++) {
        if (strstr(path, places[i]) == NULL)
            return false;
    }
    while (*path != '\0') {
        const size_t len = strspn(path, plain);
        size_t place = 0;
        for (size_t i = 0; has_places && i < sizeof places / sizeof *places; i++)
            place = strncmp(path + len, places[i], 3) == 0 ? 3 : place;
        if (len + place == 0)
            return false;
        path += len + place;
    }
    return true;
}

/** Whether the first \p len of \p path are the name of an archive. */
static bool is_archive(const char *path, size_t len)
{
    static const char end[] = ".pmtiles";
    const size_t n = sizeof end - 1;
    return len > n && memcmp(path + len - n, end, n) == 0;
}

enum ovf_status ovf_view_tiles_parse(const char *text, struct ovf_view_tiles *out,
                                     struct ovf_error *err)
{
    const size_t scheme = strncmp(text, "https://", 8) == 0  ? 8
                          : strncmp(text, "http://", 7) == 0 ? 7
                                                             : 0;
    const size_t host = scheme > 0 ? host_length(text + scheme) : 0;
    const size_t origin = scheme + host;
    const bool has_archive = is_archive(text + origin, strcspn(text + origin, "?#"));
    if (scheme == 0 && is_archive(text, strlen(text)) && strstr(text, "://") == NULL) {
        *out = (struct ovf_view_tiles){.kind = OVF_TILES_FILE, .url = OVF_TILES_OWN};
        return OVF_OK;
    }
    if (host == 0 || text[origin] != '/' || !is_path(text + origin, !has_archive) ||
        strlen(text) >= sizeof out->url || origin >= sizeof out->origin)
        return ovf_error_set(err, OVF_E_RANGE,
                             "--tiles \"%.80s\" is no address as https://HOST/{z}/{x}/{y}.png or "
                             "https://HOST/MAP.pmtiles",
                             text);
    out->kind = has_archive ? OVF_TILES_PMTILES : OVF_TILES_XYZ;
    (void)snprintf(out->url, sizeof out->url, "%s", text);
    (void)snprintf(out->origin, sizeof out->origin, "%.*s", (int)origin, text);
    return OVF_OK;
}
