/* SPDX-License-Identifier: Apache-2.0 */
#include "case/case_story.h"

#include "case/keys.h"

#define TEXT_SECOND_HAND "true: the source quotes another that was not read"

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_request, member, kind, __VA_ARGS__)
static const struct ovf_key request_keys[] = {
    AT("name", name, NAME, REQUIRED, .help = ""),
    AT("date", date_ns, DATE, REQUIRED, .help = ""),
    AT("by", by, TEXT, REQUIRED, .help = "who asked"),
    AT("to", to, TEXT, REQUIRED, .help = "whom"),
    AT("asks", asks, TEXT, REQUIRED, .help = "for what"),
    AT("watch", watch, NAME, REQUIRED, .help = "in whose flights an effect would show"),
    AT("days_before", days_before, INTEGER, .min = 28, .max = 1000, .fallback = "56",
       .help = "that the model is fitted to"),
    AT("days_after", days_after, INTEGER, .min = 14, .max = 1000, .fallback = "28",
       .help = "likewise, from the date on"),
    AT("days_near", days_near, INTEGER, .min = 1, .max = 60, .fallback = "14",
       .help =
           "a change from the date to so many days later coincides with it; one before does not"),
    AT("source", source, TEXT, REQUIRED, .help = ""),
    AT("second_hand", second_hand, BOOL, .fallback = "false", .help = TEXT_SECOND_HAND),
};
#undef AT
const struct ovf_table ovf_case_request_table =
    OVF_CASE_TABLE("a request", request_keys, ovf_case_request);

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_claim, member, kind, __VA_ARGS__)
static const struct ovf_key claim_keys[] = {
    AT("name", name, NAME, REQUIRED, .help = ""),
    AT("date", date_ns, DATE, REQUIRED, .help = "on which it was made"),
    AT("party", party, TEXT, REQUIRED, .help = "who made it"),
    AT("says", says, TEXT, REQUIRED, .help = ""),
    AT("predicate", predicate, TEXT,
       .help = "what of it can be checked from tracks, see above; else nothing can"),
    AT("source", source, TEXT, REQUIRED, .help = ""),
    AT("second_hand", second_hand, BOOL, .fallback = "false", .help = TEXT_SECOND_HAND),
};
#undef AT
const struct ovf_table ovf_case_claim_table = OVF_CASE_TABLE("a claim", claim_keys, ovf_case_claim);

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_inspection, member, kind, __VA_ARGS__)
static const struct ovf_key inspection_keys[] = {
    AT("name", name, NAME, REQUIRED, .help = ""),
    AT("date", date_ns, DATE, REQUIRED, .help = "UTC day of the landing"),
    AT("at", at, TEXT, REQUIRED, .help = "an airport, by its ICAO code"),
    AT("by", by, TEXT, REQUIRED, .help = "who searched"),
    AT("found", found, TEXT, REQUIRED, .help = "what was said to be found"),
    AT("watch", watch, NAME, REQUIRED, .help = "among whose flights it is looked for"),
    AT("callsign", callsign, TEXT, .help = "of the flight, where it is known"),
    AT("registration", registration, TEXT, .help = "likewise"),
    AT("source", source, TEXT, REQUIRED, .help = ""),
    AT("second_hand", second_hand, BOOL, .fallback = "false", .help = TEXT_SECOND_HAND),
};
#undef AT
const struct ovf_table ovf_case_inspection_table =
    OVF_CASE_TABLE("an inspection", inspection_keys, ovf_case_inspection);

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case_note, member, kind, __VA_ARGS__)
static const struct ovf_key note_keys[] = {
    AT("number", number, INTEGER, REQUIRED, .min = 1, .max = 1000000, .help = ""),
    AT("answer_to", answer_to, INTEGER, .min = 1, .max = 1000000,
       .help = "the number of a note before it"),
    AT("author", author, TEXT, REQUIRED, .help = ""),
    AT("time", t_ns, TIME, REQUIRED, .help = ""),
    AT("text", text, TEXT, REQUIRED, .help = ""),
    AT("private", is_private, BOOL, .fallback = "false",
       .help = "true: withheld from what is made with `--public`"),
};
#undef AT
const struct ovf_table ovf_case_note_table = OVF_CASE_TABLE("a note", note_keys, ovf_case_note);
