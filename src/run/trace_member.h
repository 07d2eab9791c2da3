/* SPDX-License-Identifier: Apache-2.0 */
/* A member that is a trace, read as fits its size: whole, or through a window. */
#ifndef OVF_RUN_TRACE_MEMBER_H
#define OVF_RUN_TRACE_MEMBER_H

#include "read/trace.h"
#include "source/catalog.h"

/** Borrows what it was loaded from, until the loader's next use. */
struct ovf_trace_member {
    const struct ovf_catalog *catalog;
    struct ovf_loader *loader;
    uint32_t item;
    uint32_t record_item;   /* by which its fixes name it: item, unless the caller changes it */
    bool is_large;          /* it is still to be read from where it lies */
    struct ovf_bytes bytes; /* else */
};

/** As ovf_catalog_load; of a large member only its digest is taken. */
OVF_NODISCARD enum ovf_status ovf_trace_member_load(const struct ovf_catalog *catalog,
                                                    uint32_t item, struct ovf_loader *loader,
                                                    struct ovf_digest *digest,
                                                    struct ovf_trace_member *member,
                                                    enum ovf_reject *reject, struct ovf_error *err);

/** As ovf_trace_read. */
OVF_NODISCARD enum ovf_status ovf_trace_member_read(const struct ovf_trace_member *member,
                                                    struct ovf_trace *trace,
                                                    enum ovf_reject *reject, struct ovf_error *err);

#endif
