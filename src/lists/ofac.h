/* SPDX-License-Identifier: Apache-2.0 */
/* What both of OFAC's formats share: the words for what identifies an aircraft, in remarks ("Aircraft
 * Model IL-76TD; Aircraft Manufacturer's Serial Number (MSN) 1023409321; Linked To: POUYA AIR.") and as
 * the types of identities in sdn.xml. */
#ifndef OVF_LISTS_OFAC_H
#define OVF_LISTS_OFAC_H

#include "lists/listing_draft.h"

/** The value of an identity of that type; of other types nothing is put. */
void ovf_ofac_put(struct ovf_listing_draft *draft, struct ovf_bytes type, struct ovf_bytes value);

/** The remarks and all that they name. */
void ovf_ofac_put_remarks(struct ovf_listing_draft *draft, struct ovf_bytes remarks);

/** The kind that \p type (as written, any case) is: false when it is neither aircraft nor entity. */
bool ovf_ofac_put_kind(struct ovf_listing_draft *draft, struct ovf_bytes type);

/** Add what follows from the whole, and keep it: an aircraft's name is a tail unless it is "MSN 550"; where
 * no serial number is named, the construction number is it. */
OVF_NODISCARD enum ovf_status ovf_ofac_keep(struct ovf_listing_draft *draft,
                                            struct ovf_listing_set *set,
                                            struct ovf_listing_report *report);

#endif
