/* SPDX-License-Identifier: Apache-2.0 */
/* The peer of bench_parse: simdjson On-Demand takes the fields that read/trace.h promises out of a
 * trace, in the order in which they stand, into an array that keeps its room. It does what an
 * experienced user of the library would write and no more: nothing is held from row to row, and of
 * numbers only the conversion is done.
 *
 * On-Demand picks its kernel when it is compiled: build this with -O3 -march=haswell or newer. */
#include <cstdint>
#include <cstring>
#include <string_view>
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
    uint8_t sil;
    uint8_t version;
    char source[12];
    char callsign[8];
    char squawk[4];
};

ondemand::parser parser;
std::vector<fix> fixes;

void take_text(ondemand::value value, char *out, size_t size)
{
    const std::string_view text = value.get_string();
    memcpy(out, text.data(), text.size() < size ? text.size() : size);
}

void take_object(ondemand::object object, fix &f)
{
    for (auto field : object) {
        const std::string_view key = field.unescaped_key();
        if (key == "flight")
            take_text(field.value(), f.callsign, sizeof f.callsign);
        else if (key == "squawk")
            take_text(field.value(), f.squawk, sizeof f.squawk);
        else if (key == "nic")
            f.nic = static_cast<uint8_t>(field.value().get_int64());
        else if (key == "rc")
            f.rc_m = static_cast<int32_t>(field.value().get_int64());
        else if (key == "nac_p")
            f.nac_p = static_cast<uint8_t>(field.value().get_int64());
        else if (key == "sil")
            f.sil = static_cast<uint8_t>(field.value().get_int64());
        else if (key == "version")
            f.version = static_cast<uint8_t>(field.value().get_int64());
    }
}

double number(ondemand::value value)
{
    return value.is_null() ? 0 : double(value.get_double());
}

void take_element(ondemand::value value, int i, fix &f)
{
    switch (i) {
    case 0:
        f.t_s = number(value);
        break;
    case 1:
        f.lat_deg = number(value);
        break;
    case 2:
        f.lon_deg = number(value);
        break;
    case 3:
        if (value.type() == ondemand::json_type::string)
            f.on_ground = 1;
        else
            f.alt_baro_ft = value.is_null() ? 0 : static_cast<int32_t>(value.get_int64());
        break;
    case 4:
        f.gs_kt = number(value);
        break;
    case 5:
        f.track_deg = number(value);
        break;
    case 6:
        f.flags = static_cast<uint16_t>(value.get_int64());
        break;
    case 7:
        f.rate_fpm = value.is_null() ? 0 : static_cast<int32_t>(value.get_int64());
        break;
    case 8:
        if (!value.is_null())
            take_object(value.get_object(), f);
        break;
    case 9:
        if (!value.is_null())
            take_text(value, f.source, sizeof f.source);
        break;
    case 10:
        f.alt_geom_ft = value.is_null() ? 0 : static_cast<int32_t>(value.get_int64());
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
            if (field.unescaped_key() != std::string_view("trace"))
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
