// SPDX-License-Identifier: Apache-2.0
//
// A table with what goes with it: a filter, its columns, copy and files.

import { columnsMenu } from '../dialogs.js';
import { el, menu } from '../dom.js';
import { compileFilter } from '../filter.js';
import { keep, kept } from '../prefer.js';
import { toCsv, toTabs, download } from './export.js';
import { Table } from './table.js';

export class TableView {
    /**
     * @param {HTMLElement} root
     * @param {{name: string, caption: string, columns: Object[], state: Object, rowName: string, empty: string,
     *     onSelect?: Function, onFilter?: (query: string) => void,
     *     files?: {name: string, type: string, text: (rows: Object[]) => string}[]}} options
     */
    constructor(root, options) {
        this.options = options;
        const { name, caption, columns, state, rowName, onSelect } = options;
        this.all = [];
        this.within = null;
        this.table = new Table({ caption, columns, rowName, onSelect, units: () => state.get('units'),
            rowId: (row) => row.id ?? String(row.n), empty: options.empty,
            prefer: { columns: kept(`columns.${name}`, null), keep: (keys) => keep(`columns.${name}`, keys) } });
        this.filter = el('input', { type: 'search', placeholder: 'Filter  /', 'aria-label': `Filter ${caption}`,
            spellcheck: 'false', autocomplete: 'off', oninput: () => this.typed() });
        this.count = el('span', { class: 'count', role: 'status' });
        root.append(el('div', { class: 'table-tools' }, this.filter, this.count, columnsMenu(this.table), this.filesMenu()),
            this.table.root);
        state.on(['units'], () => this.table.redraw());
    }

    filesMenu() {
        const csv = { name: 'csv', type: 'text/csv', text: (rows) => toCsv(this.options.columns, rows) };
        const buttons = [csv, ...(this.options.files ?? [])].map(({ name, type, text }) => el('button', { type: 'button',
            onclick: () => download(`${this.options.name}.${name}`, type, text(this.table.rows)) }, name.toUpperCase()));
        const copy = el('button', { type: 'button', onclick: () => this.copy(copy) }, 'Copy');
        return menu('Save', copy, buttons);
    }

    async copy(button) {
        const text = toTabs(this.table.columns, this.table.rows, this.options.state.get('units'));
        try {
            await navigator.clipboard.writeText(text);
            button.textContent = `Copied ${this.table.rows.length} rows`;
        } catch {
            button.textContent = 'The browser refused; save as CSV instead';
        }
    }

    typed() {
        this.options.onFilter?.(this.filter.value);
        this.apply();
    }

    /** @param {Object[]} rows */
    setRows(rows) {
        this.all = rows;
        this.apply();
    }

    /** @param {((row: Object) => boolean)|null} within what else must hold */
    setWithin(within) {
        if (within === this.within)
            return;
        this.within = within;
        this.apply();
    }

    setQuery(query) {
        if (this.filter.value === query)
            return;
        this.filter.value = query;
        this.typed();
    }

    apply() {
        const test = compileFilter(this.filter.value, this.options.columns, this.options.state.get('units'));
        this.rows = this.all.filter((row) => test(row) && (this.within === null || this.within(row)));
        this.table.setRows(this.rows);
        this.count.textContent = this.rows.length === this.all.length ? `${this.all.length}`
            : `${this.rows.length} of ${this.all.length}`;
        this.options.onRows?.(this.rows);
    }
}
