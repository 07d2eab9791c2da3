// SPDX-License-Identifier: Apache-2.0
//
// The tables beside the crossings: of each its document, columns, and what its rows are as files. A row of
// findings has the place of the crossing that it is about.

import { gapLine } from '../map/features.js';
import { duration, show, stamp } from '../units.js';
import { plain } from '../words.js';
import { FINDING_COLUMNS, PERMIT_COLUMNS } from './columns.js';

const count = (key, name, more = {}) => ({ key, name, number: true, text: (row) => String(row[key] ?? ''), value: (row) => row[key], ...more });
const words = (key, name, more = {}) => ({ key, name, text: (row) => plain(row[key]), value: (row) => row[key] ?? '', ...more });
const literal = (key, name, more = {}) => ({ key, name, text: (row) => String(row[key] ?? ''), ...more });
const time = (key, name, more = {}) => ({ key, name, text: (row) => stamp(row[key]), value: (row) => row[key] ?? '', ...more });
const quantity = (key, name, of, more = {}) => ({ key, name, number: true,
    text: (row, units) => show(of, row[key], units), value: (row) => row[key], ...more });
const share = (key, name, more = {}) => ({ key, name, number: true,
    text: (row) => (row[key] === undefined ? '' : `${Math.round(row[key] * 100)} %`), value: (row) => row[key], ...more });
const hidden = { hidden: true };

const KT_PER_MPS = 3600 / 1852;
const degrees = (lat, lon) => (lat === undefined ? '' : `${lat.toFixed(2)}°, ${lon.toFixed(2)}°`);

/** `contradicted 1, supported 2`. */
export const verdictWords = (verdicts) => Object.entries(verdicts ?? {}).map(([name, n]) => `${plain(name)} ${n}`).join(', ');

/** @type {import('./columns.js').Column[]} */
export const CLAIM_COLUMNS = [
    count('n', '#'), words('kind', 'Kind'), literal('date', 'Date'), literal('by', 'By'),
    literal('words', 'Words'), { key: 'verdicts', name: 'Found', text: (row) => verdictWords(row.verdicts) },
    literal('source', 'Source'), literal('name', 'Name', hidden), literal('to', 'To', hidden), literal('at', 'At', hidden),
    { key: 'date_to', name: 'Until', text: (row) => (row.goes_on ? 'goes on' : row.date_to ?? ''), hidden: true },
    literal('predicate', 'Holds if', hidden), literal('watch', 'Watch', hidden),
    { key: 'second_hand', name: 'Second-hand', text: (row) => (row.second_hand ? 'yes' : ''), hidden: true },
    literal('contested_by', 'Contested by', hidden),
    { key: 'findings', name: 'Findings', text: (row) => (row.findings ?? []).join(' '), hidden: true },
];

/** @type {import('./columns.js').Column[]} */
export const GAP_COLUMNS = [
    count('n', '#'), time('gap_start', 'Start (UTC)'),
    { key: 'duration_s', name: 'Length', number: true, text: (row) => duration(row.duration_s), value: (row) => row.duration_s },
    literal('callsign', 'Callsign'), literal('icao24', 'ICAO'),
    words('cause', 'Cause', { help: 'what others show of it' }),
    { key: 'classes', name: 'Verdict', text: (row) => row.classes.map(plain).join(', '), value: (row) => row.classes.join(' '),
      help: 'class of the crossings that rest on it' },
    { key: 'airspaces', name: 'Airspace', text: (row) => row.airspaces.join(' ') },
    words('kind', 'Kind'), count('others_heard', 'Others heard', { help: 'within 15 minutes of it' }),
    { key: 'start', name: 'From', text: (row) => degrees(row.start_lat_deg, row.start_lon_deg) },
    { key: 'end', name: 'To', text: (row) => degrees(row.end_lat_deg, row.end_lon_deg) },
    time('gap_end', 'End (UTC)', hidden), quantity('distance_m', 'Distance', 'distance', hidden),
    { key: 'average_speed_mps', name: 'Average speed', number: true, hidden: true, value: (row) => row.average_speed_mps,
      text: (row, units) => (row.average_speed_mps === undefined ? '' : show('speed', row.average_speed_mps * KT_PER_MPS, units)) },
    quantity('start_alt_baro_ft', 'Alt. before', 'altitude', hidden), quantity('end_alt_baro_ft', 'Alt. after', 'altitude', hidden),
    count('expected_reports', 'Reports expected', hidden), share('received_share', 'Others received', hidden),
    count('others_heard_meanwhile', 'Heard meanwhile', hidden), count('others_silent_meanwhile', 'Silent meanwhile', hidden),
    { key: 'crossings', name: 'Crossings', text: (row) => row.crossings.join(' '), hidden: true }, literal('id', 'Identifier', hidden),
];

/** @type {import('./columns.js').Column[]} */
export const INTERFERENCE_COLUMNS = [
    // By day, of each day first what was jumped to, in the order of their numbers.
    { key: 'id', name: '#', text: (row) => row.id.replace('-', ' '),
        order: (row) => `${row.day} ${row.type === 'sink' ? 1 : 2} ${String(row.n).padStart(9, '0')}` }, literal('day', 'Day'),
    { key: 'type', name: 'What', text: (row) => (row.type === 'sink' ? 'place jumped to' : 'cell') },
    { key: 'place', name: 'Place', text: (row) => degrees(row.lat_deg, row.lon_deg) }, count('aircraft', 'Aircraft'),
    count('aircraft_disturbed', 'Disturbed'), share('bad_share', 'Share'), literal('level', 'Level'),
    literal('airport', 'Airport', { help: 'a name for the place: nothing else follows from it' }),
    time('first', 'First (UTC)', hidden), time('last', 'Last (UTC)', hidden), literal('words', 'Words', hidden),
    { key: 'addresses', name: 'Addresses', text: (row) => (row.addresses ?? []).join(' '), hidden: true },
];

