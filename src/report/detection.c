/* SPDX-License-Identifier: Apache-2.0 */
#include "report/detection.h"

#include "report/ndjson_parts.h"

static const char stray[] = "stray";

enum ovf_status ovf_report_doubts_airspaces(const struct ovf_report *report,
                                            const struct ovf_report_doubts *doubts,
                                            struct ovf_buffer *out)
{
    const char *comma = "";
    enum ovf_status st = OVF_OK;
    for (size_t k = 0; k < report->config->n_layers && st == OVF_OK; k++) {
        if (ovf_members_empty(&doubts->inside[k]))
            continue;
        st = ovf_buffer_append_text(out, comma);
        if (st == OVF_OK)
            st = ovf_report_codes(report->config->layers[k].edition, &doubts->inside[k], out);
        comma = ",";
    }
    return st;
}

enum ovf_status ovf_report_doubts_kinds(const struct ovf_report_doubts *doubts,
                                        struct ovf_buffer *out)
{
    bool has[OVF_DETECTION_N + 1] = {false};
    const char *comma = "";
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < doubts->n; i++) {
        const struct ovf_detection *const detection = doubts->items[i].detection;
        has[detection != NULL ? detection->kind : OVF_DETECTION_N] = true;
    }
    for (int kind = 0; kind <= OVF_DETECTION_N && st == OVF_OK; kind++) {
        if (!has[kind])
            continue;
        st = ovf_buffer_printf(
            out, "%s%s", comma,
            kind < OVF_DETECTION_N ? ovf_detection_name((enum ovf_detection_kind)kind) : stray);
        comma = ",";
    }
    return st;
}

/** What a detection would say. */
static void put_stray(struct ovf_json_writer *json, const struct ovf_report_line *line,
                      const struct ovf_doubt *doubt)
{
    const struct ovf_track *const track = line->result->track;
    ovf_json_text(json, "kind", stray);
    ovf_json_time(json, "from", track->fixes.items[doubt->first].t_ns);
    ovf_json_time(json, "to", track->fixes.items[doubt->last].t_ns);
    ovf_json_open(json, "records", '[');
    ovf_ndjson_records(json, line, doubt->first);
    if (doubt->last > doubt->first)
        ovf_ndjson_records(json, line, doubt->last);
    ovf_json_close(json, ']');
}

static void put_place(struct ovf_json_writer *json, struct ovf_point at)
{
    ovf_json_number(json, "lat_deg", ovf_deg_from_e7(at.lat_e7), 6);
    ovf_json_number(json, "lon_deg", ovf_deg_from_e7(at.lon_e7), 6);
}

/** What the input states of how good it is. */
static void put_worth(struct ovf_json_writer *json, const struct ovf_fix *fix)
{
    const struct {
        const char *key;
        unsigned bit;
        int64_t value;
    } members[] = {
        {"version", OVF_FIX_VERSION, fix->version},
        {"nic", OVF_FIX_NIC, fix->nic},
        {"nac_p", OVF_FIX_NAC_P, fix->nac_p},
        {"nac_v", OVF_FIX_NAC_V, ovf_fix_nac_v(fix)},
        {"sil", OVF_FIX_SIL, fix->sil},
    };
    ovf_ndjson_text_if_any(json, "source", ovf_fix_source_name((enum ovf_fix_source)fix->source));
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if ((fix->has & members[i].bit) != 0)
            ovf_json_int(json, members[i].key, members[i].value);
    }
    if ((fix->has & OVF_FIX_SIL) != 0)
        ovf_json_text(json, "sil_type", ovf_sil_type_name((enum ovf_sil_type)fix->sil_type));
    ovf_json_text(json, "decoded", ovf_fix_decoding_name(ovf_fix_decoding(fix)));
}

static void put_fix(struct ovf_json_writer *json, const char *key, const struct ovf_fix *fix)
{
    ovf_json_open(json, key, '{');
    put_place(json, fix->at);
    ovf_json_text(json, "grade", ovf_grade_name(fix->grade));
    put_worth(json, fix);
    ovf_json_close(json, '}');
}

