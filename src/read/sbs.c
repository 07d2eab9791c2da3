/* SPDX-License-Identifier: Apache-2.0 */
/* BaseStation's lines. */
#include "read/sbs.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/fields.h"
#include "base/time.h"
#include "decode/decoder.h"
#include "read/away.h"
#include "read/field.h"
#include "read/heard_fix.h"
#include "track/address.h"

enum field {
    FIELD_KIND,
    FIELD_TYPE,
    FIELD_ADDRESS = 4,
    FIELD_DATE = 6,
    FIELD_TIME = 7,
    FIELD_DATE_WRITTEN = 8,
    FIELD_TIME_WRITTEN = 9,
    FIELD_CALLSIGN = 10,
    FIELD_ALT = 11,
    FIELD_GS = 12,
    FIELD_TRACK = 13,
    FIELD_LAT = 14,
    FIELD_LON = 15,
    FIELD_RATE = 16,
    FIELD_SQUAWK = 17,
    FIELD_ON_GROUND = 21,
    N_FIELDS = 22,
};

struct ovf_sbs {
    uint32_t item;
    int64_t ahead_ns;
    bool has_receiver; /* its place is stated */
    struct ovf_point receiver;
    ovf_sbs_row_fn *row;
    void *context;
    struct ovf_buffer line;
    bool is_overlong;      /* the rest of the line is passed over */
    bool has_time;         /* a line said when it was heard */
    const int64_t *now_ns; /* while feeding */
    struct ovf_fields fields;
    struct ovf_aircraft_table *table;
    struct ovf_away away;
    struct ovf_tally rows;
    char first_rejected[OVF_READ_FAULT_SIZE];
    char note[200];
};

/** What is wrong with a line, and in which field. */
struct fault {
    enum ovf_reject reason;
    const char *name;
    struct ovf_bytes value;
};

enum ovf_status ovf_sbs_new(uint32_t item, const struct ovf_read_options *options,
                            ovf_sbs_row_fn *row, void *context, struct ovf_sbs **out)
{
    struct ovf_sbs *sbs = calloc(1, sizeof *sbs);
    if (sbs == NULL)
        return OVF_E_NOMEM;
    if (ovf_aircraft_table_new(OVF_DECODER_MAX_AIRCRAFT, &sbs->table) != OVF_OK) {
        free(sbs);
        return OVF_E_NOMEM;
    }
    sbs->item = item;
    sbs->ahead_ns = options->sbs_ahead_ns;
    sbs->has_receiver = options->has_receiver;
    sbs->receiver = options->receiver.at;
    sbs->row = row;
    sbs->context = context;
    *out = sbs;
    return OVF_OK;
}

void ovf_sbs_free(struct ovf_sbs *sbs)
{
    if (sbs == NULL)
        return;
    ovf_buffer_deinit(&sbs->line);
    ovf_aircraft_table_free(sbs->table);
    free(sbs);
}

static void reject(struct ovf_sbs *sbs, const struct fault *fault)
{
    ovf_read_fault_note(sbs->first_rejected, sbs->rows.n_read, fault->name, &fault->value,
                        fault->value.data != NULL ? 1 : 0, fault->reason);
    ovf_tally_reject(&sbs->rows, fault->reason);
}

static struct ovf_bytes text_of(const struct ovf_sbs *sbs, enum field field)
{
    return sbs->fields.items[field].text;
}

static struct fault make_fault(const struct ovf_sbs *sbs, enum ovf_reject reason, const char *name,
                               enum field field)
{
    return (struct fault){reason, name, text_of(sbs, field)};
}

static const struct fault no_fault = {OVF_REJECT_N, NULL, {NULL, 0}};

/** YYYY/MM/DD and HH:MM:SS.sss; false when they are not that. */
static bool parse_time(struct ovf_bytes date, struct ovf_bytes time, int64_t *t_ns)
{
    char iso[40];
    if (date.len != 10 || date.data[4] != '/' || date.data[7] != '/' || time.len < 8 ||
        time.len > 18)
        return false;
    const int len = snprintf(iso, sizeof iso, "%.4s-%.2s-%.2sT%.*s", (const char *)date.data,
                             (const char *)date.data + 5, (const char *)date.data + 8,
                             (int)time.len, (const char *)time.data);
    return ovf_time_parse_iso((struct ovf_bytes){(const unsigned char *)iso, (size_t)len}, t_ns);
}

