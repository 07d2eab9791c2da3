// SPDX-License-Identifier: Apache-2.0
//
// The map: MapLibre with the crossing that is looked at, over a picture of the ground and the ways of all flights.

import { Map as MapLibre, NavigationControl, ScaleControl, setWorkerCount, setWorkerUrl } from 'maplibre-gl';

import { el, fill } from '../dom.js';
import { visible } from '../words.js';
import { airspaceColours, GROUND } from './colours.js';
import { aircraftFeatures, boundsOf, corridorFeatures, gapFeatures, markFeatures, placeFeatures, regionFeatures } from './features.js';
import { disturbedOf, groundOf } from './ground.js';
import { addIcons } from './icons.js';
import { EMPTY_STYLE, mapStyle, SOURCES } from './layers.js';
import { marksOf } from './marks.js';
import { nearestSegment } from './pick.js';
import { readTiles } from './tiles.js';
import { levelAt, mercatorY, verticesAt, waysOf, whenNear } from './tracks.js';
import { Ways } from './ways.js';
import { WORKER_NAME } from './worker.js';

const REACH_PX = 5;
const TILE_PX = 512;
/** Around what is fitted. */
const MARGIN_PX = 40;
/** Pixels of MapLibre's own picture to one of the page where nothing is in it: also an empty one costs by its size. */
const REST_RATIO = 1 / 16;

export class FlightMap {
    /**
     * @param {HTMLElement} root
     * @param {{theme: 'light'|'dark', zoom?: number, center?: number[], tiles?: Object,
     *     onPick: (flight: number|null, airspace: string) => void, describe: (segment: Object, when: {t: number, alt_ft: number|null}|null) => string[],
     *     onMove: () => void, covered: () => number, onCredit: (words: string) => void, onTrouble: (words: string) => void}} options
     */
    constructor(root, options) {
        this.options = options;
        this.theme = options.theme;
        this.tiles = null;
        this.tracks = null;
        this.byFlight = new Map();
        this.asked = [];
        this.ground = { airspaces: { type: 'FeatureCollection', features: [] } };
        this.data = {};
        /** What the style was made with; null until something is to be drawn over the ways. */
        this.given = null;
        this.resting = true;
        this.colours = new Map();
        this.wanted = () => true;
        this.selection = null;
        this.tip = el('div', { class: 'tip', hidden: true });
        const canvas = el('div', { class: 'map-canvas at-rest' });
        root.append(canvas, this.tip);
        setWorkerUrl(WORKER_NAME);
        setWorkerCount(1);
        this.map = new MapLibre({
            container: canvas, attributionControl: false, maxZoom: 16, minZoom: 0.5,
            center: options.center ?? [43, 34], zoom: options.zoom ?? 4, dragRotate: false, pitchWithRotate: false,
            fadeDuration: 0, refreshExpiredTiles: false, maplibreLogo: false, style: EMPTY_STYLE, pixelRatio: REST_RATIO,
        });
        this.ways = new Ways(canvas, this.map, !options.tiles);
        this.ways.set({ theme: this.theme });
        this.map.touchZoomRotate.disableRotation();
        this.map.addControl(new NavigationControl({ showCompass: false }), 'top-left');
        this.map.addControl(new ScaleControl({ unit: 'nautical' }), 'top-right');
        this.map.getCanvas().setAttribute('aria-label', 'Map of flights and airspaces; the tables beside it say the same');
        this.listen();
        readTiles(options.tiles, { ready: (tiles) => this.setTiles(tiles), credit: options.onCredit, trouble: options.onTrouble });
    }

    listen() {
        const { map } = this;
        map.on('style.load', () => this.styled());
        map.on('moveend', () => this.options.onMove());
        map.on('click', (event) => {
            const segment = this.pick(event.lngLat);
            this.options.onPick(segment?.flight ?? null, segment?.airspace ?? '');
        });
        map.on('mousemove', (event) => this.hover(event));
        map.on('mouseout', () => { this.tip.hidden = true; });
        this.watchDensity();
    }

