// SPDX-License-Identifier: Apache-2.0
//
// What a reader chose, kept in the browser where it lets the page; else for this visit.

const PREFIX = 'overflight.';

/** @param {string} name @param {*} otherwise */
export function kept(name, otherwise) {
    try {
        const text = localStorage.getItem(PREFIX + name);
        return text === null ? otherwise : JSON.parse(text);
    } catch {
        return otherwise;
    }
}

/** @param {string} name @param {*} value */
export function keep(name, value) {
    try {
        localStorage.setItem(PREFIX + name, JSON.stringify(value));
    } catch {
        // A browser that keeps nothing is one that was told so.
    }
}

/** Units of this reader; one that is not known any more falls back. */
export function keptUnits(otherwise, known) {
    const units = kept('units', {});
    return Object.fromEntries(Object.entries(otherwise).map(([quantity, unit]) =>
        [quantity, Object.hasOwn(known[quantity], units?.[quantity] ?? '') ? units[quantity] : unit]));
}

export function keptTheme() {
    const theme = kept('theme', 'auto');
    return theme === 'dark' || theme === 'light' ? theme : 'auto';
}