/** When the line was heard, else written. */
static struct fault read_time(struct ovf_sbs *sbs, int64_t *t_ns)
{
    const bool is_heard = text_of(sbs, FIELD_DATE).len > 0 || text_of(sbs, FIELD_TIME).len > 0;
    const enum field date = is_heard ? FIELD_DATE : FIELD_DATE_WRITTEN;
    const enum field time = is_heard ? FIELD_TIME : FIELD_TIME_WRITTEN;
    int64_t local_ns;
    if (sbs->now_ns != NULL && text_of(sbs, date).len == 0 && text_of(sbs, time).len == 0) {
        sbs->has_time = true;
        *t_ns = *sbs->now_ns;
        return no_fault;
    }
    if (!parse_time(text_of(sbs, date), text_of(sbs, time), &local_ns) ||
        !ovf_read_time_in_range(local_ns))
        return make_fault(sbs, OVF_REJECT_BAD_TIME, "date and time", date);
    sbs->has_time = true;
    *t_ns = local_ns - sbs->ahead_ns;
    return no_fault;
}

/** A field that is read where it is not blank. */
struct reading {
    enum field field;
    const char *name;
    bool (*read)(struct ovf_bytes text, struct ovf_fix *fix);
};

static bool read_alt(struct ovf_bytes text, struct ovf_fix *fix)
{
    fix->has |= OVF_FIX_ALT_BARO;
    return ovf_read_alt_ft(text, &fix->alt_baro_ft);
}

/** -1 and 1 are on the ground, 0 is not. */
static bool read_on_ground(struct ovf_bytes text, struct ovf_fix *fix)
{
    const bool on_ground = ovf_bytes_equal_text(text, "-1") || ovf_bytes_equal_text(text, "1");
    fix->flags |= on_ground ? OVF_FIX_ON_GROUND : 0;
    return on_ground || ovf_bytes_equal_text(text, "0");
}

/** A text that is no callsign or squawk is an absent one. */
static void read_texts(const struct ovf_sbs *sbs, struct ovf_fix *fix)
{
    if (ovf_read_callsign(text_of(sbs, FIELD_CALLSIGN), fix->callsign))
        fix->has |= OVF_FIX_CALLSIGN;
    if (ovf_read_squawk(text_of(sbs, FIELD_SQUAWK), &fix->squawk))
        fix->has |= OVF_FIX_SQUAWK;
}

static struct fault read_fields(struct ovf_sbs *sbs, uint32_t *address, struct ovf_fix *fix,
                                bool *has_place)
{
    static const struct reading readings[] = {
        {FIELD_ALT, "altitude", read_alt},
        {FIELD_GS, "speed", ovf_read_gs_kt},
        {FIELD_TRACK, "track", ovf_read_track_deg},
        {FIELD_RATE, "rate", ovf_read_rate_fpm},
        {FIELD_ON_GROUND, "on ground", read_on_ground},
    };
    if (!ovf_address_parse(text_of(sbs, FIELD_ADDRESS), address))
        return make_fault(sbs, OVF_REJECT_BAD_ADDRESS, "address", FIELD_ADDRESS);
    const struct fault time_fault = read_time(sbs, &fix->t_ns);
    if (time_fault.reason != OVF_REJECT_N)
        return time_fault;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        const struct ovf_bytes text = text_of(sbs, readings[i].field);
        if (text.len > 0 && !readings[i].read(text, fix))
            return make_fault(sbs, OVF_REJECT_BAD_NUMBER, readings[i].name, readings[i].field);
    }
    read_texts(sbs, fix);
    *has_place = text_of(sbs, FIELD_LAT).len > 0 || text_of(sbs, FIELD_LON).len > 0;
    const enum ovf_reject place_reject =
        *has_place ? ovf_read_position(text_of(sbs, FIELD_LAT), text_of(sbs, FIELD_LON), &fix->at)
                   : OVF_REJECT_N;
    return place_reject == OVF_REJECT_N ? no_fault
                                        : make_fault(sbs, place_reject, "latitude", FIELD_LAT);
}

static void note(struct ovf_heard_number *number, const struct ovf_fix *fix, unsigned bit,
                 double value)
{
    if ((fix->has & bit) != 0)
        *number = (struct ovf_heard_number){fix->t_ns, value};
}

/** Of the messages that have one: some programs write the last one into all lines. Two that agree are the
 * aircraft's; of one alone the address may be misread. */
