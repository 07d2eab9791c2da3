/* SPDX-License-Identifier: Apache-2.0 */
/* What a scan found, into a store: crossings that were asked for, the flights and journeys they belong
 * to, the gaps of these flights, the airspaces, the inputs. One transaction: all of a scan or nothing. */
#ifndef OVF_RUN_STORE_WRITER_H
#define OVF_RUN_STORE_WRITER_H

#include "report/line.h"
#include "run/account.h"
#include "source/catalog.h"

struct ovf_store_writer;

/** Open or make the store \p path and begin. One thread at a time.
 * \retval OVF_E_FORMAT, OVF_E_IO  see ovf_store_open */
OVF_NODISCARD enum ovf_status ovf_store_writer_open(const char *path,
                                                    const struct ovf_report *report,
                                                    struct ovf_store_writer **out,
                                                    struct ovf_error *err);

/** Put the \p n crossings of one track, in order of their flights. */
OVF_NODISCARD enum ovf_status ovf_store_writer_put(struct ovf_store_writer *writer,
                                                   const struct ovf_report_line *lines, size_t n,
                                                   struct ovf_error *err);

/** Put the inputs and the airspaces that were crossed, and commit. */
OVF_NODISCARD enum ovf_status ovf_store_writer_finish(struct ovf_store_writer *writer,
                                                      const struct ovf_catalog *catalog,
                                                      const struct ovf_account *account,
                                                      struct ovf_error *err);

/** What was not finished is not there. NULL is fine. */
void ovf_store_writer_free(struct ovf_store_writer *writer);

#endif
