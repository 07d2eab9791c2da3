/* SPDX-License-Identifier: Apache-2.0 */
#include "run/disturbed_cells.h"

#include "listen/disturbed.h"
#include "report/interference.h"

static enum ovf_status take_disturbed(void *disturbed, uint32_t address, struct ovf_bytes runs)
{
    return ovf_disturbed_take(disturbed, address, runs);
}

static enum ovf_status take_all(void *disturbed, uint32_t address, struct ovf_bytes runs)
{
    ovf_disturbed_take_all(disturbed, address, runs);
    return OVF_OK;
}

enum ovf_status ovf_disturbed_print(const struct ovf_heard_spool *heard,
                                    const struct ovf_detect_config *config,
                                    const struct ovf_sink *out, struct ovf_error *err)
{
    struct ovf_disturbed disturbed = {0};
    struct ovf_buffer text = {0};
    const struct ovf_cell_count *cells = NULL;
    size_t n = 0;
    enum ovf_status st = ovf_heard_spool_show_disturbed(heard, take_disturbed, &disturbed, err);
    if (st == OVF_OK && disturbed.n > 0)
        st = ovf_heard_spool_show(heard, take_all, &disturbed, err);
    if (st == OVF_OK)
        ovf_disturbed_settle(&disturbed, config, &cells, &n);
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        text.len = 0;
        st = ovf_ndjson_cell(&cells[i], config, &text);
        if (st == OVF_OK)
            st = ovf_sink_write(out, text.data, text.len);
    }
    ovf_buffer_deinit(&text);
    ovf_disturbed_deinit(&disturbed);
    return st;
}
