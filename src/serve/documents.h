/* SPDX-License-Identifier: Apache-2.0 */
/* The documents of a store and a case, ready to be sent. Two threads make them, while other answers go out: one those
 * that take long, so that nobody who asks for another waits for these. Each sees the case and the store as they are
 * when it looks, at most once a second; for that long two documents may be of a store before and after a write. */
#ifndef OVF_SERVE_DOCUMENTS_H
#define OVF_SERVE_DOCUMENTS_H

#include "base/sink.h"
#include "pack/layout.h"
#include "question/request.h"
#include "serve/answer.h"
#include "serve/rates.h"
#include "view/tiles.h"

/** Documents that one client may wait for at a time: more than a page asks for at once. */
enum { OVF_DOCUMENTS_PER_CLIENT = 32 };

struct ovf_documents_source {
    const struct ovf_answer_policy *policy;
    const char *case_path; /* NULL: there is none */
    const char *
        store_path; /* NULL: the one that the case names; where feeds are live there need be none */
    const struct ovf_question_request
        *asked;        /* what feeds are asked, where is_live; NULL: nothing */
    const char *title; /* NULL: the case's */
    const struct ovf_pack *pack;
    const struct ovf_view_tiles *tiles; /* NULL: none */
    bool is_live;
    bool is_public;
    bool
        draws; /* airspaces: those that are asked for are needed with their outlines; of each maker */
    size_t
        max_bytes; /* while answers take up more (the policy counts), no more documents are made */
    const struct ovf_sink *talk;
};

struct ovf_documents;

/**
 * Read the case, open the store and begin to make documents. What \p source names is borrowed.
 * \retval OVF_E_NOTFOUND, OVF_E_FORMAT  of the case or the store; OVF_E_IO, OVF_E_NOMEM, OVF_E_LIMIT
 */
OVF_NODISCARD enum ovf_status ovf_documents_open(const struct ovf_documents_source *source,
                                                 struct ovf_documents **out, struct ovf_error *err);

/** Answers what was asked, with an error where it is not made yet; nothing can be asked any more. */
void ovf_documents_stop(struct ovf_documents *documents);
/** After stopping. NULL is fine. */
void ovf_documents_close(struct ovf_documents *documents);

/** Have the case read and the store opened anew, before anything else is made. Where that fails, what was read
 * before stays, and the talk says why. So it is without being told when the case's file was written to, or another
 * store lies in the place of that one. */
void ovf_documents_reload(struct ovf_documents *documents);

/** A document that is asked for. The asker's, who must not touch it until it is answered. */
struct ovf_document_job {
    const char *key; /* the target as it was sent */
    struct ovf_client_address client;
    const struct ovf_serve_target *target;
    void (*answered)(void *context); /* called by the thread that makes documents */
    void *context;

    /* out */
    struct ovf_answer *answer; /* held for the asker; NULL: error */
    struct ovf_serve_error error;

    struct ovf_document_job *next; /* private */
};

/** The document, held for the caller, when it is at hand; else NULL. */
struct ovf_answer *ovf_documents_find(struct ovf_documents *documents,
                                      const struct ovf_serve_target *target, const char *key);

/** Have it made. False: too many are waiting, of this client or in all, or no more are made; the job's error says so.
 */
bool ovf_documents_ask(struct ovf_documents *documents, struct ovf_document_job *job);

#endif
