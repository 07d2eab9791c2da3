// SPDX-License-Identifier: Apache-2.0
//
// Where everything comes from: inputs, maps, lists, statements, with dates and hashes; what the archive
// has of each day; whom to name.

import { el, fill, outside } from '../dom.js';
import { download, toCsv } from '../table/export.js';
import { plain } from '../words.js';
import { duration, stamp } from '../units.js';

/** More rows than this are left to the file. */
const MANY = 200;
const column = (key, name, text = (row) => String(row[key] ?? ''), cell = text) => ({ key, name, text, cell });
const day = (key, name) => {
    const text = (row) => (row[key] ?? '').slice(0, 10);
    return column(key, name, text, (row) => el('time', {}, text(row)));
};
const digest = (key) => column(key, 'SHA-256', (row) => row[key] ?? '', (row) => el('span', { class: 'digest' }, row[key] ?? ''));

/** All columns that any row has something for, and a button that saves them. */
function table(name, caption, columns, rows) {
    if (!rows.length)
        return null;
    const used = columns.filter(({ text }) => rows.some((row) => text(row) !== ''));
    const save = el('button', { type: 'button', 'aria-label': `Save ${caption} as CSV`,
        onclick: () => download(`${name}.csv`, 'text/csv', toCsv(used, rows)) }, 'CSV');
    return [el('div', { class: 'caption' }, el('h3', {}, caption), save),
        el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption }, el('table', {},
            el('caption', { class: 'hidden' }, caption),
            el('thead', {}, el('tr', {}, used.map((one) => el('th', { scope: 'col' }, one.name)))),
            el('tbody', {}, rows.slice(0, MANY).map((row) => el('tr', {}, used.map(({ cell }) => el('td', {}, cell(row)))))))),
        rows.length > MANY ? el('p', { class: 'quiet' }, `and ${rows.length - MANY} more, in the file`) : null];
}

const SOURCE_COLUMNS = [column('n', '#'), column('kind', 'Kind', ({ kind }) => plain(kind)),
    column('name', 'Source', ({ name }) => name ?? '', ({ name, url }) => el('span', { class: 'source-name' },
        url ? outside(url, name ?? url) : name ?? '')),
    column('edition', 'Edition'), day('date', 'Date'), day('date_to', 'To'), column('licence', 'Licence'), digest('digest')];
const INPUT_COLUMNS = [column('n', '#'), column('path', 'Input'), column('first', 'First position', ({ first }) => stamp(first)),
    column('last', 'Last position', ({ last }) => stamp(last)),
    column('decimation_s', 'Thinned, no gap up to', ({ decimation_s: s }) => (s === undefined ? '' : duration(s))), digest('id')];
const DAY_COLUMNS = [column('day', 'Day'), column('verdict', 'What', ({ verdict }) => plain(verdict)), column('fixes', 'Positions'),
    column('aircraft', 'Aircraft')];

/** Only what is remarkable: a whole year of days that are as they should be is one sentence. */
function completeness(rows) {
    if (!rows.length)
        return null;
    const odd = rows.filter(({ verdict }) => verdict && !/^(nothing_remarkable|too_few_to_judge)$/.test(verdict));
    const few = rows.filter(({ verdict }) => verdict === 'too_few_to_judge').length;
    return [el('h3', {}, 'Completeness'), el('p', {}, `${rows.length} days of inputs with data; ${
        odd.length} remarkable${few ? `, ${few} too few aircraft to judge` : ''}.`),
    table('completeness', 'Days with something remarkable', DAY_COLUMNS, odd)];
}

/** @param {HTMLElement} root @param {Object} documents index, case, inputs, completeness: what there is */
export function showSources(root, { index, case: ofCase, inputs, completeness: days }) {
    fill(root, el('div', { class: 'prose' },
        table('sources', 'Sources', SOURCE_COLUMNS, ofCase?.sources ?? []),
        table('inputs', 'Inputs', INPUT_COLUMNS, inputs?.rows ?? []),
        completeness(days?.rows ?? []),
        el('h3', {}, 'Attribution'),
        el('ul', {}, (index.attribution ?? []).map(({ text, url }) => el('li', {}, url ? outside(url, text) : text)),
            el('li', {}, 'Map: MapLibre GL JS (BSD-3-Clause). Chart: Observable Plot (ISC).')),
        el('p', { class: 'quiet' }, `overflight ${index.version}${index.generated ? `, as of ${stamp(index.generated)} UTC` : ''}`)));
}
