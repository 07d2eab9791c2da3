/* SPDX-License-Identifier: Apache-2.0 */
/* Which input each member of a scan came from, so that it can be told which inputs a crossing rests on. */
#ifndef OVF_STORE_MEMBERS_H
#define OVF_STORE_MEMBERS_H

#include "base/sha256.h"
#include "store/store.h"

/** A member by its digest, and its input by the number that the caller gives inputs. */
struct ovf_store_member {
    struct ovf_digest digest;
    uint32_t input;
};

/** Note \p n members, whose order changes; \p input_fids is by input. One that several inputs have is of the one
 * whose id comes first, whatever the order of scans. */
OVF_NODISCARD enum ovf_status ovf_store_put_members(struct ovf_store *store,
                                                    struct ovf_store_member *members, size_t n,
                                                    const int64_t *input_fids,
                                                    struct ovf_error *err);

/** Take an input of the store, or that a crossing rests on the input \p fid. A status other than OVF_OK ends it. */
typedef enum ovf_status ovf_store_input_fn(void *context, int64_t fid, const char *path);
typedef enum ovf_status ovf_store_rests_on_fn(void *context, const char *crossing, int64_t fid);

/** All inputs, in order of their paths. */
OVF_NODISCARD enum ovf_status ovf_store_each_input(struct ovf_store *store,
                                                   ovf_store_input_fn *take, void *context,
                                                   struct ovf_error *err);

/** Of each crossing the inputs of the members that it was made from, some more than once. */
OVF_NODISCARD enum ovf_status ovf_store_each_rests_on(struct ovf_store *store,
                                                      ovf_store_rests_on_fn *take, void *context,
                                                      struct ovf_error *err);

#endif
