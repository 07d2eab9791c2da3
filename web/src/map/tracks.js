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
 * @property {Float64Array|null} way how far along each vertex is, of 1; once it was asked for
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

function decodeSegment(segment, flight, unit) {
    const lon = summed(segment.lon, unit);
    const lat = summed(segment.lat, unit);
    return { flight, kind: segment.kind, airspace: segment.airspace ?? '', lon, lat, drawn: null, way: null,
        t: segment.t ?? null, z: segment.z, box: boxOf(lon, lat) };
}

/**
 * @param {Object} document of type `tracks`
 * @returns {{levels: {zoom: number, tolerance_m: number}[], flights: Object[], segments: Segment[]}}
 */
export function decodeTracks(document) {
    const segments = document.flights.flatMap((flight, i) =>
        flight.segments.map((segment) => decodeSegment(segment, i, document.unit_deg)));
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

/** Appends what lies between two places on their great circle, then the second of them. */
function extend(line, lon0, lat0, lon1, lat1) {
    const n = Math.ceil(Math.max(Math.abs(lon1 - lon0), Math.abs(lat1 - lat0)) / CHORD_DEG);
    if (n > 1) {
        const [p, q] = [toVector(lon0, lat0), toVector(lon1, lat1)];
        const angle = Math.acos(Math.min(1, p[0] * q[0] + p[1] * q[1] + p[2] * q[2]));
        for (let i = 1; i < n && angle > 0; i++) {
            const [wp, wq] = [Math.sin((1 - i / n) * angle), Math.sin((i / n) * angle)];
            const [x, y, z] = [wp * p[0] + wq * q[0], wp * p[1] + wq * q[1], wp * p[2] + wq * q[2]];
            const lon = Math.atan2(y, x) / RAD;
            // Longitudes run on: the turn that is nearest to where the line is.
            line.push([lon + 360 * Math.round((lon0 - lon) / 360), Math.atan2(z, Math.hypot(x, y)) / RAD]);
        }
    }
    line.push([lon1, lat1]);
}

/** The great circle between two places, longitude first; the second as near in longitude as a turn allows. */
export function greatCircle(lon0, lat0, lon1, lat1) {
    const line = [[lon0, lat0]];
    extend(line, lon0, lat0, lon1 + 360 * Math.round((lon0 - lon1) / 360), lat1);
    return line;
}

/** A segment as a level needs it, longitude first; what is long bends as great circles do. */
export function verticesAt(segment, level) {
    const { lon, lat, z } = segment;
    const line = [];
    let before = -1;
    for (let i = 0; i < lon.length; i++) {
        if (z[i] > level)
            continue;
        if (before < 0)
            line.push([lon[i], lat[i]]);
        else
            extend(line, lon[before], lat[before], lon[i], lat[i]);
        before = i;
    }
    return line;
}

/** Latitude as the map has it, 0 in the north to 1; the poles are as far off as it draws. */
export function mercatorY(lat) {
    const bounded = Math.min(85.05, Math.max(-85.05, lat));
    return 0.5 - Math.log(Math.tan(Math.PI / 4 + bounded * RAD / 2)) / (2 * Math.PI);
}

/** The same on the map, x and y in turn, in units of the world's width; made once a level. */
export function mercatorAt(segment, level) {
    segment.drawn ??= [];
    if (segment.drawn[level] === undefined) {
        const line = verticesAt(segment, level);
        const drawn = new Float64Array(2 * line.length);
        for (let i = 0; i < line.length; i++) {
            drawn[2 * i] = line[i][0] / 360 + 0.5;
            drawn[2 * i + 1] = mercatorY(line[i][1]);
        }
        segment.drawn[level] = drawn;
    }
    return segment.drawn[level];
}

/** Lengths on a plane about the middle of each edge: good for shares of a way. */
function wayOf(segment) {
    if (segment.way !== null)
        return segment.way;
    const { lon, lat } = segment;
    const way = new Float64Array(lon.length);
    for (let i = 1; i < lon.length; i++)
        way[i] = way[i - 1] + Math.hypot(lat[i] - lat[i - 1], (lon[i] - lon[i - 1]) * Math.cos((lat[i] + lat[i - 1]) / 2 * RAD));
    const whole = way[way.length - 1] || 1;
    segment.way = way.map((length) => length / whole);
    return segment.way;
}

/** The vertex behind a share of the way. */
function vertexBehind(way, share) {
    let [low, high] = [1, way.length - 1];
    while (low < high) {
        const middle = (low + high) >> 1;
        if (way[middle] < share)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const isFlownAt = ({ kind, t: times, lon }, t) => kind === 'flown' && times !== null && lon.length > 1 && t >= times[0] && t <= times[1];

/**
 * Where a flight was at a time, and which way it went, taken to have flown evenly between the ends of a segment;
 * null when it was not flying or in no known place.
 */
export function positionAt(segments, t) {
    const segment = segments.find((one) => isFlownAt(one, t));
    if (segment === undefined)
        return null;
    const { lon, lat, t: [start, end] } = segment;
    const way = wayOf(segment);
    const share = end > start ? (t - start) / (end - start) : 0;
    const i = vertexBehind(way, share);
    const part = way[i] > way[i - 1] ? (share - way[i - 1]) / (way[i] - way[i - 1]) : 0;
    const [dLat, dLon, mid] = [lat[i] - lat[i - 1], lon[i] - lon[i - 1], (lat[i] + lat[i - 1]) / 2 * RAD];
    return { lon: lon[i - 1] + part * dLon, lat: lat[i - 1] + part * dLat,
        track_deg: (Math.atan2(dLon * Math.cos(mid), dLat) / RAD + 360) % 360 };
}

/** When a segment passed its place that is nearest to this one, flown evenly; null where no time is known. */
export function timeNear(segment, lng, lat) {
    if (segment.t === null || segment.lon.length < 2)
        return null;
    const way = wayOf(segment);
    const [k, turned] = [Math.cos(lat * RAD), lng + 360 * Math.round((segment.lon[0] - lng) / 360)];
    let [least, share] = [Infinity, 0];
    for (let i = 1; i < way.length; i++) {
        const [x, y] = [(turned - segment.lon[i - 1]) * k, lat - segment.lat[i - 1]];
        const [dx, dy] = [(segment.lon[i] - segment.lon[i - 1]) * k, segment.lat[i] - segment.lat[i - 1]];
        const length2 = dx * dx + dy * dy;
        const part = length2 === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / length2));
        const off = Math.hypot(x - part * dx, y - part * dy);
        if (off < least)
            [least, share] = [off, way[i - 1] + part * (way[i] - way[i - 1])];
    }
    return segment.t[0] + share * (segment.t[1] - segment.t[0]);
}
