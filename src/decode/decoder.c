/* SPDX-License-Identifier: Apache-2.0 */
/* Joining frames. An address is known when a frame was whole whose parity covers it in the clear: of noise one in
 * 16 million passes. A reply, in which the parity is laid over the address, or a frame with one bit put right, is
 * believed of known addresses only. */
#include "decode/decoder.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "decode/commb.h"
#include "decode/place_parts.h"
#include "decode/registers.h"

/* A reply follows the squitter that it is held against by no more. */
#define VELOCITY_AGE_NS (INT64_C(10) * OVF_NS_PER_S)

/* Who is away for longer begins anew: by then only a place on the ground may say something yet. Looked for so often. */
#define FORGET_NS OVF_NS_PER_DAY
#define FORGET_EACH_NS (60 * OVF_NS_PER_MIN)

enum { MB_BYTE = 4 };

struct ovf_decoder {
    struct ovf_aircraft_table *table;
    struct ovf_point receiver;
    const struct ovf_point *receiver_at; /* that, or NULL */
    int64_t now_ns;
    int64_t forgot_ns; /* when that was done last */
    size_t n_forgotten;
    struct ovf_decoder_counts counts;
};

enum ovf_status ovf_decoder_new(const struct ovf_point *receiver, size_t max_aircraft,
                                struct ovf_decoder **out)
{
    struct ovf_decoder *decoder = calloc(1, sizeof *decoder);
    if (decoder == NULL)
        return OVF_E_NOMEM;
    const enum ovf_status st = ovf_aircraft_table_new(max_aircraft, &decoder->table);
    if (st != OVF_OK) {
        free(decoder);
        return st;
    }
    ovf_decoder_hear_at(decoder, receiver);
    *out = decoder;
    return OVF_OK;
}

void ovf_decoder_hear_at(struct ovf_decoder *decoder, const struct ovf_point *receiver)
{
    decoder->receiver_at = NULL;
    if (receiver == NULL)
        return;
    decoder->receiver = *receiver;
    decoder->receiver_at = &decoder->receiver;
}

void ovf_decoder_free(struct ovf_decoder *decoder)
{
    if (decoder == NULL)
        return;
    ovf_aircraft_table_free(decoder->table);
    free(decoder);
}

struct ovf_aircraft_table *ovf_decoder_aircraft(struct ovf_decoder *decoder)
{
    return decoder->table;
}

struct ovf_decoder_counts ovf_decoder_counts(const struct ovf_decoder *decoder)
{
    struct ovf_decoder_counts counts = decoder->counts;
    counts.n_dropped = ovf_aircraft_table_n_dropped(decoder->table);
    return counts;
}

size_t ovf_decoder_n_aircraft(const struct ovf_decoder *decoder)
{
    return ovf_aircraft_table_n(decoder->table) + decoder->n_forgotten;
}

/** The aircraft that is known and can have sent a message whose parity alone does not vouch for it; NULL: nobody is. */
static struct ovf_aircraft *find_known(struct ovf_decoder *decoder, uint32_t key)
{
    const struct ovf_aircraft *const aircraft = ovf_aircraft_find(decoder->table, key);
    const bool is_known = aircraft != NULL && ovf_heard_within(aircraft->vouched_ns,
                                                               decoder->now_ns, OVF_HEARD_HOLD_NS);
    return is_known ? ovf_aircraft_hear(decoder->table, key) : NULL;
}

/** The aircraft that a parity vouches for; NULL: out of memory. */
static inline struct ovf_aircraft *find_vouched(struct ovf_decoder *decoder, uint32_t key)
{
    struct ovf_aircraft *const aircraft = ovf_aircraft_hear(decoder->table, key);
    if (aircraft != NULL)
        aircraft->vouched_ns = decoder->now_ns;
    return aircraft;
}

static inline void note(struct ovf_heard_number *number, bool is_there, int64_t t_ns, double value)
{
    if (is_there)
        *number = (struct ovf_heard_number){t_ns, value};
}

