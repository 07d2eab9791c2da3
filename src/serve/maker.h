/* SPDX-License-Identifier: Apache-2.0 */
/* A thread that makes documents, one after another, and keeps them until the case or the store becomes another. It
 * looks at these before it makes one, at most once a second. */
#ifndef OVF_SERVE_MAKER_H
#define OVF_SERVE_MAKER_H

#include "serve/documents.h"

struct ovf_maker;

/**
 * \param[in] source  copied; what it names is borrowed
 * \param[in] ahead   targets that are made before anybody asks, and again when the case or the store has become
 *                    another and nothing was written for a second; NULL ends them. With any, what documents are
 *                    made of is opened by the thread: nobody waits for that, and who can say why it fails is another
 *                    maker of the same source. Borrowed. NULL: there are none
 * \retval OVF_E_NOTFOUND, OVF_E_FORMAT  of the case or the store, without \p ahead; OVF_E_IO, OVF_E_NOMEM, OVF_E_LIMIT
 */
OVF_NODISCARD enum ovf_status ovf_maker_new(const struct ovf_documents_source *source,
                                            const char *const *ahead, struct ovf_maker **out,
                                            struct ovf_error *err);

/** Answers what was asked, with an error where it is not made yet; nothing can be asked any more. NULL is fine. */
void ovf_maker_stop(struct ovf_maker *maker);
/** After stopping. NULL is fine. */
void ovf_maker_free(struct ovf_maker *maker);

/** As documents.h has them, of one maker. */
void ovf_maker_reload(struct ovf_maker *maker);
struct ovf_answer *ovf_maker_find(struct ovf_maker *maker, const char *key);
bool ovf_maker_ask(struct ovf_maker *maker, struct ovf_document_job *job);

#endif
