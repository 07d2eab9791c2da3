/* SPDX-License-Identifier: Apache-2.0 */
/* A crossing as one row of named values, for formats without nesting: the NDJSON keys with '_' for
 * nesting, always the same ones in the same order. */
#ifndef OVF_REPORT_FLAT_H
#define OVF_REPORT_FLAT_H

#include "report/line.h"

enum { OVF_FLAT_N = 90 };

enum ovf_flat_kind { OVF_FLAT_TEXT, OVF_FLAT_NUMBER, OVF_FLAT_BOOL };

struct ovf_flat_value {
    enum ovf_flat_kind kind;
    bool is_known; /* false: the text is empty */
    size_t at;     /* private: where its text begins */
};

/** Zero-initialise. */
struct ovf_flat {
    struct ovf_flat_value values[OVF_FLAT_N];
    size_t n;               /* private */
    struct ovf_buffer text; /* private: all texts, each with its NUL */
};

void ovf_flat_deinit(struct ovf_flat *flat);

const char *ovf_flat_key(size_t i);

OVF_NODISCARD enum ovf_status ovf_flat_crossing(const struct ovf_report *report,
                                                const struct ovf_report_line *line,
                                                struct ovf_flat *flat);

/** Value \p i as it is printed: a number with its decimals, "true", or a text. */
static inline const char *ovf_flat_text(const struct ovf_flat *flat, size_t i)
{
    return (const char *)flat->text.data + flat->values[i].at;
}

#endif
