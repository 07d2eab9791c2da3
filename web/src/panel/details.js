// SPDX-License-Identifier: Apache-2.0
//
// One crossing, with all that it rests on: so that a reader can check it, or doubt it for a reason.

import { el, fill, outside } from '../dom.js';
import { duration, interval, show, stamp } from '../units.js';
import { CLASS_WORDS, place, plain, ROLE_WORDS } from '../words.js';

export const fact = (name, ...value) => (value.every((part) => part === '' || part === null || part === undefined) ? null
    : [el('dt', {}, name), el('dd', {}, ...value)]);

function altitude(end, units) {
    const parts = [];
    if (end.alt_baro_ft !== undefined)
        parts.push(`${show('altitude', end.alt_baro_ft, units)} barometric`);
    if (end.alt_geom_ft !== undefined)
        parts.push(`${show('altitude', end.alt_geom_ft, units)} geometric`);
    return parts.join(', ');
}

function endBlock(name, mark, end, neighbours, units) {
    if (!end)
        return el('section', { class: 'end' }, el('h4', {}, `${mark} ${name}`),
            el('p', { class: 'quiet' }, `Not known: the track ${name === 'Entry' ? 'begins' : 'ends'} inside.`));
    const where = end.lat_deg === undefined ? ''
        : `${end.lat_deg.toFixed(4)}°, ${end.lon_deg.toFixed(4)}°${end.radius_m ? ` ± ${end.radius_m} m` : ''}`;
    return el('section', { class: 'end' }, el('h4', {}, `${mark} ${name}`), el('dl', {},
        fact('Time', end.time ? `${stamp(end.time)} UTC` : end.perhaps_stayed ? 'in a gap, or not at all: it may have stayed inside' : 'lies in a gap'),
        fact('Between', interval(end)), fact('Place', where), fact('Altitude', altitude(end, units)),
        fact(name === 'Entry' ? 'From' : 'To', neighbours === undefined ? '' : neighbours.length
            ? neighbours.join(', ') : 'high seas')));
}

function records(row) {
    const all = ['entry', 'exit'].flatMap((side) => (row[side]?.records ?? []).map((record) => ({ side, ...record })));
    if (!all.length)
        return null;
    return el('details', {}, el('summary', {}, `Records it rests on (${all.length})`),
        el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, el('tr', {},
            ['End', 'Member', 'Row', 'Input'].map((name) => el('th', { scope: 'col' }, name)))),
        el('tbody', {}, all.map(({ side, member, index, input, feed }) => el('tr', {}, el('td', {}, side),
            el('td', {}, member), el('td', { class: 'number' }, index),
            el('td', { class: 'digest' }, input ?? feed)))))));
}

/** Where it was when inside, how high: between two of these it went on evenly. @param {Object[]} ways of waysOf (map/tracks.js) */
function wayTable(ways, units) {
    const points = ways.flatMap(({ coordinates, times, alts }) => coordinates.map(([lon, lat], i) => ({ lon, lat, time: times[i], alt: alts[i] })))
        .filter(({ time }) => time !== null);
    if (!points.length)
        return null;
    return el('details', { class: 'way' }, el('summary', {}, `The way inside, with times and altitudes (${points.length})`),
        el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, el('tr', {},
            ['Time (UTC)', 'Latitude', 'Longitude', 'Barometric altitude'].map((name) => el('th', { scope: 'col' }, name)))),
        el('tbody', {}, points.map(({ time, lat, lon, alt }) => el('tr', {}, el('td', {}, stamp(time)),
            el('td', { class: 'number' }, `${lat.toFixed(4)}°`), el('td', { class: 'number' }, `${lon.toFixed(4)}°`),
            el('td', { class: 'number' }, show('altitude', alt, units) || 'not known')))))));
}

function findingBlock(finding, open) {
    return el('li', {}, el('button', { type: 'button', class: 'cite', onclick: () => open(finding) },
        `finding ${finding.n ?? finding.id.slice(0, 8)}`), ' ', el('strong', {}, plain(finding.verdict)),
    ` ${finding.rule}`, finding.against ? ` · ${finding.against}` : '',
    (finding.reasons ?? []).length ? el('p', {}, finding.reasons.join('; ')) : null);
}

