/* SPDX-License-Identifier: Apache-2.0 */
#include "listen/gap.h"

#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "track/address.h"

static const char *const kinds[] = {
    [OVF_GAP_SILENT] = "silent",
    [OVF_GAP_NOT_BELIEVED] = "not_believed",
    [OVF_GAP_GROUND] = "ground",
    [OVF_GAP_HEARD] = "heard",
};

const char *ovf_gap_kind_name(enum ovf_gap_kind kind)
{
    return kinds[kind];
}

enum ovf_gap_kind ovf_gap_kind_parse(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i], name) == 0)
            return (enum ovf_gap_kind)i;
    }
    return OVF_GAP_SILENT;
}

const char *ovf_gap_cause_name(enum ovf_gap_cause cause)
{
    static const char *const names[OVF_CAUSE_N] = {
        [OVF_CAUSE_UNDETERMINED] = "undetermined", [OVF_CAUSE_COVERAGE] = "coverage",
        [OVF_CAUSE_UNEXPLAINED] = "unexplained",   [OVF_CAUSE_OUTAGE] = "outage",
        [OVF_CAUSE_INTERFERENCE] = "interference",
    };
    return names[cause];
}

/** As ovf_time_format rounds to milliseconds. */
static int64_t printed_second(int64_t t_ns)
{
    return ovf_time_floor(t_ns + OVF_NS_PER_MS / 2, OVF_NS_PER_S) / OVF_NS_PER_S;
}

struct ovf_gap ovf_gap_between(const struct ovf_walk_options *options,
                               const struct ovf_track *track, size_t i, size_t j)
{
    const struct ovf_fix *const fixes = track->fixes.items;
    return (struct ovf_gap){.address = track->address,
                            .from = fixes[i].at,
                            .to = fixes[j].at,
                            .from_s = printed_second(fixes[i].t_ns),
                            .to_s = printed_second(fixes[j].t_ns),
                            .band = ovf_gap_band(&fixes[i], &fixes[j]),
                            .kind = ovf_gap_kind_of(options, track, i, j)};
}

/* After Global Fishing Watch's rules for AIS (Welch et al. 2022, doi:10.1126/sciadv.abq2109): the signal must be
 * expected, and shown to be receivable, before its absence says anything. */

static bool is_most(int64_t part_s, const struct ovf_gap *gap,
                    const struct ovf_detect_config *config)
{
    return (double)part_s >= config->gap_time_share * (double)(gap->to_s - gap->from_s);
}

/** Others are hardly received on its way. */
static bool is_coverage(const struct ovf_gap *gap, const struct ovf_gap_evidence *e,
                        const struct ovf_detect_config *config)
{
    return is_most(e->known_s, gap, config) && (e->expected_reports < config->gap_few_reports ||
                                                e->received_share < config->gap_few_share);
}

/** They are, and it flew there. */
static bool is_unexplained(const struct ovf_gap *gap, const struct ovf_gap_evidence *e,
                           const struct ovf_detect_config *config)
{
    return gap->kind == OVF_GAP_SILENT && e->expected_reports >= config->gap_many_reports &&
           e->n_heard >= config->gap_others && e->received_share >= config->gap_many_share &&
           e->n_silent_then <= e->n_heard_then;
}

/** Others were disturbed there, and it flew. */
static bool is_disturbed(const struct ovf_gap *gap, const struct ovf_gap_evidence *e,
                         const struct ovf_detect_config *config)
{
    return (gap->kind == OVF_GAP_SILENT || gap->kind == OVF_GAP_HEARD) && e->disturbed_s > 0 &&
           is_most(e->disturbed_s, gap, config);
}

enum ovf_gap_cause ovf_gap_judge(const struct ovf_gap *gap, const struct ovf_gap_evidence *e,
                                 const struct ovf_detect_config *config)
{
    if (gap->kind == OVF_GAP_NOT_BELIEVED)
        return OVF_CAUSE_INTERFERENCE;
    if (e->outage != OVF_OUTAGE_NONE && gap->kind != OVF_GAP_HEARD)
        return OVF_CAUSE_OUTAGE;
    if (is_disturbed(gap, e, config))
        return OVF_CAUSE_INTERFERENCE;
    if (gap->kind != OVF_GAP_HEARD && is_coverage(gap, e, config))
        return OVF_CAUSE_COVERAGE;
    return is_unexplained(gap, e, config) ? OVF_CAUSE_UNEXPLAINED : OVF_CAUSE_UNDETERMINED;
}

static void interference_words(const struct ovf_gap *gap, const struct ovf_gap_evidence *e,
                               char text[OVF_GAP_WORDS_SIZE])
{
    if (gap->kind == OVF_GAP_NOT_BELIEVED)
        (void)snprintf(
            text, OVF_GAP_WORDS_SIZE,
            "reports received are not believed: consistent with interference or a fault");
    else
        (void)snprintf(text, OVF_GAP_WORDS_SIZE,
                       "of %u other flights there in that hour the positions of %u are consistent "
                       "with interference",
                       e->disturbed.n_all, e->disturbed.n_disturbed);
}

void ovf_gap_words(const struct ovf_gap *gap, enum ovf_gap_cause cause,
                   const struct ovf_gap_evidence *e, char text[OVF_GAP_WORDS_SIZE])
{
    text[0] = '\0';
    switch (cause) {
    case OVF_CAUSE_COVERAGE:
        (void)snprintf(text, OVF_GAP_WORDS_SIZE, "others are hardly received there either");
        break;
    case OVF_CAUSE_UNEXPLAINED:
        (void)snprintf(text, OVF_GAP_WORDS_SIZE,
                       "no reports received where %u%s others were received within 15 minutes",
                       e->n_heard, e->n_heard >= OVF_OTHERS_COUNTED ? " or more" : "");
        break;
    case OVF_CAUSE_OUTAGE:
        (void)snprintf(text, OVF_GAP_WORDS_SIZE, "hardly any aircraft was received at that time");
        break;
    case OVF_CAUSE_INTERFERENCE:
        interference_words(gap, e, text);
        break;
    default:
        if (gap->kind == OVF_GAP_HEARD)
            (void)snprintf(text, OVF_GAP_WORDS_SIZE, "only messages without positions received");
        break;
    }
}

enum ovf_status ovf_gap_witnesses(const struct ovf_gap_evidence *evidence, struct ovf_buffer *out)
{
    char icao24[OVF_ADDRESS_SIZE];
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < evidence->n_witnesses && st == OVF_OK; i++) {
        ovf_address_format(evidence->witnesses[i], icao24);
        st = ovf_buffer_printf(out, "%s%s", i > 0 ? "," : "", icao24);
    }
    return st;
}
