/* SPDX-License-Identifier: Apache-2.0 */
/* YAML as case files and scenarios use it: scalars, lists and mappings, each with its line and column.
 *
 * libyaml parses; what goes beyond plain data is refused: anchors, aliases, tags, a second document,
 * keys that are no scalars, a key twice, a NUL inside a text. Nothing is interpreted here: `no` is the
 * text "no" until a table of keys (case/schema.h) says what is due.
 */
#ifndef OVF_CASE_YAML_H
#define OVF_CASE_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/error.h"

enum {
    OVF_YAML_MAX_BYTES = 1 << 20,
    OVF_YAML_MAX_DEPTH = 16, /* of lists and mappings inside each other */
    OVF_YAML_MAX_KEYS = 256, /* of one mapping */
};

enum ovf_yaml_kind { OVF_YAML_SCALAR, OVF_YAML_LIST, OVF_YAML_MAP };

/** A node by its number; 0 is none. */
typedef int ovf_yaml_id;

struct ovf_yaml_place {
    uint32_t line; /* both from 1 */
    uint32_t column;
};

/** A parsed document. Immutable. */
struct ovf_yaml;

/**
 * Parse \p text. Total: any bytes are a document or an error.
 *
 * \param[out] err  what and where, "line 3, column 7: ..."
 * \retval OVF_E_FORMAT  no YAML, or something that is refused
 * \retval OVF_E_LIMIT   longer, deeper or wider than the limits above
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_yaml_read(struct ovf_bytes text, struct ovf_yaml **out,
                                            struct ovf_error *err);
void ovf_yaml_free(struct ovf_yaml *yaml);

ovf_yaml_id ovf_yaml_root(const struct ovf_yaml *yaml);
enum ovf_yaml_kind ovf_yaml_kind_of(const struct ovf_yaml *yaml, ovf_yaml_id node);
struct ovf_yaml_place ovf_yaml_place_of(const struct ovf_yaml *yaml, ovf_yaml_id node);

/** The text of a scalar, NUL-terminated behind its end; "" for what is none. */
struct ovf_bytes ovf_yaml_text(const struct ovf_yaml *yaml, ovf_yaml_id node);

/** Whether a scalar stands in quotes or as a block: then it is a text, whatever it looks like. */
bool ovf_yaml_is_quoted(const struct ovf_yaml *yaml, ovf_yaml_id node);

/** Items of a list, or pairs of a mapping; 0 for a scalar. */
size_t ovf_yaml_count(const struct ovf_yaml *yaml, ovf_yaml_id node);

/** Item \p i of a list, or the value of pair \p i of a mapping. */
ovf_yaml_id ovf_yaml_item(const struct ovf_yaml *yaml, ovf_yaml_id node, size_t i);

/** The key of pair \p i of a mapping. */
ovf_yaml_id ovf_yaml_key(const struct ovf_yaml *yaml, ovf_yaml_id node, size_t i);

#endif