function findingList(name, findings, open) {
    return (findings ?? []).length
        ? el('section', {}, el('h4', {}, name), el('ul', { class: 'plain' }, findings.map((one) => findingBlock(one, open))))
        : null;
}

function gapList(gaps) {
    if (!(gaps ?? []).length)
        return null;
    return el('section', {}, el('h4', {}, `Gaps (${gaps.length})`), el('ul', { class: 'plain' }, gaps.map((gap) =>
        el('li', {}, `${stamp(gap.gap_start)} to ${stamp(gap.gap_end)}, ${duration(gap.duration_s)}: `,
            el('strong', {}, plain(gap.cause) || 'not judged'),
            gap.others_heard === undefined ? null
                : el('p', {}, `${gap.others_heard} others were heard there within 15 minutes`)))));
}

function speeds(row, units) {
    if (row.avoidance_speed_kt === undefined)
        return null;
    return [fact('To stay out (V*)', `would have had to average ${show('speed', row.avoidance_speed_kt, units)}`),
        fact('Straight way', show('speed', row.direct_speed_kt, units)),
        fact('Limits', `${show('speed', row.hard_speed_kt, units)} hard, ${show('speed', row.usual_speed_kt, units)} usual`)];
}

/** Whose address, whose callsign: side by side, as aircraft are leased. */
function states(row) {
    const of = (operator) => `${operator.operator_icao}${operator.operator_state ? ` of ${operator.operator_state}` : ''}`;
    const elsewhere = (row.operators_elsewhere ?? []).map(of).join(', ');
    return [fact('Address', row.address_state ? `allocated to ${row.address_state}` : ''),
        fact('Callsign', row.operator_icao ? `operator ${of(row)}` : ''),
        fact('Of other states', elsewhere ? `${elsewhere}: common of leased aircraft` : '')];
}

function overview(row, units) {
    return el('dl', {},
        fact('Class', el('strong', {}, plain(row.class)), `: ${CLASS_WORDS[row.class] ?? ''}`),
        fact('Role', `${plain(row.role)}: ${ROLE_WORDS[row.role] ?? ''}`),
        fact('Inside', [duration(row.duration_s), show('distance', row.distance_m, units)].filter(Boolean).join(', ')),
        fact('Positions inside', row.n_fixes_inside === undefined ? ''
            : `${row.n_fixes_inside}, weakest grade ${row.weakest_grade ?? '?'}${
                row.holds_without_weak_fixes ? '; holds without the weak ones' : ''}`),
        fact('Any of', (row.any_of ?? []).map((set) => set.join(' or ')).join('; ')),
        speeds(row, units),
        fact('Boundary', row.edition ? `edition ${row.edition}, ± ${row.boundary_accuracy_m} m` : ''),
        fact('Registration', row.registration ? `${row.registration} (${plain(row.registration_source)}, ${
            row.registration_source_date ?? 'no date'})` : ''),
        fact('Operator', row.owner_operator), states(row), fact('Watches', (row.watches ?? []).join(', ')),
        fact('Identifier', el('code', {}, row.id)));
}

function heading(row, close, steps) {
    const name = row.callsign ?? row.registration ?? row.icao24;
    return el('header', {},
        el('h3', { tabindex: '-1' }, row.n === undefined ? '' : `${row.n} · `, name, ' over ', row.airspace,
            row.simulated ? el('span', { class: 'badge' }, 'simulated') : null),
        el('div', { class: 'tools' },
            el('button', { type: 'button', title: 'Previous row (k)', 'aria-label': 'Previous crossing', onclick: () => steps(-1) }, '↑'),
            el('button', { type: 'button', title: 'Next row (j)', 'aria-label': 'Next crossing', onclick: () => steps(1) }, '↓'),
            el('button', { type: 'button', title: 'Close (Esc)', 'aria-label': 'Close', onclick: close }, '✕')));
}

