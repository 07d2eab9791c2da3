// SPDX-License-Identifier: Apache-2.0
//
// Rows as files. CSV as RFC 4180 has it, GeoJSON as RFC 7946, KML 2.2; the keys are those of the data.
// A cell that a spreadsheet would take for a formula gets an apostrophe before it.

import { AVIATION, begins, ends } from '../units.js';

const FORMULA = /^[=+\-@\t\r]/;

function cell(value) {
    if (value === undefined || value === null)
        return '';
    if (typeof value === 'number')
        return String(value);
    const text = FORMULA.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const valueOf = (column, row) => (column.value ? column.value(row) : column.text(row, AVIATION));

/** @param {import('./columns.js').Column[]} columns @param {Object[]} rows */
export function toCsv(columns, rows) {
    const lines = [columns.map(({ key }) => key).join(',')];
    for (const row of rows)
        lines.push(columns.map((column) => cell(valueOf(column, row))).join(','));
    return `${lines.join('\r\n')}\r\n`;
}

/** For pasting into a sheet: as shown, tabs between. */
export function toTabs(columns, rows, units) {
    const clean = (text) => {
        const line = String(text).replaceAll(/[\t\r\n]+/g, ' ');
        return FORMULA.test(line) ? `'${line}` : line;
    };
    return [columns.map(({ name }) => name).join('\t'),
        ...rows.map((row) => columns.map((column) => clean(column.text(row, units))).join('\t'))].join('\n');
}

/** Several ways (waysOf of map/tracks.js) as one geometry, with what GeoJSON says elsewhere; null without any. */
export const waysGeometry = (ways) => (ways.length ? { type: 'MultiLineString', coordinates: ways.map(({ coordinates }) => coordinates),
    times: ways.map(({ times }) => times), alts: ways.map(({ alts }) => alts) } : null);

/** @param {Object[]} rows @param {(row: Object) => Object|null} placeOf GeoJSON geometry of a row */
export function toGeoJson(rows, placeOf) {
    const features = rows.map((row) => {
        const { times, alts, ...geometry } = placeOf(row) ?? {};
        return { type: 'Feature', id: row.id, geometry: geometry.type ? geometry : null,
            properties: times ? { ...row, coordTimes: times, coord_alt_baro_ft: alts } : row };
    });
    return `${JSON.stringify({ type: 'FeatureCollection', features })}\n`;
}

const xml = (text) => String(text ?? '').replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const kmlPoints = (line) => line.map(([lon, lat]) => `${lon},${lat}`).join(' ');
const M_PER_FT = 0.3048;
/** A line with times: Google's extension, which plays it. Without all altitudes it lies on the ground. */
function kmlTrack(line, times, alts) {
    const high = alts.every((alt) => alt !== null);
    return `<gx:Track><altitudeMode>${high ? 'absolute' : 'clampToGround'}</altitudeMode>${times.map((time) => `<when>${time}</when>`).join('')}${
        line.map(([lon, lat], i) => `<gx:coord>${lon} ${lat} ${high ? (alts[i] * M_PER_FT).toFixed(1) : 0}</gx:coord>`).join('')}</gx:Track>`;
}
const kmlLine = (line) => `<LineString><tessellate>1</tessellate><coordinates>${kmlPoints(line)}</coordinates></LineString>`;

function kmlGeometry(geometry) {
    if (geometry === null || geometry === undefined)
        return '';
    const { type, coordinates, times, alts } = geometry;
    const part = (line, i) => (times?.[i].every(Boolean) ? kmlTrack(line, times[i], alts[i]) : kmlLine(line));
    return type === 'Point' ? `<Point><coordinates>${kmlPoints([coordinates])}</coordinates></Point>`
        : type === 'LineString' ? kmlLine(coordinates)
            : `<MultiGeometry>${coordinates.map(part).join('')}</MultiGeometry>`;
}

function placemark(row, place, { name, words, begin, end }) {
    return `<Placemark id="c${xml(row.id ?? row.n)}"><name>${xml(name)}</name><description>${xml(words)}</description>${
        begin && end ? `<TimeSpan><begin>${xml(begin)}</begin><end>${xml(end)}</end></TimeSpan>` : ''
    }${kmlGeometry(place)}</Placemark>`;
}

/** What KML says of a crossing. */
export function crossingMark(row) {
    return { name: `${row.n ?? ''} ${row.callsign ?? row.icao24} ${row.airspace}`.trim(),
        words: [row.class, row.role, row.entry?.time ?? begins(row), row.exit?.time ?? ends(row)].filter(Boolean).join(', '),
        begin: begins(row), end: ends(row) };
}

/**
 * @param {{title: string, attribution: string}} credits
 * @param {Object[]} rows @param {(row: Object) => Object|null} placeOf GeoJSON geometry of a row
 * @param {(row: Object) => {name: string, words: string, begin?: string, end?: string}} markOf
 */
export function toKml({ title, attribution }, rows, placeOf, markOf) {
    const marks = rows.map((row) => placemark(row, placeOf(row), markOf(row)));
    return `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>${
        xml(title)}</name><description>${xml(attribution)}</description>\n${marks.join('\n')}\n</Document></kml>\n`;
}

/** Hands a file to the reader. */
export function download(name, type, text) {
    const url = URL.createObjectURL(new Blob([text], { type }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
}