/** A ground station's message of what radar saw has other bits there; MLAT's velocity is not the aircraft's word. */
static bool states_nac_v(const struct ovf_message *m)
{
    return m->source == OVF_MESSAGE_ADSB || m->source == OVF_MESSAGE_ADSR;
}

/** How it moves. Of Comm-B, whose registers are a guess, only what does not decide where it is. */
static void note_motion(struct ovf_aircraft *aircraft, const struct ovf_message *m, int64_t t_ns)
{
    const uint32_t has = m->has;
    const uint32_t has_sure = m->is_squitter ? has : 0;
    if ((has_sure & (OVF_MESSAGE_GS | OVF_MESSAGE_TRACK)) != 0)
        aircraft->velocity = m->velocity;
    note(&aircraft->gs_kt, (has_sure & OVF_MESSAGE_GS) != 0, t_ns, m->gs_kt);
    note(&aircraft->track_deg, (has_sure & OVF_MESSAGE_TRACK) != 0, t_ns, m->track_deg);
    note(&aircraft->heading_deg, (has & OVF_MESSAGE_HEADING) != 0, t_ns, m->heading_deg);
    note(&aircraft->roll_deg, (has & OVF_MESSAGE_ROLL) != 0, t_ns, m->roll_deg);
    note(&aircraft->baro_rate_fpm, (has_sure & OVF_MESSAGE_BARO_RATE) != 0, t_ns, m->baro_rate_fpm);
    note(&aircraft->geom_rate_fpm, (has_sure & OVF_MESSAGE_GEOM_RATE) != 0, t_ns, m->geom_rate_fpm);
    note(&aircraft->geom_minus_baro_ft, (has & OVF_MESSAGE_GEOM_MINUS_BARO) != 0, t_ns,
         m->geom_minus_baro_ft);
    if ((has_sure & OVF_MESSAGE_NAC_V) != 0 && states_nac_v(m)) {
        aircraft->nac_v = m->nac_v;
        aircraft->nac_v_ns = t_ns;
    }
}

/** Who it is, and what its positions are worth. */
static void note_rare(struct ovf_aircraft *aircraft, const struct ovf_message *m, int64_t t_ns)
{
    const uint32_t has = m->has;
    note(&aircraft->squawk, (has & OVF_MESSAGE_SQUAWK) != 0, t_ns, m->squawk);
    note(&aircraft->version, (has & OVF_MESSAGE_VERSION) != 0, t_ns, m->version);
    note(&aircraft->nic_a, (has & OVF_MESSAGE_NIC_A) != 0, t_ns, m->nic_a);
    note(&aircraft->nic_c, (has & OVF_MESSAGE_NIC_C) != 0, t_ns, m->nic_c);
    note(&aircraft->nac_p, (has & OVF_MESSAGE_NAC_P) != 0, t_ns, m->nac_p);
    if ((has & OVF_MESSAGE_SIL) != 0) {
        aircraft->sil = (struct ovf_heard_number){t_ns, m->sil};
        aircraft->has_sil_supplement = (has & OVF_MESSAGE_SIL_SUPPLEMENT) != 0;
        aircraft->sil_is_per_sample = m->sil_is_per_sample;
    }
    if ((has & OVF_MESSAGE_CALLSIGN) != 0) {
        aircraft->callsign.t_ns = t_ns;
        memcpy(aircraft->callsign.text, m->callsign, sizeof m->callsign);
    }
}

/** A reply's address is laid over its parity: noise may pass for one of a known aircraft. Two that agree do not. */
static void note_altitude(struct ovf_aircraft *aircraft, const struct ovf_message *m, int64_t t_ns)
{
    const struct ovf_heard_number before = aircraft->alt_baro_ft;
    aircraft->alt_baro_ft = (struct ovf_heard_number){t_ns, m->alt_baro_ft};
    if (m->is_squitter && !m->is_corrected)
        aircraft->sure_alt_ft = (struct ovf_heard_number){t_ns, m->alt_baro_ft};
    else
        ovf_aircraft_note_sure_alt(aircraft, before, t_ns, m->alt_baro_ft);
}

