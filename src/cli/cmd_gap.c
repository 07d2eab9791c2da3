/* SPDX-License-Identifier: Apache-2.0 */
/* overflight gap: one question about what may have happened between two places. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/time.h"
#include "cli/cmd.h"
#include "cli/common_options.h"
#include "cli/options.h"
#include "cli/pack.h"
#include "run/gap_question.h"

enum {
    OPTION_LAST,
    OPTION_NEXT,
    OPTION_OVER,
    OPTION_ZONE,
    OPTION_VIA_DISC,
    OPTION_MAX_SPEED_KT,
    OPTION_USUAL_SPEED_KT,
    OPTION_RADIUS_M,
    OPTION_CLOCK_S,
    OPTION_LANDINGS,
    OPTION_BOUNDARIES,
    OPTION_LIBRARY,
    OPTION_FORMAT,
    OPTION_PACK,
};

static int run(const struct ovf_arguments *arguments);
static const struct ovf_command *const command = &ovf_command_gap;

static const struct ovf_option options[] = {
    [OPTION_LAST] =
        {.name = "last",
         .value = "PLACE",
         .help = "where and when it was heard last: LAT,LON,TIME[,RADIUS_KM]; ISO\n8601, UTC; "
                 "with a radius it was no farther off, as within\nsight of a receiver"},
    [OPTION_NEXT] = {.name = "next",
                     .value = "PLACE",
                     .help = "where and when it was heard next, likewise"},
    [OPTION_OVER] = {.name = "over",
                     .value = "NAMES",
                     .help = "these airspaces, comma-separated: IQ,TR,ORBB,zone:1;\nall states "
                             "that it can have been over when not given"},
    [OPTION_ZONE] = {.name = "zone",
                     .value = "ZONE",
                     .help = "a zone of your own: [NAME=]circle:LAT,LON,RADIUS_NM, or\n"
                             "[NAME=]polygon:LAT,LON/LAT,LON/LAT,LON...",
                     .repeated = true},
    [OPTION_VIA_DISC] =
        {.name = "via-disc",
         .value = "DISC",
         .help = "LAT,LON,RADIUS_KM,TIME: it was within the disc at that time,\nas a receiver that "
                 "heard it without a position tells; of several at one\ntime it was in all",
         .repeated = true},
    [OPTION_MAX_SPEED_KT] = {.name = "max-speed-kt",
                             .value = "KT",
                             .help = "no aircraft of its kind averages more over ground (720)"},
    [OPTION_USUAL_SPEED_KT] = {.name = "usual-speed-kt",
                               .value = "KT",
                               .help = "it hardly ever averages more (600, or the former)"},
    [OPTION_RADIUS_M] = {.name = "radius-m",
                         .value = "M",
                         .help = "how exactly the two places are known that have no radius (926)"},
    [OPTION_CLOCK_S] = {.name = "clock-s",
                        .value = "SECONDS",
                        .help = "by which the times may be off (2)"},
    [OPTION_LANDINGS] = {.name = "landings",
                         .help = "also airports that it could have landed at, and for how\nlong"},
    [OPTION_BOUNDARIES] = {.name = "boundaries",
                           .value = "EDITIONS",
                           .help =
                               "imported editions: one of states takes the place of the built-in\n"
                               "map, regions and zones come beside it"},
    [OPTION_LIBRARY] = OVF_OPTION_LIBRARY(0),
    [OPTION_FORMAT] = {.name = "format",
                       .letter = 'f',
                       .value = "FORMAT",
                       .help = "table (sentences) or ndjson; table on a terminal, ndjson in a\n"
                               "pipe when not given",
                       .choices = "table ndjson"},
    [OPTION_PACK] = OVF_PACK_OPTION,
};

const struct ovf_command ovf_command_gap = {
    .name = "overflight gap",
    .brief = "what must, could or cannot have happened between two places",
    .summary = "Tell over what an aircraft was between two places where it was heard.",
    .usage = "--last LAT,LON,TIME[,RADIUS_KM] --next LAT,LON,TIME[,RADIUS_KM] [OPTION]...",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes =
        "necessary: every way that can be flown in the time at the greatest speed leads through.\n"
        "near_certain: the same at the usual speed. possible: some do, some do not. impossible: "
        "none does.\n"
        "inconsistent: the places cannot be joined. Levels of flight are not known: an airspace "
        "with\n"
        "limits of altitude is possible at the most.",
    .run = run,
};

static bool parse_degrees(struct ovf_bytes text, int64_t most_deg, int32_t *e7)
{
    int64_t value;
    if (!ovf_number_parse_scaled(text, 7, &value) || value < -most_deg * OVF_E7_PER_DEG ||
        value > most_deg * OVF_E7_PER_DEG)
        return false;
    *e7 = most_deg == 180 ? ovf_lon_wrap(value) : (int32_t)value;
    return true;
}

/** Cuts what stands before the next comma off \p rest. */
static struct ovf_bytes next_part(const char **rest)
{
    const size_t len = strcspn(*rest, ",");
    const struct ovf_bytes part = {(const unsigned char *)*rest, len};
    *rest += len + ((*rest)[len] == ',' ? 1 : 0);
    return part;
}

