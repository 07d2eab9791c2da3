// SPDX-License-Identifier: Apache-2.0
//
// The page: map, side panel, timeline, and what holds them together.

import { Beside } from './beside.js';
import { helpDialog, settingsDialog } from './dialogs.js';
import { el, fill } from './dom.js';
import { listenForKeys } from './keys.js';
import { Live } from './live.js';
import { FlightMap } from './map/map.js';
import { decodeTracks, positionAt } from './map/tracks.js';
import { Trails } from './map/trails.js';
import { showAnswer } from './panel/answer.js';
import { showDetails } from './panel/details.js';
import { showSources } from './panel/sources.js';
import { Tabs } from './panel/tabs.js';
import { Named } from './named.js';
import { keep, keptTheme, keptUnits } from './prefer.js';
import { createState } from './state.js';
import { CROSSING_COLUMNS } from './table/columns.js';
import { crossingMark, waysGeometry, toGeoJson, toKml } from './table/export.js';
import { OTHERS } from './table/others.js';
import { TableView } from './table/view.js';
import { Timeline } from './timeline/timeline.js';
import { Told } from './told.js';
import { AVIATION, begins, clock, ends, instant, METRIC, show, stamp, UNITS } from './units.js';
import { currentParameters, replaceParameters } from './url.js';
import { place, visible, withheldSummary } from './words.js';

/** Longer windows show ways, shorter ones where each aircraft was at their end. */
const MOVING_MS = 3600000;
const DAY_MS = 86400000;
/** Airspaces that the legend names. */
const IN_LEGEND = 8;
/** Alerts that come together are shown together. */
const TOGETHER_MS = 200;
/** Documents that are needed to see something; and what goes with it. */
const FIRST = ['airspaces', 'crossings', 'series', 'tracks', 'sinks', 'interference'];
const REST = ['case', 'findings', 'regions', 'inputs', 'completeness'];
const TABS = [['case', 'Answer'], ['live', 'Alerts'], ['crossings', 'Crossings'], ...OTHERS.map(({ name, words }) => [name, words]),
    ['sources', 'Sources']];
const darkPreferred = matchMedia('(prefers-color-scheme: dark)');

const sample = (name, words) => el('span', {}, el('span', { class: `sample ${name}`, 'aria-hidden': 'true' }), words);

export class App {
    /** @param {HTMLElement} root @param {import('./data/source.js').Source} source */
    constructor(root, source) {
        this.root = root;
        this.source = source;
        this.parameters = currentParameters();
        this.state = createState({ crossing: null, time: this.parameters.time, units: keptUnits(AVIATION, UNITS),
            theme: this.parameters.theme ?? keptTheme(), tab: null });
        this.documents = {};
        this.findings = new Map();
        this.regions = [];
        this.corridors = [];
        this.flightOf = new Map();
        this.trails = new Trails();
        this.told = null; // of a page that is live
        this.build();
        this.listen();
    }

    get theme() {
        const theme = this.state.get('theme');
        return theme === 'auto' ? (darkPreferred.matches ? 'dark' : 'light') : theme;
    }

    build() {
        const button = (words, label, action) => el('button', { type: 'button', 'aria-label': label, title: label, onclick: action }, words);
        this.sideButton = button('Tables', 'Show or hide the tables (s)', () => this.setSide(this.root.classList.contains('no-side')));
        this.help = helpDialog();
        this.settings = settingsDialog(this.state);
        this.title = el('h1', {}, 'overflight');
        this.status = el('p', { class: 'status', role: 'status' }, 'Loading …');
        this.mapRoot = el('div', { class: 'map', role: 'region', 'aria-label': 'Map' });
        this.legend = el('div', { class: 'map-legend' });
        this.side = el('div', { class: 'side' });
        this.timeRoot = el('div', { class: 'time', role: 'region', 'aria-label': 'Timeline' });
        this.toldRoot = el('div', { class: 'told' });
        this.details = el('div', { class: 'details', role: 'region', 'aria-label': 'Crossing', hidden: true });
        this.mapRoot.append(this.legend);
        fill(this.root, el('a', { class: 'skip', href: '#panel-crossings', onclick: (event) => { event.preventDefault(); this.toTable(); } }, 'To the table'),
            el('header', { class: 'top' }, this.title, this.status, el('div', { class: 'tools' },
                this.sideButton, button('◐', 'Dark or light (d)', () => this.toggleTheme()), button('Units', 'Settings', () => this.settings.showModal()),
                button('?', 'Help (?)', () => this.help.showModal()))),
            el('div', { class: 'middle' }, el('div', { class: 'left' }, this.mapRoot, this.timeRoot), this.side),
            this.help, this.settings);
        this.root.classList.toggle('no-buttons', this.parameters.hideButtons);
        this.setSide(!this.parameters.hideSideBar);
        this.applyTheme();
    }

