/* SPDX-License-Identifier: Apache-2.0 */
#include "question/digest.h"

#include <inttypes.h>
#include <string.h>

/* ---- what is asked ---- */

/** Each text with its length before it, so that no two lists of texts look alike. */
static enum ovf_status add_text(struct ovf_buffer *all, const char *text)
{
    return ovf_buffer_printf(all, "%zu:%s;", strlen(text), text);
}

static enum ovf_status add_layer(struct ovf_buffer *all, const struct ovf_edition *edition,
                                 const struct ovf_members *wanted)
{
    enum ovf_status st = add_text(all, ovf_kind_name(edition->kind));
    if (st == OVF_OK)
        st = add_text(all, edition->edition);
    for (uint32_t i = ovf_members_next(wanted, 0); i < edition->n_airspaces && st == OVF_OK;
         i = ovf_members_next(wanted, i + 1)) {
        st = add_text(all, edition->airspaces[i].code);
        if (st == OVF_OK)
            st = add_text(all, edition->airspaces[i].name);
    }
    return st;
}

static enum ovf_status add_place(struct ovf_buffer *all, const struct ovf_place *place)
{
    if (!place->is_set)
        return ovf_buffer_append_text(all, "-;");
    return add_text(all, place->is_airport ? place->airport : place->country);
}

static enum ovf_status add_watch(struct ovf_buffer *all, const struct ovf_watch *watch)
{
    enum ovf_status st = add_place(all, &watch->from);
    if (st == OVF_OK)
        st = add_place(all, &watch->to);
    if (st == OVF_OK)
        st =
            ovf_buffer_printf(all, "%u;%u;%" PRId64 ";%" PRId64 ";%zu;", watch->roles,
                              watch->classes, watch->since_ns, watch->until_ns, watch->n_addresses);
    for (size_t i = 0; i < watch->n_addresses && st == OVF_OK; i++)
        st = ovf_buffer_printf(all, "%" PRIx32 ";", watch->addresses[i]);
    for (size_t i = 0; i < watch->n_registrations && st == OVF_OK; i++)
        st = add_text(all, watch->registrations[i]);
    return st;
}

static enum ovf_status add_texts(struct ovf_buffer *all, const char *const *texts, size_t n)
{
    enum ovf_status st = ovf_buffer_printf(all, "%zu;", n);
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        st = add_text(all, texts[i]);
    return st;
}

/** A watch of a case: what options cannot say comes behind what they can. */
static enum ovf_status add_case_watch(struct ovf_buffer *all, const struct ovf_question *q,
                                      size_t i)
{
    const struct ovf_watch *const watch = &q->watches.items[i];
    enum ovf_status st = add_text(all, q->watches.names[i]);
    if (st == OVF_OK)
        st = add_watch(all, watch);
    for (size_t k = 0; k < q->config.n_layers && st == OVF_OK; k++)
        st = add_layer(all, &q->editions[k], &watch->over[k]);
    if (st == OVF_OK)
        st = ovf_buffer_printf(all, "%zu;%d;", watch->n_chain, watch->in_order ? 1 : 0);
    for (size_t k = 0; k < watch->n_chain && st == OVF_OK; k++)
        st = add_text(all, q->editions[0].airspaces[watch->chain[k]].code);
    if (st == OVF_OK)
        st = add_texts(all, watch->operators, watch->n_operators);
    if (st == OVF_OK)
        st = add_texts(all, watch->types, watch->n_types);
    return st == OVF_OK ? add_texts(all, watch->lists, watch->n_lists) : st;
}

/** The pack as a whole: what is carried on names airports by their place in it. */
static enum ovf_status add_limits(struct ovf_buffer *all, const struct ovf_question *q)
{
    char pack[OVF_SHA256_HEX_SIZE];
    ovf_digest_format(&q->pack.pack.digest, OVF_SHA256_BYTES, pack);
    enum ovf_status st = add_text(all, pack);
    if (st == OVF_OK)
        st = add_text(all, q->asks_amsl ? q->geoid.source : "");
    return st != OVF_OK ? st
                        : ovf_buffer_printf(all, "%" PRId64 ";%" PRId64 ";%" PRId64 ";%d",
                                            q->config.walk.max_gap_ns, q->config.walk.decimation_ns,
                                            q->config.journey_ns, q->include_unknown ? 1 : 0);
}

static enum ovf_status add_antenna(struct ovf_buffer *all, const struct ovf_receiver_place *place)
{
    const enum ovf_status st =
        ovf_buffer_printf(all, "%" PRId32 ";%" PRId32 ";", place->at.lat_e7, place->at.lon_e7);
    return st == OVF_OK && place->has_height ? ovf_buffer_printf(all, "up %.17g;", place->height_m)
                                             : st;
}

