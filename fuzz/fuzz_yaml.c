/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a scenario's document: read, or refused with a text that says why. */

#include "fuzz.h"

#include <stdlib.h>

#include "simulate/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ovf_case_store store = {0};
    struct ovf_scenario scenario;
    struct ovf_error err = {""};
    const enum ovf_status st = ovf_case_read((struct ovf_bytes){data, size}, ovf_scenario_table(0),
                                             &store, &scenario, &err);
    if (st != OVF_OK && st != OVF_E_NOMEM && err.text[0] == '\0')
        abort();
    ovf_case_store_deinit(&store);
    return 0;
}
