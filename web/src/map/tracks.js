// SPDX-License-Identifier: Apache-2.0
//
// The document `tracks`: differences to places, and what of them a zoom needs. Every vertex says from
// which level on it is needed, so that one document serves all zooms.

/**
 * @typedef {Object} Segment
 * @property {number} flight index into `flights`
 * @property {string} kind flown, gap or ground
 * @property {string} airspace '' outside of those asked
 * @property {Float64Array} lon @property {Float64Array} lat degrees; longitudes run on over 180
 * @property {number[]|null} t of the first and the last vertex, seconds since 1970
 * @property {Float64Array|null} s of each vertex, seconds since 1970; null where the document has none
 * @property {Float64Array|null} alt feet, NaN where not known
 * @property {ArrayLike<number>} z
 * @property {number[]} box west, south, east, north
 * @property {Float64Array[]|null} drawn by level, once it was drawn
 */

function summed(differences, unit) {
    const values = new Float64Array(differences.length);
    let sum = 0;
    for (let i = 0; i < differences.length; i++) {
        sum += differences[i];
        values[i] = sum * unit;
    }
    return values;
}

/** Altitudes: sums as well, over those that are known. */
function summedKnown(differences, unit) {
    let sum = 0;
    return Float64Array.from(differences, (one) => (one === null ? NaN : (sum += one) * unit));
}

function boxOf(lon, lat) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < lon.length; i++) {
        west = lon[i] < west ? lon[i] : west;
        east = lon[i] > east ? lon[i] : east;
        south = lat[i] < south ? lat[i] : south;
        north = lat[i] > north ? lat[i] : north;
    }
    return [west, south, east, north];
}

function decodeSegment(segment, flight, { unit_deg: unit, unit_ft: unitFt }) {
    const lon = summed(segment.lon, unit);
    const lat = summed(segment.lat, unit);
    return { flight, kind: segment.kind, airspace: segment.airspace ?? '', lon, lat, drawn: null,
        t: segment.t ?? null, s: segment.s ? summed(segment.s, 1) : null,
        alt: segment.alt ? summedKnown(segment.alt, unitFt) : null, z: segment.z, box: boxOf(lon, lat) };
}

/**
 * @param {Object} document of type `tracks`
 * @returns {{levels: {zoom: number, tolerance_m: number}[], flights: Object[], segments: Segment[]}}
 */
export function decodeTracks(document) {
    const segments = document.flights.flatMap((flight, i) =>
        flight.segments.map((segment) => decodeSegment(segment, i, document)));
    const flights = document.flights.map(({ segments: own, ...flight }) => flight);
    return { levels: document.levels, flights, segments };
}

/** The level whose error is below half a pixel at this zoom; the finest when there is none. */
export function levelAt(levels, zoom) {
    const level = levels.findIndex((candidate) => candidate.zoom >= zoom);
    return level < 0 ? levels.length - 1 : level;
}

const RAD = Math.PI / 180;
/** Chords of the map longer than this are drawn as the great circles that they stand for. */
const CHORD_DEG = 1.5;

function toVector(lon, lat) {
    const c = Math.cos(lat * RAD);
    return [c * Math.cos(lon * RAD), c * Math.sin(lon * RAD), Math.sin(lat * RAD)];
}

/** What lies between two places on their great circle, then the second of them. @param {(lon: number, lat: number) => void} put */
function extend(put, lon0, lat0, lon1, lat1) {
    const n = Math.ceil(Math.max(Math.abs(lon1 - lon0), Math.abs(lat1 - lat0)) / CHORD_DEG);
    if (n > 1) {
        const [p, q] = [toVector(lon0, lat0), toVector(lon1, lat1)];
        const angle = Math.acos(Math.min(1, p[0] * q[0] + p[1] * q[1] + p[2] * q[2]));
        for (let i = 1; i < n && angle > 0; i++) {
            const [wp, wq] = [Math.sin((1 - i / n) * angle), Math.sin((i / n) * angle)];
            const [x, y, z] = [wp * p[0] + wq * q[0], wp * p[1] + wq * q[1], wp * p[2] + wq * q[2]];
            const lon = Math.atan2(y, x) / RAD;
            // Longitudes run on: the turn that is nearest to where the line is.
            put(lon + 360 * Math.round((lon0 - lon) / 360), Math.atan2(z, Math.hypot(x, y)) / RAD);
        }
    }
    put(lon1, lat1);
}

/** The great circle between two places, longitude first; the second as near in longitude as a turn allows. */
export function greatCircle(lon0, lat0, lon1, lat1) {
    const line = [[lon0, lat0]];
    extend((...place) => line.push(place), lon0, lat0, lon1 + 360 * Math.round((lon0 - lon1) / 360), lat1);
    return line;
}

/** The vertices that a level needs, one after another; what is long bends as great circles do. */
function walk({ lon, lat, z }, level, put) {
    let before = -1;
    for (let i = 0; i < lon.length; i++) {
        if (z[i] > level)
            continue;
        if (before < 0)
            put(lon[i], lat[i]);
        else
            extend(put, lon[before], lat[before], lon[i], lat[i]);
        before = i;
    }
}

/** A segment as a level needs it, longitude first. */
export function verticesAt(segment, level) {
    const line = [];
    walk(segment, level, (lon, lat) => line.push([lon, lat]));
    return line;
}

