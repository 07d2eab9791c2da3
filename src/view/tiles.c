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

/** Characters of RFC 3986 but for quotes, and the braces of the three places, each there. */
static bool is_path(const char *path)
{
    static const char *const places[] = {"{z}", "{x}", "{y}"};
    char plain[sizeof letters + 24];
    (void)snprintf(plain, sizeof plain, "%s%s", letters, "-._~:/?#@!$&()*+,=%");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (strstr(path, places[i]) == NULL)
            return false;
    }
    while (*path != '\0') {
        const size_t len = strspn(path, plain);
        size_t place = 0;
        for (size_t i = 0; i < sizeof places / sizeof *places; i++)
            place = strncmp(path + len, places[i], 3) == 0 ? 3 : place;
        if (len + place == 0)
            return false;
        path += len + place;
    }
    return true;
}

enum ovf_status ovf_view_tiles_parse(const char *url, struct ovf_view_tiles *out,
                                     struct ovf_error *err)
{
    const size_t scheme = strncmp(url, "https://", 8) == 0  ? 8
                          : strncmp(url, "http://", 7) == 0 ? 7
                                                            : 0;
    const size_t host = scheme > 0 ? host_length(url + scheme) : 0;
    const size_t origin = scheme + host;
    if (host == 0 || url[origin] != '/' || !is_path(url + origin) ||
        strlen(url) >= sizeof out->url || origin >= sizeof out->origin)
        return ovf_error_set(err, OVF_E_RANGE,
                             "--tiles \"%.80s\" is no address as https://HOST/{z}/{x}/{y}.png",
                             url);
    (void)snprintf(out->url, sizeof out->url, "%s", url);
    (void)snprintf(out->origin, sizeof out->origin, "%.*s", (int)origin, url);
    return OVF_OK;
}