/** LAT,LON, of which \p rest is what follows. */
static bool parse_point(const char **rest, struct ovf_point *at)
{
    return parse_degrees(next_part(rest), 90, &at->lat_e7) &&
           parse_degrees(next_part(rest), 180, &at->lon_e7);
}

static bool parse_radius(struct ovf_bytes text, double *radius_m)
{
    double radius_km;
    if (!ovf_number_parse_double(text, &radius_km))
        return false;
    *radius_m = radius_km * 1000;
    return true;
}

/** LAT,LON,TIME[,RADIUS_KM]; without a radius that stays as it is. */
static bool parse_place(const char *text, struct ovf_anchor *out)
{
    if (!parse_point(&text, &out->at))
        return false;
    const bool has_radius = strchr(text, ',') != NULL;
    return ovf_time_parse_iso(next_part(&text), &out->t_ns) &&
           (!has_radius || parse_radius(ovf_bytes_from_text(text), &out->radius_m));
}

/** LAT,LON,RADIUS_KM,TIME. */
static bool parse_disc(const char *text, struct ovf_anchor *out)
{
    return parse_point(&text, &out->at) && parse_radius(next_part(&text), &out->radius_m) &&
           ovf_time_parse_iso(ovf_bytes_from_text(text), &out->t_ns);
}

static int take_place(const struct ovf_arguments *arguments, size_t option, double radius_m,
                      struct ovf_anchor *out)
{
    const char *const text = ovf_arguments_value(arguments, option);
    out->radius_m = radius_m;
    if (text == NULL)
        return ovf_usage_error(command, "--%s LAT,LON,TIME is due", options[option].name);
    if (!parse_place(text, out))
        return ovf_usage_error(command, "--%s \"%s\" is no LAT,LON,TIME[,RADIUS_KM]",
                               options[option].name, text);
    return OVF_EXIT_OK;
}

static int take_number(const struct ovf_arguments *arguments, size_t option, double *value)
{
    const char *const text = ovf_arguments_value(arguments, option);
    if (text != NULL && !ovf_number_parse_double(ovf_bytes_from_text(text), value))
        return ovf_usage_error(command, "--%s \"%s\" is no number", options[option].name, text);
    return OVF_EXIT_OK;
}

static int compare_discs(const void *x, const void *y)
{
    const struct ovf_anchor *a = x;
    const struct ovf_anchor *b = y;
    return (a->t_ns > b->t_ns) - (a->t_ns < b->t_ns);
}

/** In order of time; those between the two places. */
static int take_discs(const struct ovf_arguments *arguments, const struct ovf_gap_question *request,
                      struct ovf_anchor *discs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *const text = ovf_arguments_nth(arguments, OPTION_VIA_DISC, i);
        if (!parse_disc(text, &discs[i]))
            return ovf_usage_error(command, "--via-disc \"%s\" is no LAT,LON,RADIUS_KM,TIME", text);
        if (discs[i].t_ns <= request->last.t_ns)
            return ovf_usage_error(command, "--via-disc \"%s\" is not after --last", text);
        if (discs[i].t_ns >= request->next.t_ns)
            return ovf_usage_error(
                command,
                "--via-disc \"%s\" is not before --next: what was heard last may be "
                "--next, with its radius",
                text);
    }
    qsort(discs, n, sizeof *discs, compare_discs);
    return OVF_EXIT_OK;
}

static size_t count_given(const struct ovf_arguments *arguments, size_t option)
{
    size_t n = 0;
    while (ovf_arguments_nth(arguments, option, n) != NULL)
        n++;
    return n;
}

