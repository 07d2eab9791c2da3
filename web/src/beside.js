// SPDX-License-Identifier: Apache-2.0
//
// The tables beside the crossings: each is read when it is first looked at, and a row that is chosen is told
// and drawn.

import { el, fill } from './dom.js';
import { interferenceFeatures } from './map/features.js';
import { claimBody, detectionBody, gapBody, interferenceBody, showBeside } from './panel/beside.js';
import { showFinding } from './panel/details.js';
import { toGeoJson, toKml } from './table/export.js';
import { gapRows, interferenceRows, OTHERS } from './table/others.js';
import { TableView } from './table/view.js';

export class Beside {
    /**
     * @param {Object} page what the page lends: `panels`, `state`, `map`, `details`, `findings`, `load(name)`,
     *     `crossings()`, `regionsOf(gap)`, `placeOf(n)`, `openCrossing(n)`, `credits()`, `close()`, `show(tab)`
     */
    constructor(page) {
        this.page = page;
        this.views = {};
        this.asked = {};
    }

    /** Reads a table's documents, once. @returns {Promise<void>} also of one that failed, which its panel tells */
    need(name) {
        const other = OTHERS.find((one) => one.name === name);
        const panel = this.page.panels[name];
        if (!other || !panel)
            return Promise.resolve();
        this.asked[name] ??= Promise.all((other.documents ?? [name]).map((document) => this.page.load(document)))
            .then((documents) => this.fill(other, panel, this.rowsOf(name, documents)))
            .catch((error) => {
                delete this.asked[name];
                fill(panel, el('p', { class: 'empty error', role: 'alert' }, `${error.message} ${error.advice ?? ''}`));
            });
        return this.asked[name];
    }

    rowsOf(name, documents) {
        if (name === 'gaps')
            return gapRows(documents[0].rows, this.page.crossings());
        if (name !== 'interference')
            return documents[0].rows;
        this.radiusM = documents[0]?.radius_m;
        this.cellDeg = documents[1]?.cell_deg;
        return interferenceRows(...documents);
    }

    fill(other, panel, rows) {
        const { name, words, row: rowName, columns } = other;
        fill(panel);
        this.views[name] = new TableView(panel, { name, caption: words, columns, state: this.page.state, rowName,
            empty: rows.length ? 'The filter leaves none. Clear it to see all.' : `No ${words.toLowerCase()}. ${other.advice ?? ''}`,
            onSelect: (row) => this.open(name, row), files: other.place ? this.files(other) : [] });
        this.views[name].setRows(rows);
    }

    files({ place, mark }) {
        const lent = { crossingOf: (row) => row.crossing ?? this.subjectOf(row)?.n, placeOf: this.page.placeOf };
        const placeOf = (row) => place(row, lent);
        return [{ name: 'geojson', type: 'application/geo+json', text: (rows) => toGeoJson(rows, placeOf) },
            { name: 'kml', type: 'application/vnd.google-earth.kml+xml', text: (rows) => toKml(this.page.credits(), rows, placeOf, mark) }];
    }

    /** Shows a row where it stands, draws it and tells of it. */
    async open(name, row) {
        const { page } = this;
        page.show(name);
        await this.need(name);
        this.views[name]?.table.select(row.id ?? String(row.n));
        this.opened = { name, row };
        if (name === 'gaps')
            page.map.lookAtGap(row, page.regionsOf(row));
        else if (name === 'interference')
            page.map.goTo(row.lat_deg, row.lon_deg, row.day);
        else if (name === 'detections')
            page.map.goTo(row.lat_deg, row.lon_deg, row.from.slice(0, 10));
        this.tell();
    }

    /** What is open, in the reader's units. */
    tell() {
        const { page, opened: { name, row } } = this;
        const tell = { gaps: () => this.tellGap(row), claims: () => this.tellClaim(row), interference: () => this.tellInterference(row),
            detections: () => this.tellDetections(row) }[name];
        page.details.hidden = !tell && row.rule === undefined;
        if (tell)
            tell();
        else if (row.rule !== undefined)
            this.tellFinding(row);
    }

    tellGap(row) {
        const { page } = this;
        showBeside(page.details, `gap ${row.n}`, page.close, gapBody(row, { units: page.state.get('units'),
            openCrossing: page.openCrossing, regions: page.regionsOf(row) }));
    }

    tellClaim(row) {
        const { page } = this;
        showBeside(page.details, `${row.kind} ${row.n}`, page.close, claimBody(row, { findings: page.findings,
            openFinding: (finding) => this.open('findings', finding) }));
    }

    tellInterference(row) {
        showBeside(this.page.details, row.id.replace('-', ' '), this.page.close, interferenceBody(row));
    }

    tellDetections(row) {
        showBeside(this.page.details, `detection ${row.n}`, this.page.close, detectionBody(row));
    }

    tellFinding(finding) {
        const { page } = this;
        const n = finding.crossing ?? this.subjectOf(finding)?.n;
        showFinding(page.details, finding, { close: page.close, subject: n, openSubject: n === undefined ? null : () => page.openCrossing(n) });
    }

    /** The crossing that a finding is about, or the first of its flight or journey. */
    subjectOf({ about = {} }) {
        return this.page.crossings().find(({ id, flight, journey }) => id === about.crossing ||
            (about.flight !== undefined && flight?.id === about.flight) || (about.journey !== undefined && journey?.id === about.journey));
    }

    /** What of interference is drawn: that of the time that is looked at. @param {(row: Object) => boolean} within */
    drawInterference(within) {
        const rows = (this.views.interference?.all ?? []).filter(within);
        this.page.map.setInterference(interferenceFeatures(rows, this.radiusM, this.cellDeg));
    }
}
