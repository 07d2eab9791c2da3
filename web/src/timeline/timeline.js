// SPDX-License-Identifier: Apache-2.0
//
// Time: a chart, a slider over it, and play. What is chosen is a window of time; null is all of it.

import { el, fill } from '../dom.js';
import { withTold } from '../told.js';
import { begins } from '../units.js';
import { seriesChart, timesChart } from './chart.js';

const MINUTE_MS = 60000;
const DAY_MS = 86400000;
const WINDOWS = [[10 * MINUTE_MS, '10 min'], [60 * MINUTE_MS, '1 hour'], [DAY_MS, '1 day'], [7 * DAY_MS, '7 days'],
    [30 * DAY_MS, '30 days']];
const CHART_HEIGHT = 128;
/** How often play moves on. */
const TICK_MS = 100;

const words = (ms) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

/** A window of whole days is told by days, the last one included. */
function windowWords({ from, to }) {
    if (from % DAY_MS === 0 && to % DAY_MS === 0) {
        const [first, last] = [words(from).slice(0, 10), words(to - DAY_MS).slice(0, 10)];
        return first === last ? first : `${first} to ${last}`;
    }
    const end = words(to);
    return `${words(from)} to ${end.slice(0, 10) === words(from).slice(0, 10) ? end.slice(11) : end} UTC`;
}

export class Timeline {
    /** @param {HTMLElement} root @param {Object} state */
    constructor(root, state) {
        this.state = state;
        this.series = [];
        this.times = [];
        this.span = null;
        this.timer = null;
        this.build(root);
        state.on(['time'], () => this.show());
        new ResizeObserver(() => this.resized()).observe(this.chart);
    }

    build(root) {
        this.root = root;
        this.playButton = el('button', { type: 'button', class: 'play', onclick: () => this.toggle() });
        this.allButton = el('button', { type: 'button', onclick: () => this.all() }, 'All');
        this.choice = el('select', { 'aria-label': 'How much time is shown at once', onchange: () => this.moved() },
            WINDOWS.map(([ms, name]) => el('option', { value: ms }, name)));
        this.watch = el('select', { 'aria-label': 'Watch', hidden: true, onchange: () => this.draw() });
        this.label = el('output', { class: 'when', 'aria-live': 'off' });
        this.slider = el('input', { type: 'range', min: 0, max: 1000, step: 1, value: 0,
            'aria-label': 'Time that is shown', oninput: () => this.moved() });
        this.chart = el('div', { class: 'chart' });
        this.cursor = el('div', { class: 'cursor', hidden: true });
        this.chart.addEventListener('click', (event) => this.clicked(event));
        root.append(el('div', { class: 'time-bar' }, this.playButton, this.slider, this.label, this.choice,
            this.allButton, this.watch), this.chart);
        this.showPlaying();
    }

