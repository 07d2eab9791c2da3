// SPDX-License-Identifier: Apache-2.0
//
// Help and settings, as the browser's own dialogs: they hold the focus and close on Esc.

import { el, menu } from './dom.js';
import { AVIATION, METRIC, UNITS } from './units.js';
import { CLASS_WORDS } from './words.js';

export const SHORTCUTS = [
    ['?', 'this help'], ['/', 'filter'], ['j  k', 'next and previous row'], ['space', 'play and pause'],
    ['Esc', 'close, clear the selection'], ['m', 'to the map'], ['t', 'to the table'], ['s', 'show or hide the tables'], ['d', 'dark or light'],
    ['u', 'feet and knots, or metres and km/h'], ['f', 'fit the map to what is shown'],
];

function dialog(title, ...content) {
    const element = el('dialog', { 'aria-label': title });
    const close = el('button', { type: 'button', onclick: () => element.close() }, 'Close');
    element.append(el('h2', {}, title), ...content, el('p', { class: 'right' }, close));
    element.addEventListener('click', (event) => {
        if (event.target === element)
            element.close();
    });
    return element;
}

const sample = (name) => el('span', { class: `sample ${name}`, 'aria-hidden': 'true' });

export function helpDialog() {
    return dialog('Help',
        el('div', { class: 'columns' },
            el('section', {}, el('h3', {}, 'Keys'), el('dl', { class: 'keys' }, SHORTCUTS.map(([key, words]) =>
                [el('dt', {}, key.split('  ').map((one) => el('kbd', {}, one))), el('dd', {}, words)]))),
            el('section', {}, el('h3', {}, 'On the map'), el('ul', { class: 'plain legend' },
                el('li', {}, sample('flown'), 'flown: positions were received'),
                el('li', {}, sample('gap'), 'a gap: nobody knows where it flew'),
                el('li', {}, sample('region'), 'what could be reached in the gap'),
                el('li', {}, '▲ entry, ▽ exit; a time in UTC, or the interval that it lies in'),
                el('li', {}, sample('hatched'), 'a day without data: not known, and no zero')),
            el('h3', {}, 'Filter'), el('p', {}, 'Words that all must hold. ', el('code', {}, 'callsign:SIM4'), ', ',
                el('code', {}, 'airspace:IQ'), ', ', el('code', {}, 'class:observed|bracketed'), ', ',
                el('code', {}, '-from:OIIE'), '.'))),
        el('h3', {}, 'Classes'), el('dl', { class: 'classes' }, Object.entries(CLASS_WORDS).map(([name, words]) =>
            [el('dt', {}, name.replace('_', ' ')), el('dd', {}, words)])));
}

/** @param {Object} state */
export function settingsDialog(state) {
    const selects = Object.entries(UNITS).map(([quantity, choices]) => el('label', {}, `${quantity[0].toUpperCase()}${quantity.slice(1)} `,
        el('select', { 'data-quantity': quantity, onchange: (event) =>
            state.set({ units: { ...state.get('units'), [quantity]: event.target.value } }) },
        Object.entries(choices).map(([key, { name }]) => el('option', { value: key }, name)))));
    const theme = el('select', { onchange: () => state.set({ theme: theme.value }) },
        [['auto', 'as the system has it'], ['light', 'light'], ['dark', 'dark']].map(([value, name]) => el('option', { value }, name)));
    const preset = (name, units) => el('button', { type: 'button', onclick: () => state.set({ units }) }, name);
    const element = dialog('Settings', el('div', { class: 'settings' }, el('label', {}, 'Colours ', theme), selects,
        el('p', {}, preset('Feet and knots', AVIATION), ' ', preset('Metric', METRIC)),
        el('p', { class: 'quiet' }, 'Times are UTC. Files keep the units of their columns’ names.')));
    const sync = () => {
        theme.value = state.get('theme');
        for (const select of element.querySelectorAll('select[data-quantity]'))
            select.value = state.get('units')[select.dataset.quantity];
    };
    state.on(['units', 'theme'], sync);
    sync();
    return element;
}

/** Which columns a table shows. */
export function columnsMenu(table) {
    return menu('Columns', table.options.columns.map((column) => el('label', {}, el('input', { type: 'checkbox',
        checked: table.visible.has(column.key), onchange: (event) => table.setVisible(column.key, event.target.checked) }),
    ` ${column.name}`, column.help ? el('span', { class: 'quiet' }, ` ${column.help}`) : null)));
}
