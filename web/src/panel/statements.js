// SPDX-License-Identifier: Apache-2.0
//
// What was asked, ordered, inspected and said, each beside what the tracks say of it.

import { el, fill } from '../dom.js';
import { plain } from '../words.js';

const KINDS = [
    ['claims', 'Claims', (one) => `${one.party} said on ${one.date}: ${one.says}`],
    ['requests', 'Requests', (one) => `On ${one.date} ${one.by} asked ${one.to ?? ''}: ${one.asks}`],
    ['orders', 'Orders to land', (one) => `${one.by} ordered to land at ${one.land_at}, from ${one.valid_from}${
        one.valid_to ? ` until before ${one.valid_to}` : ''}`],
    ['inspections', 'Inspections', (one) => `Inspected by ${one.by} at ${one.at} on ${one.date}; said to be found: ${
        one.found ?? 'not said'}`],
];

/** More findings than this of one entry are left to the table. */
const MANY = 8;

function verdicts(one, findings, openFinding) {
    const own = (one.findings ?? []).map((id) => findings.get(id)).filter((finding) => finding !== undefined);
    // What is about the entry itself comes before what is about single journeys.
    own.sort((a, b) => Number('journey' in a.about) - Number('journey' in b.about) || a.n - b.n);
    return own.slice(0, MANY).map((finding) => el('li', {},
        el('strong', { class: `verdict ${finding.verdict}` }, plain(finding.verdict)), ' ',
        el('button', { type: 'button', class: 'cite', onclick: () => openFinding(finding) }, `finding ${finding.n}`),
        el('p', { class: 'quiet' }, (finding.reasons ?? []).slice(-2).join('; '))));
}

/**
 * @param {HTMLElement} root @param {Object} document `case`
 * @param {Map<string, Object>} findings by id @param {(finding: Object) => void} openFinding
 */
export function showStatements(root, document, findings, openFinding) {
    const sections = KINDS.filter(([key]) => (document[key] ?? []).length).map(([key, name, words]) =>
        el('section', {}, el('h3', {}, name), document[key].map((one) => el('article', {},
            el('p', {}, words(one)),
            el('ul', { class: 'plain' }, verdicts(one, findings, openFinding)),
            el('p', { class: 'source' }, 'Source: ', one.source, one.second_hand ? ' (second-hand)' : '')))));
    fill(root, el('div', { class: 'prose' }, sections.length ? sections
        : el('p', { class: 'empty' }, 'The case names no claims, requests, orders or inspections.')));
}
