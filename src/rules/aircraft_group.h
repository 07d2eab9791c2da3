/* SPDX-License-Identifier: Apache-2.0 */
/* Aircraft by name: which a case or a formula names together, and how names are compared. */
#ifndef OVF_RULES_AIRCRAFT_GROUP_H
#define OVF_RULES_AIRCRAFT_GROUP_H

#include "case/schema.h"
#include "rules/subject.h"

/** Borrowed. */
struct ovf_names {
    const char *const *items;
    size_t n;
};

/** An aircraft belongs to it by any of these. */
struct ovf_aircraft_group {
    struct ovf_names registrations; /* "YI-*" are all that begin so */
    struct ovf_names callsigns;
    struct ovf_names operators; /* ICAO designators */
    struct ovf_names types;     /* ICAO type designators */
};

bool ovf_aircraft_group_has(const struct ovf_aircraft_group *group,
                            const struct ovf_subject_aircraft *aircraft);

/** A case's list of texts. */
struct ovf_names ovf_names_of(const struct ovf_case_list *list);

bool ovf_names_have(struct ovf_names names, const char *text);
bool ovf_names_have_registration(struct ovf_names names, const char *registration);
bool ovf_names_have_operator(struct ovf_names names, const char *callsign);

enum { OVF_REGISTRATION_KEY_SIZE = 16 };

/** \p registration in capitals without hyphens and blanks, as flight plans write it: "EP-ABC" is "EPABC".
 * "" for what is empty or longer than any is. */
void ovf_registration_key(const char *registration, char key[OVF_REGISTRATION_KEY_SIZE]);

/** Whether \p key, made by the function above, is \p registration's, which is in capitals. */
bool ovf_registration_has_key(const char *registration, const char *key);

/** For qsort and bsearch: which of two registrations comes first; 0: they are the same, whatever their hyphens,
 * blanks and capitals. */
int ovf_registration_compare(const char *a, const char *b);

/** The operator's ICAO designator in \p callsign: three letters with a digit behind them. False, and "" in
 * \p designator: there is none (some fly their registration as callsign). */
bool ovf_callsign_operator(const char *callsign, char designator[4]);

#endif
