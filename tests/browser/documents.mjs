// SPDX-License-Identifier: Apache-2.0
//
// The documents of an invented case: what traffic the world has, and words about it.

import { airspacesDocument, makeTraffic, readStates } from './world.mjs';

const DAY_MS = 86400000;
const rowsOf = (type, rows) => ({ type, rows, total: rows.length });
const dayOf = (ms) => new Date(ms).toISOString().slice(0, 10);
const padded = (n) => String(n).padStart(32, '0');

function seriesDocument(rows, first, days) {
    const counts = new Map();
    for (const { entry } of rows)
        counts.set(entry.time_min.slice(0, 10), (counts.get(entry.time_min.slice(0, 10)) ?? 0) + 1);
    const start = Date.parse(first);
    const all = Array.from({ length: days }, (_, i) => dayOf(start + i * DAY_MS)).map((day, i) =>
        (i === 9 ? { day, count: null } : { day, count: counts.get(day) ?? 0, control: 40 + (i % 7), exposure: 1 }));
    const at = (i) => dayOf(start + i * DAY_MS);
    return { type: 'series', series: [{ watch: 'iran-syria', days: all, segments: [], changes: [],
        halts: [{ from: at(20), from_min: at(19), from_max: at(22), to: at(33), finding: padded(2), findings: [padded(2)] }],
        resumptions: [{ day: at(34), from_min: at(32), from_max: at(34), finding: padded(3) }], no_data: [],
        marks: [{ day: at(18), kind: 'request', name: 'march', words: 'Iraq asked Iran about the flights', id: padded(4) },
            { day: at(40), kind: 'claim', name: 'stopped', words: 'said that they had stopped', id: padded(1) }] }] };
}

function findingsDocument(rows) {
    const finding = (n, rule, about, verdict, reasons, more = {}) => ({ n, type: 'finding', id: padded(n), rev: padded(n), simulated: true,
        about, rule, verdict, reasons, sources: ['AFP 2012-10-02 (second-hand)'], as_of: '2026-01-01T00:00:00.000Z', ...more });
    return rowsOf('findings', [
        finding(1, 'claim/1', { claim: 'stopped' }, 'contradicted', ['a minister said: they stopped', 'count is 35 for sure']),
        finding(2, 'series/1', { watch: 'iran-syria' }, 'halt', ['halt between two days']),
        finding(3, 'series/1', { watch: 'iran-syria' }, 'resumption', ['flights are back']),
        finding(4, 'request/1', { request: 'march' }, 'coincided_with', ['a halt coincided with the request']),
        ...rows.slice(0, 6).map(({ id, callsign, icao24, flight }, i) => finding(5 + i, 'permit/1', { crossing: id }, 'not_in_supplied_list',
            ['no permit in the supplied list'], { against: 'IQ', subject: `${callsign} ${icao24}, ${flight.start.slice(0, 10)}, OIIE to OSDI, over IQ` }))]);
}

function caseDocument(rows) {
    return { type: 'case', title: 'Over Iraq, an exercise', question: 'Which flights went from Iran over Iraq to Syria, and when did they stop?',
        answer: [
            { text: `${rows.length} flights crossed Iraq, on days with data; a day without is no zero.`, findings: [padded(5)] },
            { text: 'They halted and came back.', findings: [padded(2), padded(3)] },
            { text: 'One claim is contradicted by what was received.', findings: [padded(1)] }],
        method: [{ text: 'Positions lie on the WGS84 geodesic between fixes.', findings: [], sources: [1] }],
        limits: [{ text: 'What an aircraft carries cannot be seen in tracks.', findings: [] }],
        watches: [{ name: 'iran-syria', words: 'from IR over IQ to SY', about: 'from Iran over Iraq to Syria' }],
        requests: [{ name: 'march', date: '2012-03-21', by: 'Iraq', to: 'Iran', asks: 'raises the flights', watch: 'iran-syria', source: 'Reuters', second_hand: true, findings: [padded(4)] }],
        claims: [{ name: 'stopped', date: '2012-09-30', party: 'a minister', says: 'they stopped', source: 'al-Hayat', second_hand: true, findings: [padded(1)] }],
        orders: [], inspections: [], embargoes: [], tags: ['Iraq', 'simulated'], notes: [], missing: [],
        sources: [{ n: 1, kind: 'input', name: 'simulated', date: '2012-02-01', digest: `sha256:${'ab'.repeat(32)}` },
            { n: 2, kind: 'statement', name: 'Reuters', date: '2012-03-21', url: 'https://example.org/march' }] };
}

