/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of traces. Tokens are read first and understood afterwards: the flags stand behind what may be
 * wrong with a row and are wanted all the same. */
#include "read/trace_row.h"

#include <string.h>

#include "base/number.h"
#include "read/field.h"

enum {
    MAX_TEXT_BYTES = 64, /* of the short strings that are needed; longer ones mean nothing */
};

/** The short text of \p value, in \p room when it was escaped; empty when it is too long. */
static struct ovf_bytes short_text(const struct ovf_json_value *value, char room[MAX_TEXT_BYTES])
{
    size_t len = 0;
    if (!value->escaped)
        return value->text;
    if (!ovf_json_decode(value, room, MAX_TEXT_BYTES, &len))
        len = 0;
    return (struct ovf_bytes){(const unsigned char *)room, len};
}

/* The aircraft object. */

enum key {
    KEY_FLIGHT,
    KEY_SQUAWK,
    KEY_TYPE,
    KEY_NIC,
    KEY_RC,
    KEY_NAC_P,
    KEY_NAC_V,
    KEY_SIL,
    KEY_SIL_TYPE,
    KEY_VERSION,
    KEY_MAG_HEADING,
    N_KEYS
};

static enum key find_key(const struct ovf_json_value *name)
{
    static const struct ovf_json_name names[N_KEYS] = {
        [KEY_FLIGHT] = OVF_JSON_NAME("flight"),
        [KEY_SQUAWK] = OVF_JSON_NAME("squawk"),
        [KEY_TYPE] = OVF_JSON_NAME("type"),
        [KEY_NIC] = OVF_JSON_NAME("nic"),
        [KEY_RC] = OVF_JSON_NAME("rc"),
        [KEY_NAC_P] = OVF_JSON_NAME("nac_p"),
        [KEY_NAC_V] = OVF_JSON_NAME("nac_v"),
        [KEY_SIL] = OVF_JSON_NAME("sil"),
        [KEY_VERSION] = OVF_JSON_NAME("version"),
        [KEY_SIL_TYPE] = OVF_JSON_NAME("sil_type"),
        [KEY_MAG_HEADING] = OVF_JSON_NAME("mag_heading"),
    };
    return (enum key)ovf_json_find(name, names, N_KEYS);
}

static void take_text(struct ovf_trace_object *object, enum key key,
                      const struct ovf_json_value *value)
{
    char room[MAX_TEXT_BYTES];
    const struct ovf_bytes text = short_text(value, room);
    struct ovf_fix *values = &object->values;
    if (key == KEY_FLIGHT && ovf_read_callsign(text, values->callsign))
        values->has |= OVF_FIX_CALLSIGN;
    if (key == KEY_SQUAWK && ovf_read_squawk(text, &values->squawk))
        values->has |= OVF_FIX_SQUAWK;
    if (key == KEY_SIL_TYPE)
        values->sil_type = ovf_read_sil_type(text) & 3U;
    if (key == KEY_TYPE) {
        object->type = ovf_read_source(text);
        object->has_type = true;
    }
}

static enum ovf_reject take_number(struct ovf_fix *values, enum key key, struct ovf_bytes text)
{
    bool good = true;
    bool present = false;
    if (key == KEY_RC) {
        good = ovf_read_radius_m(text, &values->rc_m, &present);
        values->has |= present ? OVF_FIX_RC : 0;
    } else if (key == KEY_NIC) {
        good = ovf_read_nic(text, values);
    } else if (key == KEY_NAC_P) {
        good = ovf_read_nac_p(text, values);
    } else if (key == KEY_NAC_V) {
        good = ovf_read_nac_v(text, values);
    } else if (key == KEY_SIL) {
        good = ovf_read_sil(text, values);
    } else if (key == KEY_VERSION) {
        good = ovf_read_version(text, values);
    }
    return good ? OVF_REJECT_N : OVF_REJECT_BAD_NUMBER;
}

