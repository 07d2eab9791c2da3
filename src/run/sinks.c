/* SPDX-License-Identifier: Apache-2.0 */
#include "run/sinks.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "report/interference.h"
#include "run/sorter.h"

enum { SORTER_BYTES = 1 << 20 };

struct ovf_sinks {
    struct ovf_sorter *sorter;
};

enum ovf_status ovf_sinks_new(struct ovf_sinks **out)
{
    struct ovf_sinks *sinks = calloc(1, sizeof *sinks);
    if (sinks == NULL)
        return OVF_E_NOMEM;
    const enum ovf_status st = ovf_sorter_new(SORTER_BYTES, &sinks->sorter);
    if (st != OVF_OK) {
        free(sinks);
        return st;
    }
    *out = sinks;
    return OVF_OK;
}

void ovf_sinks_free(struct ovf_sinks *sinks)
{
    if (sinks == NULL)
        return;
    ovf_sorter_free(sinks->sorter);
    free(sinks);
}

enum ovf_status ovf_sinks_add(struct ovf_sinks *sinks, const struct ovf_jumps *jumps,
                              struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < jumps->n && st == OVF_OK; i++) {
        const struct ovf_jump *jump = &jumps->items[i];
        /* The place as a number, so that the order is the same everywhere. */
        const struct ovf_sort_key key = {.start_ns = jump->t_s * OVF_NS_PER_S,
                                         .address = jump->address,
                                         .entry_ns =
                                             jump->to.lat_e7 * OVF_E7_TURN + jump->to.lon_e7};
        st = ovf_sorter_add(sinks->sorter, key,
                            (struct ovf_bytes){(const void *)jump, sizeof *jump}, err);
    }
    return st;
}

/* ---- printing ---- */

struct printing {
    struct ovf_jump_places *places;
    const struct ovf_detect_config *config;
    const struct ovf_sink *out;
    struct ovf_buffer text;
    uint64_t n;
};

static enum ovf_status take_jump(void *context, struct ovf_bytes line)
{
    const struct printing *printing = context;
    struct ovf_jump jump;
    memcpy(&jump, line.data, sizeof jump);
    return ovf_jump_places_push(printing->places, &jump);
}

static enum ovf_status print_place(void *context, const struct ovf_jump_place *place)
{
    struct printing *printing = context;
    printing->n++;
    if (printing->out == NULL)
        return OVF_OK;
    printing->text.len = 0;
    const enum ovf_status st = ovf_ndjson_sink(place, printing->config, &printing->text);
    return st == OVF_OK ? ovf_sink_write(printing->out, printing->text.data, printing->text.len)
                        : st;
}

enum ovf_status ovf_sinks_print(struct ovf_sinks *sinks, const struct ovf_detect_config *config,
                                const struct ovf_sink *out, uint64_t *n, struct ovf_error *err)
{
    struct printing printing = {.config = config, .out = out};
    enum ovf_status st = ovf_jump_places_new(config, print_place, &printing, &printing.places);
    if (st == OVF_OK)
        st = ovf_sorter_finish(sinks->sorter, take_jump, &printing, err);
    if (st == OVF_OK)
        st = ovf_jump_places_finish(printing.places);
    ovf_jump_places_free(printing.places);
    ovf_buffer_deinit(&printing.text);
    *n = printing.n;
    return st;
}
