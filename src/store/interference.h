/* SPDX-License-Identifier: Apache-2.0 */
/* What many aircraft together show of interference, kept so that days may come in any order: the jumps of all
 * aircraft and where their altitudes part, and made of these and of where they were heard (store/heard.h), the tables
 * `sinks`, `altitude_shared` and `interference`; and, as they were told, the detections of an aircraft that stand in no
 * crossing. */
#ifndef OVF_STORE_INTERFERENCE_H
#define OVF_STORE_INTERFERENCE_H

#include "listen/altitudes.h"
#include "listen/disturbed.h"
#include "listen/jumps.h"
#include "store/store.h"

struct ovf_store_interference;

/** How rows are said as NDJSON, which the store does not know: a line each. */
struct ovf_interference_words {
    const struct ovf_detect_config *config;
    enum ovf_status (*sink)(const struct ovf_jump_place *place,
                            const struct ovf_detect_config *config, struct ovf_buffer *out);
    enum ovf_status (*altitude)(const struct ovf_shared_altitude *shared,
                                const struct ovf_detect_config *config, struct ovf_buffer *out);
    enum ovf_status (*cell)(const struct ovf_cell_count *cell,
                            const struct ovf_detect_config *config, struct ovf_buffer *out);
};

/** \p store is borrowed, with a transaction open. */
OVF_NODISCARD enum ovf_status ovf_store_interference_open(struct ovf_store *store,
                                                          struct ovf_store_interference **out,
                                                          struct ovf_error *err);
void ovf_store_interference_close(struct ovf_store_interference *interference);

/** Put the jumps of an aircraft; those that are there stay. */
OVF_NODISCARD enum ovf_status ovf_store_jumps_put(struct ovf_store_interference *interference,
                                                  const struct ovf_jumps *jumps,
                                                  struct ovf_error *err);

/** Put where the altitudes of an aircraft part; what is there stays. */
OVF_NODISCARD enum ovf_status ovf_store_altitudes_put(struct ovf_store_interference *interference,
                                                      const struct ovf_altitude_changes *changes,
                                                      struct ovf_error *err);

/** What speaks against positions of a flight and stands in no crossing. */
struct ovf_store_detections {
    uint32_t address;
    const char *callsign;   /* "" is NULL, here and below */
    const char *detections; /* kinds */
    int64_t first_ns;
    int64_t last_ns;
    struct ovf_point at;
    int64_t n_not_believed;
    const char *airspaces;
    const char *flight_id;
    int64_t flight_start_ns; /* of none: first_ns */
    struct ovf_bytes json;
};

/** Put it, unless it is there: a label that is scanned again has been told; and unless another
 * flight has it, which an earlier scan told: positions between two flights may be carried on with one of them alone. */
OVF_NODISCARD enum ovf_status ovf_store_detections_put(struct ovf_store_interference *interference,
                                                       const struct ovf_store_detections *row,
                                                       struct ovf_error *err);

/** Jumps and altitudes of \p address within [from, to], and detections of flights that begin there, are about to be
 * found anew: they go. */
OVF_NODISCARD enum ovf_status ovf_store_jumps_forget(struct ovf_store_interference *interference,
                                                     uint32_t address, int64_t from_ns,
                                                     int64_t to_ns, struct ovf_error *err);

/**
 * Make the tables anew where that is due: the cells of \p days (since 1970, of which rows of store/heard.h were put or
 * went), all altitudes that are shared when one was put or went, and all sinks when a jump was: what was a sink
 * yesterday decides what waits for others today.
 * \retval OVF_E_FORMAT  a row of the store is none that this program writes
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_store_interference_renew(
    struct ovf_store_interference *interference, const int64_t *days, size_t n_days,
    const struct ovf_interference_words *words, struct ovf_error *err);

#endif
