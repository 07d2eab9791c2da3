/* SPDX-License-Identifier: Apache-2.0 */
/* Text in XML 1.0. */
#ifndef OVF_REPORT_XML_H
#define OVF_REPORT_XML_H

#include "base/buffer.h"

/** Append \p text (any bytes) as character data, good between tags and in quotes: markup is escaped; what is no
 * UTF-8, or no character of XML 1.0 (section 2.2), becomes U+FFFD. */
OVF_NODISCARD enum ovf_status ovf_xml_text(struct ovf_buffer *out, struct ovf_bytes text);

#endif
