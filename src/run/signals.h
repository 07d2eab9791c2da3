/* SPDX-License-Identifier: Apache-2.0 */
/* Signals as something that poll(2) waits for. One for a process: what a signal can reach is global. */
#ifndef OVF_RUN_SIGNALS_H
#define OVF_RUN_SIGNALS_H

#include "base/error.h"

enum {
    OVF_SIGNAL_STOP = 1 << 0,   /* SIGTERM, SIGINT */
    OVF_SIGNAL_RELOAD = 1 << 1, /* SIGHUP */
};

/** From now on they are caught; SIGPIPE is ignored. \p fd is readable when there are some.
 * \retval OVF_E_IO */
OVF_NODISCARD enum ovf_status ovf_signals_catch(int *fd, struct ovf_error *err);

/** They do again what they did before. */
void ovf_signals_release(void);

/** Those that came since the last time, as bits. */
unsigned ovf_signals_take(void);

#endif
