/* SPDX-License-Identifier: Apache-2.0 */
/* Telling alerts to people and programs: standard output, programs, webhooks, ntfy, MQTT (case/notify.h).
 *
 * Nothing here makes who calls it wait but flush, test and free: alerts are copied into a bounded queue a
 * channel, from which a thread delivers them, so that a receiver that is slow or gone delays no other. One
 * thread calls these functions. */
#ifndef OVF_NOTIFY_NOTIFY_H
#define OVF_NOTIFY_NOTIFY_H

#include "base/error.h"
#include "base/sink.h"
#include "notify/alert.h"

struct ovf_notify;

struct ovf_notify_config {
    const struct ovf_case_notify *settings; /* checked; borrowed until free */
    struct ovf_sink out;  /* for the channel stdout: written to from its thread, a line at once */
    struct ovf_sink talk; /* for people: told when the delivery log cannot be written */
};

/**
 * Open all channels. A receiver that is not there is no failure: it may come.
 * \retval OVF_E_NOTFOUND, OVF_E_FORMAT, OVF_E_IO  a file of a secret, the delivery log; \p err names the channel
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_notify_new(const struct ovf_notify_config *config,
                                             struct ovf_notify **out, struct ovf_error *err);

/**
 * The same with settings from a file.
 * \retval OVF_E_NOTFOUND, OVF_E_FORMAT, OVF_E_LIMIT, OVF_E_IO  also of the file at \p path; \p err says where in it
 */
OVF_NODISCARD enum ovf_status ovf_notify_open(const char *path, const struct ovf_sink *lines,
                                              const struct ovf_sink *talk, struct ovf_notify **out,
                                              struct ovf_error *err);

/**
 * One channel alone: \p lines, told \p delay_s later, whatever the event.
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_notify_open_later(double delay_s, const struct ovf_sink *lines,
                                                    const struct ovf_sink *talk,
                                                    struct ovf_notify **out, struct ovf_error *err);

/**
 * Tell an alert to every channel that wants its event and watch, unless another of the same event was told
 * of the same aircraft or watch too short a time ago. Corrections and retractions are always told. What is
 * not told for want of time or room stands in the delivery log, whose disk is all that is waited for.
 */
void ovf_notify_alert(struct ovf_notify *notify, const struct ovf_alert *alert);

/** Wait until all is told or given up, at the longest \p timeout_ms; false: something still waits. */
bool ovf_notify_flush(struct ovf_notify *notify, int64_t timeout_ms);

/**
 * Tell every channel, whatever it wants, an alert that says that it is a test, and wait as ovf_notify_flush.
 * \return whether all delivered it; why not stands in the delivery log and goes to talk
 */
bool ovf_notify_test(struct ovf_notify *notify, int64_t timeout_ms);

/** Sums over all channels. */
void ovf_notify_count(struct ovf_notify *notify, struct ovf_notify_counts *counts);

/** What is being delivered is broken off; what waits still is logged as not sent. Flush before. */
void ovf_notify_free(struct ovf_notify *notify);

#endif
