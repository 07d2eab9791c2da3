// SPDX-License-Identifier: Apache-2.0
//
// Tabs as the ARIA practices have them: arrows move, the panel follows.

import { el } from '../dom.js';

export class Tabs {
    /** @param {HTMLElement} root @param {(name: string) => void} onShow */
    constructor(root, onShow) {
        this.onShow = onShow;
        this.list = el('div', { class: 'tabs', role: 'tablist', 'aria-label': 'What is told' });
        this.panels = new Map();
        this.root = root;
        root.append(this.list);
        this.list.addEventListener('keydown', (event) => this.arrow(event));
    }

    /** @returns {HTMLElement} the panel */
    add(name, words) {
        const panel = el('section', { role: 'tabpanel', id: `panel-${name}`, 'aria-labelledby': `tab-${name}`, hidden: true, class: `panel ${name}` });
        const tab = el('button', { type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': `panel-${name}`,
            'aria-selected': 'false', tabindex: '-1', onclick: () => this.show(name) }, words);
        this.list.append(tab);
        this.root.append(panel);
        this.panels.set(name, { tab, panel });
        return panel;
    }

    show(name) {
        if (!this.panels.has(name))
            return;
        for (const [other, { tab, panel }] of this.panels) {
            tab.setAttribute('aria-selected', String(other === name));
            tab.tabIndex = other === name ? 0 : -1;
            panel.hidden = other !== name;
        }
        this.shown = name;
        this.onShow(name);
    }

    arrow({ key }) {
        const names = [...this.panels.keys()];
        const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
        if (step === undefined)
            return;
        const name = names[(names.indexOf(this.shown) + step + names.length) % names.length];
        this.show(name);
        this.panels.get(name).tab.focus();
    }
}
