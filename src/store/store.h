/* SPDX-License-Identifier: Apache-2.0 */
/* The store: what a scan found, in one GeoPackage that outlasts it.
 *
 * Rows are put, not inserted: a row that is there with the same revision stays as it is, `first_seen`
 * included; another revision under the same id replaces it, names the older one in `supersedes`, and
 * leaves an entry in `revisions`. Everything between begin and commit happens or does not.
 *
 * One thread. After a failure roll back: the transaction may be gone already, and is not committed.
 *
 * Structs hold plain values; texts and points are borrowed for the call. A member has the name and the
 * unit of its column. Zero-initialised, a row says nothing but what is set: a text NULL or "" is absent,
 * and a number that is not known. */
#ifndef OVF_STORE_STORE_H
#define OVF_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text_order.h"
#include "geo/rings.h"
#include "store/gpkg_geometry.h"

struct ovf_store_time {
    bool known;
    int64_t t_ns;
};

struct ovf_store_int {
    bool known;
    int64_t value;
};

struct ovf_store_real {
    bool known; /* NAN is absent, too */
    double value;
};

/** The tables, in the order in which they are made. */
enum ovf_store_kind {
    OVF_STORE_INPUT,
    OVF_STORE_FLIGHT,
    OVF_STORE_JOURNEY,
    OVF_STORE_CROSSING,
    OVF_STORE_GAP,
    OVF_STORE_FINDING,
    OVF_STORE_AIRSPACE,
    OVF_STORE_COMPLETENESS,
    OVF_STORE_TRAFFIC,
    OVF_STORE_KINDS
};

/* ---- rows without revisions: put again, they are overwritten ---- */

/** id: the digest; of a directory with nothing to read, its path. */
struct ovf_store_input {
    const char *id;
    const char *path;
    const char *digest; /* "sha256:..." */
    struct ovf_store_int bytes;
    const char *licence;
    struct ovf_store_int members_read;
    struct ovf_store_int members_used;
    struct ovf_store_int members_repeated;
    struct ovf_store_int members_rejected;
    struct ovf_store_int members_not_used;
    struct ovf_store_int rows_read;
    struct ovf_store_int rows_used;
    struct ovf_store_int rows_repeated;
    struct ovf_store_int rows_rejected;
    struct ovf_store_int decimation_s; /* the longest interval that its archive's rule explains */
    struct ovf_store_time first;       /* of the fixes used */
    struct ovf_store_time last;
    const char *json; /* the NDJSON line: reasons of rejections stand there */
};

/** id: of input and day. What is compared is set by ovf_store_compare_days (store/counts.h). */
struct ovf_store_completeness {
    const char *id;
    const char *input;
    struct ovf_store_time day; /* its midnight */
    const char *kind;          /* of its members: "trace", "table", "states", "mixed" */
    struct ovf_store_int members;
    struct ovf_store_int members_not_used; /* of an input that has one day only */
    struct ovf_store_int fixes;
    struct ovf_store_int aircraft;
    struct ovf_store_int hours_with_data;
    const char *hours_without_data;            /* between its first and last fix; comma-separated */
    struct ovf_store_int folders;              /* of globe_history's 256 */
    const char *folders_missing;               /* comma-separated, when at least half are there */
    struct ovf_store_int neighbours;           /* how many of the days before and after are known */
    struct ovf_store_real fixes_to_neighbours; /* ratio of the day's sum to the mean of theirs */
    struct ovf_store_real aircraft_to_neighbours;
    const char *verdict;
};

enum { OVF_STORE_HOURS = 24 };

/** A cell and band on a day; its key is input, day, cell and band together. There are many: no id, no
 * first_seen, and the hours stand side by side: a row an hour would take ten times the room. */
struct ovf_store_traffic {
    struct ovf_store_int input_fid; /* ovf_store_find */
    struct ovf_store_time day;      /* its midnight */
    struct ovf_store_int cell;      /* number of it */
    const char *alt_band;           /* "low", "middle", "high", "unknown" */
    struct ovf_store_real lat_deg;  /* of the cell's middle */
    struct ovf_store_real lon_deg;
    struct ovf_store_int fixes;
    struct ovf_store_int aircraft; /* an aircraft of several hours counts once */
    struct ovf_store_int fixes_of_hour[OVF_STORE_HOURS]; /* "fixes_00" to "fixes_23" */
    struct ovf_store_int aircraft_of_hour[OVF_STORE_HOURS];
};

