// SPDX-License-Identifier: Apache-2.0
//
// What is told of a row that is no crossing: a gap, a statement of the case, a place of interference, a flight that no crossing tells.

import { el, fill } from '../dom.js';
import { kindWords, verdictWords } from '../table/others.js';
import { duration, show, stamp } from '../units.js';
import { CLASS_WORDS, GAP_WORDS, plain } from '../words.js';
import { detailsHead, fact } from './details.js';

/** More findings than this of one entry are left to the table. */
const MANY = 8;

const body = (name, ...content) => el('div', { class: 'details-body', tabindex: '0', role: 'region', 'aria-label': name }, ...content);
const place = (lat, lon) => (lat === undefined ? '' : `${lat.toFixed(4)}°, ${lon.toFixed(4)}°`);
const cite = (words, action) => [el('button', { type: 'button', class: 'cite', onclick: action }, words), ' '];

function heardWords({ others_heard: heard, others_heard_meanwhile: meanwhile, others_silent_meanwhile: silent }) {
    return [heard === undefined ? '' : `${heard} others were heard there within 15 minutes`,
        meanwhile === undefined ? '' : `${meanwhile} meanwhile`, silent ? `${silent} others fell silent, too` : ''].filter(Boolean).join('; ');
}

function gapEnd(row, side, units) {
    return [place(row[`${side}_lat_deg`], row[`${side}_lon_deg`]), show('altitude', row[`${side}_alt_baro_ft`], units)].filter(Boolean).join(', ');
}

/** @param {Object} row of gapRows @param {{units: Object, openCrossing: (n: number) => void, regions: Object[]}} options */
export function gapBody(row, { units, openCrossing, regions }) {
    return body('The gap',
        el('p', { class: 'route' }, el('strong', {}, row.callsign ?? row.icao24), ` ${GAP_WORDS[row.kind] ?? plain(row.kind)} for ${duration(row.duration_s)}`),
        el('dl', {}, fact('From', `${stamp(row.gap_start)} UTC`), fact('Until', `${stamp(row.gap_end)} UTC`),
            fact('Last at', gapEnd(row, 'start', units)), fact('Next at', gapEnd(row, 'end', units)),
            fact('Straight way', show('distance', row.distance_m, units)),
            fact('Kind', plain(row.kind)), fact('Cause', el('strong', {}, plain(row.cause) || 'not judged'), row.words ? `: ${row.words}` : ''),
            fact('Others', heardWords(row)), fact('Witnesses', row.witnesses),
            row.classes.map((name) => fact('Verdict', el('strong', {}, plain(name)), `: ${CLASS_WORDS[name] ?? ''}`)),
            row.crossings.length ? fact('Crossings', ...row.crossings.map((n) => cite(`crossing ${n}`, () => openCrossing(n)))) : null,
            fact('Identifier', el('code', {}, row.id))),
        regions.map(({ words }) => el('p', { class: 'quiet' }, `Shaded on the map: ${words}`)),
        el('p', { class: 'quiet' }, 'The dotted line is the shortest way between its ends; nobody knows where it flew.'));
}

function ownFindings({ findings = [] }, known) {
    const own = findings.map((id) => known.get(id)).filter((finding) => finding !== undefined);
    // What is about the entry itself comes before what is about single journeys.
    return own.sort((a, b) => Number('journey' in a.about) - Number('journey' in b.about) || a.n - b.n).slice(0, MANY);
}

/** @param {Object} row of `claims` @param {{findings: Map<string, Object>, openFinding: (finding: Object) => void}} options */
export function claimBody(row, { findings, openFinding }) {
    const own = ownFindings(row, findings);
    return body('The statement', el('p', { class: 'route' }, row.words ?? row.name),
        el('dl', {}, fact('Kind', plain(row.kind)), fact('Name', row.name), fact('By', row.by), fact('To', row.to), fact('At', row.at), fact('Date', row.date),
            fact('Until', row.goes_on ? 'it goes on' : row.date_to), fact('Watch', row.watch),
            fact('Holds if', row.predicate ? el('code', {}, row.predicate) : ''), fact('Contested by', row.contested_by),
            fact('Found', verdictWords(row.verdicts)), fact('Source', row.source, row.second_hand ? ' (second-hand)' : '')),
        own.length ? [el('h4', {}, 'Findings'), el('ul', { class: 'plain' }, own.map((finding) => el('li', {},
            cite(`finding ${finding.n}`, () => openFinding(finding)), el('strong', {}, plain(finding.verdict)),
            el('p', { class: 'quiet' }, (finding.reasons ?? []).slice(-2).join('; ')))))] : null);
}

/** @param {Object} row of interferenceRows */
export function interferenceBody(row) {
    const sink = row.type === 'sink';
    return body('Interference', el('p', { class: 'route' }, row.words ?? `Positions of ${row.aircraft_disturbed} of ${row.aircraft} aircraft were disturbed here on this day.`),
        el('dl', {}, fact('Day', row.day), fact('Place', place(row.lat_deg, row.lon_deg)), fact('Airport', row.airport),
            fact('First', sink ? `${stamp(row.first)} UTC` : ''), fact('Last', sink ? `${stamp(row.last)} UTC` : ''),
            fact('Aircraft', row.aircraft), fact('Disturbed', row.aircraft_disturbed),
            fact('Share', row.bad_share === undefined ? '' : `${Math.round(row.bad_share * 100)} % (${row.level})`),
            fact('Addresses', (row.addresses ?? []).join(', '))),
        el('p', { class: 'quiet' }, 'Consistent with interference; who or what caused it is not said.'));
}

/** More detections than this of one flight are left to its file. */
const MANY_DETECTIONS = 50;

function detectionItem({ kind, from, to, value, limit, first, last }) {
    return el('li', {}, el('strong', {}, plain(kind)), ` ${stamp(from)} to ${stamp(to)}`, value === undefined ? '' : `: ${value}, limit ${limit}`,
        el('p', { class: 'quiet' }, `${place(first.lat_deg, first.lon_deg)} (${first.grade}) to ${place(last.lat_deg, last.lon_deg)} (${last.grade})`));
}

/** @param {Object} row of `detections` */
export function detectionBody(row) {
    const rest = row.detections.length - MANY_DETECTIONS;
    return body('Detections', el('p', { class: 'route' }, el('strong', {}, row.callsign ?? row.icao24), ` ${row.words}`),
        el('dl', {}, fact('From', `${stamp(row.from)} UTC`), fact('Until', `${stamp(row.to)} UTC`), fact('Place', place(row.lat_deg, row.lon_deg)),
            fact('Airspaces', (row.airspaces ?? []).join(', ')), fact('Not believed', row.n_not_believed), fact('Detections', kindWords(row.detections)),
            fact('Flight', row.flight ? el('code', {}, row.flight.id) : '')),
        el('ul', { class: 'plain' }, row.detections.slice(0, MANY_DETECTIONS).map(detectionItem)),
        rest > 0 ? el('p', { class: 'quiet' }, `And ${rest} more.`) : null,
        el('p', { class: 'quiet' }, 'Consistent with interference or a fault; who or what caused it is not said.'));
}

/** @param {HTMLElement} root @param {string} title @param {() => void} close @param {HTMLElement} content */
export function showBeside(root, title, close, content) {
    fill(root, detailsHead(title, close), content);
}
