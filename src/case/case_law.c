/* SPDX-License-Identifier: Apache-2.0 */
#include "case/case_law.h"

#include "case/case_watch.h"
#include "case/keys.h"

#define TEXT_SECOND_HAND "true: the source quotes another that was not read"
#define TEXT_CONTESTED "who disputes that it is in force"
#define TEXT_VALID_TO "the first day on which it is no longer in force; else it is"

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_exemption, member, kind, __VA_ARGS__)
static const struct ovf_key exemption_keys[] = {
    AT("reason", reason, TEXT, REQUIRED, .help = ""),
    AT("operators", operators, TEXT, LIST, .help = "ICAO designators"),
    AT("registrations", registrations, TEXT, LIST, .help = "in capitals"),
    AT("aircraft", aircraft, ADDRESS, LIST, .help = "addresses"),
    AT("roles", roles, CHOICE, LIST, .choices = OVF_CASE_ROLES, .help = "of the crossing"),
};
#undef AT
const struct ovf_table ovf_case_exemption_table =
    OVF_CASE_TABLE("an exemption", exemption_keys, ovf_case_exemption);

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_closure, member, kind, __VA_ARGS__)
static const struct ovf_key closure_keys[] = {
    AT("name", name, NAME, REQUIRED, .help = ""),
    AT("kind", kind, CHOICE, .choices = OVF_CASE_CLOSURES, .fallback = "closure", .help = ""),
    AT("airspace", airspace, TEXT, REQUIRED, .help = "one that a watch is over: IQ, zone:NAME"),
    AT("instrument", instrument, TEXT, .help = "a resolution, a NOTAM"),
    AT("valid_from", valid_from_ns, TIME, REQUIRED, .help = ""),
    AT("valid_to", valid_to_ns, TIME, .help = "when it is no longer in force; else it is"),
    AT("weekdays", weekdays, CHOICE, LIST, .choices = "mon|tue|wed|thu|fri|sat|sun",
       .help = "of UTC, on which `from` lies; else all"),
    AT("from", from_ns, CLOCK, .fallback = "00:00", .help = "time of day, UTC"),
    AT("until", until_ns, CLOCK, .fallback = "00:00", .help = "not after `from`: of the day after"),
    AT("floor_ft", floor_ft, NUMBER, .unit = "ft", .min = -2000, .max = 100000,
       .help = "of barometric altitude; else the surface"),
    AT("ceiling_ft", ceiling_ft, NUMBER, .unit = "ft", .min = -2000, .max = 100000,
       .help = "else unlimited"),
    AT("exemptions", exemptions, MAP, LIST, .of = &ovf_case_exemption_table, .help = ""),
    AT("contested_by", basis.contested_by, TEXT, .help = TEXT_CONTESTED),
    AT("source", basis.source, TEXT, REQUIRED, .help = ""),
    AT("second_hand", basis.second_hand, BOOL, .fallback = "false", .help = TEXT_SECOND_HAND),
};
#undef AT
const struct ovf_table ovf_case_closure_table =
    OVF_CASE_TABLE("a closure", closure_keys, ovf_case_closure);

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_order, member, kind, __VA_ARGS__)
static const struct ovf_key order_keys[] = {
    AT("name", name, NAME, REQUIRED, .help = ""),
    AT("by", by, TEXT, REQUIRED, .help = "who ordered it"),
    AT("watch", watch, NAME, REQUIRED, .help = "whose flights"),
    AT("registrations", registrations, TEXT, LIST,
       .help = "in capitals: of these aircraft, or those of `aircraft`; else of all"),
    AT("aircraft", aircraft, ADDRESS, LIST, .help = "addresses"),
    AT("land_at", land_at, TEXT, REQUIRED, .help = "an airport, by its ICAO code"),
    AT("valid_from", valid_from_ns, DATE, REQUIRED,
       .help = "the first day, of first entries into an airspace of the watch"),
    AT("valid_to", valid_to_ns, DATE, .help = TEXT_VALID_TO),
    AT("contested_by", basis.contested_by, TEXT, .help = TEXT_CONTESTED),
    AT("source", basis.source, TEXT, REQUIRED, .help = ""),
    AT("second_hand", basis.second_hand, BOOL, .fallback = "false", .help = TEXT_SECOND_HAND),
};
#undef AT
const struct ovf_table ovf_case_order_table =
    OVF_CASE_TABLE("an order to land", order_keys, ovf_case_order);

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_embargo, member, kind, __VA_ARGS__)
static const struct ovf_key embargo_keys[] = {
    AT("name", name, NAME, REQUIRED, .help = ""),
    AT("instrument", instrument, TEXT, REQUIRED, .help = "S/RES/1747 (2007)"),
    AT("paragraph", paragraph, TEXT, .help = "else the whole of it"),
    AT("says", says, TEXT, REQUIRED, .help = "what it prohibits or calls for"),
    AT("valid_from", valid_from_ns, DATE, REQUIRED, .help = ""),
    AT("valid_to", valid_to_ns, DATE, .help = TEXT_VALID_TO),
    AT("watches", watches, NAME, LIST, .help = "whose flights it is held against; else all"),
    AT("contested_by", basis.contested_by, TEXT, .help = TEXT_CONTESTED),
    AT("source", basis.source, TEXT, REQUIRED, .help = ""),
    AT("second_hand", basis.second_hand, BOOL, .fallback = "false", .help = TEXT_SECOND_HAND),
};
#undef AT
const struct ovf_table ovf_case_embargo_table =
    OVF_CASE_TABLE("an embargo", embargo_keys, ovf_case_embargo);
