// SPDX-License-Identifier: Apache-2.0
//
// Entries and exits of all crossings, on the canvas of the ways: where they would lie on one another only
// one is drawn, and near enough its time beside it.

import { endWords } from './features.js';
import { iconCanvas } from './icons.js';
import { mercatorY, placeIn } from './tracks.js';

const FROM_ZOOM = 4.5;
const TIMES_FROM_ZOOM = 7.5;
/** One mark in a cell of so many pixels, and one time. */
const CELL_PX = 13;
const TIME_WIDTH_PX = 62;

/** @param {Object[]} rows crossings @returns {{x: number, y: number, side: string, words: string}[]} */
export function marksOf(rows) {
    return rows.flatMap((row) => ['entry', 'exit'].filter((side) => row[side]?.lat_deg !== undefined).map((side) => ({
        side, x: row[side].lon_deg / 360 + 0.5, y: mercatorY(row[side].lat_deg), end: row[side] })));
}

/** Cells that are taken; `take` tells whether all from x on, so many pixels wide, were free. */
function grid() {
    const taken = new Set();
    return (x, y, width) => {
        const keys = [];
        for (let cell = Math.floor(x / CELL_PX); cell <= Math.floor((x + width) / CELL_PX); cell++)
            keys.push(`${cell} ${Math.floor(y / CELL_PX)}`);
        if (keys.some((key) => taken.has(key)))
            return false;
        keys.forEach((key) => taken.add(key));
        return true;
    };
}

/**
 * @param {CanvasRenderingContext2D} context in pixels of the page
 * @param {{x: number, y: number, scale: number, zoom: number, width: number, height: number}} view
 * @param {ReturnType<typeof marksOf>} marks @param {Object} grey colours of the ground
 */
export function drawMarks(context, view, marks, grey) {
    if (view.zoom < FROM_ZOOM)
        return;
    const icons = { entry: iconCanvas('entry', grey), exit: iconCanvas('exit', grey) };
    const size = Math.min(13, 5 + view.zoom * 0.7);
    const [freeMark, freeTime] = [grid(), grid()];
    context.globalAlpha = 1;
    context.font = '11px system-ui, sans-serif';
    context.textBaseline = 'middle';
    context.strokeStyle = grey.halo;
    context.fillStyle = grey.label;
    context.lineWidth = 3;
    context.setLineDash([]);
    for (const mark of marks) {
        const [x, y] = placeIn(view, mark);
        if (x < 0 || y < 0 || x > view.width || y > view.height || !freeMark(x, y, 0))
            continue;
        context.drawImage(icons[mark.side], x - size / 2, y - size / 2, size, size);
        if (view.zoom < TIMES_FROM_ZOOM || !freeTime(x, y, TIME_WIDTH_PX))
            continue;
        const words = endWords(mark.end);
        context.strokeText(words, x + size * 0.7, y);
        context.fillText(words, x + size * 0.7, y);
    }
}
