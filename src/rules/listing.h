/* SPDX-License-Identifier: Apache-2.0 */
/* Hits of sanctions lists: flights of aircraft that an entry names, judged on the day of the flight and today. */
#ifndef OVF_RULES_LISTING_H
#define OVF_RULES_LISTING_H

#include "rules/finding.h"
#include "rules/matter.h"

#define OVF_RULE_LISTING "listing/1"

/**
 * A finding for each flight and entry that names its aircraft or operator, against "LIST:ID": the verdict is what
 * it was recognised by (lists/listings.h). What is not known of a day, as before a list's first edition, is
 * `unknown`, and then nothing is said of force.
 */
OVF_NODISCARD enum ovf_status ovf_listings_judge(const struct ovf_matter *matter,
                                                 struct ovf_findings *findings);

#endif