/* ---- rows with revisions ---- */

struct ovf_store_flight {
    const char *id;
    const char *rev;
    const char *icao24;
    const char *callsign;
    const char *registration;
    const char *type_code;
    const char *owner_operator;
    const char *registration_source;
    struct ovf_store_time flight_start;
    struct ovf_store_time flight_end;
    const char *from_airport;
    const char *from_country;
    const char *from_kind;
    struct ovf_store_real from_score;
    const char *to_airport;
    const char *to_country;
    const char *to_kind;
    struct ovf_store_real to_score;
    struct ovf_store_int n_fixes;
    struct ovf_store_int n_gaps;
    struct ovf_store_real distance_m;
    const char *altitudes; /* along it, as docs/formats/geopackage.md says */
    const char *journey_id;
    struct ovf_store_int journey_leg;
    struct ovf_store_int journey_legs;
    bool simulated;
    const char *json;
    struct ovf_store_line geom; /* a part between gaps */
};

struct ovf_store_journey {
    const char *id;
    const char *rev;
    const char *icao24;
    const char *callsign;
    const char *registration;
    struct ovf_store_time journey_start;
    struct ovf_store_time journey_end;
    struct ovf_store_int journey_legs;
    const char *from_airport;
    const char *from_country;
    const char *to_airport;
    const char *to_country;
    const char *airports; /* in order, comma-separated */
    bool simulated;
    const char *json;
};

struct ovf_store_crossing {
    const char *id;
    const char *rev;
    const char *icao24;
    bool duplicate_address;
    struct ovf_store_int chain;
    const char *callsign;
    const char *registration;
    const char *type_code;
    const char *owner_operator;
    const char *registration_source;
    const char *airspace;
    const char *kind;
    const char *edition;
    const char *role;
    const char *class;
    struct ovf_store_int n_fixes_inside;
    bool interpolated;
    bool grazing;
    struct ovf_store_int n_gaps_inside;
    struct ovf_store_real gap_inside_s;
    const char *vertical;
    const char *overlaps;
    const char *weakest_grade;
    bool holds_without_weak_fixes;
    const char *detections;
    struct ovf_store_time entry_time;
    struct ovf_store_time entry_time_min;
    struct ovf_store_time entry_time_max;
    struct ovf_store_time entry_earliest; /* of one in a gap */
    struct ovf_store_time entry_latest;
    bool entry_perhaps_stayed;
    struct ovf_store_real entry_lat_deg;
    struct ovf_store_real entry_lon_deg;
    struct ovf_store_real entry_alt_baro_ft;
    struct ovf_store_real entry_alt_geom_ft;
    const char *entered_from;
    struct ovf_store_time exit_time;
    struct ovf_store_time exit_time_min;
    struct ovf_store_time exit_time_max;
    struct ovf_store_time exit_earliest; /* of one in a gap */
    struct ovf_store_time exit_latest;
    bool exit_perhaps_stayed;
    struct ovf_store_real exit_lat_deg;
    struct ovf_store_real exit_lon_deg;
    struct ovf_store_real exit_alt_baro_ft;
    struct ovf_store_real exit_alt_geom_ft;
    const char *left_to;
    struct ovf_store_real alt_baro_min_ft; /* of the fixes inside */
    struct ovf_store_real alt_baro_max_ft;
    bool alt_baro_throughout; /* each has one, and no gap lies between them */
    struct ovf_store_real duration_s;
    struct ovf_store_real distance_m;
    struct ovf_store_real avoidance_speed_kt; /* of what was judged by what could be flown */
    struct ovf_store_real direct_speed_kt;
    struct ovf_store_real hard_speed_kt;
    struct ovf_store_real usual_speed_kt;
    const char *any_of; /* "IQ or TR; IQ or JO or SY": one of each must have been crossed */
    struct ovf_store_real boundary_accuracy_m;
    const char *from_airport;
    const char *from_country;
    const char *from_kind;
    struct ovf_store_real from_score;
    const char *to_airport;
    const char *to_country;
    const char *to_kind;
    struct ovf_store_real to_score;
    const char *flight_id;
    struct ovf_store_time flight_start;
    struct ovf_store_time flight_end;
    const char *journey_id;
    struct ovf_store_int journey_leg;
    struct ovf_store_int journey_legs;
    const char *watches;           /* of the case, that it meets; comma-separated */
    const char *watches_by_states; /* of these: an end is unknown, it was seen in that state */
    bool simulated;
    const char *json;           /* the NDJSON object */
    struct ovf_store_line geom; /* the track inside, by its gaps */
};