static enum ovf_reject take_value(struct ovf_trace_object *object, enum key key,
                                  const struct ovf_json_value *value)
{
    if (key == N_KEYS || value->kind == OVF_JSON_NULL)
        return OVF_REJECT_N;
    if (key == KEY_MAG_HEADING) {
        if (value->kind == OVF_JSON_NUMBER)
            ovf_read_heading_deg(value->text, &object->values);
        return OVF_REJECT_N;
    }
    const bool wants_text =
        key == KEY_FLIGHT || key == KEY_SQUAWK || key == KEY_TYPE || key == KEY_SIL_TYPE;
    if (value->kind != (wants_text ? OVF_JSON_STRING : OVF_JSON_NUMBER))
        return OVF_REJECT_WRONG_TYPE;
    if (!wants_text)
        return take_number(&object->values, key, value->text);
    take_text(object, key, value);
    return OVF_REJECT_N;
}

static bool is_container(const struct ovf_json_value *value)
{
    return value->kind == OVF_JSON_ARRAY || value->kind == OVF_JSON_OBJECT;
}

/** Read the object whose bracket was read. False only in trouble; what is wrong with the object itself
 * is in \p fault. */
static bool read_object(struct ovf_json *json, struct ovf_trace_object *object,
                        enum ovf_reject *fault)
{
    struct ovf_json_value name;
    unsigned seen = 0;
    while (ovf_json_key(json, &name)) {
        const enum key key = find_key(&name);
        struct ovf_json_value value;
        if (!ovf_json_read(json, &value) || (is_container(&value) && !ovf_json_leave(json)))
            return false;
        enum ovf_reject trouble = take_value(object, key, &value);
        if (key < N_KEYS && (seen & 1u << key) != 0)
            trouble = OVF_REJECT_DUPLICATE_KEY;
        seen |= 1u << key;
        if (*fault == OVF_REJECT_N)
            *fault = trouble;
    }
    return ovf_json_ok(json);
}

bool ovf_trace_row_read(struct ovf_json *json, struct ovf_trace_row *row)
{
    struct ovf_json_value value;
    *row = (struct ovf_trace_row){.object_fault = OVF_REJECT_N};
    if (!ovf_json_read(json, &value))
        return false;
    row->is_array = value.kind == OVF_JSON_ARRAY;
    if (!row->is_array)
        return !is_container(&value) || ovf_json_leave(json);
    for (; ovf_json_item(json); row->n++) {
        if (!ovf_json_read(json, &value))
            return false;
        if (row->n < OVF_TRACE_N_SLOTS)
            row->slots[row->n] = value;
        if (row->n == OVF_TRACE_SLOT_OBJECT && value.kind == OVF_JSON_OBJECT) {
            if (!read_object(json, &row->object, &row->object_fault))
                return false;
        } else if (is_container(&value) && !ovf_json_leave(json)) {
            return false;
        }
    }
    return ovf_json_ok(json);
}

/* From tokens to a fix. */

static enum ovf_reject row_time(const struct ovf_trace_row *row, int64_t base_t_ns, int64_t *t_ns)
{
    const struct ovf_json_value *slot = &row->slots[OVF_TRACE_SLOT_TIME];
    int64_t offset_ns;
    if (slot->kind == OVF_JSON_NULL)
        return OVF_REJECT_BAD_TIME;
    if (slot->kind != OVF_JSON_NUMBER)
        return OVF_REJECT_WRONG_TYPE;
    if (!ovf_number_parse_scaled(slot->text, 9, &offset_ns))
        return OVF_REJECT_BAD_NUMBER;
    if (offset_ns < -OVF_TRACE_MAX_OFFSET_NS || offset_ns > OVF_TRACE_MAX_OFFSET_NS)
        return OVF_REJECT_BAD_TIME;
    *t_ns = base_t_ns + offset_ns;
    return OVF_REJECT_N;
}