    /** @param {Object[]} rows crossings @param {Object|null|undefined} document `series` @param {Object[]} told those that no series counts */
    setData(rows, document, told) {
        this.times = rows.map((row) => Date.parse(row.entry?.time ?? begins(row)))
            .filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);
        this.series = (document?.series ?? []).filter(({ days }) => days.length > 3).map((one) => withTold(one, told));
        if (this.watch.options.length !== this.series.length)
            fill(this.watch, this.series.map(({ watch }, i) => el('option', { value: i }, watch)));
        this.watch.hidden = this.series.length < 2;
        const wasEmpty = this.span === null;
        this.span = this.wholeSpan();
        this.root.hidden = this.span === null; // of a feed before anything was scanned or told
        if (wasEmpty && this.span !== null)
            this.choice.value = String(this.span.to - this.span.from > 4 * DAY_MS ? DAY_MS : 60 * MINUTE_MS);
        this.draw();
        this.show();
    }

    wholeSpan() {
        const ends = this.series.flatMap(({ days }) =>
            [Date.parse(days[0].day), Date.parse(days[days.length - 1].day) + DAY_MS]);
        if (this.times.length)
            ends.push(Math.floor(this.times[0] / DAY_MS) * DAY_MS,
                Math.ceil((this.times[this.times.length - 1] + 1) / DAY_MS) * DAY_MS);
        return ends.length ? { from: Math.min(...ends), to: Math.max(...ends) } : null;
    }

    get step() {
        return Number(this.choice.value);
    }

    /** Also told of when it is first looked at. */
    resized() {
        if (this.chart.clientWidth !== this.width)
            this.draw();
    }

    draw() {
        const width = this.chart.clientWidth;
        this.width = width;
        if (this.span === null || width === 0)
            return;
        const size = { width, height: CHART_HEIGHT };
        const series = this.series[Number(this.watch.value)];
        this.plot = series ? seriesChart(series, size) : timesChart(this.times, this.span, size);
        fill(this.chart, this.plot, this.cursor);
        this.showCursor();
    }

    show() {
        const time = this.state.get('time');
        this.label.textContent = time ? windowWords(time) : this.span ? `all: ${windowWords(this.span)}` : '';
        this.allButton.setAttribute('aria-pressed', String(time === null));
        if (time && this.span) {
            this.slider.max = String(Math.max(1, Math.ceil((this.span.to - this.span.from) / this.move)) - 1);
            this.slider.value = String(Math.round((time.from - this.span.from) / this.move));
            this.slider.setAttribute('aria-valuetext', windowWords(time));
        }
        this.showCursor();
    }

    showCursor() {
        const time = this.state.get('time');
        this.cursor.hidden = time === null || !this.plot;
        if (this.cursor.hidden)
            return;
        const { apply } = this.plot.scale('x');
        const left = apply(Math.max(time.from, this.span.from));
        this.cursor.style.left = `${left}px`;
        this.cursor.style.width = `${Math.max(2, apply(Math.min(time.to, this.span.to)) - left)}px`;
    }

    /** How far one step goes: short windows slide, long ones follow one another. */
    get move() {
        return this.step > 60 * MINUTE_MS ? Math.min(this.step, DAY_MS) : this.step / 10;
    }

    setFrom(from) {
        const last = Math.max(this.span.from, this.span.to - this.step);
        const start = Math.min(Math.max(from, this.span.from), last);
        this.state.set({ time: { from: start, to: start + this.step } });
    }

    moved() {
        if (this.span === null)
            return;
        this.slider.max = String(Math.max(1, Math.ceil((this.span.to - this.span.from) / this.move)) - 1);
        this.setFrom(this.span.from + Number(this.slider.value) * this.move);
    }

    clicked(event) {
        if (this.span === null || !this.plot)
            return;
        const scale = this.plot.scale('x');
        const x = event.clientX - this.chart.getBoundingClientRect().left;
        const time = Number(scale.invert(x));
        this.setFrom(Math.floor(time / this.step) * this.step);
    }

    all() {
        this.stop();
        this.state.set({ time: null });
    }

    toggle() {
        if (this.timer !== null)
            this.stop();
        else
            this.play();
    }

    play() {
        if (this.span === null)
            return;
        const time = this.state.get('time');
        if (time === null || time.to >= this.span.to) {
            const first = this.times.length ? this.times[0] : this.span.from;
            this.setFrom(Math.floor(first / this.step) * this.step);
        }
        this.timer = setInterval(() => this.tick(), TICK_MS);
        this.showPlaying();
    }

    tick() {
        const { from, to } = this.state.get('time') ?? this.span;
        if (to >= this.span.to) {
            this.stop();
            return;
        }
        this.setFrom(from + this.move);
    }

    stop() {
        clearInterval(this.timer);
        this.timer = null;
        this.showPlaying();
    }

    showPlaying() {
        const playing = this.timer !== null;
        this.playButton.textContent = playing ? '❚❚' : '▶';
        this.playButton.setAttribute('aria-label', playing ? 'Pause' : 'Play');
        this.playButton.setAttribute('title', `${playing ? 'Pause' : 'Play'} (space)`);
    }
}
