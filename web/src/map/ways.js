// SPDX-License-Identifier: Apache-2.0
//
// The ways of all flights and the ground they go over, drawn on a canvas below the map's own, wider than the
// view. When the map is moved the picture moves with it, which costs nothing however many they are; it is drawn
// anew, a slice a frame, when the view is about to leave it, the zoom changes, or other flights are asked for.
//
// Flown is solid, a gap dotted, on the ground thin; entries and exits are marked.

import { GROUND } from './colours.js';
import { drawGround, drawNames } from './ground.js';
import { drawMarks } from './marks.js';
import { levelAt, mercatorAt, mercatorY, turnsInView } from './tracks.js';

const TILE_PX = 512;
/** A frame lasts 16 ms; the rest of it belongs to the map. Nobody waits for a map that stands still. */
const SLICE_MS = 9;
const STILL_SLICE_MS = 40;
/** So many ways are told apart at full strength; of more each is fainter, and their density shows. */
const FEW_WAYS = 300;

/** What is drawn is wider than the view by this share on each side; less where pixels are small. */
const margin = () => (devicePixelRatio > 1 ? 0.25 : 0.5);
/** When so much of it is used up another picture is begun. */
const USED_UP = 0.75;
/** What lies over the ways may still come while they are drawn. */
const OVER = ['disturbed', 'marks', 'written'];
/** What is set many times a second while time is played: a picture that was begun is finished first, or none ever would be. */
const NEXT = ['wanted', ...OVER];
const NO_TRACKS = { levels: [], flights: [], segments: [] };

function makeCanvas() {
    const canvas = document.createElement('canvas');
    canvas.className = 'ways';
    canvas.setAttribute('aria-hidden', 'true');
    return canvas;
}

export class Ways {
    /** @param {HTMLElement} root @param {Object} map MapLibre's @param {boolean} opaque nothing lies below */
    constructor(root, map, opaque) {
        this.map = map;
        this.root = root;
        this.opaque = opaque;
        this.tracks = NO_TRACKS;
        this.ground = null;
        this.disturbed = [];
        this.marks = [];
        this.written = [];
        this.wanted = () => true;
        this.dimmed = false;
        this.theme = 'light';
        this.colours = new Map();
        this.front = makeCanvas();
        this.back = makeCanvas();
        this.shown = null;
        this.job = null;
        this.isLate = false;
        map.on('render', () => this.place());
        map.on('move', () => this.follow());
        map.on('moveend', () => this.settle());
        map.on('resize', () => this.resized());
        this.resized();
    }

    /** Asked once, for asking makes the browser lay the page out. */
    resized() {
        const { clientWidth: width, clientHeight: height } = this.root;
        this.size = { width, height };
        this.draw();
    }

    /** @param {Object} what `ground`, `tracks`, `disturbed`, `marks`, `written`, `wanted`, `dimmed`, `theme`, `colours`: those that changed */
    set(what) {
        const names = Object.keys(what);
        Object.assign(this, what);
        if (this.job === null || names.some((name) => !NEXT.includes(name)))
            this.draw();
        else if (names.some((name) => !OVER.includes(name)))
            this.isLate = true;
    }

    /** Where the map's middle is and how many pixels the world is wide. */
    view() {
        const { lng, lat } = this.map.getCenter();
        return { x: lng / 360 + 0.5, y: mercatorY(lat), zoom: this.map.getZoom(),
            scale: TILE_PX * 2 ** this.map.getZoom(), ...this.size };
    }

    /** Where the picture lies now: its corner in pixels, and how much it has grown since it was drawn. */
    placed() {
        const now = this.view();
        const { x, y, scale, width, height } = this.shown;
        const grown = now.scale / scale;
        // The map's middle is within one turn; the picture's may be on the other side of 180 degrees.
        const dx = x - now.x - Math.round(x - now.x);
        return { left: now.width / 2 + dx * now.scale - width * grown / 2,
            top: now.height / 2 + (y - now.y) * now.scale - height * grown / 2, grown };
    }

    place() {
        if (this.shown === null)
            return;
        const { left, top, grown } = this.placed();
        if (grown === 1) {
            // On whole pixels, or each would be mixed of four.
            const whole = (px) => Math.round(px * devicePixelRatio) / devicePixelRatio;
            this.front.style.transform = `translate(${whole(left)}px, ${whole(top)}px)`;
            return;
        }
        this.front.style.transform = `translate(${left}px, ${top}px) scale(${grown})`;
    }

    /** Into another picture of the view, so many of its pixels to one of the page's. */
    paint(context, ratio) {
        if (this.shown === null)
            return;
        const { left, top, grown } = this.placed();
        const { width, height } = this.shown;
        context.drawImage(this.front, left * ratio, top * ratio, width * grown * ratio, height * grown * ratio);
    }