/** Only where something is said: questions of other inputs keep their names. */
static enum ovf_status add_reading(struct ovf_buffer *all, const struct ovf_read_options *read)
{
    enum ovf_status st = OVF_OK;
    if (read->clock.kind != OVF_CLOCK_NONE)
        st =
            ovf_buffer_printf(all, "start %d;%" PRId64 ";", read->clock.kind, read->clock.start_ns);
    if (st == OVF_OK && read->has_receiver)
        st = ovf_buffer_append_text(all, "at ");
    if (st == OVF_OK && read->has_receiver)
        st = add_antenna(all, &read->receiver);
    for (const struct ovf_receiver_told *told = read->receivers->told; told != NULL && st == OVF_OK;
         told = told->next) {
        st = ovf_buffer_printf(all, "receiver %016" PRIx64 ";", told->id);
        if (st == OVF_OK)
            st = add_antenna(all, &told->place);
    }
    if (st == OVF_OK && read->sbs_ahead_ns != 0)
        st = ovf_buffer_printf(all, "sbs-tz %" PRId64 ";", read->sbs_ahead_ns);
    return st;
}

enum ovf_status ovf_question_digest(const struct ovf_question *q, char text[OVF_SHA256_HEX_SIZE])
{
    struct ovf_buffer all = {0};
    struct ovf_digest digest;
    enum ovf_status st = add_limits(&all, q);
    for (size_t i = 0; i < q->config.n_layers && st == OVF_OK; i++)
        st = add_layer(&all, &q->editions[i], &q->layers[i].wanted);
    if (st == OVF_OK)
        st = add_watch(&all, &q->watch);
    for (size_t i = 0; i < q->watches.n && st == OVF_OK; i++)
        st = add_case_watch(&all, q, i);
    if (st == OVF_OK)
        st = add_reading(&all, &q->read);
    if (st == OVF_OK && q->detect_words.len > 0)
        st = ovf_buffer_printf(&all, "detectors %.*s", (int)q->detect_words.len,
                               (const char *)q->detect_words.data);
    if (st == OVF_OK)
        st = ovf_sha256(ovf_buffer_bytes(&all), &digest);
    if (st == OVF_OK)
        ovf_digest_format(&digest, OVF_SHA256_BYTES, text);
    ovf_buffer_deinit(&all);
    return st;
}

/* ---- in words ---- */

static enum ovf_status say(struct ovf_buffer *out, const char *option, const char *value)
{
    if (value == NULL)
        return OVF_OK;
    return ovf_buffer_printf(out, "%s%s %s", out->len > 0 ? " " : "", option, value);
}

enum ovf_status ovf_question_words(const struct ovf_question_request *request,
                                   const struct ovf_case *the_case, struct ovf_buffer *out)
{
    const struct {
        const char *option;
        const char *value;
    } said[] = {
        {"--airspace", request->airspace},
        {"--kind", request->kind},
        {"--boundaries", request->boundaries},
        {"--from", request->from},
        {"--to", request->to},
        {"--role", request->roles},
        {"--class", request->classes},
        {"--since", request->since},
        {"--until", request->until},
        {"--aircraft", request->aircraft},
        {"--aircraft-list", request->aircraft_list},
        {"--max-gap", request->max_gap_s},
        {"--trace-interval", request->trace_interval_s},
        {"--journey-stop", request->journey_stop_h},
        {"--start", request->start},
        {"--at", request->at},
        {"--sbs-tz", request->sbs_tz},
        {"--detectors", request->detectors},
    };
    enum ovf_status st =
        the_case != NULL ? say(out, "the watches of the case", the_case->name) : OVF_OK;
    for (size_t i = 0; i < sizeof said / sizeof *said && st == OVF_OK; i++)
        st = say(out, said[i].option, said[i].value);
    for (size_t i = 0; i < request->n_zones && st == OVF_OK; i++)
        st = say(out, "--zone", request->zones[i]);
    for (size_t i = 0; i < request->n_receivers && st == OVF_OK; i++)
        st = say(out, "--receiver", request->receivers[i]);
    if (st == OVF_OK && request->include_unknown)
        st = ovf_buffer_append_text(out, out->len > 0 ? " --include-unknown" : "--include-unknown");
    if (st == OVF_OK && out->len == 0)
        st = ovf_buffer_append_text(out, "all states");
    return st == OVF_OK ? ovf_buffer_append(out, "", 1) : st;
}
