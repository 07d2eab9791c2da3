/* SPDX-License-Identifier: Apache-2.0 */
/* Permit lists: what an authority says that it permitted, from a table that the user names.
 *
 * A file is CSV with a header, a JSON array of objects, or JSON objects one a line. Columns and keys:
 *   state airspace authority permit_no kind status operator_icao callsigns registrations types mtow_kg
 *   adep ades entry_point exit_point airways valid_from valid_to tolerance_before_h tolerance_after_h
 *   days_mask flights_max purpose issued_ms document_sha256
 * permit_no, valid_from and valid_to are due, and one of operator_icao, callsigns and registrations;
 * other columns are passed over. Lists in a cell are separated by blanks, commas, semicolons or slashes,
 * in JSON they may be arrays. A row that is not what it should be is left out and counted with its
 * reason: half a permit is none. Nothing is guessed: `*` stands for nothing.
 *
 * A date without a time begins with its day (valid_from) or ends with it (valid_to). A list also states
 * the days that it covers: only of these may be said that a permit is not in it.
 */
#ifndef OVF_LISTS_PERMIT_H
#define OVF_LISTS_PERMIT_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/sha256.h"

enum ovf_permit_kind {
    OVF_PERMIT_OVERFLIGHT,
    OVF_PERMIT_LANDING,
    OVF_PERMIT_DIPLOMATIC, /* of a state aircraft */
    OVF_PERMIT_BLOCK,      /* many flights of an operator */
    OVF_PERMIT_KIND_N
};

enum ovf_permit_status {
    OVF_PERMIT_ISSUED,
    OVF_PERMIT_REFUSED,
    OVF_PERMIT_REVOKED,
    OVF_PERMIT_STATUS_N
};

/** What it permits to enter: the state's airspace, or its flight information regions. */
enum ovf_permit_airspace { OVF_PERMIT_COUNTRY, OVF_PERMIT_FIR, OVF_PERMIT_AIRSPACE_N };

const char *ovf_permit_kind_name(enum ovf_permit_kind kind);
const char *ovf_permit_status_name(enum ovf_permit_status status);
const char *ovf_permit_airspace_name(enum ovf_permit_airspace airspace);

/** Texts behind each other, each with its NUL: the next begins where one ends. */
struct ovf_permit_words {
    const char *first;
    size_t n;
};

/** A named point; where the permit gives coordinates ("3320N04415E", "33.33 44.25"), its place. */
struct ovf_permit_point {
    const char *name; /* as written; "" when not stated */
    bool has_place;
    double lat_deg;
    double lon_deg;
};

/** Codes are in capitals; texts are never NULL, "" is not stated. */
struct ovf_permit {
    uint32_t line; /* of the file, from 1; of a JSON array, its item */
    enum ovf_permit_kind kind;
    enum ovf_permit_status status;
    enum ovf_permit_airspace airspace;
    bool has_flights_max;
    bool has_issued;
    uint32_t flights_max; /* from 1 */
    unsigned
        days; /* bit 0 Monday to bit 6 Sunday, of the day of entry in UTC; all when not stated */
    const char *authority;
    const char *number;
    const char *operator_icao; /* three letters */
    const char *adep;          /* ICAO location indicators */
    const char *ades;
    const char *airways;
    const char *purpose;
    const char *document_sha256;
    struct ovf_permit_words callsigns;
    struct ovf_permit_words registrations; /* as written; ovf_registration_key compares */
    struct ovf_permit_words types;
    struct ovf_permit_point entry;
    struct ovf_permit_point exit;
    double mtow_kg;        /* NAN: not stated */
    int64_t valid_from_ns; /* with the tolerances: it may be entered from here */
    int64_t valid_to_ns;   /* to here and with it */
    int64_t issued_ns;
};

