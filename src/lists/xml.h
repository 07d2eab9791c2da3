/* SPDX-License-Identifier: Apache-2.0 */
/* The elements of an XML document, by expat, in order of their ends. A DOCTYPE is refused, and with it all
 * entities but the five of XML itself; so are documents deeper than OVF_XML_MAX_DEPTH. Encodings are
 * expat's: UTF-8, UTF-16, ISO-8859-1, US-ASCII; what it gives is UTF-8. Prefixes of names are left out. */
#ifndef OVF_LISTS_XML_H
#define OVF_LISTS_XML_H

#include "base/buffer.h"
#include "base/error.h"

#define OVF_XML_MAX_DEPTH 64
#define OVF_XML_MAX_TEXT_BYTES (1 << 16)

enum { OVF_XML_NAME_SIZE = 48 }; /* of a name with its NUL; longer ones are cut */

/** The open elements, the outermost first. */
struct ovf_xml_path {
    char names[OVF_XML_MAX_DEPTH][OVF_XML_NAME_SIZE];
    size_t depth;
};

/** Whether \p up levels above the innermost element stands one of that name. */
bool ovf_xml_is(const struct ovf_xml_path *path, size_t up, const char *name);

struct ovf_xml_handler {
    void *context;
    /** An element begins; it is the innermost of \p path. \p attributes is name, value, ..., NULL. */
    enum ovf_status (*begin)(void *context, const struct ovf_xml_path *path,
                             const char *const *attributes);
    /** An element ends. \p text is what stands in it since the last tag. */
    enum ovf_status (*end)(void *context, const struct ovf_xml_path *path, struct ovf_bytes text);
};

/**
 * Read all of \p text.
 * \retval OVF_E_FORMAT  it is not well-formed, has a DOCTYPE or an encoding that is not known; \p err names
 *                       the line
 * \retval OVF_E_LIMIT   too deep, or an attribute or text longer than OVF_XML_MAX_TEXT_BYTES
 * \retval OVF_E_NOMEM
 * \return also what a handler returns other than OVF_OK
 */
OVF_NODISCARD enum ovf_status ovf_xml_read(struct ovf_bytes text,
                                           const struct ovf_xml_handler *handler,
                                           struct ovf_error *err);

#endif