struct ovf_store_gap {
    const char *id;
    const char *rev;
    const char *icao24;
    const char *callsign;
    const char *flight_id;
    struct ovf_store_time gap_start; /* the believed fixes around it */
    struct ovf_store_time gap_end;
    struct ovf_store_real duration_s;
    struct ovf_store_real distance_m; /* of the geodesic */
    struct ovf_store_real average_speed_mps;
    struct ovf_store_real start_lat_deg;
    struct ovf_store_real start_lon_deg;
    struct ovf_store_real start_alt_baro_ft;
    struct ovf_store_real end_lat_deg;
    struct ovf_store_real end_lon_deg;
    struct ovf_store_real end_alt_baro_ft;
    const char *alt_band;
    const char *kind; /* of silence: listen/heard.h */
    /* What follows is set by ovf_store_heard_judge (store/heard.h). */
    const char *cause;
    const char *outage_against;
    struct ovf_store_real expected_reports;
    struct ovf_store_real received_share;
    struct ovf_store_int known_s;
    struct ovf_store_int others_heard;
    struct ovf_store_int others_heard_meanwhile;
    struct ovf_store_int others_silent_meanwhile;
    const char *witnesses;
    bool simulated;
    const char *json;
    struct ovf_store_line geom; /* its two ends, geodesic */
};

struct ovf_store_finding {
    const char *id;
    const char *rev;
    const char *rule;
    const char *verdict;
    const char *about_kind; /* rules/finding.h: "crossing", "watch", "claim" ... */
    const char *about_id;
    struct ovf_store_int in_force_on_flight_date; /* 0 or 1 */
    struct ovf_store_int in_force_today;
    struct ovf_store_time as_of;
    bool simulated;
    const char *json; /* the NDJSON line: reasons and sources stand there */
};

struct ovf_store_airspace {
    const char *id;
    const char *rev;
    const char *airspace; /* code, as crossings have it */
    const char *code3;
    const char *name;
    const char *kind;
    const char *edition;
    const char *source;
    const char *licence;
    const char *attribution;
    struct ovf_store_real boundary_accuracy_m;
    const char *floor; /* "FL245", "3500 ft AMSL"; absent: the surface */
    const char *ceiling;
    struct ovf_store_time valid_from;
    struct ovf_store_time valid_to;
    struct ovf_polygons geom;
};

/* ---- the store ---- */

struct ovf_store;

/**
 * Open the store \p path for writing, or make it.
 * \retval OVF_E_FORMAT  the file is something else, damaged, or of another version; it is left as it is
 * \retval OVF_E_IO      the system refused, or another program is making it
 */
OVF_NODISCARD enum ovf_status ovf_store_open(const char *path, struct ovf_store **out,
                                             struct ovf_error *err);

/**
 * Open the store \p path for queries alone; ovf_gpkg_close (store/gpkg.h) closes it.
 * \retval OVF_E_FORMAT  the file is something else, empty, damaged, or of another version
 * \retval OVF_E_NOTFOUND, OVF_E_IO
 */
OVF_NODISCARD enum ovf_status ovf_store_open_to_read(const char *path, sqlite3 **out,
                                                     struct ovf_error *err);

/** Roll back what is open, and close. NULL is fine. */
void ovf_store_close(struct ovf_store *store);

