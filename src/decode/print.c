/* SPDX-License-Identifier: Apache-2.0 */
/* Messages as JSON: what is absent is absent. Names and units are those of docs/units.md. */
#include "decode/print.h"

#include <inttypes.h>
#include <stdio.h>

#include "decode/receiver_id.h"

static void print_head(struct ovf_json_writer *json, const struct ovf_radio_frame *frame,
                       const int64_t *t_ns, const uint64_t *receiver, const struct ovf_message *m)
{
    char id[OVF_RECEIVER_ID_SIZE];
    char hex[2 * OVF_FRAME_LONG_BYTES + 1];
    char address[8];
    char bds[4];
    for (size_t i = 0; i < frame->n_bytes; i++)
        (void)snprintf(hex + 2 * i, 3, "%02x", (unsigned)frame->bytes[i]);
    (void)snprintf(address, sizeof address, "%s%06" PRIx32,
                   (m->address & OVF_MESSAGE_NON_ICAO) != 0 ? "~" : "",
                   m->address & (OVF_MESSAGE_NON_ICAO - 1));
    (void)snprintf(bds, sizeof bds, "%x,%x", m->bds >> 4 & 15U, m->bds & 15U);
    if (t_ns != NULL)
        ovf_json_time(json, "time", *t_ns);
    ovf_json_text(json, "frame", hex);
    ovf_json_int(json, "df", m->df);
    ovf_json_text(json, "icao24", address);
    ovf_json_text(json, "source", ovf_message_source_name(m->source));
    if (m->is_corrected)
        ovf_json_bool(json, "corrected", true);
    if (m->is_squitter)
        ovf_json_int(json, "type_code", m->type_code);
    if (m->bds != 0)
        ovf_json_text(json, "bds", bds);
    if (frame->signal > 0)
        ovf_json_int(json, "signal", frame->signal);
    if (receiver != NULL) {
        ovf_receiver_id_format(*receiver, id);
        ovf_json_text(json, "receiver", id);
    }
}

static void print_identity(struct ovf_json_writer *json, const struct ovf_message *m)
{
    static const char *const emergencies[8] = {"none",     "general",  "medical", "minimum_fuel",
                                               "no_radio", "unlawful", "downed",  "reserved"};
    char squawk[8];
    size_t len = 0;
    while (len < sizeof m->callsign && m->callsign[len] != '\0')
        len++;
    if ((m->has & OVF_MESSAGE_CALLSIGN) != 0)
        ovf_json_bytes(json, "callsign",
                       (struct ovf_bytes){(const unsigned char *)m->callsign, len});
    if ((m->has & OVF_MESSAGE_CATEGORY) != 0)
        ovf_json_text(json, "category", m->category);
    if ((m->has & OVF_MESSAGE_SQUAWK) != 0) {
        (void)snprintf(squawk, sizeof squawk, "%04u", (unsigned)m->squawk);
        ovf_json_text(json, "squawk", squawk);
    }
    if ((m->has & OVF_MESSAGE_EMERGENCY) != 0)
        ovf_json_text(json, "emergency", emergencies[m->emergency]);
    if ((m->has & OVF_MESSAGE_GROUND) != 0)
        ovf_json_bool(json, "on_ground", m->on_ground);
}

static void print_position(struct ovf_json_writer *json, const struct ovf_decoded *report)
{
    if ((report->message.has & OVF_MESSAGE_CPR) == 0)
        return;
    ovf_json_text(json, "cpr", report->message.cpr.is_odd ? "odd" : "even");
    if (report->placed.is_refused)
        ovf_json_bool(json, "position_refused", true);
    if (report->placed.kind == OVF_PLACE_NONE)
        return;
    ovf_json_number(json, "lat_deg", ovf_deg_from_e7(report->placed.at.lat_e7), 6);
    ovf_json_number(json, "lon_deg", ovf_deg_from_e7(report->placed.at.lon_e7), 6);
    ovf_json_text(json, "position_by", ovf_place_kind_name(report->placed.kind));
    ovf_json_bool(json, "position_confirmed", report->placed.is_confirmed);
    const struct ovf_integrity integrity = ovf_decoded_integrity(report);
    if (integrity.has_nic)
        ovf_json_int(json, "nic", integrity.nic);
    if (integrity.has_rc)
        ovf_json_number(json, "rc_m", (double)integrity.rc_m, 1);
}

