// SPDX-License-Identifier: Apache-2.0
//
// Links that travel: the parameters that tar1090 has (README-query.md of wiedehopf/tar1090), and ours.
// In a page from disk they stand behind `#?`, since a browser lets such a page change nothing else.

const DAY_MS = 86400000;

/** tar1090 counts zoom in tiles of 256 pixels, MapLibre of 512. */
const ZOOM_OFFSET = 1;

function number(text, min, max) {
    const value = text === null || text.trim() === '' ? NaN : Number(text);
    return value >= min && value <= max ? value : undefined;
}

/** `2012-10-02` as its first millisecond, undefined when it is no day. */
function dayStart(text) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text ?? ''))
        return undefined;
    const ms = Date.parse(`${text}T00:00:00Z`);
    return Number.isNaN(ms) ? undefined : ms;
}

/** `04:10` or `04:10:30` as milliseconds of the day. */
function timeOfDay(text) {
    const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text ?? '');
    if (match === null)
        return undefined;
    const ms = (Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0)) * 1000;
    return ms <= DAY_MS ? ms : undefined;
}

function traceTime(parameters) {
    const start = dayStart(parameters.get('showTrace'));
    if (start === undefined)
        return null;
    const from = start + (timeOfDay(parameters.get('startTime')) ?? 0);
    const last = dayStart(parameters.get('endDay')) ?? start;
    const to = last + (timeOfDay(parameters.get('endTime')) ?? DAY_MS);
    return from < to ? { from, to } : { from: start, to: start + DAY_MS };
}

function view(parameters) {
    const zoom = number(parameters.get('zoom'), 0, 24);
    const lat = number(parameters.get('lat'), -90, 90);
    const lon = number(parameters.get('lon'), -180, 180);
    return {
        zoom: zoom === undefined ? undefined : Math.max(0, zoom - ZOOM_OFFSET),
        center: lat === undefined || lon === undefined ? undefined : [lon, lat],
    };
}

/** What `replay=2012-10-02-04:10` plays from on, this much at once. */
const REPLAY_MS = 600000;

function replayTime(parameters) {
    const [, day, time] = /^(\d{4}-\d{2}-\d{2})-(\d{1,2}:\d{2})$/.exec(parameters.get('replay') ?? '') ?? [];
    const [start, ms] = [dayStart(day), timeOfDay(time)];
    return start === undefined || ms === undefined ? null : { from: start + ms, to: start + ms + REPLAY_MS };
}

/** tar1090's names of columns, as ours are called. */
const SORTED_BY = { icao: 'icao24', flight: 'callsign', registration: 'registration', aircraft_type: 'type_code',
    altitude: 'entry_alt_baro_ft', distance: 'distance_m' };
const ADDRESS = /^~?[0-9a-f]{6}$/;
const split = (text) => (text ?? '').split(',').map((word) => word.replaceAll(/\s/g, '')).filter(Boolean);
const addresses = (text) => split(text).map((word) => word.toLowerCase()).filter((word) => ADDRESS.test(word));
/** Its patterns' brackets around alternatives are not needed here. */
const pattern = (text) => [(text ?? '').replaceAll(/\s/g, '').replace(/^(\^?)\((.*)\)$/, (_, start, words) => words.split('|').map((word) => start + word).join('|'))];

/** Of tar1090, or ours: what the filter says, its sign, the words of the parameter. */
const TERMS = [
    ['icao', 'icao24', '', addresses], ['icaoFilter', 'icao24', '', addresses], ['icaoBlacklist', 'icao24', '-', addresses],
    ['filterIcao', 'icao24', '', pattern], ['reg', 'registration', '', split], ['filterCallSign', 'callsign', '', pattern],
    ['filterType', 'type_code', '', pattern], ['filterDbFlag', 'db_flags', '', split],
];

/** Names in any case, as tar1090 takes them. */
function readAny(search) {
    const found = new Map([...new URLSearchParams(search)].map(([key, value]) => [key.toLowerCase(), value]));
    return { has: (name) => found.has(name.toLowerCase()), get: (name) => found.get(name.toLowerCase()) ?? null };
}

function queryOf(parameters, isolated) {
    const terms = TERMS.filter(([name]) => isolated || name !== 'icao').map(([name, key, sign, read]) => {
        const words = parameters.has(name) ? read(parameters.get(name)).filter(Boolean) : [];
        return words.length ? `${sign}${key}:${words.join('|')}` : '';
    });
    if (parameters.has('mil'))
        terms.push('db_flags:military');
    return [...terms, parameters.get('q') ?? ''].filter(Boolean).join(' ');
}