function claimsDocument() {
    const claim = (n, kind, more) => ({ n, type: 'claim', kind, source: 'Reuters', second_hand: true, watch: 'iran-syria', ...more });
    return rowsOf('claims', [
        claim(1, 'request', { name: 'march', date: '2012-03-21', by: 'Iraq', to: 'Iran', words: 'raises the flights', verdicts: { coincided_with: 1 },
            findings: [padded(4)] }),
        claim(2, 'claim', { name: 'stopped', date: '2012-09-30', by: 'a minister', words: 'they stopped', predicate: 'count(iran-syria) == 0',
            verdicts: { contradicted: 1 }, findings: [padded(1)] }),
        claim(3, 'embargo', { name: 'resolution', date: '2007-03-24', goes_on: true, by: 'UNSCR 1747', words: 'shall not supply', findings: [] })]);
}

/** The gap that the exit of a bracketed crossing lies in. */
function gapsDocument(rows) {
    const bracketed = rows.filter(({ class: kind }) => kind === 'bracketed');
    return rowsOf('gaps', bracketed.map(({ gaps: [id], exit, icao24, callsign, flight }, i) => ({ n: i + 1, type: 'gap', id, icao24, callsign,
        flight_id: flight.id, gap_start: exit.time_min, gap_end: exit.time_max, duration_s: 1500, distance_m: 352000, average_speed_mps: 234.7,
        start_lat_deg: exit.lat_deg, start_lon_deg: exit.lon_deg, start_alt_baro_ft: 34000, end_lat_deg: exit.lat_deg + 0.6,
        end_lon_deg: exit.lon_deg - 3.2, end_alt_baro_ft: 34000, alt_band: 'high', kind: i ? 'silent' : 'heard', cause: i % 2 ? 'unexplained' : 'coverage',
        expected_reports: 40, received_share: 0.9, others_heard: 12, others_heard_meanwhile: 4, others_silent_meanwhile: 0 })));
}

function interferenceDocuments(first) {
    const cell = (n, lat, lon, bad) => ({ n, type: 'interference_cell', day: first, lat_deg: lat, lon_deg: lon, level: bad > 0.1 ? 'high' : 'medium',
        aircraft: 40, aircraft_disturbed: Math.round(bad * 40) + 1, bad_share: bad });
    return { sinks: { ...rowsOf('sinks', [{ n: 1, type: 'sink', day: first, lat_deg: 33.26, lon_deg: 44.23, first: `${first}T08:00:00.000Z`,
        last: `${first}T11:00:00.000Z`, aircraft: 12, within_m: 5000, airport: 'ORBI', addresses: ['f10003'],
        words: 'positions of 12 aircraft jumped to within 5 km of this place near ORBI, of 3 within 60 min: consistent with interference' }]), radius_m: 5000 },
    interference: { ...rowsOf('interference', [cell(1, 35.4, 41.8, 0.3), cell(2, 35.4, 42.3, 0.05), cell(3, 35.8, 41.8, 0.2)]), cell_deg: 0.4 } };
}

