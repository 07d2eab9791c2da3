/* SPDX-License-Identifier: Apache-2.0 */
/* The account of a run: what every member turned out to be, and what became of every row, per input. */
#ifndef OVF_RUN_ACCOUNT_H
#define OVF_RUN_ACCOUNT_H

#include "airspace/walk.h"
#include "base/sha256.h"
#include "base/tally.h"
#include "source/catalog.h"

/** A member once its bytes are known. Written by the one thread that reads it. */
struct ovf_account_member {
    bool has_digest;
    struct ovf_digest digest; /* of its bytes as stored; zeros when they could not be read */
    int64_t first_ns;         /* of a table's fixes; first > last: none */
    int64_t last_ns;
};

/** What one input came to. */
struct ovf_account_input {
    struct ovf_tally members;
    struct ovf_tally rows;
    uint64_t n_aircraft_days;  /* traces used */
    uint64_t n_date_disagrees; /* traces whose day is not the one that their path names */
    char date_example[200];    /* the first of these in the order of the catalog, in words; "" */
    uint32_t date_example_item;
    char trouble[300]; /* the first rejected member in the order of the catalog, in words */
    uint32_t trouble_item;
    char row_trouble[300]; /* the first rejected row in the order of the catalog, in words; "" */
    uint32_t row_trouble_item;
    uint64_t n_absent;        /* marks such as "nan" in tables, taken for no value */
    char absent_example[300]; /* the first of these in words; "" */
    char unused_columns[200]; /* of a table */
    char note[200];           /* what else its reader says, in words; "" */
    int64_t first_ns;         /* the time span of the fixes used; first > last: none */
    int64_t last_ns;
    /* Of an input without bytes of its own, once everything is read and where it was wanted: what it holds,
     * under whatever names and in whatever order; false when it has bytes of its own, or no member to read. */
    bool has_members_digest;
    struct ovf_digest members_digest;
};

/** With the NUL: "members-sha256:" and the digest. */
enum { OVF_INPUT_ID_SIZE = 15 + OVF_SHA256_HEX_SIZE };

/** One thread's counts; those of several threads are added up. */
struct ovf_account {
    struct ovf_account_input *inputs;
    size_t n_inputs;
    struct ovf_account_member *members; /* by item; shared by the accounts of all threads */
    size_t n_members;
    bool owns_members;
    bool wants_digests;
};

/** \p wants_digests: inputs are named by their digests, or told apart by them. */
OVF_NODISCARD enum ovf_status ovf_account_new(const struct ovf_catalog *catalog, bool wants_digests,
                                              struct ovf_account *out);

/** An empty account that shares the members of \p whole. */
OVF_NODISCARD enum ovf_status ovf_account_fork(const struct ovf_account *whole,
                                               struct ovf_account *out);

/** Add the counts of \p part to \p whole and free it. */
void ovf_account_join(struct ovf_account *whole, struct ovf_account *part);

void ovf_account_deinit(struct ovf_account *account);

/** Count a rejected member of an input; \p text says what and where. */
void ovf_account_reject(struct ovf_account *account, const struct ovf_item *item, uint32_t number,
                        enum ovf_reject reason, const char *text);

/** Count rows of a member; \p first_rejected says which of them was rejected first, or "". */
void ovf_account_rows(struct ovf_account *account, const struct ovf_item *item, uint32_t number,
                      const struct ovf_tally *rows, const char *first_rejected);

/** Count a used trace; \p base_t_ns is the day that it says, compared with the one its path names. */
void ovf_account_use_trace(struct ovf_account *account, const struct ovf_item *item,
                           uint32_t number, int64_t base_t_ns);

/** Widen the time span of an input. */
void ovf_account_span(struct ovf_account *account, uint32_t input, int64_t t_ns);

/** Whether the digest of this input's members is wanted: what a directory is known by. */
static inline bool ovf_account_wants(const struct ovf_account *account,
                                     const struct ovf_input *input)
{
    return account->wants_digests && input->is_folder;
}

/** A member was read; once for each item, and by the one thread that reads it. */
void ovf_account_know(struct ovf_account *account, uint32_t number,
                      const struct ovf_digest *digest);

/**
 * Make the digests of members where they are wanted, once everything is read: SHA-256 of the members' digests, each
 * as 64 lower-case hexadecimal digits and a newline, in order. Members read again and rejected ones count.
 */
OVF_NODISCARD enum ovf_status ovf_account_settle(const struct ovf_catalog *catalog,
                                                 struct ovf_account *account);

/** What an input is known by whatever its path: "sha256:" and the digest of its bytes, or
 * "members-sha256:" and that of its members; its path where it holds nothing to read. Once settled.
 * \return \p text, or the catalog's */
const char *ovf_account_input_id(const struct ovf_catalog *catalog,
                                 const struct ovf_account *account, size_t i,
                                 char text[OVF_INPUT_ID_SIZE]);

/** Whether input \p i has the same bytes as one named before it, or is a directory that holds what one
 * named before it holds. Once settled. */
bool ovf_account_is_copy(const struct ovf_catalog *catalog, const struct ovf_account *account,
                         size_t i);

/** The longest interval that rows of an input leave between them without a gap, by what its traces' flags say that
 * their archive thinned out. 0: it holds no trace that was used, or nothing of that kind is bridged. */
int64_t ovf_account_decimation_s(const struct ovf_account_input *in,
                                 const struct ovf_walk_options *walk);

/** The date that a path names last, as YYYY-MM-DD, YYYY.MM.DD or YYYY/MM/DD. \return false: none */
bool ovf_path_date(const char *path, int64_t *day_ns);

#endif
