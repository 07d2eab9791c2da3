/* SPDX-License-Identifier: Apache-2.0 */
/* What something is, by its first bytes, and what a member is for, by its name. */
#ifndef OVF_SOURCE_SNIFF_H
#define OVF_SOURCE_SNIFF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"

/** With so many first bytes (or all there are) the answer is as good as it gets. */
#define OVF_SNIFF_BYTES 65536

enum ovf_content {
    OVF_CONTENT_TRACE, /* begins as JSON does */
    OVF_CONTENT_STATES, /* JSON with OpenSky's state vectors: the key "states", or arrays in an array */
    OVF_CONTENT_AIRCRAFT, /* JSON with readsb's lists of aircraft: the keys "aircraft", "ac" or "hex" */
    OVF_CONTENT_FRAMES, /* a receiver's: Beast, AVR */
    OVF_CONTENT_SBS,    /* BaseStation's lines */
    OVF_CONTENT_TABLE,  /* whatever is nothing else */
    OVF_CONTENT_TAR,
    OVF_CONTENT_TAR_GZIP,
    OVF_CONTENT_ZIP,
};

/** \p head is the beginning of the content; gzip is looked into. */
OVF_NODISCARD enum ovf_status ovf_sniff(struct ovf_bytes head, enum ovf_content *content);

/** Whether a member of this name (the last component counts) is one to read in directories and
 * archives, and as what: trace_full_*.json[.gz] TRACE, states*.json[.gz] STATES, aircraft*.json[.gz] and
 * history_*.json[.gz] AIRCRAFT, *.beast[.gz] and *.avr[.gz] FRAMES, *.sbs[.gz] SBS, *.csv[.gz] TABLE. */
bool ovf_name_is_wanted(const char *name, enum ovf_content *content);

/** The aircraft's address that trace_full_[~]<hex>... names; bit 24 stands for '~'. */
bool ovf_name_address(const char *name, uint32_t *address);

#define OVF_NAME_MAX_BYTES 1024

/** Whether an archive may name a member so: relative, no "..", no control characters, UTF-8, not
 * empty and not too long. NULL is not. */
bool ovf_name_is_safe(const char *name);

/** Drop "./" components and doubled slashes of a safe name in place, so that one member has one name. */
void ovf_name_tidy(char *name);

#endif