/** \p known: the row says its flags; null says nothing. */
static enum ovf_reject row_flags(const struct ovf_trace_row *row, unsigned *flags, bool *known)
{
    const struct ovf_json_value *slot = &row->slots[OVF_TRACE_SLOT_FLAGS];
    int64_t value;
    *flags = 0;
    *known = false;
    if (slot->kind == OVF_JSON_NULL)
        return OVF_REJECT_N;
    if (slot->kind != OVF_JSON_NUMBER)
        return OVF_REJECT_WRONG_TYPE;
    if (!ovf_number_parse_int(slot->text, &value) || value < 0)
        return OVF_REJECT_BAD_NUMBER;
    *flags = (unsigned)(value & 0xFF);
    *known = true;
    return OVF_REJECT_N;
}

static enum ovf_reject take_position(const struct ovf_trace_row *row, struct ovf_fix *fix)
{
    const struct ovf_json_value *lat = &row->slots[OVF_TRACE_SLOT_LAT];
    const struct ovf_json_value *lon = &row->slots[OVF_TRACE_SLOT_LON];
    if (lat->kind == OVF_JSON_NULL || lon->kind == OVF_JSON_NULL)
        return OVF_REJECT_NO_POSITION;
    if (lat->kind != OVF_JSON_NUMBER || lon->kind != OVF_JSON_NUMBER)
        return OVF_REJECT_WRONG_TYPE;
    return ovf_read_position(lat->text, lon->text, &fix->at);
}

static enum ovf_reject take_altitude(const struct ovf_trace_row *row, unsigned flags,
                                     struct ovf_fix *fix)
{
    const struct ovf_json_value *alt = &row->slots[OVF_TRACE_SLOT_ALT];
    if (alt->kind == OVF_JSON_STRING) {
        if (!ovf_json_equals(alt, "ground"))
            return OVF_REJECT_WRONG_TYPE;
        fix->flags |= OVF_FIX_ON_GROUND;
    } else if (alt->kind == OVF_JSON_NUMBER) {
        const bool geometric = (flags & OVF_TRACE_FLAG_GEOM_ALT) != 0;
        if (!ovf_read_alt_ft(alt->text, geometric ? &fix->alt_geom_ft : &fix->alt_baro_ft))
            return OVF_REJECT_BAD_NUMBER;
        fix->has |= geometric ? OVF_FIX_ALT_GEOM : OVF_FIX_ALT_BARO;
    } else if (alt->kind != OVF_JSON_NULL) {
        return OVF_REJECT_WRONG_TYPE;
    }
    const struct ovf_json_value *geom = &row->slots[OVF_TRACE_SLOT_ALT_GEOM];
    if (geom->kind == OVF_JSON_NULL)
        return OVF_REJECT_N;
    if (geom->kind != OVF_JSON_NUMBER)
        return OVF_REJECT_WRONG_TYPE;
    if (!ovf_read_alt_ft(geom->text, &fix->alt_geom_ft))
        return OVF_REJECT_BAD_NUMBER;
    fix->has |= OVF_FIX_ALT_GEOM;
    return OVF_REJECT_N;
}

static enum ovf_reject take_movement(const struct ovf_trace_row *row, unsigned flags,
                                     struct ovf_fix *fix)
{
    static const struct {
        int slot;
        bool (*read)(struct ovf_bytes text, struct ovf_fix *fix);
    } members[] = {
        {OVF_TRACE_SLOT_GS, ovf_read_gs_kt},
        {OVF_TRACE_SLOT_TRACK, ovf_read_track_deg},
        {OVF_TRACE_SLOT_RATE, ovf_read_rate_fpm},
    };
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        const struct ovf_json_value *slot = &row->slots[members[i].slot];
        if (slot->kind == OVF_JSON_NULL)
            continue;
        if (slot->kind != OVF_JSON_NUMBER)
            return OVF_REJECT_WRONG_TYPE;
        if (!members[i].read(slot->text, fix))
            return OVF_REJECT_BAD_NUMBER;
    }
    if ((flags & OVF_TRACE_FLAG_GEOM_RATE) != 0 && (fix->has & OVF_FIX_VERT_RATE) != 0)
        fix->flags |= OVF_FIX_GEOM_RATE;
    if (row->slots[OVF_TRACE_SLOT_ROLL].kind == OVF_JSON_NUMBER)
        ovf_read_roll_deg(row->slots[OVF_TRACE_SLOT_ROLL].text, fix);
    return OVF_REJECT_N;
}

