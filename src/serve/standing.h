/* SPDX-License-Identifier: Apache-2.0 */
/* What was told last of each crossing, in the order of telling, for who comes later: it makes of it what those know who
 * listened all along. Memory is bounded: what is over is left off first, the oldest first, then what was told longest
 * ago; it is counted. One thread at a time. */
#ifndef OVF_SERVE_STANDING_H
#define OVF_SERVE_STANDING_H

#include "base/bytes.h"
#include "watch/watch.h"

/** How many are kept: more than a page can show at ease, and as many aircraft as fly over all states at once. */
enum { OVF_STANDING_MAX = 10000, OVF_STANDING_MAX_BYTES = 32 << 20, OVF_STANDING_ID_SIZE = 96 };

struct ovf_standing_line {
    char id[OVF_STANDING_ID_SIZE]; /* of the crossing */
    uint64_t number;               /* of the event that told it */
    int64_t told_ms;
    bool is_over;
    unsigned char *text; /* the event as it is sent */
    size_t len;
};

/** Zero-initialise. */
struct ovf_standing {
    struct ovf_standing_line *lines;
    size_t n;
    size_t capacity;
    size_t n_bytes;
    uint64_t
        n_left_off; /* crossings, since the beginning; one that is told again later is still counted */
};

void ovf_standing_deinit(struct ovf_standing *standing);

/**
 * An event was told; its \p number is greater than those before.
 *
 * \param[in] id     of the crossing
 * \param[in] stand  how the crossing stands by it; nothing: what was told of it before is forgotten
 * \param[in] text   copied
 */
void ovf_standing_note(struct ovf_standing *standing, uint64_t number, const char *id,
                       enum ovf_watch_stand stand, struct ovf_bytes text, int64_t now_ms);

/** The first of the event \p number or a later one; NULL: there is none. Until something is noted. */
const struct ovf_standing_line *ovf_standing_from(const struct ovf_standing *standing,
                                                  uint64_t number);

#endif