static int read_request(const struct ovf_arguments *a, struct ovf_gap_question *r)
{
    double radius_m =
        926; /* half a nautical mile: what an archive's fix without quality is worth */
    const char *const format = ovf_arguments_value(a, OPTION_FORMAT);
    r->limits =
        (struct ovf_speed_limits){OVF_HARD_SPEED_KT, OVF_USUAL_SPEED_KT, OVF_CLOCK_S, false};
    if (a->n_items > 0)
        return ovf_usage_error(command, "\"%s\": there are no arguments", a->items[0]);
    int status = take_number(a, OPTION_RADIUS_M, &radius_m);
    if (status == OVF_EXIT_OK)
        status = take_place(a, OPTION_LAST, radius_m, &r->last);
    if (status == OVF_EXIT_OK)
        status = take_place(a, OPTION_NEXT, radius_m, &r->next);
    if (status == OVF_EXIT_OK)
        status = take_number(a, OPTION_MAX_SPEED_KT, &r->limits.hard_kt);
    if (status == OVF_EXIT_OK)
        status = take_number(a, OPTION_USUAL_SPEED_KT, &r->limits.usual_kt);
    if (status == OVF_EXIT_OK)
        status = take_number(a, OPTION_CLOCK_S, &r->limits.clock_s);
    if (status != OVF_EXIT_OK)
        return status;
    if (format != NULL && strcmp(format, "table") != 0 && strcmp(format, "ndjson") != 0)
        return ovf_usage_error(command, "format \"%s\" is not table or ndjson", format);
    r->as_table = format != NULL ? strcmp(format, "table") == 0 : isatty(STDOUT_FILENO) != 0;
    r->with_landings = ovf_arguments_has(a, OPTION_LANDINGS);
    r->areas.airspace = ovf_arguments_value(a, OPTION_OVER);
    r->areas.boundaries = ovf_arguments_value(a, OPTION_BOUNDARIES);
    r->areas.library_path = ovf_arguments_value(a, OPTION_LIBRARY);
    return OVF_EXIT_OK;
}

static enum ovf_status write_stdout(void *context, const void *data, size_t len)
{
    (void)context;
    return fwrite(data, 1, len, stdout) == len && fflush(stdout) == 0 ? OVF_OK : OVF_E_IO;
}

static int answer(const struct ovf_arguments *arguments, const struct ovf_gap_question *request)
{
    const struct ovf_sink sink = {write_stdout, NULL};
    struct ovf_error err = {""};
    char pack[OVF_PACK_PATH_SIZE];
    struct ovf_gap_question asked = *request;
    enum ovf_status st = ovf_pack_find(ovf_arguments_value(arguments, OPTION_PACK), pack, &err);
    asked.areas.pack_path = pack;
    if (st == OVF_OK)
        st = ovf_gap_question_answer(&asked, &sink, &err);
    if (st == OVF_OK)
        return OVF_EXIT_OK;
    if (st == OVF_E_RANGE)
        return ovf_usage_error(command, "%s", err.text);
    fprintf(stderr, "%s: %s\n", command->name, err.text[0] != '\0' ? err.text : "out of memory");
    return OVF_EXIT_WORLD;
}

static int run(const struct ovf_arguments *arguments)
{
    struct ovf_gap_question request = {0};
    const size_t n_discs = count_given(arguments, OPTION_VIA_DISC);
    const size_t n_zones = count_given(arguments, OPTION_ZONE);
    struct ovf_anchor *discs = calloc(n_discs + 1, sizeof *discs);
    const char **zones = calloc(n_zones + 1, sizeof *zones);
    int status =
        discs == NULL || zones == NULL ? OVF_EXIT_WORLD : read_request(arguments, &request);
    if (status == OVF_EXIT_OK)
        status = take_discs(arguments, &request, discs, n_discs);
    for (size_t i = 0; i < n_zones && status == OVF_EXIT_OK; i++)
        zones[i] = ovf_arguments_nth(arguments, OPTION_ZONE, i);
    request.discs = discs;
    request.n_discs = n_discs;
    request.areas.zones = zones;
    request.areas.n_zones = n_zones;
    if (status == OVF_EXIT_OK)
        status = answer(arguments, &request);
    free(discs);
    free(zones);
    return status;
}