/** Latitude as the map has it, 0 in the north to 1; the poles are as far off as it draws. */
export function mercatorY(lat) {
    const bounded = Math.min(85.05, Math.max(-85.05, lat));
    return 0.5 - Math.log(Math.tan(Math.PI / 4 + bounded * RAD / 2)) / (2 * Math.PI);
}

/** A line on the map, x and y in turn, in units of the world's width. @param {number[][]} line longitude first */
export function mercatorLine(line) {
    const drawn = new Float64Array(2 * line.length);
    for (let i = 0; i < line.length; i++) {
        drawn[2 * i] = line[i][0] / 360 + 0.5;
        drawn[2 * i + 1] = mercatorY(line[i][1]);
    }
    return drawn;
}

/** A segment on the map; made once a level. */
export function mercatorAt(segment, level) {
    segment.drawn ??= [];
    if (segment.drawn[level] === undefined) {
        const drawn = [];
        walk(segment, level, (lon, lat) => drawn.push(lon / 360 + 0.5, mercatorY(lat)));
        segment.drawn[level] = new Float64Array(drawn);
    }
    return segment.drawn[level];
}

/**
 * The turns of the world on which what lies between two places, in widths of the world, is in a view.
 * @param {{x: number, scale: number, width: number}} view
 */
export function turnsInView({ x, scale, width }, west, east) {
    const half = width / 2 / scale;
    const first = Math.ceil(x - half - east);
    return Array.from({ length: Math.max(0, Math.floor(x + half - west) - first + 1) }, (_, i) => first + i);
}

/** A place of the map in the pixels of a view: on the turn of the world that is nearest to its middle. */
export function placeIn(view, { x, y }) {
    const turned = x - view.x - Math.round(x - view.x);
    return [turned * view.scale + view.width / 2, (y - view.y) * view.scale + view.height / 2];
}

/** The vertex behind a time. */
function vertexBehind(times, t) {
    let [low, high] = [1, times.length - 1];
    while (low < high) {
        const middle = (low + high) >> 1;
        if (times[middle] < t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const between = (values, i, part) => values[i - 1] + part * (values[i] - values[i - 1]);

/** What is known at a part of the way from vertex i - 1 to i: between two vertices all goes on evenly. */
function whenAt({ s, alt }, i, part) {
    const feet = alt === null ? NaN : part === 0 ? alt[i - 1] : part === 1 ? alt[i] : between(alt, i, part);
    return { t: between(s, i, part), alt_ft: Number.isNaN(feet) ? null : feet };
}

const isFlownAt = ({ kind, t: times, s }, t) => kind === 'flown' && s?.length > 1 && t >= times[0] && t <= times[1];

/** Where a flight was at a time, how high, and which way it went; null when it was not flying or in no known place. */
export function positionAt(segments, t) {
    const segment = segments.find((one) => isFlownAt(one, t));
    if (segment === undefined)
        return null;
    const { lon, lat, s } = segment;
    const i = vertexBehind(s, t);
    const part = s[i] > s[i - 1] ? Math.min(1, Math.max(0, (t - s[i - 1]) / (s[i] - s[i - 1]))) : 0;
    const [dLat, dLon, mid] = [lat[i] - lat[i - 1], lon[i] - lon[i - 1], (lat[i] + lat[i - 1]) / 2 * RAD];
    return { lon: between(lon, i, part), lat: between(lat, i, part), alt_ft: whenAt(segment, i, part).alt_ft,
        track_deg: (Math.atan2(dLon * Math.cos(mid), dLat) / RAD + 360) % 360 };
}

/**
 * When a segment passed its place that is nearest to this one, and how high.
 * @returns {{t: number, alt_ft: number|null}|null} null where no time is known
 */
export function whenNear(segment, lng, lat) {
    const { lon, lat: lats, s } = segment;
    if (s === null || lon.length < 2)
        return null;
    const [k, turned] = [Math.cos(lat * RAD), lng + 360 * Math.round((lon[0] - lng) / 360)];
    let [least, at, share] = [Infinity, 1, 0];
    for (let i = 1; i < lon.length; i++) {
        const [x, y] = [(turned - lon[i - 1]) * k, lat - lats[i - 1]];
        const [dx, dy] = [(lon[i] - lon[i - 1]) * k, lats[i] - lats[i - 1]];
        const length2 = dx * dx + dy * dy;
        const part = length2 === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / length2));
        const off = Math.hypot(x - part * dx, y - part * dy);
        if (off < least)
            [least, at, share] = [off, i, part];
    }
    return whenAt(segment, at, share);
}

const isoOf = (s) => new Date(s * 1000).toISOString();

/**
 * Segments as lines for files and tables, all vertices that the document has.
 * @returns {{coordinates: number[][], times: (string|null)[], alts: (number|null)[]}[]} longitude first; null: not known
 */
export function waysOf(segments) {
    return segments.filter(({ lon }) => lon.length > 1).map(({ lon, lat, s, t, alt }) => ({
        coordinates: Array.from(lon, (x, i) => [Number(x.toFixed(5)), Number(lat[i].toFixed(5))]),
        times: Array.from(lon, (_, i) => (s ? isoOf(s[i]) : t && i === 0 ? isoOf(t[0]) : t && i === lon.length - 1 ? isoOf(t[1]) : null)),
        alts: Array.from(lon, (_, i) => (alt && !Number.isNaN(alt[i]) ? alt[i] : null)),
    }));
}