/** The velocity is mostly the one before. */
static inline void read_velocity(const struct ovf_aircraft *aircraft, struct ovf_message *message)
{
    if (message->velocity != aircraft->velocity) {
        ovf_bds09_read_velocity(message);
        return;
    }
    message->gs_kt = aircraft->gs_kt.value;
    if ((message->has & OVF_MESSAGE_TRACK) != 0)
        message->track_deg = aircraft->track_deg.value;
}

/** What the aircraft says of itself beside its altitude, for messages and positions to come. */
static inline void note_values(struct ovf_aircraft *aircraft, struct ovf_message *m, int64_t t_ns)
{
    static const uint32_t motion = OVF_MESSAGE_GS | OVF_MESSAGE_TRACK | OVF_MESSAGE_HEADING |
                                   OVF_MESSAGE_ROLL | OVF_MESSAGE_BARO_RATE |
                                   OVF_MESSAGE_GEOM_RATE | OVF_MESSAGE_GEOM_MINUS_BARO |
                                   OVF_MESSAGE_NAC_V;
    static const uint32_t rare = OVF_MESSAGE_SQUAWK | OVF_MESSAGE_VERSION | OVF_MESSAGE_NIC_A |
                                 OVF_MESSAGE_NIC_C | OVF_MESSAGE_NAC_P | OVF_MESSAGE_SIL |
                                 OVF_MESSAGE_CALLSIGN;
    if ((m->has & motion) != 0) {
        if (m->velocity != 0)
            read_velocity(aircraft, m);
        note_motion(aircraft, m, t_ns);
    }
    if ((m->has & rare) != 0)
        note_rare(aircraft, m, t_ns);
}

static void read_commb(const struct ovf_decoder *decoder, const struct ovf_aircraft *aircraft,
                       const unsigned char *mb, struct ovf_message *message)
{
    const struct ovf_heard_number *const gs = &aircraft->gs_kt;
    const struct ovf_heard_number *const track = &aircraft->track_deg;
    const struct ovf_commb_known known = {
        .has_velocity = ovf_heard_within(gs->t_ns, decoder->now_ns, VELOCITY_AGE_NS) &&
                        ovf_heard_within(track->t_ns, decoder->now_ns, VELOCITY_AGE_NS),
        .gs_kt = gs->value,
        .track_deg = track->value,
    };
    ovf_commb_read(mb, &known, message);
}

struct ovf_integrity ovf_decoded_integrity(const struct ovf_decoded *report)
{
    const struct ovf_aircraft *const aircraft = report->aircraft;
    const struct ovf_message *const m = &report->message;
    const int64_t t_ns = report->t_ns;
    const bool is_known = ovf_heard_holds(&aircraft->version, t_ns);
    const struct ovf_nic_supplements supplements = {
        .version = is_known ? (uint8_t)aircraft->version.value : 0,
        .a = ovf_heard_holds(&aircraft->nic_a, t_ns) && aircraft->nic_a.value > 0,
        .b = m->nic_b,
        .c = ovf_heard_holds(&aircraft->nic_c, t_ns) && aircraft->nic_c.value > 0,
    };
    return ovf_integrity_of(m->type_code, supplements);
}

/** The same half in the other chain. \p placed: what the first one said, which refused it or gave itself up */
static void take_half_elsewhere(struct ovf_aircraft *aircraft, const struct ovf_cpr *cpr,
                                int64_t t_ns, const struct ovf_place_hint *hint,
                                struct ovf_placed *placed)
{
    struct ovf_placed second;
    ovf_place_take(&aircraft->other, cpr, t_ns, hint, &second);
    if (!placed->is_refused && second.is_confirmed) {
        aircraft->place = aircraft->other;
        aircraft->other = (struct ovf_place){.has = false};
    }
    if (second.kind != OVF_PLACE_NONE && (placed->is_refused || second.is_confirmed))
        *placed = second;
}