    /** True where the view lies in what is drawn, or is being drawn, and not at its edge. */
    covers(drawn) {
        const now = this.view();
        const dx = now.x - drawn.x - Math.round(now.x - drawn.x);
        return Math.abs(dx) * now.scale * 2 <= (drawn.width - now.width) * USED_UP &&
            Math.abs(now.y - drawn.y) * now.scale * 2 <= (drawn.height - now.height) * USED_UP;
    }

    follow() {
        const next = this.job ?? this.shown;
        if (next !== null && next.zoom === this.map.getZoom() && !this.covers(next))
            this.draw();
    }

    settle() {
        const next = this.job ?? this.shown;
        if (next === null || next.zoom !== this.map.getZoom() || !this.covers(next))
            this.draw();
    }

    /** From the next frame on: what is set at once is drawn once. */
    draw() {
        if (this.ground === null)
            return;
        cancelAnimationFrame(this.frame);
        this.frame = requestAnimationFrame(() => this.begin());
        this.job = { ...this.wider(), next: 0 };
    }

    wider() {
        const view = this.view();
        // Of whole pixels of the screen, or each would be mixed of four.
        const wider = (px) => Math.ceil(px * (1 + 2 * margin()) * devicePixelRatio) / devicePixelRatio;
        return { ...view, width: wider(view.width), height: wider(view.height) };
    }

    begin() {
        this.job = { ...this.wider(), level: levelAt(this.tracks.levels, this.map.getZoom()), next: 0, wanted: this.wanted };
        this.isLate = false;
        this.prepare(this.job);
        this.slice();
    }

    prepare(job) {
        const ratio = devicePixelRatio;
        this.back.width = Math.round(job.width * ratio);
        this.back.height = Math.round(job.height * ratio);
        this.back.style.width = `${job.width}px`;
        this.back.style.height = `${job.height}px`;
        // Drawn by the processor in one go: many thin lines are slow to hand to a graphics unit.
        const context = this.back.getContext('2d', { willReadFrequently: true, alpha: !this.opaque });
        context.setTransform(ratio, 0, 0, ratio, 0, 0);
        if (this.opaque) {
            context.fillStyle = GROUND[this.theme].land;
            context.fillRect(0, 0, job.width, job.height);
        }
        context.lineJoin = 'round';
        job.context = context;
        const n = this.tracks.flights.filter((_, flight) => job.wanted(flight)).length;
        job.alpha = (this.dimmed ? 0.4 : 0.85) * Math.min(1, Math.sqrt(FEW_WAYS / Math.max(1, n)));
        job.thick = Math.min(1.7, Math.max(0.8, (job.zoom - 2) * 0.22));
    }

    slice() {
        const { job, tracks: { segments } } = this;
        const until = performance.now() + (this.map.isMoving() ? SLICE_MS : STILL_SLICE_MS);
        for (; job.next < segments.length; job.next++) {
            if (job.next % 64 === 0 && performance.now() > until) {
                this.frame = requestAnimationFrame(() => this.slice());
                return;
            }
            if (job.wanted(segments[job.next].flight))
                this.drawSegment(job, segments[job.next]);
        }
        this.swap();
    }

    swap() {
        const { front, back, job } = this;
        const grey = GROUND[this.theme];
        job.context.globalAlpha = 1;
        drawGround(job.context, job, this.ground, this.disturbed, grey, this.colours);
        drawMarks(job.context, job, this.marks, grey);
        drawNames(job.context, job, this.ground.names, this.written, grey);
        if (this.shown === null)
            this.root.prepend(back);
        else
            front.replaceWith(back);
        this.shown = this.job;
        this.job = null;
        [this.front, this.back] = [back, front];
        this.place();
        this.map.fire('waysdrawn');
        if (this.isLate)
            this.draw();
    }

    drawSegment(job, segment) {
        const half = job.height / 2 / job.scale;
        const [west, south, east, north] = segment.box;
        if (mercatorY(north) > job.y + half || mercatorY(south) < job.y - half)
            return;
        for (const turn of turnsInView(job, west / 360 + 0.5, east / 360 + 0.5))
            this.stroke(job, segment, turn);
    }

    stroke(job, segment, turn) {
        const { context, scale } = job;
        const line = mercatorAt(segment, job.level);
        const [x0, y0] = [job.width / 2 - (job.x - turn) * scale, job.height / 2 - job.y * scale];
        const inside = segment.airspace !== '';
        const gap = segment.kind === 'gap';
        context.beginPath();
        context.moveTo(line[0] * scale + x0, line[1] * scale + y0);
        for (let i = 2; i < line.length; i += 2)
            context.lineTo(line[i] * scale + x0, line[i + 1] * scale + y0);
        context.strokeStyle = (inside && this.colours.get(segment.airspace)) || GROUND[this.theme].other;
        context.globalAlpha = inside ? job.alpha : job.alpha * 0.4;
        context.lineWidth = segment.kind === 'ground' ? job.thick / 2 : gap ? job.thick * 1.3 : job.thick;
        context.lineCap = gap ? 'round' : 'butt';
        context.setLineDash(gap ? [0.1, 3.5 * job.thick] : []);
        context.stroke();
    }
}
