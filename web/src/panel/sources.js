// SPDX-License-Identifier: Apache-2.0
//
// Where everything comes from: inputs, maps, lists, statements, with dates and hashes; what the archive
// has of each day; whom to name.

import { el, fill, outside } from '../dom.js';
import { plain } from '../words.js';
import { stamp } from '../units.js';

function table(caption, heads, rows) {
    return el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption }, el('table', {}, el('caption', {}, caption),
        el('thead', {}, el('tr', {}, heads.map((head) => el('th', { scope: 'col' }, head)))),
        el('tbody', {}, rows.map((cells) => el('tr', {}, cells.map((cell) => el('td', {}, cell)))))));
}

function sourceTable(sources) {
    if (!sources.length)
        return null;
    return table('Sources', ['#', 'Kind', 'Source', 'Date', 'SHA-256'], sources.map(({ n, kind, name, date, digest }) =>
        [n, plain(kind), name, date ?? '',
            el('span', { class: 'digest' }, digest ?? '')]));
}

/** Only what is remarkable: a whole year of days that are as they should be is one sentence. */
function completeness(rows) {
    if (!rows.length)
        return null;
    const odd = rows.filter(({ verdict }) => verdict && !/^(nothing_remarkable|too_few_to_judge)$/.test(verdict));
    const few = rows.filter(({ verdict }) => verdict === 'too_few_to_judge').length;
    return [el('h3', {}, 'Completeness'), el('p', {}, `${rows.length} days of inputs with data; ${
        odd.length} remarkable${few ? `, ${few} too few aircraft to judge` : ''}.`),
    odd.length ? table('Days with something remarkable', ['Day', 'What', 'Positions', 'Aircraft'],
        odd.slice(0, 200).map((row) => [row.day, plain(row.verdict), row.fixes, row.aircraft])) : null];
}

/** @param {HTMLElement} root @param {Object} documents index, case, inputs, completeness: what there is */
export function showSources(root, { index, case: ofCase, inputs, completeness: days }) {
    fill(root, el('div', { class: 'prose' },
        sourceTable(ofCase?.sources ?? []),
        inputs?.rows.length ? table('Inputs', ['#', 'Input', 'First position', 'Last position', 'Digest'],
            inputs.rows.map((row) => [row.n ?? '', row.path, stamp(row.first), stamp(row.last),
                el('span', { class: 'digest' }, row.digest ?? row.id ?? '')])) : null,
        completeness(days?.rows ?? []),
        el('h3', {}, 'Attribution'),
        el('ul', {}, (index.attribution ?? []).map(({ text, url }) => el('li', {}, url ? outside(url, text) : text)),
            el('li', {}, 'Map: MapLibre GL JS (BSD-3-Clause). Chart: Observable Plot (ISC).')),
        el('p', { class: 'quiet' }, `overflight ${index.version}, as of ${stamp(index.generated)} UTC`)));
}