/**
 * Where the half of a position leads. What one chain refuses may be a chain of its own: of another aircraft with the
 * same address, or of this one where its instruments are led astray. Which of them is to be believed is not decided
 * here. One that is given up goes when the other is confirmed.
 */
static void take_half(struct ovf_aircraft *aircraft, const struct ovf_cpr *cpr, int64_t t_ns,
                      const struct ovf_place_hint *hint, struct ovf_placed *placed)
{
    const bool was_confirmed = aircraft->place.is_confirmed;
    ovf_place_take(&aircraft->place, cpr, t_ns, hint, placed);
    if (placed->is_refused ||
        (was_confirmed && placed->kind != OVF_PLACE_NONE && !placed->is_confirmed))
        take_half_elsewhere(aircraft, cpr, t_ns, hint, placed);
}

/** The speed by which a half is taken: that of its message, if it states one, unless the one before was higher and
 * holds. */
static struct ovf_heard_number speed_at(const struct ovf_aircraft *aircraft,
                                        const struct ovf_message *m, int64_t t_ns)
{
    const struct ovf_heard_number before = aircraft->gs_kt;
    const bool is_stated = (m->has & OVF_MESSAGE_GS) != 0;
    const bool slows = is_stated && before.value > m->gs_kt && ovf_heard_holds(&before, t_ns);
    return is_stated && !slows ? (struct ovf_heard_number){t_ns, m->gs_kt} : before;
}

/** Where the half of a position leads for which it is not plain. */
__attribute__((noinline)) static void place_anywhere(struct ovf_decoder *decoder,
                                                     struct ovf_aircraft *aircraft,
                                                     struct ovf_decoded *report)
{
    const struct ovf_message *const m = &report->message;
    const int64_t t_ns = decoder->now_ns;
    const struct ovf_heard_number gs = speed_at(aircraft, m, t_ns);
    const struct ovf_place_hint hint = {.has_gs = ovf_heard_holds(&gs, t_ns),
                                        .is_mlat = m->source == OVF_MESSAGE_MLAT,
                                        .gs_kt = gs.value,
                                        .gs_age_ns = ovf_heard_apart(gs.t_ns, t_ns),
                                        .track_deg = &aircraft->track_deg,
                                        .alt_ft = &aircraft->alt_baro_ft,
                                        .receiver = decoder->receiver_at};
    struct ovf_placed *const placed = &report->placed;
    take_half(aircraft, &m->cpr, t_ns, &hint, placed);
    if (placed->kind != OVF_PLACE_NONE)
        decoder->counts.n_positions++;
    else if (placed->is_refused)
        decoder->counts.n_refused++;
    if (placed->kind != OVF_PLACE_NONE && placed->is_confirmed)
        aircraft->told_ns = t_ns;
}

/** Whether the message is all that is heard of the aircraft, once a minute; notes what is told of it. */
static inline bool is_hearing(const struct ovf_decoder *decoder, enum ovf_parity parity,
                              const struct ovf_message *m, struct ovf_aircraft *aircraft)
{
    if (ovf_heard_within(aircraft->told_ns, decoder->now_ns, OVF_DECODER_HEARING_NS - 1) ||
        decoder->receiver_at == NULL)
        return false;
    const bool is_own = (m->df == 11 || m->df == 17) && m->source != OVF_MESSAGE_MLAT;
    if ((m->has & OVF_MESSAGE_CPR) != 0 || !is_own || parity != OVF_PARITY_GOOD)
        return false;
    aircraft->told_ns = decoder->now_ns;
    return true;
}