static void put_doubt(struct ovf_json_writer *json, const struct ovf_report_line *line,
                      const struct ovf_doubt *doubt)
{
    const struct ovf_fix *const fixes = line->result->track->fixes.items;
    ovf_json_open(json, NULL, '{');
    if (doubt->detection != NULL)
        ovf_ndjson_detection_keys(json, line, doubt->detection);
    else
        put_stray(json, line, doubt);
    put_fix(json, "first", &fixes[doubt->first]);
    put_fix(json, "last", &fixes[doubt->last]);
    ovf_json_close(json, '}');
}

/** All detections; of strays the first, and how many there are if that is not all. */
static void put_doubts(struct ovf_json_writer *json, const struct ovf_report_line *line,
                       const struct ovf_report_doubts *doubts)
{
    int64_t n_strays = 0;
    ovf_json_open(json, "detections", '[');
    for (size_t i = 0; i < doubts->n; i++) {
        n_strays += doubts->items[i].detection == NULL;
        if (doubts->items[i].detection != NULL || n_strays <= OVF_REPORT_STRAYS_MAX)
            put_doubt(json, line, &doubts->items[i]);
    }
    ovf_json_close(json, ']');
    if (n_strays > OVF_REPORT_STRAYS_MAX)
        ovf_json_int(json, "n_strays", n_strays);
}

static void put_airspaces(struct ovf_json_writer *json, const struct ovf_report *report,
                          const struct ovf_report_doubts *doubts)
{
    bool any = false;
    for (size_t k = 0; k < report->config->n_layers; k++) {
        const struct ovf_edition *const edition = report->config->layers[k].edition;
        for (uint32_t i = ovf_members_next(&doubts->inside[k], 0); i < edition->n_airspaces;
             i = ovf_members_next(&doubts->inside[k], i + 1)) {
            if (!any)
                ovf_json_open(json, "airspaces", '[');
            any = true;
            ovf_json_text(json, NULL, edition->airspaces[i].code);
        }
    }
    if (any)
        ovf_json_close(json, ']');
}

static const char *words_of(const struct ovf_report_doubts *doubts)
{
    bool any_detected = false;
    for (size_t i = 0; i < doubts->n; i++)
        any_detected = any_detected || doubts->items[i].detection != NULL;
    if (!any_detected)
        return "positions that contradict those around are not believed: consistent with an error "
               "of decoding, a fault or interference; they make no crossing";
    if (doubts->n_not_believed > 0)
        return "positions are not believed: consistent with interference or a fault; they make no "
               "crossing";
    return "positions count with twice their radius: consistent with interference or a fault";
}

enum ovf_status ovf_ndjson_detections(const struct ovf_report *report,
                                      const struct ovf_report_line *line,
                                      const struct ovf_report_doubts *doubts,
                                      struct ovf_buffer *out)
{
    const struct ovf_track *const track = line->result->track;
    const struct ovf_flight *const flight = doubts->flight;
    struct ovf_flight unknown = {
        .n_legs = 1,
        .is_duplicate = ovf_spells_has_twin(&track->spells, doubts->from_ns, doubts->to_ns)};
    ovf_doubt_callsign(doubts->items, track->fixes.items, unknown.callsign);
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "detections");
    ovf_ndjson_aircraft(&json, line, flight != NULL ? flight : &unknown);
    ovf_json_time(&json, "from", doubts->from_ns);
    ovf_json_time(&json, "to", doubts->to_ns);
    put_place(&json, doubts->at);
    if (doubts->n_not_believed > 0)
        ovf_json_int(&json, "n_not_believed", (int64_t)doubts->n_not_believed);
    put_airspaces(&json, report, doubts);
    put_doubts(&json, line, doubts);
    if (flight != NULL) {
        ovf_json_open(&json, "flight", '{');
        ovf_json_text(&json, "id", flight->id);
        ovf_json_time(&json, "start", flight->start_ns);
        ovf_json_time(&json, "end", flight->end_ns);
        ovf_json_close(&json, '}');
    }
    ovf_json_text(&json, "words", words_of(doubts));
    ovf_json_close(&json, '}');
    return json.status == OVF_OK ? ovf_buffer_append_text(out, "\n") : json.status;
}
