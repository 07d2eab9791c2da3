/* SPDX-License-Identifier: Apache-2.0 */
#include "case/case_file.h"

#include "case/case_check.h"
#include "case/keys.h"

#define AT(key, member, kind, ...) OVF_KEY(key, ovf_case, member, kind, __VA_ARGS__)
#define MAPS(key, member, table, what) AT(key, member, MAP, LIST, .of = &(table), .help = (what))
static const struct ovf_key case_keys[] = {
    AT("case", name, TEXT, REQUIRED, .help = "its name"),
    AT("question", question, TEXT, .help = "in a sentence"),
    AT("store", store, TEXT, .help = "a GeoPackage that `scan --case` fills"),
    AT("library", library, TEXT, .help = "of imported maps, lists and permits; else the user's"),
    AT("tags", tags, TEXT, LIST, .help = "what it is filed under"),
    MAPS("inputs", inputs, ovf_case_input_table, "what is scanned"),
    AT("register", register_, MAP, .of = &ovf_case_register_table, .help = ""),
    AT("boundaries", boundaries, TEXT, LIST, .help = "editions of the library"),
    MAPS("zones", zones, ovf_case_zone_table,
         "circles and polygons of one's own, airspaces of files"),
    MAPS("lists", lists, ovf_case_list_table, "sanctions lists"),
    MAPS("operators", operators, ovf_case_operator_table, "whose flights are whose"),
    MAPS("permits", permits, ovf_case_permits_table, ""),
    MAPS("not_required", not_required, ovf_case_not_required_table, "who needs no permit"),
    AT("state_aircraft", state_aircraft, MAP, .of = &ovf_case_state_aircraft_table,
       .help = "who is one, by any of its keys"),
    MAPS("watches", watches, ovf_case_watch_table, "what is asked of every flight"),
    MAPS("closures", closures, ovf_case_closure_table, "where nobody may fly"),
    MAPS("orders", orders, ovf_case_order_table, "to land for inspection"),
    MAPS("embargoes", embargoes, ovf_case_embargo_table, "measures in force, and which were"),
    MAPS("inspections", inspections, ovf_case_inspection_table, ""),
    MAPS("requests", requests, ovf_case_request_table, "what one party asked of another"),
    MAPS("claims", claims, ovf_case_claim_table, "what parties said"),
    AT("detectors", detectors, MAP, .of = &ovf_case_detectors_table,
       .help = "thresholds of what speaks against positions; else the program's"),
    MAPS("notes", notes, ovf_case_note_table, "numbered; they may answer one another"),
};
#undef MAPS
#undef AT
static const struct ovf_table case_table = OVF_CASE_TABLE("a case", case_keys, ovf_case);

enum { N_TABLES = 19 };

const struct ovf_table *ovf_case_table(size_t i)
{
    static const struct ovf_table *const tables[N_TABLES] = {
        &case_table,
        &ovf_case_input_table,
        &ovf_case_register_table,
        &ovf_case_zone_table,
        &ovf_case_watch_table,
        &ovf_case_list_table,
        &ovf_case_operator_table,
        &ovf_case_permits_table,
        &ovf_case_not_required_table,
        &ovf_case_state_aircraft_table,
        &ovf_case_closure_table,
        &ovf_case_exemption_table,
        &ovf_case_order_table,
        &ovf_case_embargo_table,
        &ovf_case_inspection_table,
        &ovf_case_request_table,
        &ovf_case_claim_table,
        &ovf_case_detectors_table,
        &ovf_case_note_table,
    };
    return i < N_TABLES ? tables[i] : NULL;
}

bool ovf_case_has_register(const struct ovf_case *the_case)
{
    return ovf_case_has(&the_case->head, &case_table, "register");
}

bool ovf_case_has_detectors(const struct ovf_case *the_case)
{
    return ovf_case_has(&the_case->head, &case_table, "detectors");
}

bool ovf_case_has_state_aircraft(const struct ovf_case *the_case)
{
    return ovf_case_has(&the_case->head, &case_table, "state_aircraft");
}

const struct ovf_case_watch *ovf_case_watch_find(const struct ovf_case *the_case, const char *name)
{
    const struct ovf_case_watch *const watches = the_case->watches.items;
    for (size_t i = 0; i < the_case->watches.n; i++) {
        if (strcmp(watches[i].name.text, name) == 0)
            return &watches[i];
    }
    return NULL;
}

enum ovf_status ovf_case_file_read(struct ovf_bytes yaml, struct ovf_case_store *store,
                                   struct ovf_case *out, struct ovf_error *err)
{
    const enum ovf_status st = ovf_case_read(yaml, &case_table, store, out, err);
    return st == OVF_OK ? ovf_case_check(out, err) : st;
}
