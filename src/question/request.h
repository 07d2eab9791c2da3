/* SPDX-License-Identifier: Apache-2.0 */
/* What a scan or a watch is asked, in the user's own words. */
#ifndef OVF_QUESTION_REQUEST_H
#define OVF_QUESTION_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "case/yaml.h"

/** A zone of a case that a map file holds. Borrowed. */
struct ovf_zone_file {
    const char *name;
    const char *path;
    const char *airspace;        /* as the file calls it */
    struct ovf_yaml_place place; /* in the case */
    double floor_ft;             /* of barometric altitude; not finite: as the file says */
    double ceiling_ft;
};

/** What the user asked, as texts; NULL or an empty list: not asked. Borrowed for the call. */
struct ovf_question_request {
    const char *const *paths; /* "-" is standard input */
    size_t n_paths;
    const char *pack_path;
    const char *airspace; /* "IQ,TR" or "all" */
    const char *kind;     /* "country" or "zone", comma-separated */
    const char *const *zones;
    size_t n_zones;
    const struct ovf_zone_file *zone_files;
    size_t n_zone_files;
    const char *boundaries;         /* editions of the library, comma-separated */
    const char *compare_boundaries; /* "A,B" */
    const char *library_path;
    const char *from;
    const char *to;
    const char *roles;   /* comma-separated, as they are printed */
    const char *classes; /* comma-separated, or "all" */
    const char *since;
    const char *until;
    const char *aircraft;      /* comma-separated addresses or registrations */
    const char *aircraft_list; /* a file of them */
    const char *register_path;
    const char *register_date;
    const char *routes_path;    /* a table of routes (lists/routes.h) */
    const char *operators_path; /* a table of operators (lists/operators.h) */
    const char *geoid_path;     /* NULL: what PROJ has; OVF_GEOID_NO_FILE: none */
    const char *max_gap_s;
    const char *trace_interval_s;
    const char *journey_stop_h;
    const char *start;            /* of a receiver's recording */
    const char *at;               /* the receiver's place */
    const char *const *receivers; /* and those of receivers that inputs name */
    size_t n_receivers;
    const char *sbs_tz;     /* of SBS's clock */
    const char *format;     /* one of ovf_format_name */
    const char *detectors;  /* a file of thresholds */
    const char *store_path; /* a GeoPackage that results are put into, instead of being printed */
    const char *jobs;
    bool include_unknown;
    const char *
        case_path; /* says what is asked, inputs and store where none are given; NULL: there is none */
    const char *now; /* for which day "today" is said of a case's findings; NULL: the clock's */
};

#endif
