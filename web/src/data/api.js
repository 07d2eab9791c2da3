// SPDX-License-Identifier: Apache-2.0
//
// Documents of `overflight serve`.

import { DocumentError } from './source.js';

const base = 'api/v1/';
const PAGE_ROWS = 10000;

async function get(path) {
    let response;
    try {
        response = await fetch(base + path, { headers: { Accept: 'application/json' } });
    } catch {
        throw new DocumentError('The server does not answer.',
            'See whether `overflight serve` still runs, then try again.');
    }
    if (response.ok)
        return response.json();
    const error = await response.json().then((body) => body.error, () => null);
    const advice = response.status === 429 ? 'Too many requests: wait a few seconds, then try again.'
        : response.status === 401 ? 'This server asks for a token: open the link that it printed.'
            : 'Its log tells more.';
    throw new DocumentError(error?.message ?? `The server answers ${response.status}.`, advice, response.status);
}

/** Documents of rows come in pages. */
async function whole(name) {
    const paged = /^(crossings|findings|permits|lists|claims|gaps|inputs|completeness)$/.test(name);
    const first = await get(paged ? `${name}?limit=${PAGE_ROWS}` : name);
    for (let next = first.next; next !== undefined;) {
        const page = await get(`${name}?limit=${PAGE_ROWS}&after=${encodeURIComponent(next)}`);
        first.rows = first.rows.concat(page.rows);
        next = page.next;
    }
    return first;
}

/** Alerts as they come; the browser connects again by itself, and says which it had last. */
function events({ alert, leftOff, state }) {
    const stream = new EventSource(`${base}events`);
    stream.addEventListener('alert', (event) => alert(JSON.parse(event.data)));
    stream.addEventListener('left_off', (event) => leftOff(JSON.parse(event.data).n_crossings));
    stream.addEventListener('open', () => state('connected'));
    stream.addEventListener('error', () =>
        state(stream.readyState === EventSource.CLOSED ? 'closed' : 'connecting'));
    return () => stream.close();
}

/** @returns {import('./source.js').Source} */
export function openApi() {
    return {
        document: whole,
        crossing: (id) => get(`crossings/${encodeURIComponent(id)}`),
        airspaces: (names) => get(`airspaces?airspace=${encodeURIComponent(names.join(','))}`),
        events,
    };
}