static void note_altitude(const struct ovf_sbs *sbs, struct ovf_aircraft *aircraft,
                          const struct ovf_fix *fix)
{
    const struct ovf_heard_number before = aircraft->alt_baro_ft;
    const struct ovf_bytes type = text_of(sbs, FIELD_TYPE);
    if ((fix->has & OVF_FIX_ALT_BARO) == 0 ||
        !(ovf_bytes_equal_text(type, "3") || ovf_bytes_equal_text(type, "5") ||
          ovf_bytes_equal_text(type, "7")))
        return;
    aircraft->alt_baro_ft = (struct ovf_heard_number){fix->t_ns, fix->alt_baro_ft};
    ovf_aircraft_note_sure_alt(aircraft, before, fix->t_ns, fix->alt_baro_ft);
}

static void note_values(const struct ovf_sbs *sbs, struct ovf_aircraft *aircraft,
                        const struct ovf_fix *fix)
{
    note_altitude(sbs, aircraft, fix);
    note(&aircraft->gs_kt, fix, OVF_FIX_GS, (double)fix->gs_kt);
    note(&aircraft->track_deg, fix, OVF_FIX_TRACK, (double)fix->track_deg);
    note(&aircraft->baro_rate_fpm, fix, OVF_FIX_VERT_RATE, fix->vert_rate_fpm);
    note(&aircraft->squawk, fix, OVF_FIX_SQUAWK, fix->squawk);
    if ((fix->has & OVF_FIX_CALLSIGN) != 0) {
        aircraft->callsign.t_ns = fix->t_ns;
        memcpy(aircraft->callsign.text, fix->callsign, sizeof fix->callsign);
    }
}

/** Tells that the receiver heard the aircraft: by an all-call reply, of which no ground station or network is the
 * source, once a minute, whatever positions come (they may be a ground station's). */
static enum ovf_status tell_hearing(struct ovf_sbs *sbs, uint32_t address,
                                    struct ovf_aircraft *aircraft, const struct ovf_fix *line)
{
    if (!sbs->has_receiver || (address & OVF_ADDRESS_NON_ICAO) != 0 ||
        !ovf_bytes_equal_text(text_of(sbs, FIELD_TYPE), "8") ||
        ovf_heard_within(aircraft->told_ns, line->t_ns, OVF_DECODER_HEARING_NS - 1))
        return OVF_OK;
    aircraft->told_ns = line->t_ns;
    const struct ovf_fix fix =
        ovf_heard_fix_hearing(aircraft, line->t_ns, sbs->receiver, line->record);
    return sbs->row(sbs->context, address, &fix, NULL);
}

/** A line of a message, with all its fields. */
static enum ovf_status take_message(struct ovf_sbs *sbs, bool is_mlat, struct ovf_error *err)
{
    struct ovf_fix fix = {.source = is_mlat ? OVF_SOURCE_MLAT : OVF_SOURCE_UNKNOWN};
    uint32_t address;
    bool has_place = false;
    struct fault fault = read_fields(sbs, &address, &fix, &has_place);
    if (fault.reason == OVF_REJECT_N && sbs->rows.n_read > UINT32_MAX)
        fault.reason = OVF_REJECT_TOO_MANY_ROWS;
    if (fault.reason != OVF_REJECT_N) {
        reject(sbs, &fault);
        return OVF_OK;
    }
    ovf_away_line(&sbs->away, sbs->table, fix.t_ns);
    struct ovf_aircraft *aircraft = ovf_aircraft_hear(sbs->table, address);
    if (aircraft == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "out of memory for the aircraft of a file");
    aircraft->vouched_ns = fix.t_ns;
    note_values(sbs, aircraft, &fix);
    fix.record = (struct ovf_record){sbs->item, (uint32_t)sbs->rows.n_read};
    ovf_tally_use(&sbs->rows);
    if (!has_place)
        return is_mlat ? OVF_OK : tell_hearing(sbs, address, aircraft, &fix);
    /* An address that is none of ICAO's stands for a ground station's word, or is made up for the sake of privacy. */
    if (sbs->has_receiver && !is_mlat && (address & OVF_ADDRESS_NON_ICAO) == 0)
        fix.flags |= OVF_FIX_DIRECT;
    ovf_heard_fix_fill(&fix, aircraft);
    return sbs->row(sbs->context, address, &fix, NULL);
}

static bool is_about_the_program(struct ovf_bytes kind)
{
    static const char *const kinds[] = {"SEL", "ID", "AIR", "STA", "CLK"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ovf_bytes_equal_text(kind, kinds[i]))
            return true;
    return false;
}