    /** @param {boolean} shown the tables beside the map */
    setSide(shown) {
        this.root.classList.toggle('no-side', !shown);
        this.sideButton.setAttribute('aria-pressed', String(shown));
        this.remember();
    }

    /** Loads what is needed to see something, then the rest. */
    async start() {
        const index = await this.source.document('index');
        this.documents.index = index;
        fill(this.title, index.title || 'overflight');
        document.title = `${visible(index.title || 'overflight')} · overflight`;
        const first = this.loadAll(FIRST);
        this.buildPanels(index);
        this.timeline = new Timeline(this.timeRoot, this.state);
        const [airspaces, crossings, , tracks] = await first;
        const rest = this.loadAll(REST); // on their way while the first are shown
        this.told = index.mode === 'live' ? new Told((crossings?.rows ?? []).map(({ id }) => id)) : null;
        this.showRows(crossings);
        this.showMap(airspaces, tracks);
        await this.showRest(...await rest);
        this.openLinked();
        if (this.parameters.play)
            this.timeline.play();
        this.root.dataset.ready = 'true';
        this.map.whenDrawn(() => { this.root.dataset.drawn = 'true'; });
    }

    /** A document that the page can do without is null. */
    async load(name) {
        if (!this.documents.index.documents.includes(name))
            return null;
        this.documents[name] ??= await this.source.document(name);
        return this.documents[name];
    }

    loadAll(names) {
        return Promise.all(names.map((name) => this.load(name)));
    }

    buildPanels(index) {
        const documents = new Map(OTHERS.map(({ name, documents: own }) => [name, own ?? [name]]));
        const has = (name) => (documents.get(name) ?? [name]).some((one) => index.documents.includes(one));
        const shown = TABS.filter(([name]) => name === 'sources' || (name === 'live' ? index.mode === 'live' : has(name)));
        this.tabs = new Tabs(this.side, (name) => this.tabShown(name));
        this.panels = Object.fromEntries(shown.map(([name, words]) => [name, this.tabs.add(name, words)]));
        this.side.append(this.details);
        this.beside = this.besideTables();
        this.crossings = this.crossingTable(this.panels.crossings);
        const wanted = this.parameters.tab ?? (index.mode === 'live' ? 'live' : 'crossings');
        this.tabs.show(this.panels[wanted] ? wanted : 'crossings');
    }

    besideTables() {
        return new Beside({ panels: this.panels, state: this.state, details: this.details, findings: this.findings,
            map: { lookAtGap: (row, regions) => this.map.lookAtGap(row, regions), goTo: (lat, lon, words) => this.map.goTo(lat, lon, words),
                setInterference: (features) => this.map.setInterference(features) },
            load: (name) => this.load(name), crossings: () => this.rows ?? [],
            regionsOf: ({ id }) => this.regions.filter(({ gap }) => gap === id), placeOf: (n) => this.placeOf(this.byNumber(n)),
            openCrossing: (n) => this.openNumber(n), credits: () => this.credits(), close: () => this.closeDetails(),
            show: (tab) => this.tabs.show(tab) });
    }

    /** A row's evidence goes with its table; elsewhere it would stand beside something else. */
    tabShown(name) {
        const before = this.state.get('tab');
        this.state.set({ tab: name });
        if (name !== before && !(/^(crossings|live)$/.test(name) && /^(crossings|live)$/.test(before)))
            this.closeDetails();
        if (this.loaded)
            this.beside.need(name);
    }

    byNumber(n) {
        return this.rows.find((one) => one.n === n);
    }

    /** The track inside of an airspace. */
    waysOf(row) {
        return row && this.flightOf.has(row.n) ? this.map.waysOf(this.flightOf.get(row.n), row.airspace) : [];
    }

    placeOf(row) {
        return waysGeometry(this.waysOf(row));
    }

    credits() {
        const { title, attribution } = this.documents.index;
        return { title, attribution: (attribution ?? []).map(({ text }) => text).join('; ') };
    }

