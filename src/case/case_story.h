/* SPDX-License-Identifier: Apache-2.0 */
/* What was asked, said, done and noted: requests, claims, inspections, notes. */
#ifndef OVF_CASE_CASE_STORY_H
#define OVF_CASE_CASE_STORY_H

#include "case/claim.h"
#include "case/schema.h"

/** A dated ask of one party to another about the flights of a watch. */
struct ovf_case_request {
    struct ovf_case_head head;
    struct ovf_case_name name;
    int64_t date_ns;
    const char *by;
    const char *to;
    const char *asks;
    struct ovf_case_name watch;
    int64_t days_before; /* the window in which an effect is looked for, stated beforehand */
    int64_t days_after;
    int64_t days_near;
    const char *source;
    bool second_hand;
};

/** A dated statement of a party. */
struct ovf_case_claim {
    struct ovf_case_head head;
    struct ovf_case_name name;
    int64_t date_ns;
    const char *party;
    const char *says;
    const char *predicate; /* NULL: it cannot be checked from tracks */
    struct ovf_predicate parsed;
    const char *source;
    bool second_hand;
};

/** The result of an inspection on the ground. */
struct ovf_case_inspection {
    struct ovf_case_head head;
    struct ovf_case_name name;
    int64_t date_ns;
    const char *at; /* an airport */
    const char *by;
    const char *found;
    struct ovf_case_name watch;
    const char *callsign; /* NULL, like all below: any flight that landed there on that day */
    const char *registration;
    const char *source;
    bool second_hand;
};

struct ovf_case_note {
    struct ovf_case_head head;
    int64_t number;
    int64_t answer_to; /* absent: it answers none */
    const char *author;
    int64_t t_ns;
    const char *text;
    bool is_private; /* for the owner's eyes: withheld from what is published */
};

extern const struct ovf_table ovf_case_request_table;
extern const struct ovf_table ovf_case_claim_table;
extern const struct ovf_table ovf_case_inspection_table;
extern const struct ovf_table ovf_case_note_table;

#endif
