/* SPDX-License-Identifier: Apache-2.0 */
/* A member that a track was made from: what a fix's record.item stands for once the fixes of one
 * aircraft are together. The number means something within that aircraft's track only. */
#ifndef OVF_TRACK_MEMBER_H
#define OVF_TRACK_MEMBER_H

#include "base/sha256.h"
#include "track/identity.h"

/** Who says what an aircraft is. */
enum ovf_identity_source {
    OVF_IDENTITY_NOBODY,
    OVF_IDENTITY_TRACE_HEADER,
    OVF_IDENTITY_TABLE,
};

struct ovf_track_member {
    const char *name;         /* its path in the input; borrowed */
    struct ovf_digest digest; /* of its bytes as stored */
    int64_t from_ns;          /* the time that it speaks of, whether or not it has a fix there: */
    int64_t to_ns;            /* a trace's UTC day, a table's first to last fix in whole minutes */
    bool is_carried;          /* an earlier scan read it, this one has some of its fixes */
    bool is_feed;             /* it has no end, and so no digest */
    enum ovf_identity_source identity_source;
    struct ovf_identity identity; /* unless nobody says so */
};

/** The order in which members are numbered, whatever the order in which inputs were named: by the time
 * they speak of, then by digest. For qsort. */
int ovf_track_member_compare(const void *a, const void *b);

#endif
