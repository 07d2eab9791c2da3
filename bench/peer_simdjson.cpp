/* SPDX-License-Identifier: Apache-2.0 */
/* The peer of bench_parse: simdjson On-Demand takes the fields that read/trace.h promises out of a
 * trace, in the order in which they stand, into an array that keeps its room. It does what an
 * experienced user of the library would write and no more: nothing is held from row to row, and of
 * numbers only the conversion is done.
 *
 * On-Demand picks its kernel when it is compiled: build this with
 * -O3 -DNDEBUG -march=haswell or newer (without NDEBUG it checks how it is used). */
#include <cstdint>
#include <cstring>
#include <vector>

#include <simdjson.h>

using namespace simdjson;

namespace {

struct fix {
    double t_s;
    double lat_deg;
    double lon_deg;
    double gs_kt;
    double track_deg;
    int32_t alt_baro_ft;
    int32_t alt_geom_ft;
    int32_t rate_fpm;
    int32_t rc_m;
    uint16_t flags;
    uint8_t on_ground;
    uint8_t nic;
    uint8_t nac_p;
    uint8_t nac_v;
    uint8_t sil;
    uint8_t version;
    char source[12];
    char callsign[8];
    char squawk[4];
};

ondemand::parser parser;
std::vector<fix> fixes;

/* Texts as they are written: none of these has escapes. */
void take_text(ondemand::value value, char *out, size_t size)
{
    ondemand::raw_json_string text;
    if (value.get_raw_json_string().get(text) != SUCCESS)
        return;
    const char *from = text.raw();
    for (size_t i = 0; i < size && from[i] != '"'; i++)
        out[i] = from[i];
}

/* null is an error here, and its place is left empty. */
void take_real(ondemand::value value, double &out)
{
    double v;
    if (value.get_double().get(v) == SUCCESS)
        out = v;
}

template <typename T> void take_integer(ondemand::value value, T &out)
{
    int64_t v;
    if (value.get_int64().get(v) == SUCCESS)
        out = static_cast<T>(v);
}

void take_object(ondemand::object object, fix &f)
{
    for (auto field : object) {
        const ondemand::raw_json_string key = field.key();
        switch (key.raw()[0]) {
        case 'f':
            if (key.unsafe_is_equal("flight"))
                take_text(field.value(), f.callsign, sizeof f.callsign);
            break;
        case 's':
            if (key.unsafe_is_equal("squawk"))
                take_text(field.value(), f.squawk, sizeof f.squawk);
            else if (key.unsafe_is_equal("sil"))
                take_integer(field.value(), f.sil);
            break;
        case 'n':
            if (key.unsafe_is_equal("nic"))
                take_integer(field.value(), f.nic);
            else if (key.unsafe_is_equal("nac_p"))
                take_integer(field.value(), f.nac_p);
            else if (key.unsafe_is_equal("nac_v"))
                take_integer(field.value(), f.nac_v);
            break;
        case 'r':
            if (key.unsafe_is_equal("rc"))
                take_integer(field.value(), f.rc_m);
            break;
        case 'v':
            if (key.unsafe_is_equal("version"))
                take_integer(field.value(), f.version);
            break;
        default:
            break;
        }
    }
}

void take_altitude(ondemand::value value, fix &f)
{
    int64_t v;
    ondemand::raw_json_string text;
    if (value.get_int64().get(v) == SUCCESS)
        f.alt_baro_ft = static_cast<int32_t>(v);
    else if (value.get_raw_json_string().get(text) == SUCCESS)
        f.on_ground = 1;
}

void take_element(ondemand::value value, int i, fix &f)
{
    switch (i) {
    case 0:
        take_real(value, f.t_s);
        break;
    case 1:
        take_real(value, f.lat_deg);
        break;
    case 2:
        take_real(value, f.lon_deg);
        break;
    case 3:
        take_altitude(value, f);
        break;
    case 4:
        take_real(value, f.gs_kt);
        break;
    case 5:
        take_real(value, f.track_deg);
        break;
    case 6:
        take_integer(value, f.flags);
        break;
    case 7:
        take_integer(value, f.rate_fpm);
        break;
    case 8: {
        ondemand::object object;
        if (value.get_object().get(object) == SUCCESS)
            take_object(object, f);
        break;
    }
    case 9:
        take_text(value, f.source, sizeof f.source);
        break;
    case 10:
        take_integer(value, f.alt_geom_ft);
        break;
    default:
        break; /* passed over by the iterator */
    }
}

} // namespace

extern "C" size_t peer_simdjson_padding(void)
{
    return SIMDJSON_PADDING;
}

extern "C" const char *peer_simdjson_version(void)
{
    return SIMDJSON_STRINGIFY(SIMDJSON_VERSION);
}

/* Fixes read, or SIZE_MAX. capacity >= len + peer_simdjson_padding(). */
extern "C" size_t peer_simdjson_read(const char *text, size_t len, size_t capacity)
{
    fixes.clear();
    try {
        ondemand::document document = parser.iterate(text, len, capacity);
        for (auto field : document.get_object()) {
            const ondemand::raw_json_string key = field.key();
            if (!key.unsafe_is_equal("trace"))
                continue;
            for (auto row : field.value().get_array()) {
                fix f{};
                int i = 0;
                for (auto element : row.get_array())
                    take_element(element.value(), i++, f);
                fixes.push_back(f);
            }
        }
    } catch (const simdjson_error &) {
        return SIZE_MAX;
    }
    return fixes.size();
}