static enum ovf_status take_line(struct ovf_sbs *sbs, struct ovf_bytes line, struct ovf_error *err)
{
    struct fault fault = {OVF_REJECT_N, NULL, line};
    if (ovf_bytes_trim(line).len == 0)
        return OVF_OK;
    const bool is_split = ovf_fields_split(line, ',', &sbs->fields);
    const struct ovf_bytes kind = is_split ? text_of(sbs, FIELD_KIND) : line;
    const bool is_mlat = ovf_bytes_equal_text(kind, "MLAT");
    if (!is_split)
        fault.reason = OVF_REJECT_BAD_TEXT;
    else if (is_about_the_program(kind))
        return OVF_OK;
    else if (!is_mlat && !ovf_bytes_equal_text(kind, "MSG"))
        fault.reason = OVF_REJECT_WRONG_TYPE;
    else if (sbs->fields.n != N_FIELDS)
        fault.reason = sbs->fields.n < N_FIELDS ? OVF_REJECT_ROW_SHORT : OVF_REJECT_ROW_LONG;
    if (fault.reason == OVF_REJECT_N)
        return take_message(sbs, is_mlat, err);
    reject(sbs, &fault);
    return OVF_OK;
}

static enum ovf_status end_line(struct ovf_sbs *sbs, struct ovf_error *err)
{
    const bool was_overlong = sbs->is_overlong;
    sbs->is_overlong = false;
    const enum ovf_status st =
        was_overlong ? OVF_OK : take_line(sbs, ovf_buffer_bytes(&sbs->line), err);
    sbs->line.len = 0;
    return st;
}

static enum ovf_status feed_byte(struct ovf_sbs *sbs, unsigned char c, struct ovf_error *err)
{
    if (c == '\n' || c == '\r')
        return end_line(sbs, err);
    if (sbs->is_overlong)
        return OVF_OK;
    const enum ovf_status st = ovf_buffer_append(&sbs->line, &c, 1);
    if (st != OVF_OK)
        return ovf_error_set(err, st, "out of memory for a line");
    if (sbs->line.len > OVF_SBS_MAX_LINE_BYTES) {
        reject(sbs, &(struct fault){OVF_REJECT_TOO_LARGE, NULL, ovf_buffer_bytes(&sbs->line)});
        sbs->is_overlong = true;
    }
    return OVF_OK;
}

enum ovf_status ovf_sbs_feed(struct ovf_sbs *sbs, struct ovf_bytes bytes, const int64_t *now_ns,
                             struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    sbs->now_ns = now_ns;
    for (size_t i = 0; i < bytes.len && st == OVF_OK; i++)
        st = feed_byte(sbs, bytes.data[i], err);
    return st;
}

enum ovf_status ovf_sbs_finish(struct ovf_sbs *sbs, enum ovf_reject *reject_out,
                               struct ovf_error *err)
{
    sbs->now_ns = NULL;
    const enum ovf_status st = end_line(sbs, err);
    const int64_t ahead_min = sbs->ahead_ns / OVF_NS_PER_MIN;
    if (st != OVF_OK)
        return st;
    if (sbs->rows.n_read == 0) {
        *reject_out = OVF_REJECT_EMPTY;
        return ovf_error_set(err, OVF_E_FORMAT, "there is no line of a message in it");
    }
    if (!sbs->has_time) {
        *reject_out = OVF_REJECT_NO_START;
        return ovf_error_set(err, OVF_E_FORMAT,
                             "no line says when it was heard: the program that wrote it left the "
                             "dates and times out");
    }
    (void)snprintf(sbs->note, sizeof sbs->note,
                   "times are taken for UTC%s%02" PRId64 ":%02" PRId64 " (--sbs-tz)",
                   ahead_min < 0 ? "-" : "+", (ahead_min < 0 ? -ahead_min : ahead_min) / 60,
                   (ahead_min < 0 ? -ahead_min : ahead_min) % 60);
    return OVF_OK;
}

const struct ovf_tally *ovf_sbs_rows(const struct ovf_sbs *sbs)
{
    return &sbs->rows;
}

const char *ovf_sbs_first_rejected(const struct ovf_sbs *sbs)
{
    return sbs->first_rejected;
}

const char *ovf_sbs_note(const struct ovf_sbs *sbs)
{
    return sbs->note;
}

size_t ovf_sbs_n_aircraft(const struct ovf_sbs *sbs)
{
    return ovf_aircraft_table_n(sbs->table);
}

uint64_t ovf_sbs_n_dropped(const struct ovf_sbs *sbs)
{
    return ovf_aircraft_table_n_dropped(sbs->table);
}
