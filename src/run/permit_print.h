/* SPDX-License-Identifier: Apache-2.0 */
/* What `overflight permits` prints, to a sink. */
#ifndef OVF_RUN_PERMIT_PRINT_H
#define OVF_RUN_PERMIT_PRINT_H

#include "rules/permit.h"
#include "run/permit_file.h"
#include "run/rows.h"

/** All lists of \p library, in order of import, and which a later one stands for. */
OVF_NODISCARD enum ovf_status ovf_permit_print_lists(struct ovf_library *library,
                                                     enum ovf_listing_format format,
                                                     const struct ovf_sink *sink,
                                                     struct ovf_error *err);

/** The permits of a list as they were read. */
OVF_NODISCARD enum ovf_status ovf_permit_print_rows(const struct ovf_permit_list *list,
                                                    enum ovf_listing_format format,
                                                    const struct ovf_sink *sink);

OVF_NODISCARD enum ovf_status ovf_permit_print_days(const struct ovf_permit_summary *summary,
                                                    enum ovf_listing_format format,
                                                    const struct ovf_sink *sink);

OVF_NODISCARD enum ovf_status ovf_permit_print_unflown(const struct ovf_permit_summary *summary,
                                                       enum ovf_listing_format format,
                                                       const struct ovf_sink *sink);

#endif
