/* SPDX-License-Identifier: Apache-2.0 */
/* The receivers that heard fixes, as small numbers that a fix has room for, and where those stand of which that is
 * told.
 *
 * A stream that collects the frames of several names each by an id of 64 bits (readsb: the first half of the UUID that
 * the receiver's owner has). Number 0 is none of these: the one receiver of an input, or one that nobody names. */
#ifndef OVF_TRACK_RECEIVERS_H
#define OVF_TRACK_RECEIVERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "decode/receiver_id.h"
#include "geo/point.h"

enum { OVF_RECEIVERS_MAX = 65535 };

/** Where an antenna stands. */
struct ovf_receiver_place {
    struct ovf_point at;
    bool has_height;
    double height_m; /* above the sea */
};

/** That a receiver stands somewhere; in a list, by id. */
struct ovf_receiver_told {
    uint64_t id;
    struct ovf_receiver_place place;
    struct ovf_receiver_told *next;
};

/** Zero-initialise. To be changed by one thread while no other reads. */
struct ovf_receivers {
    size_t n;                       /* that have a number, from 1 on */
    struct ovf_receiver_told *told; /* whose place is told */

    /* private */
    struct ovf_receiver_known {
        uint64_t id;
        const struct ovf_receiver_place *place; /* NULL: not told */
    } * items;
    size_t capacity;
    uint16_t *slots; /* numbers by a hash of their ids; 0: free */
    bool has_own;
    struct ovf_receiver_place own;
};

void ovf_receivers_deinit(struct ovf_receivers *receivers);

/** Where number 0 stands. */
void ovf_receivers_tell_own(struct ovf_receivers *receivers,
                            const struct ovf_receiver_place *place);

/** Where \p id stands, which nobody named yet: it gets a number. Of several places the last. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_receivers_tell(struct ovf_receivers *receivers, uint64_t id,
                                                 const struct ovf_receiver_place *place);

/** The number of \p id, which gets one when it has none. 0 where there is no room for it: then \p number says only that
 * nobody is named. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_receivers_number(struct ovf_receivers *receivers, uint64_t id,
                                                   uint16_t *number);

/** The id of \p number, which is from 1 to n. */
uint64_t ovf_receivers_id(const struct ovf_receivers *receivers, uint16_t number);

/** Where \p id stands, whether it has a number or not; NULL: that is not told. */
const struct ovf_receiver_place *ovf_receivers_place_of(const struct ovf_receivers *receivers,
                                                        uint64_t id);

/** Whether of any is told where it stands. \p receivers may be NULL. */
static inline bool ovf_receivers_have_places(const struct ovf_receivers *receivers)
{
    return receivers != NULL && (receivers->has_own || receivers->told != NULL);
}

/** Where \p number stands; NULL: that is not told. \p receivers may be NULL. */
const struct ovf_receiver_place *ovf_receivers_place(const struct ovf_receivers *receivers,
                                                     uint16_t number);

#endif
