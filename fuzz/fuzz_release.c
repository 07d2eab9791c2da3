/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a list of releases, and as GitHub's description of one. Whatever a name is taken from, it
 * leads nowhere. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "lists/release.h"

static void check(const struct ovf_release *release)
{
    for (size_t i = 0; i < release->n_parts; i++) {
        const char *const name = release->parts[i].name;
        if (strchr(name, '/') != NULL || name[0] == '.' || strlen(name) >= OVF_RELEASE_NAME_SIZE)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const int64_t day_ns = INT64_C(1751328000000000000); /* 2025-07-01 */
    const struct ovf_bytes text = {data, size};
    struct ovf_release release = {.tag = "v2025.07.01-planes-readsb-prod-0"};
    struct ovf_error err;
    if (ovf_release_list(text, &release, &err) == OVF_OK)
        check(&release);
    if (ovf_release_prefer(text, day_ns, &release, &err) == OVF_OK)
        check(&release);
    return 0;
}