static enum ovf_reject take_source(const struct ovf_trace_row *row,
                                   const struct ovf_trace_object *object, struct ovf_fix *fix)
{
    const struct ovf_json_value *type = &row->slots[OVF_TRACE_SLOT_TYPE];
    char room[MAX_TEXT_BYTES];
    if (type->kind == OVF_JSON_STRING)
        fix->source = (uint8_t)ovf_read_source(short_text(type, room));
    else if (type->kind != OVF_JSON_NULL)
        return OVF_REJECT_WRONG_TYPE;
    else if (object != NULL && object->has_type)
        fix->source = (uint8_t)object->type;
    return OVF_REJECT_N;
}

/** The row's own aircraft object, or NULL. */
static const struct ovf_trace_object *own_object(const struct ovf_trace_row *row)
{
    return row->slots[OVF_TRACE_SLOT_OBJECT].kind == OVF_JSON_OBJECT ? &row->object : NULL;
}

static enum ovf_reject take_members(const struct ovf_trace_row *row, unsigned flags,
                                    struct ovf_trace_hold *hold, struct ovf_fix *fix)
{
    const struct ovf_trace_object *own = own_object(row);
    const struct ovf_trace_object *object = ovf_trace_object_for(hold, own, fix->t_ns);
    const enum ovf_json_kind kind = row->slots[OVF_TRACE_SLOT_OBJECT].kind;
    enum ovf_reject reason = take_position(row, fix);
    if (reason == OVF_REJECT_N)
        reason = take_altitude(row, flags, fix);
    if (reason == OVF_REJECT_N)
        reason = take_movement(row, flags, fix);
    if (reason == OVF_REJECT_N && kind != OVF_JSON_NULL && kind != OVF_JSON_OBJECT)
        reason = OVF_REJECT_WRONG_TYPE;
    if (reason == OVF_REJECT_N)
        reason = row->object_fault;
    if (reason == OVF_REJECT_N)
        reason = take_source(row, object, fix);
    if (reason == OVF_REJECT_N)
        ovf_trace_object_apply(hold, own, object, fix);
    return reason;
}

static enum ovf_reject shape_fault(const struct ovf_trace_row *row)
{
    if (!row->is_array)
        return OVF_REJECT_WRONG_TYPE;
    if (row->n < OVF_TRACE_MIN_SLOTS)
        return OVF_REJECT_ROW_SHORT;
    return row->has_bad_text ? OVF_REJECT_BAD_TEXT : OVF_REJECT_N;
}

enum ovf_reject ovf_trace_row_fix(const struct ovf_trace_row *row, int64_t base_t_ns,
                                  struct ovf_trace_hold *hold, struct ovf_fix *fix)
{
    struct ovf_fix made = {0};
    unsigned flags;
    bool flags_known;
    const enum ovf_reject time_fault = row_time(row, base_t_ns, &made.t_ns);
    const enum ovf_reject flags_fault = row_flags(row, &flags, &flags_known);
    const uint8_t marks = ovf_trace_hearing_flags(hold, flags, flags_known, made.t_ns);

    enum ovf_reject reason = shape_fault(row);
    if (reason == OVF_REJECT_N)
        reason = time_fault;
    if (reason == OVF_REJECT_N)
        reason = flags_fault;
    if (reason == OVF_REJECT_N)
        reason = take_members(row, flags, hold, &made);

    const unsigned handed_on = OVF_FIX_AFTER_SILENCE | OVF_FIX_LEG_HINT;
    hold->has_prev = time_fault == OVF_REJECT_N && flags_known;
    hold->prev_t_ns = made.t_ns;
    if (reason != OVF_REJECT_N) {
        hold->pending = (uint8_t)(marks & handed_on);
        if (row->slots[OVF_TRACE_SLOT_OBJECT].kind == OVF_JSON_OBJECT)
            hold->has_object = false;
        return reason;
    }
    hold->pending = 0;
    hold->has_fix = true;
    made.flags |= marks;
    *fix = made;
    return OVF_REJECT_N;
}
