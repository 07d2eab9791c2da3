/* SPDX-License-Identifier: Apache-2.0 */
/* Templates of messages. {name} stands for a value of the alert; {entry.time} for one inside another; {event}
 * and {watch} for what the alert is, whatever its line has; {line} for the whole of it. Names are made of
 * lower-case letters, digits, '_' and '.'; braces around anything else stand for themselves, so that JSON
 * needs no escapes. What the alert does not have is nothing. */
#ifndef OVF_NOTIFY_TEMPLATE_H
#define OVF_NOTIFY_TEMPLATE_H

#include "base/buffer.h"
#include "base/error.h"
#include "notify/alert.h"

/**
 * Append \p text with its values to \p out.
 * \param[in] is_json  texts are escaped as in a JSON string, whose quotes stand in the template
 * \retval OVF_E_FORMAT  the alert's line is no JSON object
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_template_fill(const char *text, bool is_json,
                                                const struct ovf_alert *alert,
                                                struct ovf_buffer *out, struct ovf_error *err);

#endif