function detectionsDocument(first) {
    const jump = (from, to, at) => ({ kind: 'jump', from: `${first}T${from}:00.000Z`, to: `${first}T${to}:10.000Z`, value: 9000, limit: 750, records: [],
        first: { lat_deg: 38.5, lon_deg: 42, grade: 'X' }, last: { lat_deg: at, lon_deg: 44.23, grade: 'X' } });
    return rowsOf('detections', [{ n: 1, type: 'detections', simulated: true, icao24: 'f10099', callsign: 'SIM99', from: `${first}T08:00:00.000Z`,
        to: `${first}T08:30:00.000Z`, lat_deg: 33.26, lon_deg: 44.23, n_not_believed: 72, airspaces: ['IQ'],
        detections: [jump('08:00', '08:01', 33.26), jump('08:29', '08:30', 38.5)], flight: { id: padded(7) },
        words: 'positions are not believed: consistent with interference or a fault; they make no crossing' }]);
}

function crossingDocument(row, findings) {
    const own = findings.rows.filter(({ about }) => about.crossing === row.id);
    return { type: 'crossing', crossing: row, flight: row.flight, journey: row.journey, findings: own, listings: [], links: [],
        gaps: row.class === 'bracketed' ? [{ gap_start: row.exit.time_min, gap_end: row.exit.time_max, duration_s: 1500,
            cause: 'unexplained', others_heard: 12 }] : [],
        sentences: [{ text: `${row.class}: ${row.n_fixes_inside} positions lie inside, and positions on both sides of entry and exit.`, findings: [] },
            { text: 'Positions from another receiver that lie elsewhere would change the verdict.', findings: [] }] };
}

function regionsDocument(rows) {
    const around = ({ lon_deg: lon, lat_deg: lat }) => [Array.from({ length: 49 }, (_, i) =>
        [lon + 1.6 * Math.cos(i * Math.PI / 24), lat + 0.6 * Math.sin(i * Math.PI / 24)])];
    return { type: 'regions', regions: rows.filter(({ class: kind }) => kind === 'bracketed').slice(0, 500).map((row) =>
        ({ crossing: row.id, n: row.n, gap: row.gaps[0], class: row.class, hard_speed_kt: 720, words: 'what could be reached in the gap',
            geometry: { type: 'MultiPolygon', coordinates: [around(row.exit)] } })),
    corridors: rows.map((row) => ({ crossing: row.id, n: row.n, radius_m: 186 })) };
}

/**
 * @param {{flights: number, days: number, first: string, stepS: number, mode?: string, keepWays?: boolean}} what
 * @returns {{documents: Object<string, Object>, crossing: (id: string) => Object|undefined, nFixes: number, ways: number[][][]}}
 */
export function makeDocuments({ mode = 'serve', ...what }) {
    const states = readStates();
    const { rows, tracks, nFixes, ways } = makeTraffic({ ...what, states });
    const findings = findingsDocument(rows);
    const documents = { airspaces: airspacesDocument(states), crossings: rowsOf('crossings', rows), tracks, findings,
        permits: rowsOf('permits', findings.rows.filter(({ rule }) => rule === 'permit/1')), case: caseDocument(rows), regions: regionsDocument(rows),
        claims: claimsDocument(), gaps: gapsDocument(rows), ...interferenceDocuments(what.first), detections: detectionsDocument(what.first),
        inputs: rowsOf('inputs', [{ n: 1, path: 'simulated', first: rows[0].flight.start, last: rows[rows.length - 1].flight.end, decimation_s: 360,
            id: `sha256:${'ab'.repeat(32)}` }]) };
    if (what.days > 40)
        documents.series = seriesDocument(rows, what.first, what.days);
    if (mode === 'live')
        documents.live = { type: 'live', now: rows[0].entry.time_min, feeds: [], aircraft: [] };
    documents.index = { type: 'index', version: '0.1.0', api: 'v1', title: 'Over Iraq, an exercise', mode, public: false, simulated: true,
        withheld: { ladd: 0, pia: 0, permits: 0, notes: 0 }, documents: Object.keys(documents), links: {}, generated: '2026-01-01T00:00:00.000Z',
        attribution: documents.airspaces.attribution };
    const byId = new Map(rows.map((row) => [row.id, row]));
    return { documents, nFixes, ways, crossing: (id) => byId.get(id) && crossingDocument(byId.get(id), findings) };
}