    crossingTable(panel) {
        const placeOf = (row) => this.placeOf(row);
        return new TableView(panel, { name: 'crossings', caption: 'Crossings', columns: CROSSING_COLUMNS, state: this.state,
            rowName: 'Crossing', empty: 'No crossing is left. Clear the filter, or show all of the time.',
            onSelect: (row) => this.state.set({ crossing: row.id }), onFilter: () => this.remember(),
            onRows: (rows) => this.filtered(rows),
            files: [{ name: 'geojson', type: 'application/geo+json', text: (rows) => toGeoJson(rows, placeOf) },
                { name: 'kml', type: 'application/vnd.google-earth.kml+xml',
                    text: (rows) => toKml(this.credits(), rows, placeOf, crossingMark) }] });
    }

    showRows(crossings) {
        this.rows = crossings?.rows ?? [];
        this.byId = new Map(this.rows.map((row) => [row.id, row]));
        this.idNow = new Map(this.rows.flatMap(({ id, former_ids: former = [] }) => former.map((before) => [before, id])));
        this.lastNumber = this.rows.reduce((last, { n }) => Math.max(last, n), 0);
        if (this.parameters.sort !== null)
            this.crossings.table.orderBy(this.parameters.sort);
        this.crossings.setQuery(this.parameters.query);
        this.showCounts();
    }

    /** Table, daily counts, status and answer, so that they agree. */
    showCounts() {
        this.crossings.setRows(this.rows);
        this.timeline.setData(this.rows, this.documents.series, this.rows.filter(({ id }) => this.told?.isOnly(id)));
        this.showStatus();
        if (this.told)
            fill(this.toldRoot, this.told.sentences(this.rows).map((text) => el('p', {}, text, ' ',
                el('button', { type: 'button', class: 'cite', onclick: () => this.tabs.show('live') }, 'alerts'))));
    }

    /** After the rows: making a map waits until the browser's own graphics are ready, which were begun with it. */
    showMap(airspaces, tracks) {
        this.map = new FlightMap(this.mapRoot, { theme: this.theme, zoom: this.parameters.zoom, center: this.parameters.center,
            tiles: this.documents.index.tiles, onPick: (flight, airspace) => this.picked(flight, airspace),
            describe: (segment, here) => this.describe(segment, here), onMove: () => this.remember(),
            covered: () => this.mapRoot.clientHeight - this.legend.offsetTop,
            onCredit: (words) => { this.tilesCredit = words; this.drawLegend(); }, onTrouble: (words) => this.tellTrouble(words) });
        this.map.setAirspaces(airspaces);
        this.named = new Named(this.map.asked);
        this.drawLegend();
        this.placed = Boolean(this.parameters.center || airspaces?.airspaces.features.length);
        if (!this.parameters.center)
            this.map.fitAll(false);
        if (tracks !== null) {
            const decoded = decodeTracks(tracks);
            decoded.flights.forEach(({ crossings: numbers }, flight) =>
                (numbers ?? []).forEach((n) => this.flightOf.set(n, flight)));
            this.flights = decoded.flights;
            this.map.setTracks(decoded);
            delete this.documents.tracks;
        }
        this.filtered(this.crossings.rows);
        this.applyTime();
    }

    async showRest(ofCase, findings, regions, inputs, completeness) {
        this.regions = regions?.regions ?? [];
        this.corridors = regions?.corridors ?? [];
        for (const finding of findings?.rows ?? [])
            this.findings.set(finding.id, finding);
        if (ofCase !== null)
            showAnswer(this.panels.case, ofCase, this.documents.index, this.documents.airspaces?.zones, {
                finding: (id) => this.openFinding(this.findings.get(id)), numberOf: (id) => this.findings.get(id)?.n ?? id.slice(0, 8),
                sources: () => this.tabs.show('sources') }, this.told && this.toldRoot);
        this.loaded = true;
        await Promise.all([this.beside.need(this.state.get('tab')), this.beside.need('interference')]);
        this.drawInterference();
        showSources(this.panels.sources, { index: this.documents.index, case: ofCase, inputs, completeness });
        this.startLive();
    }

    startLive() {
        if (!this.panels.live)
            return;
        this.live = new Live(this.panels.live, { source: this.source, units: () => this.state.get('units'),
            onHeard: (live) => this.showHeard(live),
            onWithheld: (withheld) => { this.withheldLive = withheld; this.showStatus(); },
            onAlert: (alert) => this.alerted(alert), onLeftOff: (n) => { this.told.nLeftOff = n; this.countSoon(); }, select: (id) => this.state.set({ crossing: this.idNow.get(id) ?? id }) });
        this.live.start();
    }