/** `jump 2, speed 14`: how many of each kind. */
export function kindWords(detections) {
    const counts = new Map();
    for (const { kind } of detections ?? [])
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return [...counts].map(([kind, n]) => `${plain(kind)} ${n}`).join(', ');
}

/** @type {import('./columns.js').Column[]} */
export const DETECTION_COLUMNS = [
    count('n', '#'), time('from', 'From (UTC)'), literal('callsign', 'Callsign'), literal('icao24', 'ICAO'),
    { key: 'airspaces', name: 'Airspaces', text: (row) => (row.airspaces ?? []).join(' '), help: 'where positions that are not believed lie' },
    { key: 'detections', name: 'What speaks against it', text: (row) => kindWords(row.detections) },
    count('n_not_believed', 'Not believed', { help: 'positions' }),
    { key: 'place', name: 'Place', text: (row) => degrees(row.lat_deg, row.lon_deg) },
    time('to', 'To (UTC)', hidden), literal('registration', 'Registration', hidden), literal('type_code', 'Type', hidden),
    { key: 'flight', name: 'Flight', text: (row) => row.flight?.id ?? '', hidden: true }, literal('words', 'Words', hidden),
];

const ofCrossing = (row, { crossingOf, placeOf }) => placeOf(crossingOf(row));
const findingWords = (row) => ({ name: `finding ${row.n} ${plain(row.verdict)}`, words: [row.rule, ...(row.reasons ?? [])].filter(Boolean).join('; ') });

/**
 * `place` gives GeoJSON geometry or null; `mark` what KML says of a row. Rows of a table without them are saved as CSV only.
 * `advice`: what to do where there are no rows.
 * @type {{name: string, words: string, row: string, documents?: string[], advice?: string, columns: import('./columns.js').Column[],
 *     place?: Function, mark?: Function}[]}
 */
export const OTHERS = [
    { name: 'findings', words: 'Findings', row: 'Finding', columns: FINDING_COLUMNS, place: ofCrossing, mark: findingWords,
      advice: 'A case makes them: say in it what is asked, then run `overflight scan --case CASE`.' },
    { name: 'permits', words: 'Permits', row: 'Permit', columns: PERMIT_COLUMNS, place: ofCrossing, mark: findingWords,
      advice: 'Name permit lists in the case, under `permits`, then run `overflight scan --case CASE`: each crossing is held against them.' },
    { name: 'lists', words: 'Lists', row: 'List', columns: FINDING_COLUMNS, place: ofCrossing, mark: findingWords,
      advice: 'Either the case has no `lists`, or these name no aircraft that flew here. Name lists in it, then run `overflight scan --case CASE`.' },
    { name: 'claims', words: 'Claims', row: 'Claim', columns: CLAIM_COLUMNS,
      advice: 'What was claimed, asked or ordered goes into the case, under `claims`, `requests`, `orders`; then run `overflight scan --case CASE`.' },
    { name: 'gaps', words: 'Gaps', row: 'Gap', columns: GAP_COLUMNS,
      place: (row) => ({ type: 'LineString', coordinates: gapLine(row) }),
      mark: (row) => ({ name: `gap ${row.n} ${row.callsign ?? row.icao24}`, words: `${plain(row.cause)}, ${duration(row.duration_s)}`,
          begin: row.gap_start, end: row.gap_end }) },
    { name: 'interference', words: 'Interference', row: 'Interference', documents: ['sinks', 'interference'], columns: INTERFERENCE_COLUMNS,
      place: (row) => ({ type: 'Point', coordinates: [row.lon_deg, row.lat_deg] }),
      mark: (row) => ({ name: `${row.id.replace('-', ' ')}, ${row.day}`, words: row.words ?? `${row.level}: ${row.aircraft_disturbed} of ${row.aircraft} aircraft`,
          begin: row.first ?? row.day, end: row.last ?? row.day }) },
    { name: 'detections', words: 'Detections', row: 'Detection', columns: DETECTION_COLUMNS,
      place: (row) => ({ type: 'Point', coordinates: [row.lon_deg, row.lat_deg] }),
      mark: (row) => ({ name: `detection ${row.n} ${row.callsign ?? row.icao24}`, words: row.words, begin: row.from, end: row.to }) },
];

/** Each gap with the crossings that rest on it. @param {Object[]} gaps @param {Object[]} crossings */
export function gapRows(gaps, crossings) {
    const resting = new Map();
    for (const crossing of crossings)
        for (const id of crossing.gaps ?? [])
            resting.set(id, [...(resting.get(id) ?? []), crossing]);
    const distinct = (values) => [...new Set(values)];
    return gaps.map((gap) => {
        const own = resting.get(gap.id) ?? [];
        return { ...gap, crossings: own.map(({ n }) => n), classes: distinct(own.map((one) => one.class)),
            airspaces: distinct(own.map(({ airspace }) => airspace)) };
    });
}

/** Places jumped to, then cells, told apart by `id`. */
export function interferenceRows(sinks, cells) {
    const rows = (document, type, name) => (document?.rows ?? []).map((row) => ({ ...row, id: `${name}-${row.n}`, type }));
    return [...rows(sinks, 'sink', 'sink'), ...rows(cells, 'interference_cell', 'cell')];
}
