/* SPDX-License-Identifier: Apache-2.0 */
/* From what the user typed to what is asked: airspaces, a watch, limits of the walk. */
#ifndef OVF_QUESTION_QUESTION_H
#define OVF_QUESTION_QUESTION_H

#include <stdatomic.h>

#include "engine/engine.h"
#include "lists/operators.h"
#include "lists/register.h"
#include "lists/routes.h"
#include "question/case_open.h"
#include "question/geoid_file.h"
#include "question/pack_file.h"
#include "question/request.h"
#include "read/options.h"
#include "report/report.h"
#include "rules/watches.h"

enum { OVF_MAX_LAYERS = 8 }; /* states, the zones drawn, and imported editions */

/** How many airports may be named that positions are drawn to. */
enum { OVF_QUESTION_SINK_AIRPORTS = 64 };

/** Zero-initialise; must not move after making: the configuration points into it. */
struct ovf_question {
    struct ovf_pack_file pack;
    struct ovf_airports airports;
    struct ovf_edition editions[OVF_MAX_LAYERS];
    struct ovf_engine_layer layers[OVF_MAX_LAYERS];
    struct ovf_engine_config config;
    bool is_asked_for[OVF_MAX_LAYERS]; /* all of it is wanted when no airspace is named */
    bool has_other_states;             /* layer 0 is not the pack's */
    bool compares;                     /* two layers instead of printing crossings */
    size_t compared[2];
    struct ovf_watch watch;
    struct ovf_watches watches;        /* of a case, instead; else none */
    struct ovf_case_question *of_case; /* private: what they point to */
    struct ovf_register *register_;    /* NULL: none was named */
    struct ovf_tally register_rows;
    char register_source[96]; /* "register sha256:..." */
    int64_t register_day_ns;
    bool has_register_day;
    struct ovf_routes *routes; /* NULL: none were named */
    struct ovf_tally routes_rows;
    struct ovf_operators *operators; /* NULL: none were named */
    struct ovf_tally operators_rows;
    bool asks_amsl; /* an airspace that is wanted has a limit above mean sea level */
    struct ovf_geoid_file geoid;
    struct ovf_detect_config detect;    /* what config.detect points to */
    struct ovf_slow_speeds slow_speeds; /* and config.slow_speeds */
    struct ovf_buffer detect_words;     /* thresholds that are not the program's */
    struct ovf_sink_airport sink_airports[OVF_QUESTION_SINK_AIRPORTS];
    struct ovf_read_options read;
    struct ovf_receivers *receivers; /* what read.receivers and detect.receivers point to */
    enum ovf_format format;
    const char *store_path;           /* borrowed; NULL: results are printed */
    char digest[OVF_SHA256_HEX_SIZE]; /* names the question; question/digest.h */
    struct ovf_buffer words;          /* the question as options, NUL-terminated */
    size_t n_jobs;
    bool include_unknown;
    struct ovf_buffer aircraft_text; /* private: what the watch's lists are made of */
    uint32_t *addresses;
    const char **registrations;
    atomic_bool *is_met; /* by address, then by registration: an input held this aircraft */
};

/**
 * \param[in]  open  the case that says what is asked; NULL: the request does
 * \retval OVF_E_RANGE  an option says something that it cannot; \p err names it
 * \retval OVF_E_IO     a file that an option names is not there or not what it should be; \p err names it
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_question_make(const struct ovf_question_request *request,
                                                struct ovf_open_case *open,
                                                struct ovf_question *out, struct ovf_error *err);

/** Only its airspaces: layers, and which of them are wanted; of \p request what is said of these counts. Errors
 * as above. */
OVF_NODISCARD enum ovf_status ovf_question_make_areas(const struct ovf_question_request *request,
                                                      const struct ovf_open_case *open,
                                                      struct ovf_question *out,
                                                      struct ovf_error *err);

/** Whether results tell all that is known of a crossing. */
static inline bool ovf_question_tells_all(const struct ovf_question *question)
{
    return question->store_path != NULL || ovf_report_tells_all(question->format);
}

/** An input holds this aircraft; \p registration may be "". Any thread may call this at any time. */
void ovf_question_note_aircraft(const struct ovf_question *question, uint32_t address,
                                const char *registration);

/** \p question takes over the numbers that receivers have in \p before, which had the same request; it must not be used
 * any more but to be let go. */
void ovf_question_inherit_receivers(struct ovf_question *question, struct ovf_question *before);

void ovf_question_deinit(struct ovf_question *question);

#endif
