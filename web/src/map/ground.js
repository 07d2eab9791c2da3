// SPDX-License-Identifier: Apache-2.0
//
// Boundaries, areas asked for, names and interference, in the picture of the ways: drawn once with them, they
// cost nothing when the map is moved. Drawn by MapLibre they would cover the whole view once more a frame.

import { visible } from '../words.js';
import { linesOf, namesOf, outlineFeatures } from './features.js';
import { mercatorLine, mercatorY, placeIn, turnsInView } from './tracks.js';

const FILL = { country: 0.06, zone: 0.16, high: 0.3, medium: 0.14, sink: 0, low: 0.1 };
/** Vertices nearer to one another are one. */
const LEAST_PX = 0.6;
/** Names are this wide at the most, where they can be parted. */
const NAME_EM = 10;

function boxOf(line) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < line.length; i += 2) {
        box[0] = Math.min(box[0], line[i]);
        box[1] = Math.min(box[1], line[i + 1]);
        box[2] = Math.max(box[2], line[i]);
        box[3] = Math.max(box[3], line[i + 1]);
    }
    return box;
}

/** @param {Object} collection GeoJSON @param {(properties: Object) => string} part what it is drawn as */
function shapesOf({ features }, part) {
    return features.map(({ properties, geometry }) => ({ part: part(properties), airspace: properties.airspace,
        lines: linesOf(geometry).map(mercatorLine).map((line) => ({ line, box: boxOf(line) })) }));
}

/** @param {Object} document `airspaces` */
export function groundOf({ airspaces, boundaries = { features: [] }, zones }) {
    return { areas: shapesOf(airspaces, ({ kind }) => (kind === 'country' ? 'country' : 'zone')),
        // All in one stroke: where two lie on one another is no darker.
        boundaries: [{ lines: shapesOf(boundaries, () => 'boundary').flatMap(({ lines }) => lines) }],
        outlines: shapesOf(outlineFeatures(airspaces), () => 'outline'),
        names: namesOf({ airspaces, boundaries, zones }).map(({ name, lon, lat }) =>
            ({ name: visible(name), x: lon / 360 + 0.5, y: mercatorY(lat) })) };
}

/** @param {Object} collection of interferenceFeatures */
export const disturbedOf = (collection) => shapesOf(collection, ({ level }) => level);

/** What lies at the zooms `low` and `high`, and evenly in between. */
const byZoom = (zoom, low, least, high, most) => least + (most - least) * Math.min(1, Math.max(0, (zoom - low) / (high - low)));

function traceLine(context, line, x0, y0, scale) {
    let [px, py] = [line[0] * scale + x0, line[1] * scale + y0];
    context.moveTo(px, py);
    for (let i = 2; i < line.length; i += 2) {
        const [x, y] = [line[i] * scale + x0, line[i + 1] * scale + y0];
        if (i < line.length - 2 && Math.abs(x - px) < LEAST_PX && Math.abs(y - py) < LEAST_PX)
            continue;
        context.lineTo(x, y);
        [px, py] = [x, y];
    }
}

/** A path of those of the lines that are in view, on each turn of the world. */
function trace(context, view, { lines }) {
    const halfY = view.height / 2 / view.scale;
    const y0 = view.height / 2 - view.y * view.scale;
    context.beginPath();
    for (const { line, box: [west, north, east, south] } of lines)
        if (south >= view.y - halfY && north <= view.y + halfY)
            for (const turn of turnsInView(view, west, east))
                traceLine(context, line, view.width / 2 - (view.x - turn) * view.scale, y0, view.scale);
}

function fill(context, view, shapes, colour) {
    for (const shape of shapes) {
        trace(context, view, shape);
        context.fillStyle = colour(shape);
        context.globalAlpha = FILL[shape.part] ?? FILL.low;
        context.fill('evenodd');
    }
    context.globalAlpha = 1;
}

function stroke(context, view, shapes, colour, width) {
    context.lineWidth = width;
    for (const shape of shapes) {
        trace(context, view, shape);
        context.strokeStyle = colour(shape);
        context.stroke();
    }
}

/**
 * @param {CanvasRenderingContext2D} context in pixels of the page
 * @param {{x: number, y: number, scale: number, zoom: number, width: number, height: number}} view
 * @param {ReturnType<typeof groundOf>} ground @param {ReturnType<typeof disturbedOf>} disturbed
 * @param {Object} grey colours of the ground @param {Map<string, string>} colours of airspaces
 */
export function drawGround(context, view, ground, disturbed, grey, colours) {
    const colour = ({ airspace }) => colours.get(airspace) ?? grey.other;
    context.setLineDash([]);
    context.lineCap = 'butt';
    fill(context, view, ground.areas, colour);
    stroke(context, view, ground.boundaries, () => grey.line, byZoom(view.zoom, 2, 0.4, 8, 1));
    stroke(context, view, ground.outlines, colour, byZoom(view.zoom, 2, 0.8, 8, 1.8));
    fill(context, view, disturbed, () => grey.disturbed);
    stroke(context, view, disturbed.filter(({ part }) => part === 'sink'), () => grey.disturbed, byZoom(view.zoom, 3, 1.5, 9, 2.5));
}

/** Words on lines no wider than this, where they can be parted. */
function wrapped(context, text, width) {
    return text.split('\n').flatMap((line) => line.split(' ').reduce((lines, word) => {
        const last = lines[lines.length - 1];
        if (last !== undefined && context.measureText(`${last} ${word}`).width <= width)
            lines[lines.length - 1] += ` ${word}`;
        else
            lines.push(word);
        return lines;
    }, []));
}

/** What MapLibre writes beside a mark is about so wide on either side of it, and half so high. */
const WRITTEN_PX = { before: 10, beside: 110, half: 24 };
const writtenBox = (x, y) => [x - WRITTEN_PX.before, y - WRITTEN_PX.half, x + WRITTEN_PX.beside, y + WRITTEN_PX.half];

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** One name, its lines around a place, where nothing that is taken lies. */
function drawName(context, lines, x, y, size, taken) {
    const [wide, high] = [Math.max(...lines.map((line) => context.measureText(line).width)) / 2 + 2, lines.length * size * 0.6 + 2];
    const box = [x - wide, y - high, x + wide, y + high];
    if (taken.some((other) => overlap(box, other)))
        return;
    taken.push(box);
    for (const draw of ['strokeText', 'fillText'])
        lines.forEach((line, i) => context[draw](line, x, y + (i - (lines.length - 1) / 2) * 1.2 * size));
}

/**
 * Names of what is asked for, then of the states around, on each turn of the world, where no other lies already.
 * @param {{x: number, y: number}[]} written where marks with words are
 */
export function drawNames(context, view, names, written, grey) {
    const size = byZoom(view.zoom, 3, 10, 7, 14);
    context.font = `${size}px system-ui, sans-serif`;
    context.letterSpacing = `${0.06 * size}px`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    Object.assign(context, { lineWidth: 2.8, strokeStyle: grey.halo, fillStyle: grey.label });
    const taken = written.map((mark) => writtenBox(...placeIn(view, mark)));
    for (const { name, x, y } of names)
        for (const turn of turnsInView(view, x, x)) {
            const [left, top] = [view.width / 2 + (x + turn - view.x) * view.scale, view.height / 2 + (y - view.y) * view.scale];
            if (top >= 0 && top <= view.height)
                drawName(context, wrapped(context, name, NAME_EM * size), left, top, size, taken);
        }
    context.letterSpacing = '0px';
    context.textAlign = 'start';
}
