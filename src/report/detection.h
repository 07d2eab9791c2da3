/* SPDX-License-Identifier: Apache-2.0 */
/* Detections of a flight that stand in no crossing, as NDJSON: the keys of docs/formats/ndjson.md. */
#ifndef OVF_REPORT_DETECTION_H
#define OVF_REPORT_DETECTION_H

#include "report/line.h"
#include "rules/doubt.h"

/** All is borrowed. */
struct ovf_report_doubts {
    const struct ovf_flight *flight; /* NULL: of none */
    /** By first, last; one at least. What they have of inside does not count. */
    const struct ovf_doubt *items;
    size_t n;
    const struct ovf_members *inside; /* by layer: the airspaces that their fixes lie in */
    size_t n_not_believed;            /* their fixes */
    /** From the first of these to the last; without any, of those that set them off. */
    int64_t from_ns;
    int64_t to_ns;
    /** The first fix that is not believed in one of these airspaces; else the first that set one off. */
    struct ovf_point at;
};

/** Of more strays a line names the first ones: errors of decoding may be thousands. */
enum { OVF_REPORT_STRAYS_MAX = 100 };

/** Append the codes of the airspaces, of all layers, comma-separated. */
OVF_NODISCARD enum ovf_status ovf_report_doubts_airspaces(const struct ovf_report *report,
                                                          const struct ovf_report_doubts *doubts,
                                                          struct ovf_buffer *out);

/** Append which kinds there are, comma-separated, each once: as ovf_report_detections, and "stray". */
OVF_NODISCARD enum ovf_status ovf_report_doubts_kinds(const struct ovf_report_doubts *doubts,
                                                      struct ovf_buffer *out);

/** Append the line. \p line says whose they are; it has no crossing. */
OVF_NODISCARD enum ovf_status ovf_ndjson_detections(const struct ovf_report *report,
                                                    const struct ovf_report_line *line,
                                                    const struct ovf_report_doubts *doubts,
                                                    struct ovf_buffer *out);

#endif
