/* SPDX-License-Identifier: Apache-2.0 */
#include "run/trace_member.h"

static bool more(void *context, size_t n_kept, struct ovf_bytes *window, bool *is_last)
{
    return ovf_loader_more(context, n_kept, window, is_last);
}

static enum ovf_status load_whole(struct ovf_trace_member *member, enum ovf_reject *reject,
                                  struct ovf_error *err)
{
    member->is_large = false;
    return ovf_catalog_load(member->catalog, member->item, member->loader, &member->bytes, NULL,
                            reject, err);
}

enum ovf_status ovf_trace_member_load(const struct ovf_catalog *catalog, uint32_t item,
                                      struct ovf_loader *loader, struct ovf_digest *digest,
                                      struct ovf_trace_member *member, enum ovf_reject *reject,
                                      struct ovf_error *err)
{
    *member = (struct ovf_trace_member){
        .catalog = catalog, .loader = loader, .item = item, .record_item = item};
    *reject = OVF_REJECT_N;
    member->is_large = ovf_catalog_item(catalog, item)->stored_bytes > OVF_WINDOW_FROM_BYTES;
    enum ovf_status st = member->is_large ? ovf_catalog_digest(catalog, item, loader, err)
                                          : load_whole(member, reject, err);
    if (st == OVF_OK && digest != NULL)
        st = ovf_loader_digest(loader, digest);
    return st;
}

static enum ovf_status read_in_window(const struct ovf_trace_member *member,
                                      struct ovf_trace *trace, bool *gave_up, struct ovf_error *err)
{
    const struct ovf_trace_source source = {more, member->loader};
    bool is_open;
    enum ovf_status st =
        ovf_catalog_open(member->catalog, member->item, member->loader, &is_open, err);
    *gave_up = !is_open;
    if (st != OVF_OK || !is_open)
        return st;
    st = ovf_trace_read_source(&source, member->record_item, trace, gave_up, err);
    ovf_loader_close(member->loader);
    return st;
}

enum ovf_status ovf_trace_member_read(const struct ovf_trace_member *member,
                                      struct ovf_trace *trace, enum ovf_reject *reject,
                                      struct ovf_error *err)
{
    struct ovf_trace_member whole = *member;
    enum ovf_status st = OVF_OK;
    *reject = OVF_REJECT_N;
    if (member->is_large) {
        bool gave_up;
        st = read_in_window(member, trace, &gave_up, err);
        if (st != OVF_OK || !gave_up)
            return st;
        st = load_whole(&whole, reject, err);
    }
    return st == OVF_OK && *reject == OVF_REJECT_N
               ? ovf_trace_read(whole.bytes, whole.record_item, trace, reject, err)
               : st;
}
