/* SPDX-License-Identifier: Apache-2.0 */
/* `overflight decode`: a receiver's bytes to one JSON object a message, as they come. */
#ifndef OVF_RUN_DECODE_FILE_H
#define OVF_RUN_DECODE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/sink.h"

/** What is asked, as it stands on the command line; NULL where it was not given. */
struct ovf_decode_request {
    const char *path; /* "-": standard input */
    const char *at;
    const char *start;
    const char *const *receivers; /* where those stand that the stream names */
    size_t n_receivers;
};

/**
 * Decode the file, inflated when it is gzip.
 *
 * \param[in] sink  gets whole lines, after each read
 * \param[in] talk  gets, at the end, what became of all, for people
 * \retval OVF_E_RANGE     an option is none, \p err says which
 * \retval OVF_E_NOTFOUND  there is no such file
 * \retval OVF_E_FORMAT    broken gzip, stamps of another kind than --start says, or not one frame
 * \retval OVF_E_IO, OVF_E_NOMEM, or what the sink returned
 */
OVF_NODISCARD enum ovf_status ovf_decode_file(const struct ovf_decode_request *request,
                                              const struct ovf_sink *sink,
                                              const struct ovf_sink *talk, struct ovf_error *err);

#endif
