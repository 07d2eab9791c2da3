// SPDX-License-Identifier: Apache-2.0
//
// A table of rows: a real table, sorted by its headers, with columns to hide. Rows are made as they are
// scrolled to, so that thousands cost what is seen of them.

import { el, fill } from '../dom.js';
import { AVIATION } from '../units.js';
import { compareText, visible } from '../words.js';

const CHUNK_ROWS = 60;

/** Absent values stand last, whichever way. */
function compare(column, descending) {
    const value = column.order ?? column.value ?? ((row) => column.text(row, AVIATION));
    return (a, b) => {
        const [x, y] = [value(a), value(b)];
        const [noX, noY] = [x === undefined || x === '', y === undefined || y === ''];
        if (noX || noY)
            return Number(noX) - Number(noY);
        const order = typeof x === 'number' && typeof y === 'number' ? x - y : compareText(String(x), String(y));
        return descending ? -order : order;
    };
}

export class Table {
    /**
     * @param {{caption: string, columns: import('./columns.js').Column[], units: () => Object, empty: string,
     *     rowId: (row: Object) => string, rowName?: string, onSelect?: (row: Object) => void,
     *     prefer?: {columns: string[]|null, keep: (keys: string[]) => void}}} options
     */
    constructor(options) {
        this.options = options;
        this.rows = [];
        this.shown = 0;
        this.selected = null;
        const kept = options.prefer?.columns;
        this.visible = new Set(options.columns.filter(({ key, hidden }) => (kept ? kept.includes(key) : !hidden))
            .map(({ key }) => key));
        this.sort = { key: options.columns[0].key, descending: false };
        this.head = el('thead');
        this.body = el('tbody');
        this.note = el('p', { class: 'empty', hidden: true }, options.empty);
        this.table = el('table', {}, el('caption', { class: 'hidden' }, options.caption), this.head, this.body);
        this.root = el('div', { class: 'rows', tabindex: '0', role: 'region', 'aria-label': options.caption },
            this.table, this.note);
        this.root.addEventListener('scroll', () => this.growAtEnd(), { passive: true });
        this.body.addEventListener('click', (event) => this.clicked(event));
        this.body.addEventListener('keydown', (event) => {
            if (event.key === 'Enter')
                this.clicked(event);
        });
        this.drawHead();
    }

    get columns() {
        return this.options.columns.filter(({ key }) => this.visible.has(key));
    }

    setRows(rows) {
        this.rows = [...rows];
        this.order();
    }

    order() {
        const column = this.options.columns.find(({ key }) => key === this.sort.key);
        this.rows.sort(compare(column, this.sort.descending));
        this.redraw();
    }

    redraw() {
        this.shown = 0;
        this.body.replaceChildren();
        this.table.setAttribute('aria-rowcount', String(this.rows.length + 1));
        this.note.hidden = this.rows.length > 0;
        this.grow();
    }

    grow() {
        const until = Math.min(this.rows.length, this.shown + CHUNK_ROWS);
        const units = this.options.units();
        const columns = this.columns;
        const fragment = document.createDocumentFragment();
        for (; this.shown < until; this.shown++)
            fragment.append(this.rowElement(this.rows[this.shown], this.shown, columns, units));
        this.body.append(fragment);
    }

    growAtEnd() {
        const { scrollTop, clientHeight, scrollHeight } = this.root;
        if (this.shown < this.rows.length && scrollTop + clientHeight > scrollHeight - 400)
            this.grow();
    }

    rowElement(row, index, columns, units) {
        const id = this.options.rowId(row);
        const selectable = this.options.onSelect !== undefined;
        const tr = el('tr', { 'data-id': id, 'aria-rowindex': index + 2,
            'aria-current': id === this.selected ? 'true' : undefined });
        for (const [i, column] of columns.entries()) {
            const text = column.text(row, units);
            const cell = el('td', { class: column.number ? `number ${column.key}` : column.key });
            // The first cell is the way in for the keyboard and for who hears the page read.
            if (i === 0 && selectable)
                cell.append(el('button', { class: 'row', type: 'button',
                    'aria-label': `${this.options.rowName ?? 'Row'} ${text}` }, text || '·'));
            else
                cell.textContent = visible(text);
            tr.append(cell);
        }
        return tr;
    }

    clicked(event) {
        const tr = event.target.closest('tr');
        if (tr === null || this.options.onSelect === undefined || String(getSelection()) !== '')
            return;
        const row = this.rows[Number(tr.getAttribute('aria-rowindex')) - 2];
        if (row !== undefined)
            this.options.onSelect(row);
    }

    /** Marks the row of an identifier and brings it into view. */
    select(id) {
        this.selected = id;
        this.body.querySelector('[aria-current]')?.removeAttribute('aria-current');
        const index = id === null ? -1 : this.rows.findIndex((row) => this.options.rowId(row) === id);
        if (index < 0)
            return;
        while (this.shown <= index)
            this.grow();
        const tr = this.body.children[index];
        tr.setAttribute('aria-current', 'true');
        this.reveal(tr);
    }

    /** Up or down only: a wide row would move the table aside, too. */
    reveal(tr) {
        const [row, own] = [tr.getBoundingClientRect(), this.root.getBoundingClientRect()];
        const top = own.top + this.head.offsetHeight;
        if (row.top < top)
            this.root.scrollTop -= top - row.top;
        else if (row.bottom > own.bottom)
            this.root.scrollTop += row.bottom - own.bottom;
    }

    /** The row so many further on than the selected one; the first without one. */
    neighbour(step) {
        const index = this.rows.findIndex((row) => this.options.rowId(row) === this.selected);
        return this.rows[index < 0 ? 0 : Math.min(Math.max(index + step, 0), this.rows.length - 1)];
    }

    drawHead() {
        const cells = this.columns.map((column) => {
            const sorted = column.key === this.sort.key;
            const arrow = sorted ? (this.sort.descending ? ' ▾' : ' ▴') : '';
            return el('th', { scope: 'col', class: column.number ? 'number' : undefined, title: column.help,
                'aria-sort': sorted ? (this.sort.descending ? 'descending' : 'ascending') : undefined },
            el('button', { type: 'button', 'data-key': column.key, onclick: () => this.sortBy(column.key) },
                column.name, el('span', { 'aria-hidden': 'true' }, arrow)));
        });
        fill(this.head, el('tr', {}, cells));
    }

    /** @param {{key: string, descending: boolean}} sort */
    orderBy(sort) {
        this.sort = sort;
        this.drawHead();
        this.order();
    }

    sortBy(key) {
        this.orderBy({ key, descending: this.sort.key === key && !this.sort.descending });
        this.head.querySelector(`[data-key="${key}"]`)?.focus();
    }

    setVisible(key, visible) {
        if (visible)
            this.visible.add(key);
        else if (this.visible.size > 1)
            this.visible.delete(key);
        this.options.prefer?.keep([...this.visible]);
        this.drawHead();
        this.redraw();
    }
}
