/* SPDX-License-Identifier: Apache-2.0 */
/* What the store of a case knows of the days before a live watch: so that it need not listen for weeks before it can
 * say that flights have stopped. */
#ifndef OVF_WATCH_HISTORY_H
#define OVF_WATCH_HISTORY_H

#include "watch/series.h"

/**
 * Give \p series the days of the store \p path, counted as the rules of a case count them.
 * \retval OVF_E_NOTFOUND  there is no such file
 * \retval OVF_E_RANGE     it answers another question; \p err says which
 * \retval OVF_E_FORMAT, OVF_E_LIMIT, OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_watch_history_read(const char *path,
                                                     const struct ovf_question *question,
                                                     struct ovf_watch_series *series,
                                                     struct ovf_error *err);

#endif
