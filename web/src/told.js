// SPDX-License-Identifier: Apache-2.0
//
// What is told live beside the rows that a store has: each crossing once, by its id, as it was told last.

import { begins, clock, day } from './units.js';

const DAY_MS = 86400000;

const counted = (n, one, many) => `${n} ${n === 1 ? one : many}`;

export class Told {
    /** @param {Iterable<string>} stored ids of the rows that the store has */
    constructor(stored) {
        this.stored = new Set(stored);
        this.crossings = new Map();
        this.since = null;
        this.nLeftOff = 0; // of those that were told before the page was opened
    }

    /** @param {Object} alert docs/formats/alerts.md; what is about no crossing is not counted */
    note({ id, event, told, crossing }) {
        if (id === undefined)
            return;
        const before = this.crossings.get(id);
        this.since = this.since === null || told < this.since ? told : this.since;
        this.crossings.set(id, { isInside: event !== 'left' && crossing?.exit === undefined,
            isCorrected: event === 'corrected' || Boolean(before?.isCorrected), isRetracted: event === 'retracted' });
    }

    /** It is told under another id, or not any more. */
    forget(id) {
        this.crossings.delete(id);
    }

    /** Whether the store knows nothing of it. */
    isOnly(id) {
        return this.crossings.has(id) && !this.stored.has(id);
    }

    /** How many crossings are shown, and what became of those that were told. @param {Object[]} rows all that are shown @returns {string[]} */
    sentences(rows) {
        const shown = `${counted(rows.length, 'crossing is', 'crossings are')} shown`;
        if (this.crossings.size === 0)
            return [`${shown}; none was told live yet.`];
        const nLive = rows.filter(({ id }) => this.isOnly(id)).length;
        const all = [...this.crossings.values()];
        const kept = all.filter(({ isRetracted }) => !isRetracted);
        const nInside = kept.filter(({ isInside }) => isInside).length;
        const leftOff = this.nLeftOff === 0 ? [] : [`${counted(this.nLeftOff, 'crossing', 'crossings')} that ${this.nLeftOff === 1 ? 'was' : 'were'} told before this page was opened ${
            this.nLeftOff === 1 ? 'is' : 'are'} left off: the server keeps 10,000 at the most, and those longest that are inside.`];
        return [`${shown}: ${nLive} told live since ${day(this.since)} ${clock(this.since)} UTC, ${rows.length - nLive} of the store.`,
            `Alerts were about ${counted(all.length, 'crossing', 'crossings')}: ${nInside} entered and not left, ${kept.length - nInside} left, ${
                all.length - kept.length} retracted, which are not shown; ${kept.filter(({ isCorrected }) => isCorrected).length} of those shown were corrected.`, ...leftOff];
    }
}

/**
 * The days of a series with the journeys of its watch that were told live, each once, on the day of its entry.
 * @param {Object} series of the document `series` @param {Object[]} rows crossings that it does not count
 */
export function withTold(series, rows) {
    const journeys = new Map();
    for (const { watches, entry, journey, flight, id } of rows) {
        const date = day(entry?.time ?? begins({ entry, flight }));
        if (date !== '' && (watches ?? []).includes(series.watch))
            journeys.set(date, (journeys.get(date) ?? new Set()).add(journey?.id ?? flight?.id ?? id));
    }
    if (journeys.size === 0)
        return series;
    const counted = new Map(series.days.map((one) => [one.day, one]));
    const all = [...counted.keys(), ...journeys.keys()].sort();
    const days = [];
    for (let t = Date.parse(all[0]); t <= Date.parse(all[all.length - 1]); t += DAY_MS) {
        const date = day(new Date(t).toISOString());
        days.push({ ...(counted.get(date) ?? { day: date, count: null }), told: journeys.get(date)?.size });
    }
    return { ...series, days };
}
