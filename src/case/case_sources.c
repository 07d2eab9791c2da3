/* SPDX-License-Identifier: Apache-2.0 */
#include "case/case_sources.h"

#include "case/case_watch.h"
#include "case/keys.h"

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_input, member, kind, __VA_ARGS__)
static const struct ovf_key input_keys[] = {
    AT("path", path, TEXT, REQUIRED, .help = "file, archive or folder"),
    AT("group", group, TEXT,
       .help = "inputs of one group are no independent witnesses: one feeder, one network"),
};
#undef AT
const struct ovf_table ovf_case_input_table =
    OVF_CASE_TABLE("an input", input_keys, ovf_case_input);

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_register, member, kind, __VA_ARGS__)
static const struct ovf_key register_keys[] = {
    AT("file", file, TEXT, REQUIRED, .help = "as `scan --register` takes it"),
    AT("date", date_ns, DATE, .help = "the day that it is of"),
};
#undef AT
const struct ovf_table ovf_case_register_table =
    OVF_CASE_TABLE("a register", register_keys, ovf_case_register);

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_list_file, member, kind, __VA_ARGS__)
static const struct ovf_key list_keys[] = {
    AT("name", name, TEXT, REQUIRED, .help = "of the list; without a file, as the library has it"),
    AT("file", file, TEXT,
       .help = "an edition, as `lists import` takes it; else all of the library"),
    AT("comments", comments, TEXT, .help = "OFAC's `sdn_comments.csv` of that edition"),
    AT("date", date_ns, DATE, .help = "of the file; else the one that it, or its name, says"),
};
#undef AT
const struct ovf_table ovf_case_list_table =
    OVF_CASE_TABLE("a list", list_keys, ovf_case_list_file);

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_operator, member, kind, __VA_ARGS__)
static const struct ovf_key operator_keys[] = {
    AT("icao", icao, TEXT, REQUIRED, .help = "its ICAO designator, three capital letters"),
    AT("list", list, TEXT, REQUIRED, .help = "one of the lists, by name"),
    AT("entry", entry, TEXT, REQUIRED, .help = "the entry of that list, by its id"),
    AT("source", source, TEXT, REQUIRED, .help = "who says that the two are one"),
};
#undef AT
const struct ovf_table ovf_case_operator_table =
    OVF_CASE_TABLE("an operator", operator_keys, ovf_case_operator);

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_permits, member, kind, __VA_ARGS__)
static const struct ovf_key permits_keys[] = {
    AT("state", state, CODE, REQUIRED, .help = "whose permits"),
    AT("file", file, TEXT, .help = "as `permits import` takes it; else what the library has"),
    AT("firs", firs, TEXT,
       .help = "the regions that its rows of airspace fir are about: ORBB, comma-separated"),
    AT("covers_from", covers_from_ns, DATE, .help = "the first day that the file covers"),
    AT("covers_to", covers_until_ns, DATE,
       .help = "the last one; both are required with a file: they tell \"not in the list\" from "
               "\"the list does not cover the day\""),
};
#undef AT
const struct ovf_table ovf_case_permits_table =
    OVF_CASE_TABLE("permits", permits_keys, ovf_case_permits);

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_not_required, member, kind, __VA_ARGS__)
static const struct ovf_key not_required_keys[] = {
    AT("name", name, NAME, REQUIRED, .help = ""),
    AT("state", state, CODE, REQUIRED, .help = "whose airspace"),
    AT("operators", operators, TEXT, LIST, .help = "ICAO designators"),
    AT("registrations", registrations, TEXT, LIST,
       .help = "in capitals; `YI-*` are all that begin so"),
    AT("roles", roles, CHOICE, LIST, .choices = OVF_CASE_ROLES, .help = "of the crossing"),
    AT("state_aircraft", state_aircraft, BOOL, .fallback = "false",
       .help = "true: only those of the case"),
    AT("valid_from", valid_from_ns, DATE, .help = "else always"),
    AT("valid_to", valid_to_ns, DATE, .help = "the first day on which it is no longer in force"),
    AT("source", source, TEXT, REQUIRED, .help = ""),
};
#undef AT
const struct ovf_table ovf_case_not_required_table =
    OVF_CASE_TABLE("a rule of no permit", not_required_keys, ovf_case_not_required);

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_state_aircraft, member, kind, __VA_ARGS__)
static const struct ovf_key state_aircraft_keys[] = {
    AT("registrations", registrations, TEXT, LIST,
       .help = "in capitals; `EP-*` are all that begin so"),
    AT("callsigns", callsigns, TEXT, LIST, .help = ""),
    AT("operators", operators, TEXT, LIST, .help = "ICAO designators"),
    AT("types", types, TEXT, LIST, .help = "ICAO type designators"),
    AT("source", source, TEXT, REQUIRED, .help = ""),
};
#undef AT
const struct ovf_table ovf_case_state_aircraft_table =
    OVF_CASE_TABLE("state aircraft", state_aircraft_keys, ovf_case_state_aircraft);
