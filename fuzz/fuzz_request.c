/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the target and the headers of a request that are ours to read, cut at line ends. What a target is taken
 * for has texts that end, and nothing that could leave its place; what is refused says why. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "serve/rates.h"
#include "serve/target.h"

enum { MAX = 8192, N_LINES = 4 };

static void read_target(const char *text)
{
    struct ovf_serve_target target;
    struct ovf_serve_error error = {0};
    if (!ovf_serve_target_read(text, &target, &error)) {
        if (error.status < 400 || error.code == NULL || error.message[0] == '\0')
            abort();
        return;
    }
    if (memchr(target.id, '\0', sizeof target.id) == NULL ||
        memchr(target.token, '\0', sizeof target.token) == NULL ||
        strpbrk(target.id, "/%'\"<> ") != NULL)
        abort();
    for (int i = 0; i < OVF_VIEW_FILTER_N; i++) {
        if (memchr(target.query.filters[i], '\0', OVF_VIEW_TEXT_SIZE) == NULL)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const hosts[] = {"localhost", "[::1]", "127.0.0.1"};
    struct ovf_client_address client;
    char text[MAX];
    const char *lines[N_LINES] = {"", "", "", ""};
    size_t n = 0;
    if (size >= sizeof text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    for (char *at = text; at != NULL && n < N_LINES; n++) {
        lines[n] = at;
        at = strchr(at, '\n');
        if (at != NULL)
            *at++ = '\0';
    }
    read_target(lines[0]);
    if (ovf_serve_host_is(lines[1], hosts, 3) && strpbrk(lines[1], "/@ ") != NULL)
        abort();
    (void)ovf_serve_admits_gzip(lines[2]);
    (void)ovf_serve_is_known(lines[3], "\"abc\"");
    (void)ovf_client_address_forwarded(lines[1], &client);
    return 0;
}
