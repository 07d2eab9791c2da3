// SPDX-License-Identifier: Apache-2.0
//
// The case in words: question, answer, method, limits. Every sentence names the findings that it was made
// from.

import { el, fill } from '../dom.js';
import { plain, zoneTimes } from '../words.js';

const MANY = 6;

/** What a sentence rests on: findings of the case, else sources by their numbers. */
function citations({ findings = [], sources = [] }, open) {
    const shown = findings.slice(0, MANY).map((id) => el('button', { type: 'button', class: 'cite', title: id,
        onclick: () => open.finding(id) }, `finding ${open.numberOf(id)}`));
    const rest = Math.max(0, findings.length - MANY);
    const from = sources.length ? el('button', { type: 'button', class: 'cite', onclick: open.sources },
        `source${sources.length > 1 ? 's' : ''} ${sources.slice(0, MANY).join(', ')}${sources.length > MANY ? ' …' : ''}`) : null;
    return el('span', { class: 'cites' }, shown.map((button) => [' ', button]), rest ? ` and ${rest} more` : '', from ? [' ', from] : null);
}

const sentences = (list, open) => (list ?? []).map((one) => el('p', {}, one.text, citations(one, open)));

function section(name, ...content) {
    return content.flat().length ? el('section', {}, el('h3', {}, name), ...content) : null;
}

function withheldWords({ withheld = {}, public: isPublic }) {
    const names = { ladd: 'rows of aircraft on the FAA’s LADD list', pia: 'rows of PIA addresses', permits: 'permit rows', notes: 'private notes' };
    const parts = Object.entries(withheld).filter(([, n]) => n > 0).map(([kind, n]) => `${n} ${names[kind] ?? kind}`);
    if (!isPublic)
        return null;
    return el('p', { class: 'notice' }, parts.length ? `Withheld from this public page: ${parts.join(', ')}.`
        : 'This is a public page; no rows had to be withheld.');
}

/**
 * @param {HTMLElement} root @param {Object} document `case` @param {Object} index
 * @param {Object[]|undefined} zones of `airspaces`
 * @param {{finding: (id: string) => void, numberOf: (id: string) => string, sources: () => void}} open
 * @param {HTMLElement|null} told how many there are with what is told live
 */
export function showAnswer(root, document, index, zones, open, told) {
    fill(root, el('div', { class: 'prose' },
        el('h2', {}, document.title ?? index.title),
        index.simulated ? el('p', { class: 'notice' }, 'The traffic on this page is simulated: no aircraft flew so.') : null,
        withheldWords(index),
        document.question ? el('p', { class: 'question' }, document.question) : null,
        (document.missing ?? []).length ? el('p', { class: 'notice' },
            `Not in the store yet: ${document.missing.join(', ')}. Run \`overflight scan --case\` with them.`) : null,
        section('Answer', told ?? [], sentences(document.answer, open)),
        section('Watches', (document.watches ?? []).map((watch) => el('p', {}, el('strong', {}, watch.name),
            ` ${watch.about ?? watch.words}`))),
        section('Limits', sentences(document.limits, open)),
        section('Method', sentences(document.method, open)),
        section('Closures and zones', (zones ?? []).map((zone) => el('p', {}, el('strong', {}, zone.name ?? zone.airspace),
            ` ${plain(zone.kind)} of ${zone.airspace}: ${zoneTimes(zone)}`))),
        section('Measures', (document.embargoes ?? []).map((one) => el('p', {}, el('strong', {}, one.instrument),
            ` ${one.paragraph ? `paragraph ${one.paragraph}, ` : ''}in force from ${one.valid_from}${
                one.valid_to ? ` until before ${one.valid_to}` : ''}${one.contested_by ? `, contested by ${one.contested_by}` : ''}: ${one.says}`))),
        section('Notes', (document.notes ?? []).map((note) => el('p', {}, `[${note.number}] ${note.text}`,
            note.author ? el('span', { class: 'quiet' }, ` ${note.author}`) : null))),
        (document.tags ?? []).length ? el('p', { class: 'tags' }, document.tags.map((tag) => el('span', {}, tag))) : null));
}
