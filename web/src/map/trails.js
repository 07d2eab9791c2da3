// SPDX-License-Identifier: Apache-2.0
//
// Where aircraft flew since the page listens, of what each poll told of them. Who is not told of any more has no trail:
// nobody knows where it went. So there is a position a minute at least, and no gap in a trail.

/** Positions nearer in time stand for one another, but the last one always counts. */
const EVERY_MS = 10000;
/** Of one aircraft: two hours; and of all together, since all are drawn anew with each poll. */
const MOST = 720;
const MOST_IN_ALL = 60000;

/** Longitudes run on over 180 degrees. */
const runOn = (lon, before) => (before === undefined ? lon : lon + 360 * Math.round((before.lon - lon) / 360));

/** Of airspaces that lie in one another the last one told is the smaller. */
function placeOf({ lat_deg: lat, lon_deg: lon, seen_s: seen, airspaces }, now, before) {
    return { t: now - 1000 * seen, lon: runOn(lon, before), lat, airspace: airspaces.at(-1) ?? '' };
}

/** @param {Object[]} way as it was @returns {Object[]} with one place more, if it is one */
function extended(way, one, now, most) {
    const [before, last] = [way.at(-2), way.at(-1)];
    const place = placeOf(one, now, last);
    if (last !== undefined && place.lon === last.lon && place.lat === last.lat)
        return way;
    const stands = before !== undefined && last.t - before.t < EVERY_MS && last.airspace === before.airspace;
    return [...(stands ? way.slice(0, -1) : way), place].slice(-most);
}

/** Lines of one airspace each; what leads out of one belongs to it. */
function linesOf(way) {
    const lines = [];
    way.forEach(({ lon, lat, airspace }, i) => {
        lines.at(-1)?.coordinates.push([lon, lat]);
        if (i < way.length - 1 && airspace !== lines.at(-1)?.airspace)
            lines.push({ airspace, coordinates: [[lon, lat]] });
    });
    return lines;
}

export class Trails {
    constructor() {
        this.ways = new Map();
    }

    /** @param {{now?: string, aircraft: Object[]}} live the document @returns {Object} GeoJSON of lines with `airspace` */
    follow({ now, aircraft }) {
        const most = Math.max(2, Math.min(MOST, Math.floor(MOST_IN_ALL / Math.max(1, aircraft.length))));
        this.ways = new Map(aircraft.map((one) =>
            [one.icao24, extended(this.ways.get(one.icao24) ?? [], one, Date.parse(now), most)]));
        return { type: 'FeatureCollection', features: [...this.ways.values()].flatMap(linesOf).map(({ airspace, coordinates }) =>
            ({ type: 'Feature', properties: { airspace }, geometry: { type: 'LineString', coordinates } })) };
    }
}