    /** Where no airspace says what to look at the map goes once to where aircraft are. */
    showHeard({ now, aircraft }) {
        const places = aircraft.map(({ lat_deg: lat, lon_deg: lon, ...one }) => ({ ...one, lat, lon }));
        this.map.setTrails(this.trails.follow({ now, aircraft }));
        this.map.setAircraft(places);
        if (places.length && !this.placed) {
            this.placed = true;
            this.map.fitAll();
        }
    }

    /** The store's row of what is told under an id that it had, or without its beginning. */
    storedOf({ id, computed_id: computed }) {
        if (this.told.stored.has(id))
            return undefined;
        return this.byId.get([this.idNow.get(id), this.idNow.get(computed), computed].find((one) => this.told.stored.has(one)));
    }

    /** The store's row is the whole crossing; only how it goes on is news. */
    mergeTold({ id, event, crossing, ...rest }, stored) {
        this.idNow.set(id, stored.id);
        this.byId.delete(id);
        this.told.forget(id);
        if (event !== 'retracted')
            this.told.note({ ...rest, id: stored.id, event, crossing });
        if (crossing?.exit && !stored.exit)
            this.byId.set(stored.id, { ...stored, exit: crossing.exit });
        if (this.state.get('crossing') === id)
            this.state.set({ crossing: stored.id });
        this.countSoon();
    }

    /** A crossing that is told live becomes a row; told again, it takes its own place. */
    alerted(alert) {
        const { event, id, crossing } = alert;
        const stored = this.storedOf(alert);
        if (stored) {
            this.mergeTold(alert, stored);
            return;
        }
        if (event === 'retracted')
            this.byId.delete(id);
        else if (crossing)
            this.byId.set(id, { ...crossing, id, n: this.byId.get(id)?.n ?? (this.lastNumber += 1) });
        this.told.note(alert);
        this.countSoon();
    }

    /** What comes together is shown together. */
    countSoon() {
        this.counting ??= setTimeout(() => {
            this.counting = undefined;
            this.rows = [...this.byId.values()];
            this.showCounts();
            this.colourNamed();
        }, TOGETHER_MS);
    }

    /** Airspaces that crossings name are coloured, also where so many are asked for that none came with the page. */
    async colourNamed() {
        if (this.colouring)
            return;
        this.colouring = true;
        for (let names = this.named.take(this.rows); names.length; names = this.named.take(this.rows)) {
            const document = await this.source.airspaces(names).catch(() => null);
            if (document === null) {
                this.named.giveBack(names);
                break;
            }
            this.map.addAirspaces(document.airspaces);
        }
        this.colouring = false;
        this.drawLegend();
    }

    listen() {
        const { state } = this;
        state.on(['time'], () => this.applyTime());
        state.on(['crossing'], () => this.applySelection());
        state.on(['units'], () => this.applyUnits());
        state.on(['theme'], () => { keep('theme', state.get('theme')); this.applyTheme(); });
        state.on(['tab', 'time', 'crossing', 'theme'], () => this.remember());
        darkPreferred.addEventListener('change', () => this.applyTheme());
        addEventListener('beforeprint', () => this.beforePrint());
        addEventListener('hashchange', () => this.openLinked());
        listenForKeys({
            '?': () => this.help.showModal(), '/': () => this.toFilter(), j: () => this.step(1), k: () => this.step(-1),
            ' ': () => this.timeline?.toggle(), Escape: () => this.escape(), m: () => this.mapRoot.querySelector('.maplibregl-canvas')?.focus(),
            t: () => this.toTable(), d: () => this.toggleTheme(), s: () => this.setSide(this.root.classList.contains('no-side')), f: () => this.map?.fitAll(),
            u: () => this.state.set({ units: this.state.get('units').altitude === 'm' ? AVIATION : METRIC }),
        });
    }

    filtered(rows) {
        if (!this.map)
            return;
        const wanted = new Set(rows.map(({ n }) => this.flightOf.get(n)));
        const all = rows.length === this.rows.length;
        this.map.setWanted(all ? () => true : (flight) => wanted.has(flight));
        this.map.setMarks(rows);
    }

