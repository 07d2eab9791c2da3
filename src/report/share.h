/* SPDX-License-Identifier: Apache-2.0 */
/* Historical shares as NDJSON: the keys of docs/formats/ndjson.md. */
#ifndef OVF_REPORT_SHARE_H
#define OVF_REPORT_SHARE_H

#include "base/buffer.h"
#include "rules/past.h"

/** What is told of a crossing that is only possible. */
struct ovf_historical_share {
    const char *crossing_id;
    const char *airspace;
    const char *from; /* codes of airports */
    const char *to;
    const char *operator_icao; /* "": flights of all operators were counted */
    struct ovf_past_count count;
};

/** Append the line of a share of one flight or more. */
OVF_NODISCARD enum ovf_status ovf_ndjson_share(const struct ovf_historical_share *share,
                                               struct ovf_buffer *out);

/** "historical share: 12 of 14 flights of SIM from OIMM to OIFM ... crossed IQ ...", with what it is worth. */
OVF_NODISCARD enum ovf_status ovf_historical_share_words(const struct ovf_historical_share *share,
                                                         struct ovf_buffer *out);

#endif