static void print_integers(struct ovf_json_writer *json, const struct ovf_message *m)
{
    const struct {
        uint32_t has;
        const char *key;
        int32_t value;
    } integers[] = {
        {OVF_MESSAGE_ALT_BARO, "alt_baro_ft", m->alt_baro_ft},
        {OVF_MESSAGE_ALT_GEOM, "alt_geom_ft", m->alt_geom_ft},
        {OVF_MESSAGE_GEOM_MINUS_BARO, "geom_minus_baro_ft", m->geom_minus_baro_ft},
        {OVF_MESSAGE_BARO_RATE, "baro_rate_fpm", m->baro_rate_fpm},
        {OVF_MESSAGE_GEOM_RATE, m->bds == 0x60 ? "inertial_rate_fpm" : "geom_rate_fpm",
         m->geom_rate_fpm},
        {OVF_MESSAGE_SELECTED_ALT, "selected_alt_ft", m->selected_alt_ft},
        {OVF_MESSAGE_FMS_ALT, "fms_alt_ft", m->fms_alt_ft},
        {OVF_MESSAGE_VERSION, "version", m->version},
        {OVF_MESSAGE_NAC_P, "nac_p", m->nac_p},
        {OVF_MESSAGE_NAC_V, "nac_v", m->nac_v},
        {OVF_MESSAGE_SIL, "sil", m->sil},
        {OVF_MESSAGE_NIC_A, "nic_a", m->nic_a},
        {OVF_MESSAGE_NIC_B, "nic_b", m->nic_b},
        {OVF_MESSAGE_NIC_C, "nic_c", m->nic_c},
        {OVF_MESSAGE_NIC_BARO, "nic_baro", m->nic_baro},
    };
    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++)
        if ((m->has & integers[i].has) != 0)
            ovf_json_int(json, integers[i].key, integers[i].value);
    if ((m->has & OVF_MESSAGE_SIL_SUPPLEMENT) != 0)
        ovf_json_text(json, "sil_type", m->sil_is_per_sample ? "persample" : "perhour");
}

static void print_motion(struct ovf_json_writer *json, const struct ovf_message *m)
{
    const struct {
        uint32_t has;
        const char *key;
        double value;
        int n_decimals;
    } numbers[] = {
        {OVF_MESSAGE_GS, "gs_kt", m->gs_kt, 2},
        {OVF_MESSAGE_TRACK, "track_deg", m->track_deg, 3},
        {OVF_MESSAGE_HEADING, m->bds == 0x60 ? "mag_heading_deg" : "heading_deg", m->heading_deg,
         3},
        {OVF_MESSAGE_IAS, "ias_kt", m->ias_kt, 0},
        {OVF_MESSAGE_TAS, "tas_kt", m->tas_kt, 0},
        {OVF_MESSAGE_MACH, "mach", m->mach, 3},
        {OVF_MESSAGE_ROLL, "roll_deg", m->roll_deg, 3},
        {OVF_MESSAGE_TRACK_RATE, "track_rate_degps", m->track_rate_degps, 3},
        {OVF_MESSAGE_QNH, "qnh_hpa", m->qnh_hpa, 1},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if ((m->has & numbers[i].has) != 0)
            ovf_json_number(json, numbers[i].key, numbers[i].value, numbers[i].n_decimals);
}

enum ovf_status ovf_decoded_print(const struct ovf_radio_frame *frame, const int64_t *t_ns,
                                  const uint64_t *receiver, const struct ovf_decoded *report,
                                  struct ovf_buffer *out)
{
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    print_head(&json, frame, t_ns, receiver, &report->message);
    print_identity(&json, &report->message);
    print_position(&json, report);
    print_integers(&json, &report->message);
    print_motion(&json, &report->message);
    ovf_json_close(&json, '}');
    return json.status == OVF_OK ? ovf_buffer_append(out, "\n", 1) : json.status;
}