    applyTime() {
        if (!this.rows || !this.map)
            return;
        const time = this.state.get('time');
        this.crossings.setWithin(time === null ? null : (row) => Date.parse(begins(row)) < time.to && Date.parse(ends(row)) >= time.from);
        this.drawInterference();
        this.drawAircraft();
    }

    /** Where each was at the end of a short window; in a page that is live, others are drawn. */
    drawAircraft() {
        if (!this.map || this.panels.live)
            return;
        const time = this.state.get('time');
        const moving = time !== null && time.to - time.from <= MOVING_MS && this.flights;
        this.map.setAircraft(moving ? this.aircraftAt(time.to / 1000) : []);
    }

    /** Of the days that are looked at. */
    drawInterference() {
        const time = this.state.get('time');
        const within = ({ day }) => time === null || (Date.parse(day) < time.to && Date.parse(day) + DAY_MS > time.from);
        this.beside.drawInterference(within);
    }

    aircraftAt(t) {
        const aircraft = [];
        this.flights.forEach((flight, i) => {
            const position = positionAt(this.map.segmentsOf(i), t);
            if (position !== null)
                aircraft.push({ ...position, id: flight.id, callsign: [flight.callsign ?? flight.icao24,
                    show('altitude', position.alt_ft, this.state.get('units'))].filter(Boolean).join('\n') });
        });
        return aircraft;
    }

    async applySelection(go = true) {
        const id = this.state.get('crossing');
        const row = id === null ? undefined : this.byId?.get(id);
        this.details.hidden = row === undefined;
        this.side.classList.toggle('with-details', row !== undefined);
        this.crossings?.table.select(id);
        if (row === undefined) {
            this.map?.select(null, false);
            return;
        }
        const regions = this.regions.filter(({ crossing }) => crossing === id);
        this.map.select({ row, flight: this.flightOf.get(row.n) ?? -1, regions,
            radiusM: this.corridors.find(({ crossing }) => crossing === id)?.radius_m }, go);
        const options = { regions, ways: this.waysOf(row), units: this.state.get('units'), close: () => this.state.set({ crossing: null }),
            step: (by) => this.step(by), openFinding: (finding) => this.openFinding(finding) };
        showDetails(this.details, row, null, { ...options, isLive: this.told?.isOnly(id) });
        if (this.told?.isOnly(id))
            return;
        const more = await this.source.crossing(id).catch((error) => ({ failed: error }));
        if (this.state.get('crossing') === id)
            showDetails(this.details, row, more.failed ? null : more, { ...options, failed: more.failed });
    }

    applyUnits() {
        keep('units', this.state.get('units'));
        this.drawAircraft();
        if (this.state.get('crossing') !== null)
            this.applySelection(false);
        else if (!this.details.hidden)
            this.beside.tell();
    }

    picked(flight, airspace) {
        if (flight === null) {
            this.state.set({ crossing: null });
            return;
        }
        const rows = (this.flights[flight]?.crossings ?? []).map((n) => this.byNumber(n)).filter(Boolean);
        const row = rows.find((one) => one.airspace === airspace) ?? rows[0];
        this.tabs.show('crossings');
        this.state.set({ crossing: row?.id ?? null });
    }

    /** A way under the pointer, and when it was there and how high: in a gap nobody knows. */
    describe({ flight, kind, t: span }, here) {
        const { callsign, icao24, crossings } = this.flights[flight] ?? {};
        const row = this.byNumber(crossings?.[0]);
        const iso = (s) => new Date(s * 1000).toISOString();
        const when = here !== null ? [`here ${stamp(iso(here.t))} UTC`, show('altitude', here.alt_ft, this.state.get('units'))]
            .filter(Boolean).join(', ') : kind === 'flown' || !span ? ''
            : `no believed position ${clock(iso(span[0]))} to ${clock(iso(span[1]))} UTC`;
        return [callsign ?? icao24, row ? `${place(row.from)} → ${place(row.to)}` : '',
            row?.entry ? `in ${instant(row.entry)} UTC` : '', when].filter(Boolean);
    }

    step(by) {
        const { view } = this;
        if (view === this.crossings)
            this.tabs.show('crossings');
        const row = view.table.neighbour(by);
        if (row)
            view.options.onSelect(row);
    }

    /** The table that is looked at. */
    get view() {
        return this.beside?.views[this.state.get('tab')] ?? this.crossings;
    }

