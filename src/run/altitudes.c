/* SPDX-License-Identifier: Apache-2.0 */
#include "run/altitudes.h"

#include <stdlib.h>
#include <string.h>

#include "report/interference.h"
#include "run/sorter.h"

enum { SORTER_BYTES = 1 << 18 };

struct ovf_altitudes {
    struct ovf_sorter *sorter;
};

enum ovf_status ovf_altitudes_new(struct ovf_altitudes **out)
{
    struct ovf_altitudes *altitudes = calloc(1, sizeof *altitudes);
    if (altitudes == NULL)
        return OVF_E_NOMEM;
    const enum ovf_status st = ovf_sorter_new(SORTER_BYTES, &altitudes->sorter);
    if (st != OVF_OK) {
        free(altitudes);
        return st;
    }
    *out = altitudes;
    return OVF_OK;
}

void ovf_altitudes_free(struct ovf_altitudes *altitudes)
{
    if (altitudes == NULL)
        return;
    ovf_sorter_free(altitudes->sorter);
    free(altitudes);
}

enum ovf_status ovf_altitudes_add(struct ovf_altitudes *altitudes,
                                  const struct ovf_altitude_changes *changes, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < changes->n && st == OVF_OK; i++) {
        const struct ovf_altitude_change *change = &changes->items[i];
        const struct ovf_sort_key key = {
            .start_ns = change->from_ns, .address = change->address, .entry_ns = change->to_ns};
        st = ovf_sorter_add(altitudes->sorter, key,
                            (struct ovf_bytes){(const void *)change, sizeof *change}, err);
    }
    return st;
}

/* ---- printing ---- */

struct printing {
    struct ovf_shared_altitudes *shared;
    const struct ovf_detect_config *config;
    const struct ovf_sink *out;
    struct ovf_buffer text;
};

static enum ovf_status take_change(void *context, struct ovf_bytes line)
{
    const struct printing *printing = context;
    struct ovf_altitude_change change;
    memcpy(&change, line.data, sizeof change);
    return ovf_shared_altitudes_push(printing->shared, &change);
}

static enum ovf_status print_shared(void *context, const struct ovf_shared_altitude *shared)
{
    struct printing *printing = context;
    printing->text.len = 0;
    const enum ovf_status st =
        ovf_ndjson_shared_altitude(shared, printing->config, &printing->text);
    return st == OVF_OK ? ovf_sink_write(printing->out, printing->text.data, printing->text.len)
                        : st;
}

enum ovf_status ovf_altitudes_print(struct ovf_altitudes *altitudes,
                                    const struct ovf_detect_config *config,
                                    const struct ovf_sink *out, struct ovf_error *err)
{
    struct printing printing = {.config = config, .out = out};
    enum ovf_status st =
        ovf_shared_altitudes_new(config, print_shared, &printing, &printing.shared);
    if (st == OVF_OK)
        st = ovf_sorter_finish(altitudes->sorter, take_change, &printing, err);
    if (st == OVF_OK)
        st = ovf_shared_altitudes_finish(printing.shared);
    ovf_shared_altitudes_free(printing.shared);
    ovf_buffer_deinit(&printing.text);
    return st;
}
