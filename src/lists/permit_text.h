/* SPDX-License-Identifier: Apache-2.0 */
/* What an e-mail or telex says of one permit, as far as it is plain. There is no form that all authorities use: texts
 * are searched for the keys that most have, REF, PERMIT NO, OVF, REG, TYPE, MTOW, ROUTE, ENTRY, EXIT, ETO and VALID,
 * and for their usual longer forms, in any case, several on a line or not.
 *
 * Nothing is guessed. A value that has not the form that is due is not taken; of two that differ neither is. What is
 * not understood is kept, piece by piece. A draft is made of the rest, for a person to confirm: its status is none
 * that a permit list may have (lists/permit.h). */
#ifndef OVF_LISTS_PERMIT_TEXT_H
#define OVF_LISTS_PERMIT_TEXT_H

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/texts.h"

enum ovf_permit_text_key {
    OVF_PERMIT_TEXT_REF,
    OVF_PERMIT_TEXT_NUMBER, /* PERMIT NO, OVF */
    OVF_PERMIT_TEXT_REGISTRATIONS,
    OVF_PERMIT_TEXT_TYPES,
    OVF_PERMIT_TEXT_MTOW,  /* in kilograms */
    OVF_PERMIT_TEXT_ROUTE, /* as written */
    OVF_PERMIT_TEXT_ENTRY,
    OVF_PERMIT_TEXT_EXIT,
    OVF_PERMIT_TEXT_ETO,        /* 0315 */
    OVF_PERMIT_TEXT_VALID_FROM, /* ISO 8601, a day alone where no time is written */
    OVF_PERMIT_TEXT_VALID_TO,
    OVF_PERMIT_TEXT_KEY_N
};

/** As columns of a permit list are called; "reference" and "eto" are none of its. */
const char *ovf_permit_text_key_name(enum ovf_permit_text_key key);

/** How far a value is believed. */
enum ovf_permit_text_trust {
    OVF_PERMIT_TEXT_PLAIN,        /* behind its key and a colon or the like */
    OVF_PERMIT_TEXT_LOOSE,        /* behind its key alone */
    OVF_PERMIT_TEXT_UNCLEAR,      /* not what is due there: not taken */
    OVF_PERMIT_TEXT_CONTRADICTED, /* it stands again with another value: not taken */
};

/** "plain", "loose", "unclear", "contradicted". */
const char *ovf_permit_text_trust_name(enum ovf_permit_text_trust trust);

struct ovf_permit_text_field {
    enum ovf_permit_text_key key;
    enum ovf_permit_text_trust trust;
    uint32_t line;     /* from 1 */
    const char *value; /* of an unclear one, as written, in capitals */
};

/** A piece of a line that no field was made of. */
struct ovf_permit_text_rest {
    uint32_t line;
    const char *text;
};

/** Zero-initialise. */
struct ovf_permit_text {
    struct ovf_permit_text_field *fields; /* as they come in the text */
    size_t n_fields;
    size_t fields_capacity;
    struct ovf_permit_text_rest *rest;
    size_t n_rest;
    size_t rest_capacity;
    struct ovf_texts texts;
};

void ovf_permit_text_deinit(struct ovf_permit_text *text);

/** The longest text that is read: a permit has a page. */
#define OVF_PERMIT_TEXT_MAX_BYTES 65536

/**
 * Read a text.
 * \param[in,out] out  zero-initialised
 * \retval OVF_E_FORMAT  no UTF-8, or it has control characters
 * \retval OVF_E_LIMIT   longer than OVF_PERMIT_TEXT_MAX_BYTES
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_permit_text_read(struct ovf_bytes bytes,
                                                   struct ovf_permit_text *out,
                                                   struct ovf_error *err);

/** The value of \p key that is taken, NULL when none is: plain or loose. */
const char *ovf_permit_text_value(const struct ovf_permit_text *text, enum ovf_permit_text_key key);

#endif