    /** A window on another screen has other pixels, though it is as large as before. */
    watchDensity() {
        matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
            this.map.resize();
            this.watchDensity();
        }, { once: true });
    }

    /** What came while the style was being read is put in now. */
    styled() {
        if (this.given === null)
            return;
        addIcons(this.map, GROUND[this.theme]);
        for (const [name, data] of Object.entries(this.data))
            if (data !== this.given[name])
                this.map.getSource(name).setData(data);
    }

    /** Of an archive only its header tells what can be drawn. */
    setTiles(tiles) {
        this.tiles = tiles;
        this.map.getContainer().classList.add('on-tiles');
        this.rest();
        this.map.setStyle(this.style(), { diff: false });
    }

    style() {
        const { theme, colours, data } = this;
        this.given = { ...data };
        return mapStyle({ theme, colours, tiles: this.tiles }, data);
    }

    pick({ lng, lat }) {
        if (this.tracks === null)
            return null;
        const zoom = this.map.getZoom();
        return nearestSegment(this.tracks, { lng, lat, reach: REACH_PX / (TILE_PX * 2 ** zoom),
            level: levelAt(this.tracks.levels, zoom), wanted: this.wanted });
    }

    hover({ point, lngLat }) {
        if (this.map.isMoving())
            return;
        const segment = this.pick(lngLat);
        this.map.getCanvas().classList.toggle('over', segment !== null);
        this.tip.hidden = segment === null;
        if (segment === null)
            return;
        fill(this.tip, this.options.describe(segment, whenNear(segment, lngLat.lng, lngLat.lat)).map((line) => el('div', {}, line)));
        const { clientWidth, clientHeight } = this.map.getContainer();
        const [left, above] = [point.x > clientWidth - 220, point.y > clientHeight - this.tip.offsetHeight - 12];
        this.tip.style.transform = `translate(${point.x + (left ? -12 : 12)}px, ${point.y + (above ? -12 : 12)}px) translate(${
            left ? -100 : 0}%, ${above ? -100 : 0}%)`;
    }

    put(name, data) {
        this.data[name] = data;
        this.rest();
        if (this.given !== null)
            this.map.getSource(name)?.setData(data);
        else if (data.features.length)
            this.map.setStyle(this.style(), { diff: false });
    }

    /** Marks with words, beside which names keep away. */
    putMarks(data) {
        this.ways.set({ written: data.features.map(({ geometry: { coordinates: [lon, lat] } }) => ({ x: lon / 360 + 0.5, y: mercatorY(lat) })) });
        this.put('marks', data);
    }

    /** Until something is to be drawn over the ways. */
    rest() {
        const resting = !this.tiles && SOURCES.every((name) => !this.data[name]?.features.length);
        if (resting === this.resting)
            return;
        this.resting = resting;
        this.map.getContainer().classList.toggle('at-rest', resting);
        this.map.setPixelRatio(resting ? REST_RATIO : null); // null: the screen's own
    }

    /** @param {Object|null} document `airspaces` */
    setAirspaces(document) {
        this.ground = document ?? this.ground;
        this.asked = [...new Set(this.airspaces.features.map(({ properties }) => properties.airspace))];
        this.ways.set({ ground: groundOf(this.ground) });
        this.colour();
    }

    /** @param {Object} collection GeoJSON of airspaces that are coloured, too */
    addAirspaces({ features }) {
        this.setAirspaces({ ...this.ground, airspaces: { ...this.airspaces, features: [...this.airspaces.features, ...features] } });
    }

    get airspaces() {
        return this.ground.airspaces;
    }

    colour() {
        this.colours = airspaceColours(this.asked, this.theme);
        this.ways.set({ theme: this.theme, colours: this.colours });
        if (this.given !== null)
            this.map.setStyle(this.style(), { diff: false });
    }

    fit(box, animate = true) {
        if (box === null)
            return;
        this.map.fitBounds([[box[0], box[1]], [box[2], box[3]]],
            { padding: this.padding(), maxZoom: 10, animate: animate && !matchMedia('(prefers-reduced-motion: reduce)').matches, duration: 500 });
    }

    /** Nothing that is fitted lies under what covers the map's lower edge, but more than half it does not take. */
    padding() {
        const half = this.map.getContainer().clientHeight / 2;
        return { top: MARGIN_PX, left: MARGIN_PX, right: MARGIN_PX, bottom: Math.max(MARGIN_PX, Math.min(this.options.covered() + 8, half)) };
    }

    /** All that is shown: the airspaces, else aircraft that are heard; or the crossing that is looked at. */
    fitAll(animate = true) {
        const { selection, data } = this;
        const all = this.airspaces.features.length ? this.airspaces : data.aircraft;
        this.fit(boundsOf([selection === null ? all : data.selected].filter(Boolean)), animate);
    }

    /** @param {ReturnType<import('./tracks.js').decodeTracks>} tracks */
    setTracks(tracks) {
        this.tracks = tracks;
        this.byFlight = new Map();
        for (const segment of tracks.segments) {
            if (!this.byFlight.has(segment.flight))
                this.byFlight.set(segment.flight, []);
            this.byFlight.get(segment.flight).push(segment);
        }
        this.ways.set({ tracks });
    }

    /** @param {(flight: number) => boolean} wanted */
    setWanted(wanted) {
        this.wanted = wanted;
        this.ways.set({ wanted });
    }

    setMarks(rows) {
        this.ways.set({ marks: marksOf(rows) });
    }

    /**
     * @param {{row: Object, flight: number, regions: Object[], radiusM: number|undefined}|null} selection
     * @param {boolean} go move there
     */
    select(selection, go) {
        this.selection = selection;
        this.drawSelection();
        this.ways.set({ dimmed: selection !== null });
        this.putMarks(markFeatures(selection?.row));
        if (go && selection !== null)
            this.fit(boundsOf([this.data.selected, this.data.regions].filter(({ features }) => features.length)));
    }

    /** A gap, with what could be reached in it. @param {Object} row of gapRows @param {Object[]} regions */
    lookAtGap(row, regions) {
        this.select(null, false);
        const { line, ends } = gapFeatures(row);
        this.put('selected', line);
        this.putMarks(ends);
        this.put('regions', regionFeatures(regions));
        this.ways.set({ dimmed: true });
        this.fit(boundsOf([line, this.data.regions]));
    }

    /** A place, marked with words. */
    goTo(lat, lon, words) {
        this.select(null, false);
        this.putMarks(placeFeatures(lat, lon, words));
        this.map.easeTo({ center: [lon, lat], zoom: Math.max(this.map.getZoom(), 6), duration: 500,
            animate: !matchMedia('(prefers-reduced-motion: reduce)').matches });
    }

    drawSelection() {
        const { selection } = this;
        const segments = selection === null ? [] : this.segmentsOf(selection.flight);
        const finest = this.tracks === null ? 0 : this.tracks.levels.length - 1;
        const lines = segments.map((segment) => ({ segment, line: verticesAt(segment, finest) }));
        this.put('selected', { type: 'FeatureCollection', features: lines.map(({ segment, line }) =>
            ({ type: 'Feature', properties: { kind: segment.kind, airspace: segment.airspace, flight: segment.flight },
                geometry: { type: 'LineString', coordinates: line } })) });
        const airspace = selection?.row.airspace ?? '';
        const inside = lines.filter(({ segment }) => segment.airspace === airspace && segment.kind === 'flown');
        this.put('corridors', corridorFeatures(selection?.radiusM ? inside.map(({ line }) => line) : [],
            selection?.radiusM ?? 0, airspace));
        this.put('regions', regionFeatures(selection?.regions ?? []));
    }

    segmentsOf(flight) {
        return this.byFlight.get(flight) ?? [];
    }

    /** The lines of a crossing: its flight's segments in that airspace, as fine as the document has them. */
    waysOf(flight, airspace) {
        return waysOf(this.segmentsOf(flight).filter((segment) => segment.airspace === airspace));
    }

    /** @param {Object} features of Trails */
    setTrails(features) {
        this.put('trails', features);
    }

    setAircraft(aircraft) {
        this.put('aircraft', aircraftFeatures(aircraft.map((one) => ({ ...one, callsign: visible(one.callsign) }))));
    }

    /** @param {Object} features of interferenceFeatures */
    setInterference(features) {
        if (features.features.length || this.ways.disturbed.length)
            this.ways.set({ disturbed: disturbedOf(features) });
    }

    /** @param {'light'|'dark'} theme */
    setTheme(theme) {
        if (theme === this.theme)
            return;
        this.theme = theme;
        this.colour();
    }

    view() {
        const { lng, lat } = this.map.getCenter();
        return { zoom: this.map.getZoom(), center: [lng, lat] };
    }

    /** What is drawn now, as an image, for print. */
    picture() {
        this.map.redraw();
        const own = this.map.getCanvas();
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [own.clientWidth * devicePixelRatio, own.clientHeight * devicePixelRatio];
        const context = canvas.getContext('2d');
        context.fillStyle = GROUND[this.theme].land;
        context.fillRect(0, 0, canvas.width, canvas.height);
        const layers = [() => this.ways.paint(context, devicePixelRatio), () => context.drawImage(own, 0, 0, canvas.width, canvas.height)];
        (this.tiles ? layers.reverse() : layers).forEach((draw) => draw());
        return canvas.toDataURL('image/png');
    }

    /** Tells once all that was given is on the screen. */
    whenDrawn(listener) {
        this.map.once('idle', () => (this.ways.job ? this.map.once('waysdrawn', listener) : listener()));
        this.map.triggerRepaint();
    }
}

