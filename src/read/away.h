/* SPDX-License-Identifier: Apache-2.0 */
/* A feed has no end: of the aircraft by which a reader puts together what several lines say, those that are away for a
 * day are forgotten, as the decoder of frames does it (decode/decoder.h): memory does not grow with all who ever passed
 * by.
 *
 * Lines say when they were heard, and any of them may be wrong: none is believed alone. Who is away is so at two looks
 * one after the other, thousands of lines apart. So a look, at all that are known, costs nothing of note where times go
 * to and fro either, as those of two programs with different clocks do.
 */
#ifndef OVF_READ_AWAY_H
#define OVF_READ_AWAY_H

#include "decode/aircraft.h"

/** Zero: no look yet. */
struct ovf_away {
    int64_t looked_ns;
    uint32_t n_lines; /* since then */
};

/**
 * One more line, of \p now_ns: an hour after the last look and some thousand lines, those are forgotten that no line
 * vouched for (ovf_aircraft.vouched_ns, which the caller sets) in the day before that look and this.
 */
void ovf_away_line(struct ovf_away *away, struct ovf_aircraft_table *table, int64_t now_ns);

#endif
