/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/watches.h"

struct ovf_match ovf_watches_match(const struct ovf_watches *watches,
                                   const struct ovf_airports *airports,
                                   const struct ovf_result *result,
                                   const struct ovf_crossing *crossing,
                                   const struct ovf_identity *who, struct ovf_watches_met *met)
{
    struct ovf_match all = {.from = OVF_MATCHED_UNASKED, .to = OVF_MATCHED_UNASKED};
    *met = (struct ovf_watches_met){0};
    for (size_t i = 0; i < watches->n; i++) {
        const struct ovf_match one =
            ovf_watch_match(&watches->items[i], airports, result, crossing, who);
        all.only_class = all.only_class || one.only_class;
        all.only_end_unknown = all.only_end_unknown || one.only_end_unknown;
        const uint64_t bit = one.matches ? UINT64_C(1) << i : 0;
        met->all |= bit;
        met->by_states |= one.from == OVF_MATCHED_STATES || one.to == OVF_MATCHED_STATES ? bit : 0;
    }
    all.matches = met->all != 0;
    all.only_class = all.only_class && !all.matches;
    all.only_end_unknown = all.only_end_unknown && !all.matches;
    return all;
}

enum ovf_status ovf_watches_names(const struct ovf_watches *watches, uint64_t bits,
                                  struct ovf_buffer *out)
{
    const char *comma = "";
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < watches->n && st == OVF_OK; i++) {
        if ((bits >> i & 1) == 0)
            continue;
        st = ovf_buffer_printf(out, "%s%s", comma, watches->names[i]);
        comma = ",";
    }
    return st;
}
