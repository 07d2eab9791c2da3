/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a permit list: refused, or made with counts that add up and permits that hold together. */

#include "fuzz.h"

#include <stdlib.h>

#include "lists/permit.h"

static void check(const struct ovf_permit *permit)
{
    size_t n = 0;
    for (const char *p = permit->registrations.first; n < permit->registrations.n; n++)
        p += strlen(p) + 1;
    if (permit->number[0] == '\0' || permit->valid_to_ns < permit->valid_from_ns ||
        (permit->days & ~0x7FU) != 0 || permit->days == 0 || strlen(permit->ades) > 4 ||
        (permit->has_flights_max && permit->flights_max == 0))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ovf_permit_list list = {0};
    struct ovf_permit_about about;
    struct ovf_error err = {0};
    if (ovf_permit_about_read("IQ", "2012-01-01/2012-12-31", "ORBB", &about, &err) != OVF_OK)
        abort();
    if (ovf_permit_list_read((struct ovf_bytes){data, size}, &about, &list, &err) != OVF_OK)
        return 0;
    if (list.n != list.counts.n_used ||
        list.counts.n_read !=
            list.counts.n_used + list.counts.n_repeated + ovf_permit_counts_rejected(&list.counts))
        abort();
    for (size_t i = 0; i < list.n; i++)
        check(&list.items[i]);
    ovf_permit_list_deinit(&list);
    return 0;
}