export const detailsHead = (title, close) => el('header', {}, el('h3', { tabindex: '-1' }, title), el('div', { class: 'tools' },
    el('button', { type: 'button', title: 'Close (Esc)', 'aria-label': 'Close', onclick: close }, '✕')));

/**
 * One finding: who is meant, what was found, for what reasons, on what sources.
 * @param {HTMLElement} root @param {Object} finding
 * @param {{close: Function, subject: number|undefined, openSubject: (() => void)|null}} options the number of its crossing
 */
export function showFinding(root, finding, { close, subject, openSubject }) {
    const [kind, name] = Object.entries(finding.about ?? {})[0] ?? ['', ''];
    const force = (value) => (value === undefined ? '' : value ? 'yes' : 'no');
    fill(root, detailsHead(`finding ${finding.n ?? ''} · ${plain(finding.verdict)}`, close),
        el('div', { class: 'details-body', tabindex: '0', role: 'region', 'aria-label': 'The finding' },
            el('dl', {}, fact('Rule', finding.rule), fact('About', openSubject
                ? [el('button', { type: 'button', class: 'cite', onclick: openSubject },
                    `${kind === 'crossing' ? '' : `${kind} of `}crossing ${subject}`), ' ', finding.subject ?? ''] : `${kind} ${finding.subject ?? name}`),
            finding.subject === undefined ? null : fact(`Identifier of the ${kind}`, el('code', {}, name)),
            fact('Against', finding.against),
            fact('In force on the day', force(finding.in_force_on_flight_date)), fact('In force today', force(finding.in_force_today)),
            fact('Independent inputs', finding.n_independent_inputs), fact('As of', stamp(finding.as_of)),
            fact('Identifier', el('code', {}, finding.id))),
            el('h4', {}, 'Reasons'), el('ul', {}, (finding.reasons ?? []).map((reason) => el('li', {}, reason))),
            (finding.sources ?? []).length ? [el('h4', {}, 'Sources'),
                el('ul', {}, [...new Set(finding.sources)].map((source) => el('li', {}, source)))] : null));
}

/**
 * @param {HTMLElement} root
 * @param {Object} row the crossing as the table has it
 * @param {Object|null} more `crossing` document, null until it is there
 * @param {{units: Object, regions: Object[], ways: Object[], close: Function, step: Function, openFinding: Function, isLive?: boolean, failed?: Error}} options
 *     `isLive`: it was told by an alert, and nothing else is known of it
 */
export function showDetails(root, row, more, { units, regions, ways, close, step, openFinding, isLive, failed }) {
    const route = `${place(row.from)} → ${place(row.to)}`;
    const aircraft = [row.registration, row.type_code, row.icao24].filter(Boolean).join(' · ');
    fill(root, heading(row, close, step),
        el('div', { class: 'details-body', tabindex: '0', role: 'region', 'aria-label': 'The crossing' },
            el('p', { class: 'route' }, el('strong', {}, route), `  ${aircraft}`),
            (more?.sentences ?? []).map(({ text }) => el('p', { class: 'sentence' }, text)),
            isLive ? el('p', { class: 'quiet' }, 'Told live: its way and what is held against it are known once its feed is scanned into the store.') : null,
            failed ? el('p', { class: 'error', role: 'alert' }, `${failed.message} ${failed.advice ?? ''}`) : null,
            el('div', { class: 'ends' }, endBlock('Entry', '▲', row.entry, row.entered_from, units),
                endBlock('Exit', '▽', row.exit, row.left_to, units)),
            overview(row, units),
            findingList('Lists that name it', more?.listings, openFinding),
            findingList('Findings', more?.findings, openFinding),
            gapList(more?.gaps), regions.map(({ words }) => el('p', { class: 'quiet' }, `Shaded on the map: ${words}`)), wayTable(ways, units), records(row),
            (more?.links ?? []).length ? el('p', { class: 'links' }, 'Elsewhere: ',
                more.links.map(({ name, url }, i) => [i ? ' · ' : '', outside(url, name)])) : null));
}
