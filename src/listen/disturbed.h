/* SPDX-License-Identifier: Apache-2.0 */
/* Where positions are disturbed: in each UTC day (or hour) and cell of geo/cell.h, how many aircraft were, after the
 * way of gpsjam. All there is comes from runs (listen/heard.h), which are looked at twice: only cells with a
 * disturbed aircraft are remembered, and then all aircraft in them are counted.
 *
 * An aircraft counts once in a cell and day. Where its positions were not believed, the cell is one on the straight
 * way between believed ones. */
#ifndef OVF_LISTEN_DISTURBED_H
#define OVF_LISTEN_DISTURBED_H

#include "listen/heard.h"
#include "track/detection.h"

/** Who was there: aircraft of a day, or flights of an hour. */
struct ovf_cell_traffic {
    uint32_t n_all;
    uint32_t n_disturbed;
};

enum ovf_cell_level { OVF_CELL_LOW, OVF_CELL_MEDIUM, OVF_CELL_HIGH };

/** "low", "medium", "high". */
const char *ovf_cell_level_name(enum ovf_cell_level level);

/** By (disturbed - 1) / all, as one broken aircraft colours no cell: medium from cell_medium_share, high from
 * cell_high_share. */
enum ovf_cell_level ovf_cell_level(struct ovf_cell_traffic traffic,
                                   const struct ovf_detect_config *config);

/** Whether it says something of why an aircraft was not heard: the level is high, and by cell_aircraft disturbed or
 * more, as of two by chance both may be broken. */
bool ovf_cell_speaks(struct ovf_cell_traffic traffic, const struct ovf_detect_config *config);

struct ovf_cell_count {
    int32_t day; /* since 1970; the hour, where hours are counted */
    uint32_t cell;
    struct ovf_cell_traffic traffic;
    uint32_t last; /* private: the aircraft that counted last, and 1 */
};

/** Zero-initialise, but for by_hour. */
struct ovf_disturbed {
    struct ovf_cell_count *slots; /* private */
    size_t n_slots;
    size_t n;
    bool counts_all;

    bool by_hour; /* of each hour, instead of each day; not private */
};

void ovf_disturbed_deinit(struct ovf_disturbed *cells);

/** Runs of \p address, as ovf_heard_pack wrote them. First those of all aircraft: which were disturbed. All
 * of one address come one after the other. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_disturbed_take(struct ovf_disturbed *cells, uint32_t address,
                                                 struct ovf_bytes runs);

/** And again those of all aircraft, likewise: who was there. */
void ovf_disturbed_take_all(struct ovf_disturbed *cells, uint32_t address, struct ovf_bytes runs);

/** Who was in \p cell in the hour of \p t_s (or on its day), after both rounds: nobody, where nobody was disturbed. */
struct ovf_cell_traffic ovf_disturbed_there(const struct ovf_disturbed *cells, int64_t t_s,
                                            uint32_t cell);

/** Those of medium and high level, in order of day and cell, take the place of all there is: the first \p *n of
 * \p cells->slots. */
void ovf_disturbed_settle(struct ovf_disturbed *cells, const struct ovf_detect_config *config,
                          const struct ovf_cell_count **items, size_t *n);

#endif
