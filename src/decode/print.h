/* SPDX-License-Identifier: Apache-2.0 */
/* One message as one JSON object. */
#ifndef OVF_DECODE_PRINT_H
#define OVF_DECODE_PRINT_H

#include "base/json_writer.h"
#include "decode/decoder.h"

/** Append the object and a newline. \p t_ns NULL: the time is not known and not printed; \p receiver likewise, the
 * id of the one that heard it. The keys stand in docs/formats/decode.md. */
OVF_NODISCARD enum ovf_status ovf_decoded_print(const struct ovf_radio_frame *frame,
                                                const int64_t *t_ns, const uint64_t *receiver,
                                                const struct ovf_decoded *report,
                                                struct ovf_buffer *out);

#endif
