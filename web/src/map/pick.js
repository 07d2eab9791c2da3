// SPDX-License-Identifier: Apache-2.0
//
// Which way is under the pointer.

import { mercatorAt, mercatorY } from './tracks.js';

/** The square of a point's distance from a line's nearest part. */
function distance2(line, x, y) {
    let least = Infinity;
    for (let i = 2; i < line.length; i += 2) {
        const [ax, ay] = [line[i - 2], line[i - 1]];
        const [dx, dy] = [line[i] - ax, line[i + 1] - ay];
        const length2 = dx * dx + dy * dy;
        const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2));
        const [ex, ey] = [x - ax - t * dx, y - ay - t * dy];
        least = Math.min(least, ex * ex + ey * ey);
    }
    return least;
}

/**
 * The nearest segment within reach; of several one inside of an airspace that is asked for.
 * @param {ReturnType<import('./tracks.js').decodeTracks>} tracks
 * @param {{lng: number, lat: number, reach: number, level: number, wanted: (flight: number) => boolean}} where
 *     reach in widths of the world
 * @returns {import('./tracks.js').Segment|null}
 */
export function nearestSegment(tracks, { lng, lat, reach, level, wanted }) {
    const y = mercatorY(lat);
    const degrees = reach * 360;
    let best = null;
    let least = reach * reach;
    for (const segment of tracks.segments) {
        const [west, south, east, north] = segment.box;
        const turned = lng + 360 * Math.round(((west + east) / 2 - lng) / 360);
        if (turned < west - degrees || turned > east + degrees || lat < south - degrees || lat > north + degrees ||
            !wanted(segment.flight))
            continue;
        const off = distance2(mercatorAt(segment, level), turned / 360 + 0.5, y);
        const better = segment.airspace !== '' ? off : off * 1.5;
        if (better < least)
            [best, least] = [segment, better];
    }
    return best;
}