/**
 * @param {string} search behind the question mark, with or without it
 * @returns {{query: string, time: {from: number, to: number}|null, crossing: string|null, tab: string|null,
 *     theme: string|null, zoom: number|undefined, center: number[]|undefined, chosen: string[], sort: Object|null,
 *     hideSideBar: boolean, hideButtons: boolean, play: boolean}} `chosen`: addresses to select among all others
 */
export function parseParameters(search) {
    const parameters = readAny(search);
    const isolated = !parameters.has('noIsolation');
    const [theme, replay, kiosk] = [parameters.get('theme'), replayTime(parameters), parameters.has('kiosk')];
    const sortKey = Object.hasOwn(SORTED_BY, parameters.get('sortBy') ?? '') ? SORTED_BY[parameters.get('sortBy')] : null;
    return {
        query: queryOf(parameters, isolated),
        time: replay ?? traceTime(parameters),
        play: replay !== null,
        crossing: parameters.get('crossing'),
        tab: parameters.get('tab'),
        theme: theme === 'dark' || theme === 'light' ? theme : null,
        chosen: isolated ? [] : addresses(parameters.get('icao')),
        sort: sortKey === null ? null : { key: sortKey, descending: parameters.has('sortByReverse') },
        hideSideBar: parameters.has('hideSideBar') || kiosk,
        hideButtons: parameters.has('hideButtons') || kiosk,
        ...view(parameters),
    };
}

/** tar1090 shows a day at the most: `endDay`, the last one of a longer window, is ours. */
function timeParameters(time, parameters) {
    const from = new Date(time.from).toISOString();
    const isWhole = time.to % DAY_MS === 0;
    const end = new Date(isWhole ? time.to - DAY_MS : time.to).toISOString();
    parameters.set('showTrace', from.slice(0, 10));
    if (!from.endsWith('T00:00:00.000Z'))
        parameters.set('startTime', from.slice(11, 19));
    if (from.slice(0, 10) !== end.slice(0, 10))
        parameters.set('endDay', end.slice(0, 10));
    if (!isWhole)
        parameters.set('endTime', end.slice(11, 19));
}

/** Which parameter says a term of the filter; a list of addresses is none of the patterns. */
function parameterOf(sign, key, value) {
    const lists = { icao24: sign ? 'icaoBlacklist' : 'icao', registration: 'reg', db_flags: 'filterDbFlag' };
    const words = value.split('|');
    if (Object.hasOwn(lists, key) && (key !== 'icao24' || words.every((word) => ADDRESS.test(word))))
        return sign && key !== 'icao24' ? null : [lists[key], words.join(',')];
    const patterns = { icao24: 'filterIcao', callsign: 'filterCallSign', type_code: 'filterType' };
    return sign || !Object.hasOwn(patterns, key) ? null : [patterns[key], value];
}

/** The terms that tar1090 has a parameter for get it; the rest is `q`. */
function queryParameters(query, parameters) {
    const rest = [];
    for (const term of query.split(/\s+/).filter(Boolean)) {
        const [, sign, key, value] = /^(-?)(\w+):(.+)$/.exec(term) ?? [];
        const [name, text] = (key && parameterOf(sign, key, value)) ?? [];
        if (name && !parameters.has(name))
            parameters.set(name, text);
        else
            rest.push(term);
    }
    if (rest.length)
        parameters.set('q', rest.join(' '));
}

/**
 * The inverse: what is shown, as parameters.
 * @param {Object} shown query, time, crossing, tab, theme, hideSideBar, hideButtons, zoom, center as parseParameters gives them
 */
export function writeParameters(shown) {
    const parameters = new URLSearchParams();
    if (shown.query)
        queryParameters(shown.query, parameters);
    if (shown.time)
        timeParameters(shown.time, parameters);
    for (const key of ['crossing', 'tab', 'theme'])
        if (shown[key])
            parameters.set(key, shown[key]);
    for (const key of ['hideSideBar', 'hideButtons'])
        if (shown[key])
            parameters.set(key, '');
    if (shown.center) {
        parameters.set('zoom', (shown.zoom + ZOOM_OFFSET).toFixed(1));
        parameters.set('lat', shown.center[1].toFixed(3));
        parameters.set('lon', shown.center[0].toFixed(3));
    }
    return parameters.toString();
}

/** The parameters of the address that the page has. */
export function currentParameters() {
    const behindHash = location.hash.startsWith('#?') ? location.hash.slice(2) : '';
    return parseParameters(behindHash || location.search);
}

/** Puts them into the address, without a step in the history. */
export function replaceParameters(shown) {
    const text = writeParameters(shown);
    const embedded = location.protocol === 'file:';
    const address = embedded ? `#?${text}` : `?${text}`;
    try {
        history.replaceState(null, '', text ? address : embedded ? '#' : location.pathname);
    } catch {
        // A page without an origin of its own may not; then links do not follow what is shown.
    }
}
