/* SPDX-License-Identifier: Apache-2.0 */
/* Aircraft named together in a case: state aircraft, those that need no permit, that owe no charge. */
#ifndef OVF_RULES_AIRCRAFT_GROUP_H
#define OVF_RULES_AIRCRAFT_GROUP_H

#include "rules/subject.h"

/**
 * An aircraft belongs to it by any of these. Nothing is copied.
 * A registration is compared as ovf_registration_key has it, a callsign as a whole.
 */
struct ovf_aircraft_group {
    const uint32_t *addresses;
    size_t n_addresses;
    const char *const *registrations;
    size_t n_registrations;
    const char *const *registration_prefixes; /* "YI-": own register's */
    size_t n_registration_prefixes;
    const char *const *callsigns;
    size_t n_callsigns;
    const char *const *operators; /* ICAO designators: three letters of the callsign */
    size_t n_operators;
    const char *const *types; /* ICAO type designators */
    size_t n_types;
};

bool ovf_aircraft_group_has(const struct ovf_aircraft_group *group,
                            const struct ovf_subject_aircraft *aircraft);

enum { OVF_REGISTRATION_KEY_SIZE = 16 };

/** \p registration in capitals without hyphens and blanks, as flight plans write it: "EP-ABC" is "EPABC".
 * "" for what is empty or longer than any is. */
void ovf_registration_key(const char *registration, char key[OVF_REGISTRATION_KEY_SIZE]);

/** The operator's ICAO designator in \p callsign: three letters with a digit behind them. False: it has
 * none ("" in \p designator): a registration, say, is flown as a callsign too. */
bool ovf_callsign_operator(const char *callsign, char designator[4]);

#endif
