// SPDX-License-Identifier: Apache-2.0
//
// What is typed into a filter. Words separated by blanks, all of which must hold: `key:value` of one
// column, else in any of them; `a|b` is either, `-word` none of it. Plain comparisons, no patterns: no
// text can make it slow.

/** @typedef {(row: Object) => boolean} Test */

/** `^` holds the comparison to the start, as in tar1090's patterns of callsigns. */
function alternatives(text) {
    return text.toLowerCase().split('|').filter(Boolean).map((word) =>
        (word.startsWith('^') ? { word: word.slice(1), start: true } : { word, start: false }));
}

function holds(text, wanted) {
    return wanted.some(({ word, start }) => (start ? text.startsWith(word) : text.includes(word)));
}

/**
 * @param {string} query
 * @param {{key: string, text: (row: Object, units: Object) => string}[]} columns what `key:` may name, and what is searched
 * @param {Object} units in which quantities are shown, and so are searched
 * @returns {Test}
 */
export function compileFilter(query, columns, units) {
    const byKey = new Map(columns.map((column) => [column.key.toLowerCase(), column]));
    const tests = query.split(/\s+/).filter(Boolean).map((term) => {
        const negative = term.startsWith('-') && term.length > 1;
        const positive = negative ? term.slice(1) : term;
        const colon = positive.indexOf(':');
        const column = colon > 0 ? byKey.get(positive.slice(0, colon).toLowerCase()) : undefined;
        const wanted = alternatives(column ? positive.slice(colon + 1) : positive);
        if (wanted.length === 0)
            return () => true;
        const searched = column ? [column] : columns;
        return (row) =>
            searched.some(({ text }) => holds(text(row, units).toLowerCase(), wanted)) !== negative;
    });
    return (row) => tests.every((test) => test(row));
}
