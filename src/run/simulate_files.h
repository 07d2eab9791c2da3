/* SPDX-License-Identifier: Apache-2.0 */
/* A scenario from its file to files: traces in globe_history's layout, or one tar of them, or one CSV, or what a
 * receiver would have heard, with truth.ndjson beside them; or to who connects to a port. */
#ifndef OVF_RUN_SIMULATE_FILES_H
#define OVF_RUN_SIMULATE_FILES_H

#include <stdbool.h>

#include "base/error.h"
#include "base/sink.h"

/** What is asked, as it stands on the command line; NULL where it was not given. */
struct ovf_simulate_request {
    const char *scenario_path;
    const char *folder; /* made when it is not there; must be empty */
    const char *write;  /* trace, tar, csv, beast, sbs */
    const char *seed;
    const char *pack_path;
    const char *scale; /* of a world day */
    bool no_newlines;  /* likewise */
    const char *serve; /* beast://HOST:PORT or sbs://HOST:PORT, in place of a folder */
    const char *rate;  /* of serving */
};

enum ovf_simulate_outcome {
    OVF_SIMULATE_DONE,
    OVF_SIMULATE_BAD_REQUEST, /* an option */
    OVF_SIMULATE_BAD_SCENARIO,
    OVF_SIMULATE_FAILED,
};

/**
 * Write
 *   FOLDER/YYYY/MM/DD/traces/<last two digits>/trace_full_<address>.json  (gzip inside), or
 *   FOLDER/traces.tar with these names, or FOLDER/fixes.csv, or FOLDER/frames.beast, or FOLDER/lines.sbs, and
 *   FOLDER/truth.ndjson;
 * or serve what a receiver would have heard, run/simulate_serve.h, and write nothing.
 * \param[in] talk  gets what was written, for people
 */
enum ovf_simulate_outcome ovf_simulate_files(const struct ovf_simulate_request *request,
                                             const struct ovf_sink *talk, struct ovf_error *err);

/** Write a world day, simulate/world_day.h, to FOLDER/traces.tar. scenario_path is not looked at. */
enum ovf_simulate_outcome ovf_simulate_world_day(const struct ovf_simulate_request *request,
                                                 const struct ovf_sink *talk,
                                                 struct ovf_error *err);

#endif