    openNumber(n) {
        const row = this.byNumber(n);
        if (row === undefined)
            return;
        this.tabs.show('crossings');
        this.state.set({ crossing: row.id });
    }

    /** @param {Object|undefined} finding */
    openFinding(finding) {
        if (finding?.rule !== undefined && this.panels.findings)
            this.beside.open('findings', finding);
    }

    closeDetails() {
        this.details.hidden = true;
        if (this.state.get('crossing') === null)
            this.map?.select(null, false);
        this.state.set({ crossing: null });
    }

    /** A link to a row, `#crossing-12` or `?crossing=`. */
    openLinked() {
        const hash = /^#crossing-(\d+)$/.exec(location.hash);
        if (hash)
            this.openNumber(Number(hash[1]));
        else {
            const { crossing, chosen } = this.parameters;
            const row = this.byId.get(this.idNow.get(crossing) ?? crossing) ?? this.rows.find(({ icao24 }) => chosen.includes(icao24));
            if (row)
                this.state.set({ crossing: row.id });
        }
    }

    escape() {
        if (!this.details.hidden)
            this.closeDetails();
        else if (this.state.get('time') !== null)
            this.timeline.all();
    }

    toFilter() {
        this.setSide(true);
        if (this.view === this.crossings)
            this.tabs?.show('crossings');
        this.view?.filter.focus();
    }

    toTable() {
        this.setSide(true);
        this.tabs?.show('crossings');
        this.crossings?.table.root.focus();
    }

    toggleTheme() {
        this.state.set({ theme: this.theme === 'dark' ? 'light' : 'dark' });
    }

    applyTheme() {
        document.documentElement.dataset.theme = this.theme;
        this.map?.setTheme(this.theme);
        this.drawLegend();
    }

    drawLegend() {
        const colours = this.map?.colours ?? new Map();
        fill(this.legend, [...colours].slice(0, IN_LEGEND).map(([name, colour]) => {
            const swatch = el('span', { class: 'swatch', 'aria-hidden': 'true' });
            swatch.style.backgroundColor = colour;
            return el('span', {}, swatch, name);
        }), colours.size > IN_LEGEND ? el('span', {}, `and ${colours.size - IN_LEGEND} more`) : null,
        this.named?.nLeft ? el('span', {}, `${this.named.nLeft} crossed are not coloured`) : null, sample('gap', 'gap'), el('span', {}, '▲ entry ▽ exit'),
        this.panels?.interference ? [sample('disturbed', 'positions disturbed'), sample('sink', 'jumped to')] : null);
        const credit = [...(this.documents.index?.attribution ?? []).map(({ text }) => text), this.tilesCredit && visible(this.tilesCredit)]
            .filter(Boolean).join(' · ');
        this.legend.append(el('span', { class: 'credit' }, credit));
    }

    /** Beside the rows, which may come later. */
    tellTrouble(words) {
        this.trouble = words;
        if (this.rows)
            this.showStatus();
    }

    showStatus() {
        const { index } = this.documents;
        fill(this.status, index.simulated || this.rows.some(({ simulated }) => simulated) ? el('strong', { class: 'badge' }, 'simulated traffic') : null, ` ${this.rows.length} ${this.rows.length === 1 ? 'crossing' : 'crossings'}`,
            index.public ? ` · ${withheldSummary(index.withheld, this.withheldLive)}` : '', index.generated ? ` · as of ${stamp(index.generated).slice(0, 10)}` : null,
            this.trouble ? ` · ${this.trouble}` : null);
    }

    remember() {
        if (!this.map || this.root.dataset.ready !== 'true')
            return;
        const { crossing, time, tab } = this.state.all();
        replaceParameters({ query: this.crossings.filter.value, crossing, time, tab, theme: this.parameters.theme ? this.theme : null,
            hideSideBar: this.root.classList.contains('no-side'), hideButtons: this.parameters.hideButtons, ...this.map.view() });
    }

    /** Print takes the map and the chart as they are now, where the report has no figures of its own. */
    beforePrint() {
        const report = document.getElementById('report');
        report?.querySelector('.printed')?.remove();
        if (!report?.childElementCount || !this.map || report.querySelector('svg'))
            return;
        const figure = el('figure', { class: 'printed' }, el('img', { src: this.map.picture(), alt: 'The map as shown' }));
        if (this.timeline.plot)
            figure.append(this.timeline.plot.cloneNode(true));
        report.querySelector('h1')?.after(figure);
    }
}
