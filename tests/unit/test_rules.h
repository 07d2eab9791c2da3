/* SPDX-License-Identifier: Apache-2.0 */
/* For tests of rules: a case from its text, crossings made up. */
#ifndef OVF_TESTS_UNIT_TEST_RULES_H
#define OVF_TESTS_UNIT_TEST_RULES_H

#include "test.h"

#include <string.h>

#include "base/time.h"
#include "rules/finding.h"
#include "rules/matter.h"

#define CASE_HEAD "case: t\nwatches:\n  - {name: w, over: [IQ]}\n"

struct rules_scene {
    struct ovf_case_store store;
    struct ovf_case the_case;
    struct ovf_matter matter;
    struct ovf_findings findings;
};

static inline int64_t time_of(const char *text)
{
    int64_t t_ns = 0;
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text(text), &t_ns));
    return t_ns;
}

static inline void scene_init(struct rules_scene *scene, const char *yaml,
                              const struct ovf_subject *subjects, size_t n_subjects)
{
    struct ovf_error err = {""};
    memset(scene, 0, sizeof *scene);
    if (ovf_case_file_read(ovf_bytes_from_text(yaml), &scene->store, &scene->the_case, &err) !=
        OVF_OK)
        fail_msg("%s", err.text);
    scene->matter = (struct ovf_matter){.the_case = &scene->the_case,
                                        .subjects = subjects,
                                        .n_subjects = n_subjects,
                                        .now_ns = time_of("2026-01-01")};
}

static inline void scene_deinit(struct rules_scene *scene)
{
    ovf_findings_deinit(&scene->findings);
    ovf_case_store_deinit(&scene->store);
}

/** A crossing of IQ by the watch w, observed, entered at one instant known to the second. */
static inline struct ovf_subject crossing_at(const char *id, const char *entry)
{
    const int64_t t_ns = time_of(entry);
    return (struct ovf_subject){
        .id = id,
        .flight_id = id,
        .journey_id = id,
        .aircraft = {.address = 0xF10001,
                     .icao24 = "f10001",
                     .callsign = "SIM151",
                     .registration = "XX-MAA",
                     .registration_source = "",
                     .type_code = "B742",
                     .owner_operator = ""},
        .airspace = "IQ",
        .kind = "country",
        .edition = "",
        .class = OVF_CLASS_OBSERVED,
        .entry = {true, t_ns - OVF_NS_PER_S, t_ns + OVF_NS_PER_S},
        .exit = {true, t_ns + 3600 * OVF_NS_PER_S, t_ns + 3602 * OVF_NS_PER_S},
        .entry_lat_deg = (double)NAN,
        .entry_lon_deg = (double)NAN,
        .exit_lat_deg = (double)NAN,
        .exit_lon_deg = (double)NAN,
        .entry_alt_baro_ft = 34000,
        .exit_alt_baro_ft = 34000,
        .alt_baro_min_ft = (double)NAN,
        .alt_baro_max_ft = (double)NAN,
        .distance_m = (double)NAN,
        .entered_from = "",
        .left_to = "",
        .from = {"", "", "unknown", 0},
        .to = {"", "", "unknown", 0},
        .flight_start_ns = t_ns - 3600 * OVF_NS_PER_S,
        .flight_end_ns = t_ns + 7200 * OVF_NS_PER_S,
        .watches = "w",
        .watches_by_states = "",
        .simulated = true,
    };
}

/** What a part of the finding says, if any does. */
static inline bool says(const struct rules_scene *scene, size_t finding, const char *words)
{
    const struct ovf_finding *const f = &scene->findings.items[finding];
    for (size_t i = 0; i < f->n_parts; i++) {
        const char *text;
        (void)ovf_finding_part(&scene->findings, f, i, &text);
        if (strstr(text, words) != NULL)
            return true;
    }
    return false;
}

/** Whether the finding rests on the crossing \p id. */
static inline bool rests_on(const struct rules_scene *scene, size_t finding, const char *id)
{
    const struct ovf_finding *const f = &scene->findings.items[finding];
    bool rests = false;
    for (size_t i = 0; i < f->n_parts; i++) {
        const char *text;
        rests = rests || (ovf_finding_part(&scene->findings, f, i, &text) == OVF_FINDING_RESTS &&
                          strcmp(text, id) == 0);
    }
    return rests;
}

#endif