/** What the message of \p aircraft says and what follows from it. */
static inline void take_message(struct ovf_decoder *decoder, struct ovf_aircraft *aircraft,
                                enum ovf_parity parity, struct ovf_decoded *report)
{
    struct ovf_message *const message = &report->message;
    const int64_t now_ns = decoder->now_ns;
    report->aircraft = aircraft;
    report->t_ns = now_ns;
    report->is_hearing = false;
    report->placed = (struct ovf_placed){.kind = OVF_PLACE_NONE};
    if ((message->has & OVF_MESSAGE_ALT_BARO) != 0)
        note_altitude(aircraft, message, now_ns);
    if ((message->has & OVF_MESSAGE_CPR) != 0) {
        if (ovf_place_go_on(&aircraft->place, &message->cpr, now_ns, aircraft->gs_kt.value,
                            decoder->receiver_at, &report->placed)) {
            decoder->counts.n_positions++;
            aircraft->told_ns = now_ns;
            return; /* in the air nothing else is stated with it */
        }
        place_anywhere(decoder, aircraft, report);
    }
    note_values(aircraft, message, now_ns);
    report->is_hearing = is_hearing(decoder, parity, message, aircraft);
}

/** Whose message it is where its parity does not vouch for the address, and what can be read of it for knowing that;
 * NULL: nobody's, and its fate says why. */
__attribute__((noinline)) static struct ovf_aircraft *find_sender(
    struct ovf_decoder *decoder, enum ovf_parity parity, const struct ovf_radio_frame *frame,
    struct ovf_decoded *report)
{
    struct ovf_message *const message = &report->message;
    report->fate = parity == OVF_PARITY_NONE ? OVF_FATE_NOT_READ : OVF_FATE_BAD_PARITY;
    if (parity == OVF_PARITY_NONE || parity == OVF_PARITY_BAD)
        return NULL;
    struct ovf_aircraft *const aircraft =
        find_known(decoder, ovf_aircraft_key(message->address, message->source));
    report->fate = aircraft == NULL ? OVF_FATE_UNKNOWN_ADDRESS : OVF_FATE_MESSAGE;
    if (aircraft == NULL)
        return NULL;
    decoder->counts.n_corrected += parity == OVF_PARITY_CORRECTED ? 1 : 0;
    if (message->df == 20 || message->df == 21)
        read_commb(decoder, aircraft, frame->bytes + MB_BYTE, message);
    return aircraft;
}

static inline enum ovf_status take(struct ovf_decoder *decoder, const struct ovf_radio_frame *frame,
                                   struct ovf_decoded *report)
{
    const struct ovf_message *const message = &report->message;
    const enum ovf_parity parity = ovf_modes_read(frame, &report->message);
    struct ovf_aircraft *aircraft;
    report->fate = OVF_FATE_MESSAGE;
    if (parity == OVF_PARITY_GOOD) {
        aircraft = find_vouched(decoder, ovf_aircraft_key(message->address, message->source));
        if (aircraft == NULL)
            return OVF_E_NOMEM;
    } else {
        aircraft = find_sender(decoder, parity, frame, report);
        if (aircraft == NULL)
            return OVF_OK;
    }
    take_message(decoder, aircraft, parity, report);
    return OVF_OK;
}

/** Memory does not grow with all who ever passed by. */
__attribute__((noinline)) static void forget(struct ovf_decoder *decoder)
{
    decoder->forgot_ns = decoder->now_ns;
    decoder->n_forgotten += ovf_aircraft_forget(decoder->table, decoder->now_ns - FORGET_NS);
}

enum ovf_status ovf_decoder_take(struct ovf_decoder *decoder, const struct ovf_radio_frame *frame,
                                 const int64_t *t_ns, struct ovf_decoded *report)
{
    if (t_ns != NULL)
        decoder->now_ns = *t_ns;
    if (!ovf_heard_within(decoder->forgot_ns, decoder->now_ns, FORGET_EACH_NS))
        forget(decoder);
    const enum ovf_status st = take(decoder, frame, report);
    if (st == OVF_OK)
        decoder->counts.n_fates[report->fate]++;
    return st;
}
