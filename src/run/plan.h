/* SPDX-License-Identifier: Apache-2.0 */
/* What is to be done: which members of the catalog, and which spooled rows, make up each track. */
#ifndef OVF_RUN_PLAN_H
#define OVF_RUN_PLAN_H

#include "read/options.h"
#include "run/account.h"
#include "run/fix_spool.h"
#include "run/progress.h"
#include "source/catalog.h"

/** One source of fixes of a track. */
struct ovf_plan_part {
    struct ovf_track_key key;
    bool is_spooled;
    uint32_t number; /* of the catalog's item, or of the spool's track */
};

/** The parts [begin, end) of one address, by key: one track, but of a label as many as inputs have it. They
 * go to one thread, which can tell members that stand in several inputs. */
struct ovf_plan_group {
    size_t begin;
    size_t end;
};

struct ovf_plan {
    struct ovf_plan_part *parts;
    size_t n_parts;
    size_t parts_capacity;
    struct ovf_plan_group
        *groups; /* in the order in which their first member stands in the inputs */
    size_t n_groups;
    struct ovf_fix_spool *spool;
};

/**
 * Go through the catalog once: tables are read into the spool, traces whose name does not say whose
 * they are are looked into; all others are only listed.
 * \param[in]     options  what the recordings do not say themselves
 * \param[in,out] account  counts of what was read here
 */
OVF_NODISCARD enum ovf_status ovf_plan_make(const struct ovf_catalog *catalog,
                                            const struct ovf_read_options *options,
                                            struct ovf_account *account, struct ovf_plan *plan,
                                            struct ovf_error *err);

void ovf_plan_deinit(struct ovf_plan *plan);

#endif
