/* SPDX-License-Identifier: Apache-2.0 */
#include "case/case_watch.h"

#include "case/keys.h"

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_zone, member, kind, __VA_ARGS__)
static const struct ovf_key zone_keys[] = {
    AT("name", name, NAME, REQUIRED, .help = "an airspace is then `zone:NAME`"),
    AT("lat_deg", lat_deg, NUMBER, .unit = "deg", .min = -90, .max = 90,
       .help = "of a circle's centre"),
    AT("lon_deg", lon_deg, NUMBER, .unit = "deg", .min = -180, .max = 180, .help = ""),
    AT("radius_nmi", radius_nmi, NUMBER, .unit = "NM", .min = 0.1, .max = 5000,
       .help = "these three, points, or file and airspace"),
    AT("points", points, PLACE, LIST,
       .help = "of a polygon: 3 to 200, `[lat, lon]` each, in order round it; geodesics between "
               "them, on one parallel that parallel"),
    AT("file", file, TEXT, .help = "a map, GeoJSON or OpenAir"),
    AT("airspace", airspace, TEXT, .help = "of that file, by its name or code there"),
    AT("floor_ft", floor_ft, NUMBER, .unit = "ft", .min = -2000, .max = 100000,
       .help = "of barometric altitude; else the file's, or the surface"),
    AT("ceiling_ft", ceiling_ft, NUMBER, .unit = "ft", .min = -2000, .max = 100000,
       .help = "required with a floor; else the file's, or unlimited"),
};
#undef AT
const struct ovf_table ovf_case_zone_table = OVF_CASE_TABLE("a zone", zone_keys, ovf_case_zone);

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_watch, member, kind, __VA_ARGS__)
static const struct ovf_key watch_keys[] = {
    AT("name", name, NAME, REQUIRED, .help = "crossings say by it which watches they meet"),
    AT("about", about, TEXT, .help = "in a sentence"),
    AT("from", from, TEXT, .help = "a state or an airport, of the flight or its journey"),
    AT("over", over, TEXT, REQUIRED_LIST,
       .help = "airspaces, as `scan --airspace` names them: IQ, fir:ORBB, zone:NAME"),
    AT("how", how, CHOICE, .choices = "any|all|in_order", .fallback = "any",
       .help = "a crossing of any of them; only of journeys seen in all of them; or one after the "
               "other: a corridor. The last two are for states"),
    AT("to", to, TEXT, .help = "a state or an airport"),
    AT("aircraft", aircraft, ADDRESS, LIST, .help = "addresses"),
    AT("registrations", registrations, TEXT, LIST,
       .help = "in capitals; an aircraft is wanted by its address or its registration"),
    AT("operators", operators, TEXT, LIST,
       .help = "ICAO designators, three capital letters: those before the number of a callsign"),
    AT("types", types, TEXT, LIST, .help = "ICAO type designators"),
    AT("lists", lists, TEXT, LIST,
       .help = "only aircraft that an entry of one of these lists names, other than by their "
               "operator alone, whatever its dates"),
    AT("roles", roles, CHOICE, LIST, .choices = OVF_CASE_ROLES, .help = "else all"),
    AT("classes", classes, CHOICE, LIST, .choices = OVF_CASE_CLASSES,
       .help = "else observed, bracketed, necessary, near_certain"),
    AT("valid_from", from_ns, TIME, .help = "crossings that end before are left out"),
    AT("valid_to", until_ns, TIME, .help = "and those that begin then or later"),
};
#undef AT
const struct ovf_table ovf_case_watch_table = OVF_CASE_TABLE("a watch", watch_keys, ovf_case_watch);
