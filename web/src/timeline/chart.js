// SPDX-License-Identifier: Apache-2.0
//
// Counts a day, by Observable Plot. A day without data is hatched, never zero; a halt is shaded from the
// earliest day that it may have begun; what was asked and said stands above as marks.

import * as Plot from '@observablehq/plot';

import { plain, visible } from '../words.js';

const DAY_MS = 86400000;
const at = (day) => Date.parse(`${day}T00:00:00Z`);
const after = (day) => at(day) + DAY_MS;
const SYMBOLS = { request: 'triangle', claim: 'circle', order: 'square', embargo: 'diamond', inspection: 'star' };
const HATCH = 'hatch';

/** SVG's own pattern; Plot puts what a mark's function gives into its picture. */
function hatchPattern() {
    const svg = 'http://www.w3.org/2000/svg';
    const make = (name, attributes, ...children) => {
        const element = document.createElementNS(svg, name);
        for (const [key, value] of Object.entries(attributes))
            element.setAttribute(key, value);
        element.append(...children);
        return element;
    };
    return make('defs', {}, make('pattern',
        { id: HATCH, width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
        make('line', { x1: 0, y1: 0, x2: 0, y2: 5, class: 'hatch' })));
}

function dayWords({ day, count, perhaps, control, told }) {
    const live = told ? `${told} told live` : '';
    if (count === null)
        return [day, 'no data of a scan: not known, and no zero', live].filter(Boolean).join('\n');
    return [`${day}`, live, `${count} counted${perhaps ? `, ${perhaps} perhaps` : ''}`,
        control === undefined ? '' : `${control} flights of others heard there`].filter(Boolean).join('\n');
}

function haltMarks(series, last, top) {
    const halts = series.halts ?? [];
    const changes = [...halts.map((halt) => ({ ...halt, kind: 'halt' })),
        ...(series.resumptions ?? []).map((one) => ({ ...one, kind: 'resumption' }))];
    return [
        Plot.rect(halts, { x1: ({ from }) => at(from), x2: ({ to }) => (to ? after(to) : last), y1: 0, y2: top,
            fill: 'var(--halt)', fillOpacity: 0.14 }),
        Plot.rect(changes, { x1: (one) => at(one.from_min ?? one.from ?? one.day),
            x2: (one) => after(one.from_max ?? one.from ?? one.day), y1: 0, y2: top,
            fill: 'var(--halt)', fillOpacity: 0.4 }),
        Plot.text(halts, { x: ({ from, to }) => (at(from) + (to ? after(to) : last)) / 2, y: top * 0.55,
            text: ({ from, to }) => `none ${from} to ${to ?? 'the end'}`, fill: 'var(--ink)', stroke: 'var(--panel)', strokeWidth: 4 }),
    ];
}

function noteMarks(marks, first, last, top) {
    const shown = marks.filter(({ day }) => at(day) >= first && at(day) <= last);
    const words = (mark) => `${mark.day} ${plain(mark.kind)}: ${visible(mark.words ?? mark.name)}`;
    return [
        Plot.ruleX(shown, { x: ({ day }) => at(day) + DAY_MS / 2, y1: 0, y2: top * 1.14, stroke: 'var(--mark)',
            strokeDasharray: '2 2', strokeOpacity: 0.7 }),
        Plot.dot(shown, { x: ({ day }) => at(day) + DAY_MS / 2, y: top * 1.16, r: 4.5,
            symbol: ({ kind }) => SYMBOLS[kind] ?? 'circle', fill: 'var(--mark)', stroke: 'var(--ground)',
            title: words, ariaLabel: words }),
    ];
}

/** Of counts up to `top`: half ones there are none. */
const countTicks = (top) => ({ ticks: Math.min(4, top), tickFormat: (n) => (Number.isInteger(n) ? String(n) : '') });

/**
 * @param {Object} series of the document `series`
 * @param {{width: number, height: number}} size
 * @returns {SVGElement & {scale: Function}}
 */
export function seriesChart(series, { width, height }) {
    const { days } = series;
    const first = at(days[0].day);
    const last = after(days[days.length - 1].day);
    const sure = ({ count, perhaps }) => (count ?? 0) + (perhaps ?? 0);
    const counts = days.map((day) => sure(day) + (day.told ?? 0));
    const top = Math.max(1, ...counts);
    const missing = days.filter(({ count }) => count === null);
    const counted = days.filter(({ count }) => count !== null);
    const span = { x1: ({ day }) => at(day), x2: ({ day }) => after(day), inset: width / days.length > 4 ? 0.5 : 0 };
    return Plot.plot({
        width, height, marginLeft: 36, marginRight: 12, marginTop: 8, marginBottom: 32,
        x: { type: 'utc', domain: [first, last], label: null },
        y: { domain: [0, top * 1.25], label: null, grid: true, ...countTicks(top) },
        symbol: { type: 'identity' },
        ariaLabel: `Journeys a day of ${series.watch}, ${days[0].day} to ${days[days.length - 1].day}`,
        marks: [
            hatchPattern,
            ...haltMarks(series, last, top * 1.25),
            Plot.rectY(missing, { ...span, y1: 0, y2: top * 1.25, fill: `url(#${HATCH})` }),
            Plot.rectY(counted, { ...span, y: 'count', fill: 'var(--bar)' }),
            Plot.rectY(counted.filter(({ perhaps }) => perhaps), { ...span, y1: 'count',
                y2: ({ count, perhaps }) => count + perhaps, fill: 'var(--bar)', fillOpacity: 0.35 }),
            Plot.rectY(days.filter(({ told }) => told), { ...span, y1: sure, y2: (day) => sure(day) + day.told, fill: 'var(--bar)', fillOpacity: 0.6,
                stroke: 'var(--ink)' }),
            Plot.ruleY([0], { stroke: 'var(--ink)', strokeOpacity: 0.5 }),
            ...noteMarks(series.marks ?? [], first, last, top),
            Plot.tip(days, Plot.pointerX({ x: ({ day }) => at(day) + DAY_MS / 2, y: ({ count }) => count ?? 0,
                title: dayWords, fill: 'var(--ground)', stroke: 'var(--line)' })),
        ],
    });
}

/**
 * Without a series: how many crossings began when.
 * @param {number[]} times ms @param {{from: number, to: number}} span @param {{width: number, height: number}} size
 */
export function timesChart(times, span, { width, height }) {
    const step = span.to - span.from > 4 * DAY_MS ? DAY_MS : 15 * 60000;
    const bins = new Map();
    for (const time of times) {
        const bin = Math.floor(time / step) * step;
        bins.set(bin, (bins.get(bin) ?? 0) + 1);
    }
    const counted = [...bins].map(([from, count]) => ({ from, count }));
    return Plot.plot({
        // To the right, room for half of the last hour's words.
        width, height, marginLeft: 36, marginRight: 18, marginTop: 8, marginBottom: 32,
        x: { type: 'utc', domain: [span.from, span.to], label: null, tickFormat: step === DAY_MS ? undefined : '%H:%M' },
        y: { label: null, grid: true, ...countTicks(Math.max(1, ...counted.map(({ count }) => count))) },
        ariaLabel: `Crossings by time, each bar ${step === DAY_MS ? 'a day' : '15 minutes'}`,
        marks: [
            Plot.rectY(counted, { x1: 'from', x2: ({ from }) => from + step, y: 'count', fill: 'var(--bar)', inset: 0.3 }),
            Plot.ruleY([0], { stroke: 'var(--ink)', strokeOpacity: 0.5 }),
        ],
    });
}
