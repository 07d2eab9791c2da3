// SPDX-License-Identifier: Apache-2.0
//
// The columns of each table: what they are called, what stands in them, what is copied and exported.
// `text` is what is shown, `value` what is sorted by and written into files (without it, `text`).

import { place, plain } from '../words.js';
import { bounds, duration, instant, interval, show } from '../units.js';

/**
 * @typedef {Object} Column
 * @property {string} key name in files and in filters
 * @property {string} name header
 * @property {(row: Object, units: Object) => string} text
 * @property {(row: Object) => *} [value]
 * @property {(row: Object) => *} [order] what it is sorted by, where that is another value
 * @property {boolean} [hidden] until it is asked for
 * @property {boolean} [number] aligned right
 * @property {string} [help]
 */

const end = (row, side) => row[side] ?? {};
const solved = (row, side) => end(row, side).time ?? bounds(end(row, side)).earliest;

const listed = (values) => (values ?? []).join(' ');

/** @type {Column[]} */
export const CROSSING_COLUMNS = [
    { key: 'n', name: '#', text: (row) => String(row.n ?? ''), value: (row) => row.n, number: true },
    { key: 'entry_time', name: 'Entry (UTC)', text: (row) => instant(row.entry),
      value: (row) => solved(row, 'entry') ?? row.flight?.start ?? '' },
    { key: 'callsign', name: 'Callsign', text: (row) => row.callsign ?? '' },
    { key: 'from', name: 'From', text: (row) => place(row.from), help: '~ is inferred, ? is not known' },
    { key: 'to', name: 'To', text: (row) => place(row.to), help: '~ is inferred, ? is not known' },
    { key: 'airspace', name: 'Airspace', text: (row) => row.airspace ?? '' },
    { key: 'class', name: 'Class', text: (row) => plain(row.class), value: (row) => row.class },
    { key: 'duration_s', name: 'Inside', text: (row) => duration(row.duration_s),
      value: (row) => row.duration_s, number: true },
    { key: 'registration', name: 'Reg.', text: (row) => row.registration ?? '' },
    { key: 'icao24', name: 'ICAO', text: (row) => row.icao24 ?? '' },
    { key: 'type_code', name: 'Type', text: (row) => row.type_code ?? '' },
    { key: 'exit_time', name: 'Exit (UTC)', text: (row) => instant(row.exit),
      value: (row) => solved(row, 'exit') ?? '', hidden: true },
    { key: 'role', name: 'Role', text: (row) => plain(row.role), hidden: true },
    { key: 'entry_alt_baro_ft', name: 'Entry alt.', number: true, hidden: true,
      text: (row, units) => show('altitude', end(row, 'entry').alt_baro_ft, units),
      value: (row) => end(row, 'entry').alt_baro_ft, help: 'barometric' },
    { key: 'exit_alt_baro_ft', name: 'Exit alt.', number: true, hidden: true,
      text: (row, units) => show('altitude', end(row, 'exit').alt_baro_ft, units),
      value: (row) => end(row, 'exit').alt_baro_ft, help: 'barometric' },
    { key: 'distance_m', name: 'Flown', number: true, hidden: true,
      text: (row, units) => show('distance', row.distance_m, units), value: (row) => row.distance_m },
    { key: 'entered_from', name: 'Entered from', text: (row) => listed(row.entered_from), hidden: true },
    { key: 'left_to', name: 'Left to', text: (row) => listed(row.left_to), hidden: true },
    { key: 'entry_interval', name: 'Entry between', text: (row) => interval(row.entry), hidden: true },
    { key: 'exit_interval', name: 'Exit between', text: (row) => interval(row.exit), hidden: true },
    { key: 'owner_operator', name: 'Operator', text: (row) => row.owner_operator ?? '', hidden: true },
    { key: 'weakest_grade', name: 'Grade', text: (row) => row.weakest_grade ?? '', hidden: true,
      help: 'of the weakest position that is believed' },
    { key: 'avoidance_speed_kt', name: 'V*', number: true, hidden: true,
      text: (row, units) => show('speed', row.avoidance_speed_kt, units),
      value: (row) => row.avoidance_speed_kt, help: 'it would have had to average this to stay out' },
    { key: 'db_flags', name: 'Flags', text: (row) => listed(row.db_flags), hidden: true,
      help: 'military, interesting, pia, ladd' },
    { key: 'watches', name: 'Watches', text: (row) => listed(row.watches), hidden: true },
    { key: 'id', name: 'Identifier', text: (row) => row.id, hidden: true },
];

const aboutKind = (row) => Object.keys(row.about ?? {})[0] ?? '';
const aboutName = (row) => Object.values(row.about ?? {})[0] ?? '';
/** What flew is told by who, when, from where and to where; an identifier says nothing. */
const aboutText = (row) => `${aboutKind(row)} ${row.subject ?? aboutName(row)}`.trim();
const yesNo = (value) => (value === undefined ? '' : value ? 'yes' : 'no');

/** @type {Column[]} */
export const FINDING_COLUMNS = [
    { key: 'n', name: '#', text: (row) => String(row.n ?? ''), value: (row) => row.n, number: true },
    { key: 'rule', name: 'Rule', text: (row) => row.rule ?? '' },
    { key: 'about', name: 'About', text: (row) => aboutText(row),
      value: (row) => `${aboutKind(row)}:${aboutName(row)}`, order: aboutText },
    { key: 'against', name: 'Against', text: (row) => row.against ?? '' },
    { key: 'verdict', name: 'Verdict', text: (row) => plain(row.verdict), value: (row) => row.verdict },
    { key: 'reasons', name: 'Reasons', text: (row) => (row.reasons ?? []).join('; ') },
    { key: 'in_force_on_flight_date', name: 'In force then',
      text: (row) => yesNo(row.in_force_on_flight_date), hidden: true },
    { key: 'in_force_today', name: 'In force today', text: (row) => yesNo(row.in_force_today), hidden: true },
    { key: 'n_independent_inputs', name: 'Inputs', number: true, hidden: true,
      text: (row) => String(row.n_independent_inputs ?? ''), value: (row) => row.n_independent_inputs },
    { key: 'sources', name: 'Sources', text: (row) => (row.sources ?? []).join('; '), hidden: true },
    { key: 'id', name: 'Identifier', text: (row) => row.id ?? '', hidden: true },
];

/** @type {Column[]} */
export const PERMIT_COLUMNS = [
    ...FINDING_COLUMNS.filter(({ key }) => /^(n|about|against|verdict|reasons|id)$/.test(key)),
    { key: 'day', name: 'Day', text: (row) => row.day ?? '' },
    { key: 'airspace', name: 'Airspace', text: (row) => row.airspace ?? '' },
    { key: 'operator', name: 'Operator', text: (row) => row.operator ?? '' },
    { key: 'verdicts', name: 'Crossings by verdict',
      text: (row) => Object.entries(row.verdicts ?? {}).map(([name, n]) => `${plain(name)} ${n}`).join(', ') },
];
