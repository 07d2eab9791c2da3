/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the times of two inputs go together, as feed_clocks does for feeds, whatever the order in which aircraft are
 * read. A position that two inputs have once each is of one message: what its times differ by is what clocks differ
 * by. Each aircraft has a say, when most of its differences are one. */
#ifndef OVF_RUN_INPUT_CLOCKS_H
#define OVF_RUN_INPUT_CLOCKS_H

#include "base/buffer.h"
#include "run/gather.h"

/** What one aircraft says of two inputs. */
struct ovf_clock_say {
    uint32_t input; /* of the catalog; the lower of the two */
    uint32_t other;
    int64_t ahead_ns; /* the first of the second */
    uint64_t n;       /* positions that say so */
};

/** Zero-initialised is empty. One thread's. */
struct ovf_input_clocks {
    struct ovf_clock_say *says;
    size_t n;
    size_t capacity;
};

void ovf_input_clocks_deinit(struct ovf_input_clocks *clocks);

/** The track at hand, before it is followed. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_input_clocks_note(struct ovf_input_clocks *clocks,
                                                    const struct ovf_gather *gather);

/** \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_input_clocks_add(struct ovf_input_clocks *sum,
                                                   const struct ovf_input_clocks *more);

/** Visit two inputs of which most positions that both have say, twenty at the least and within a quarter of a second,
 * that the first is ahead of the second by a second or more; behind when it is negative. Of three inputs that have a
 * position each is compared with the next. */
typedef enum ovf_status ovf_clocks_differ_fn(void *context, uint32_t input, uint32_t other,
                                             int64_t ahead_ns);
OVF_NODISCARD enum ovf_status ovf_input_clocks_each(struct ovf_input_clocks *clocks,
                                                    ovf_clocks_differ_fn *visit, void *context);

#endif