/** Why a row is none. */
enum ovf_permit_fault {
    OVF_PERMIT_FAULT_ROW_SHORT, /* fewer fields than the header */
    OVF_PERMIT_FAULT_BAD_TEXT, /* no UTF-8, control characters, quotes that do not close, too long */
    OVF_PERMIT_FAULT_NOT_JSON,      /* a line that is no object, or broken in itself */
    OVF_PERMIT_FAULT_DUPLICATE_KEY, /* JSON: one key twice */
    OVF_PERMIT_FAULT_NO_NUMBER,     /* permit_no is empty */
    OVF_PERMIT_FAULT_NO_AIRCRAFT,   /* neither operator_icao, callsigns nor registrations */
    OVF_PERMIT_FAULT_OTHER_STATE,   /* state is another than the list's */
    OVF_PERMIT_FAULT_BAD_AIRSPACE,  /* neither country nor fir */
    OVF_PERMIT_FAULT_BAD_KIND,
    OVF_PERMIT_FAULT_BAD_STATUS,
    OVF_PERMIT_FAULT_BAD_TIME,
    OVF_PERMIT_FAULT_ENDS_BEFORE_IT_BEGINS, /* valid_to is before valid_from */
    OVF_PERMIT_FAULT_BAD_NUMBER, /* of a mass, tolerance, count, or time in milliseconds */
    OVF_PERMIT_FAULT_BAD_DAYS,
    OVF_PERMIT_FAULT_BAD_CODE, /* an operator, callsign, registration, type, airport that cannot be one */
    OVF_PERMIT_FAULT_WILDCARD, /* `*`, `?` or `%` where a name is due */
    OVF_PERMIT_FAULT_BAD_HASH,
    OVF_PERMIT_FAULT_TOO_MANY, /* beyond OVF_PERMITS_MAX */
    OVF_PERMIT_FAULT_N
};

/** In snake case, as it is printed, and in words. */
const char *ovf_permit_fault_name(enum ovf_permit_fault fault);
const char *ovf_permit_fault_words(enum ovf_permit_fault fault);

enum { OVF_PERMITS_MAX = 4000000, OVF_PERMIT_FAULTS_KEPT = 20, OVF_PERMIT_FIRS_SIZE = 128 };

struct ovf_permit_rejected {
    uint32_t line;
    enum ovf_permit_fault fault;
};

/** n_read = n_used + n_repeated + all of n_rejected. */
struct ovf_permit_counts {
    uint64_t n_read;
    uint64_t n_used;
    uint64_t n_repeated; /* rows that stand before, word for word */
    uint64_t n_rejected[OVF_PERMIT_FAULT_N];
    struct ovf_permit_rejected first[OVF_PERMIT_FAULTS_KEPT]; /* the first of the rejected */
    size_t n_first;
};

uint64_t ovf_permit_counts_rejected(const struct ovf_permit_counts *counts);

/** What a list is about; stated by who imports it. */
struct ovf_permit_about {
    char state[4];                   /* "IQ": the code of the state's crossings */
    char firs[OVF_PERMIT_FIRS_SIZE]; /* "ORBB,ORBS": codes of what rows of airspace fir are about */
    int64_t covers_from_ns;          /* 00:00 of the first day */
    int64_t covers_to_ns;            /* 00:00 of the day after the last */
};

/** Immutable once made; any number of threads may read it. Zero-initialise. */
struct ovf_permit_list {
    struct ovf_permit_about about;
    char source[OVF_SHA256_HEX_SIZE + 7]; /* "sha256:..." of the file's bytes */
    struct ovf_permit *items;             /* in order of the file */
    size_t n;
    struct ovf_permit_counts counts;
    bool is_array;   /* a JSON array: what is called a line is an item of it */
    size_t capacity; /* private, like all below */
    char *texts;
    size_t n_texts;
};

/**
 * Read "IQ" and "2012-01-01/2012-12-31" (both days included), and "ORBB,ORBS" or NULL.
 * \retval OVF_E_FORMAT  \p err says which is what it should not be
 */
OVF_NODISCARD enum ovf_status ovf_permit_about_read(const char *state, const char *covers,
                                                    const char *firs, struct ovf_permit_about *out,
                                                    struct ovf_error *err);

/**
 * \param[in]  text  the whole file, inflated; nothing of it is kept
 * \param[out] out   zero-initialised; made also of a file without a good row (an empty list says much)
 * \retval OVF_E_FORMAT  neither CSV with the columns that are due nor JSON
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_permit_list_read(struct ovf_bytes text,
                                                   const struct ovf_permit_about *about,
                                                   struct ovf_permit_list *out,
                                                   struct ovf_error *err);
void ovf_permit_list_deinit(struct ovf_permit_list *list);

/** Whether \p airspace is the region that the \p len letters at \p code name: "ORBB" is also ORBBFIR and ORBBUIR, as
 * maps call them. */
bool ovf_permit_is_region(const char *code, size_t len, const char *airspace);

/** Whether the list is about that airspace: kind "country" and the state, or "fir" and one of its
 * regions: "ORBB" is also "ORBBFIR" and "ORBBUIR". */
bool ovf_permit_list_is_about(const struct ovf_permit_list *list, const char *kind,
                              const char *airspace);

#endif
