// SPDX-License-Identifier: Apache-2.0
//
// What the invented world needs of geometry: on a sphere, good for drawing and for nothing else.

const RAD = Math.PI / 180;
const EARTH_M = 6371000;

function toVector([lon, lat]) {
    const c = Math.cos(lat * RAD);
    return [c * Math.cos(lon * RAD), c * Math.sin(lon * RAD), Math.sin(lat * RAD)];
}

function toPoint([x, y, z]) {
    return [Math.atan2(y, x) / RAD, Math.atan2(z, Math.hypot(x, y)) / RAD];
}

export function distanceM(a, b) {
    const [p, q] = [toVector(a), toVector(b)];
    return EARTH_M * 2 * Math.asin(Math.min(1, Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) / 2));
}

/** The point at a share of the great circle from a to b; longitudes run on from a's. */
export function between(a, b, share) {
    const angle = distanceM(a, b) / EARTH_M;
    if (angle === 0)
        return a;
    const [p, q] = [toVector(a), toVector(b)];
    const [wp, wq] = [Math.sin((1 - share) * angle), Math.sin(share * angle)];
    const [lon, lat] = toPoint(p.map((value, i) => value * wp + q[i] * wq));
    return [lon + 360 * Math.round((a[0] - lon) / 360), lat];
}

/** Ray casting, rings of [lon, lat]. */
export function isInside([x, y], polygons) {
    let inside = false;
    for (const rings of polygons)
        for (const ring of rings)
            for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
                const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
                if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi)
                    inside = !inside;
            }
    return inside;
}

/** How far p lies from the chord a-b, metres on a plane about it. */
function offChordM(p, a, b) {
    const k = Math.cos(p[1] * RAD);
    const [bx, by] = [(b[0] - a[0]) * k, b[1] - a[1]];
    const [px, py] = [(p[0] - a[0]) * k, p[1] - a[1]];
    const length2 = bx * bx + by * by;
    const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * bx + py * by) / length2));
    return Math.hypot(px - t * bx, py - t * by) * RAD * EARTH_M;
}

/** Douglas and Peucker: calls keep(i) for the vertices that the tolerance needs. */
export function simplify(line, toleranceM, keep) {
    const stack = [[0, line.length - 1]];
    keep(0);
    keep(line.length - 1);
    while (stack.length) {
        const [from, to] = stack.pop();
        let [worst, at] = [toleranceM, -1];
        for (let i = from + 1; i < to; i++) {
            const off = offChordM(line[i], line[from], line[to]);
            if (off > worst)
                [worst, at] = [off, i];
        }
        if (at >= 0) {
            keep(at);
            stack.push([from, at], [at, to]);
        }
    }
}

export function simplified(line, toleranceM) {
    const kept = new Set();
    simplify(line, toleranceM, (i) => kept.add(i));
    return line.filter((_, i) => kept.has(i));
}
