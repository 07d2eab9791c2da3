/* SPDX-License-Identifier: Apache-2.0 */
/* The state of a scan, private to run/scan*.c: what its threads share, and what each has for itself. */
#ifndef OVF_RUN_SCAN_STATE_H
#define OVF_RUN_SCAN_STATE_H

#include <pthread.h>

#include "question/case_open.h"
#include "question/question.h"
#include "run/altitudes.h"
#include "run/counts.h"
#include "run/gaps.h"
#include "run/gather.h"
#include "run/input_clocks.h"
#include "run/lines.h"
#include "run/nearby.h"
#include "run/progress.h"
#include "run/shares.h"
#include "run/sinks.h"
#include "run/sorter.h"
#include "run/store_writer.h"
#include "run/summary.h"

/** What all threads share. What changes is behind the lock, or belongs to one member. */
struct ovf_scan_run {
    const struct ovf_question *question;
    struct ovf_open_case *open; /* what is judged when all is in the store; NULL: nothing */
    const char *library_path;   /* that permits of the case are in; NULL: the user's */
    int64_t now_ns;             /* for which day it is judged */
    bool asks_for_look;         /* a finding does */
    struct ovf_catalog *catalog;
    const struct ovf_plan *plan;
    struct ovf_account *account;
    struct ovf_counts *counts;
    struct ovf_report report;
    struct ovf_sorter *sorter;
    struct ovf_gaps *gaps;               /* NULL: none are printed */
    struct ovf_nearby_crossings *nearby; /* NULL with gaps */
    struct ovf_sorter *doubts;           /* lines of run/doubts.h; NULL with gaps */
    struct ovf_sinks *sinks;             /* NULL: none are looked for */
    struct ovf_altitudes *altitudes;     /* NULL with gaps */
    struct ovf_shares
        *shares; /* NULL with gaps, and where nothing that is only possible is asked for */
    struct ovf_progress *progress;
    pthread_mutex_t lock;
    size_t next_input; /* to be hashed */
    size_t next_group;
    struct ovf_store_writer *store; /* NULL: results are printed */
    pthread_cond_t turned;
    size_t turn; /* the group that may put its rows: one after the other, whoever is ready first */
    enum ovf_status status; /* the first failure of any thread */
    struct ovf_error error;
    struct ovf_found found;
    struct ovf_input_clocks clocks;
};

/** One thread's own. */
struct ovf_scan_worker {
    struct ovf_scan_run *scan;
    pthread_t thread;
    struct ovf_gather gather;
    struct ovf_engine *engine;
    struct ovf_report report; /* the scan's, with a hash of its own */
    struct ovf_lines lines;   /* of the track at hand */
    struct ovf_buffer text;
    struct ovf_heard *heard; /* of each flight at hand that is not elsewhere */
    size_t heard_capacity;
    struct ovf_buffer heard_records;
    struct ovf_jumps jumps; /* of the track at hand, and so on */
    struct ovf_altitude_changes altitude_changes;
    struct ovf_past_flight past; /* the flight at hand */
    size_t group;
    struct ovf_found found;
    struct ovf_input_clocks clocks;
    struct ovf_error error;
};

/** Wait until all groups before this worker's have put their rows, so that the order of rows is the same
 * for any number of threads. */
void ovf_scan_await_turn(struct ovf_scan_worker *worker);

/** The thresholds of detectors. */
const struct ovf_detect_config *ovf_scan_detectors(const struct ovf_scan_run *scan);

/** All tracks of one address: read, followed, reported. */
OVF_NODISCARD enum ovf_status ovf_scan_group(struct ovf_scan_worker *worker,
                                             const struct ovf_plan_group *group);

#endif
