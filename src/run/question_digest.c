/* SPDX-License-Identifier: Apache-2.0 */
#include "run/question_digest.h"

#include <string.h>

/** Each text with its length before it, so that no two lists of texts look alike. */
static enum ovf_status add(struct ovf_buffer *all, const char *text)
{
    return text == NULL ? ovf_buffer_append_text(all, "-;")
                        : ovf_buffer_printf(all, "%zu:%s;", strlen(text), text);
}

static enum ovf_status add_all(struct ovf_buffer *all, const char *const *texts, size_t n)
{
    enum ovf_status st = ovf_buffer_printf(all, "[%zu]", n);
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        st = add(all, texts[i]);
    return st;
}

static enum ovf_status add_editions(struct ovf_buffer *all, const struct ovf_question *q)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < q->config.n_layers && st == OVF_OK; i++)
        st = add(all, q->editions[i].edition);
    return st;
}

enum ovf_status ovf_question_digest(const struct ovf_scan_request *request,
                                    const struct ovf_question *q, char text[OVF_SHA256_HEX_SIZE])
{
    char pack[OVF_SHA256_HEX_SIZE];
    struct ovf_buffer all = {0};
    struct ovf_digest digest;
    ovf_digest_format(&q->pack.pack.digest, OVF_SHA256_BYTES, pack);
    const char *const words[] = {OVF_VERSION,
                                 pack,
                                 q->geoid.source,
                                 request->airspace,
                                 request->kind,
                                 request->from,
                                 request->to,
                                 request->roles,
                                 request->classes,
                                 request->since,
                                 request->until,
                                 request->register_date,
                                 q->register_source,
                                 request->max_gap_s,
                                 request->trace_interval_s,
                                 request->journey_stop_h,
                                 request->include_unknown ? "include-unknown" : ""};
    enum ovf_status st = add_all(&all, words, sizeof words / sizeof *words);
    if (st == OVF_OK)
        st = add_all(&all, request->zones, request->n_zones);
    if (st == OVF_OK)
        st = add_editions(&all, q);
    if (st == OVF_OK)
        st = ovf_buffer_append(&all, q->aircraft_text.data, q->aircraft_text.len);
    if (st == OVF_OK)
        st = ovf_sha256(ovf_buffer_bytes(&all), &digest);
    if (st == OVF_OK)
        ovf_digest_format(&digest, OVF_SHA256_BYTES, text);
    ovf_buffer_deinit(&all);
    return st;
}
