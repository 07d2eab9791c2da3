/* SPDX-License-Identifier: Apache-2.0 */
/* What a case rests on: inputs, registers, lists, permits. Paths are relative to the case file. */
#ifndef OVF_CASE_CASE_SOURCES_H
#define OVF_CASE_CASE_SOURCES_H

#include "case/schema.h"

struct ovf_case_input {
    struct ovf_case_head head;
    const char *path;
    const char
        *group; /* NULL: it stands for itself. Inputs of one group are no independent witnesses. */
};

struct ovf_case_register {
    struct ovf_case_head head;
    const char *file;
    int64_t date_ns; /* absent: not known */
};

/** A list, or one edition of it. */
struct ovf_case_list_file {
    struct ovf_case_head head;
    const char *name;     /* of the list, as the library or this case has it */
    const char *file;     /* NULL: all editions of the library */
    const char *comments; /* OFAC's sdn_comments.csv; may be NULL */
    int64_t date_ns;      /* of the edition */
};

/** Flights of a designator are those of a listing. */
struct ovf_case_operator {
    struct ovf_case_head head;
    const char *icao;
    const char *list;
    const char *entry;
    const char *source;
};

/** A permit list, and which days it covers. */
struct ovf_case_permits {
    struct ovf_case_head head;
    const char *state;
    const char *firs;        /* NULL: rows of airspace fir are about none */
    const char *file;        /* NULL: what the library has of the state */
    int64_t covers_from_ns;  /* of a file */
    int64_t covers_until_ns; /* the day after the last */
};

/** Who needs no permit: all that is said of a rule holds. */
struct ovf_case_not_required {
    struct ovf_case_head head;
    struct ovf_case_name name;
    const char *state;
    struct ovf_case_list operators; /* const char * */
    struct ovf_case_list
        registrations;          /* const char *, or their beginnings with '*' behind: "YI-*" */
    struct ovf_case_list roles; /* int64_t, enum ovf_role */
    bool state_aircraft;        /* only those of the case */
    int64_t valid_from_ns;
    int64_t valid_to_ns;
    const char *source;
};

/** Military, customs, police: Article 3 of the Chicago Convention asks more of them than a permit. */
struct ovf_case_state_aircraft {
    struct ovf_case_head head;
    struct ovf_case_list registrations; /* const char *, as above */
    struct ovf_case_list callsigns;     /* const char * */
    struct ovf_case_list operators;     /* const char * */
    struct ovf_case_list types;         /* const char * */
    const char *source;
};

extern const struct ovf_table ovf_case_state_aircraft_table;
extern const struct ovf_table ovf_case_input_table;
extern const struct ovf_table ovf_case_register_table;
extern const struct ovf_table ovf_case_list_table;
extern const struct ovf_table ovf_case_operator_table;
extern const struct ovf_table ovf_case_permits_table;
extern const struct ovf_table ovf_case_not_required_table;

#endif
