// SPDX-License-Identifier: Apache-2.0
//
// Which airspaces are coloured for being named by crossings: of very many that are asked for, a server sends those that
// a page names.

/** A map on which everything is coloured tells nothing. */
export const MOST_NAMED = 64;
/** Of names in one question (docs/api.md). */
const QUESTION_BYTES = 79;

const bytesOf = (text) => new TextEncoder().encode(text).length;

export class Named {
    /** @param {Iterable<string>} known airspaces that the map has */
    constructor(known) {
        this.known = new Set(known);
        this.nAsked = 0;
        this.nLeft = 0; // of those that crossings name: neither known nor asked for
    }

    /** What to ask for next, as much as one question holds. @param {Object[]} rows crossings @returns {string[]} */
    take(rows) {
        const names = [];
        let n = -1;
        this.nLeft = 0;
        for (const airspace of new Set(rows.map((row) => row.airspace)))
            if (!this.known.has(airspace)) {
                const bytes = 1 + bytesOf(airspace);
                if (this.nAsked < MOST_NAMED && n + bytes <= QUESTION_BYTES) {
                    names.push(airspace);
                    this.known.add(airspace);
                    this.nAsked += 1;
                    n += bytes;
                } else
                    this.nLeft += 1;
            }
        return names;
    }

    /** The question was not answered: they may be asked for again. */
    giveBack(names) {
        for (const name of names)
            this.known.delete(name);
        this.nAsked -= names.length;
        this.nLeft += names.length;
    }
}