/** Close without results: a file that opening made is removed again, unless another program has put
 * an input into it since. NULL is fine. */
void ovf_store_abandon(struct ovf_store *store);

/** \p now_ns is what first_seen, revisions and the contents' last change will say.
 * \retval OVF_E_IO  another program is writing (after 2 s of waiting) */
OVF_NODISCARD enum ovf_status ovf_store_begin(struct ovf_store *store, int64_t now_ns,
                                              struct ovf_error *err);
/** On failure everything since begin is rolled back. */
OVF_NODISCARD enum ovf_status ovf_store_commit(struct ovf_store *store, struct ovf_error *err);
void ovf_store_rollback(struct ovf_store *store);

OVF_NODISCARD enum ovf_status ovf_store_put_input(struct ovf_store *store,
                                                  const struct ovf_store_input *row,
                                                  struct ovf_error *err);
OVF_NODISCARD enum ovf_status ovf_store_put_flight(struct ovf_store *store,
                                                   const struct ovf_store_flight *row,
                                                   struct ovf_error *err);
OVF_NODISCARD enum ovf_status ovf_store_put_journey(struct ovf_store *store,
                                                    const struct ovf_store_journey *row,
                                                    struct ovf_error *err);
OVF_NODISCARD enum ovf_status ovf_store_put_crossing(struct ovf_store *store,
                                                     const struct ovf_store_crossing *row,
                                                     struct ovf_error *err);
OVF_NODISCARD enum ovf_status ovf_store_put_gap(struct ovf_store *store,
                                                const struct ovf_store_gap *row,
                                                struct ovf_error *err);
OVF_NODISCARD enum ovf_status ovf_store_put_finding(struct ovf_store *store,
                                                    const struct ovf_store_finding *row,
                                                    struct ovf_error *err);
OVF_NODISCARD enum ovf_status ovf_store_put_airspace(struct ovf_store *store,
                                                     const struct ovf_store_airspace *row,
                                                     struct ovf_error *err);
OVF_NODISCARD enum ovf_status ovf_store_put_completeness(struct ovf_store *store,
                                                         const struct ovf_store_completeness *row,
                                                         struct ovf_error *err);
OVF_NODISCARD enum ovf_status ovf_store_put_traffic(struct ovf_store *store,
                                                    const struct ovf_store_traffic *row,
                                                    struct ovf_error *err);

/**
 * Take the row \p id of a kind with revisions out; `revisions` keeps that it was there, and what
 * superseded it: the revision of another row, or nothing (NULL or "").
 * \retval OVF_E_NOTFOUND  there is no such row
 */
OVF_NODISCARD enum ovf_status ovf_store_retract(struct ovf_store *store, enum ovf_store_kind kind,
                                                const char *id, const char *superseded_by,
                                                struct ovf_error *err);

/**
 * Retract every row of a kind with revisions whose id is not among the \p n \p ids, which are in order
 * (base/text_order.h): what is said no longer. Before others are put, when a table that is empty costs nothing.
 */
OVF_NODISCARD enum ovf_status ovf_store_retract_others(struct ovf_store *store,
                                                       enum ovf_store_kind kind,
                                                       const struct ovf_text_item *ids, size_t n,
                                                       struct ovf_error *err);

/**
 * The integer key of row \p id.
 * \retval OVF_E_NOTFOUND  there is no such row
 */
OVF_NODISCARD enum ovf_status ovf_store_find(struct ovf_store *store, enum ovf_store_kind kind,
                                             const char *id, int64_t *fid, struct ovf_error *err);

/** All rows that were put are where statements of this folder's other files see them. Of tables that were empty they
 * are gathered, and each time that they are shown costs what some rows do. */
OVF_NODISCARD enum ovf_status ovf_store_show(struct ovf_store *store, struct ovf_error *err);

/** Make rows of a kind ready for statements of this folder's other files that change them; commit undoes it. */
OVF_NODISCARD enum ovf_status ovf_store_touch(struct ovf_store *store, enum ovf_store_kind kind,
                                              struct ovf_error *err);

/** The connection, for queries of this folder's other files. */
sqlite3 *ovf_store_db(struct ovf_store *store);

#endif
