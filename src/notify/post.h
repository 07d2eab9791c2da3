/* SPDX-License-Identifier: Apache-2.0 */
/* POST to the address of a channel: no redirects, no proxies, no private addresses unless the host is listed. */
#ifndef OVF_NOTIFY_POST_H
#define OVF_NOTIFY_POST_H

#include "notify/channel.h"

struct ovf_post;

OVF_NODISCARD enum ovf_status ovf_post_open(const struct ovf_channel_setup *setup,
                                            struct ovf_post **out, struct ovf_error *err);
void ovf_post_close(struct ovf_post *post);

/** A header that goes with every body: "Name: value". */
OVF_NODISCARD enum ovf_status ovf_post_add_header(struct ovf_post *post, const char *header);

/** \param[in] header  one more that goes with this body; NULL: none */
enum ovf_delivery ovf_post_send(struct ovf_post *post, struct ovf_bytes body, const char *header,
                                struct ovf_delivery_note *note);

#endif
