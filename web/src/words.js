// SPDX-License-Identifier: Apache-2.0
//
// What the words of the data mean, for those who meet them the first time.

export const CLASS_WORDS = {
    observed: 'two or more positions inside, and positions around entry and exit, where its track has these',
    bracketed: 'positions inside; entry or exit lies in a gap and is an interval',
    necessary: 'no way around it could have been flown in the gap, at the hardest speed',
    near_certain: 'no way around it at the usual speed of its type',
    possible: 'some ways that could be flown lead through it, some do not',
    impossible: 'no way that could be flown reaches it',
    inconsistent: 'the positions around cannot be joined at any plausible speed',
};

export const ROLE_WORDS = {
    overflight: 'enters and leaves',
    arrival: 'lands there',
    departure: 'takes off there',
    domestic: 'takes off and lands there',
    incomplete: 'begins or ends inside; the end is not known',
    none: 'was not entered',
};

/** A gap by its kind; who stood on the ground was not heard, either. */
export const GAP_WORDS = {
    silent: 'not heard',
    ground: 'not heard',
    heard: 'heard without a position',
    not_believed: 'without a position that is believed',
};

/** When a zone is in force: dates, days of the week, times of day. @param {Object} zone of `airspaces` */
export function zoneTimes({ valid_from: start, valid_to: end, weekdays, from, until }) {
    const date = (time) => time.replace('T00:00:00.000Z', '').replace('T', ' ').replace(/(\.000)?Z$/, '');
    return [start ? `from ${date(start)}` : '', end ? `until before ${date(end)}` : '', (weekdays ?? []).join(' '),
        from && until && from !== until ? `${from} to ${until} UTC` : ''].filter(Boolean).join(', ');
}

/** `near_certain` as people write it. */
export const plain = (word) => (word ?? '').replaceAll('_', ' ');

/** `XX` or `?`: an end of a flight; `~` before what is inferred. */
export function place(end) {
    if (!end || end.kind === 'unknown' || (!end.airport && !end.country))
        return '?';
    return `${end.kind === 'inferred' ? '~' : ''}${end.airport ?? end.country}`;
}

/**
 * What a public page does not show: rows of the store, and what was kept back of live alerts.
 * @param {Object<string, number>} [rows] `withheld` of `index` @param {Object} [live] `withheld` of `live`
 */
export function withheldSummary(rows = {}, { alerts_ladd: ladd = 0, alerts_pia: pia = 0 } = {}) {
    const nRows = Object.values(rows).reduce((sum, n) => sum + n, 0);
    return `public: ${nRows} rows${ladd + pia > 0 ? ` and ${ladd + pia} live alerts` : ''} withheld`;
}

const digits = '0123456789';

/**
 * Bytes that are no callsign, registration or address are shown as what they are, never as what they
 * could do to the reader: controls and marks of direction as \u{...}. Texts of a case have lines, and
 * Persian and Hindi words have joiners in them.
 */
export function visible(text) {
    return String(text ?? '').replaceAll(/(?![\n\r\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu,
        (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}

/** Compares texts with numbers in them as people do: SIM9 before SIM10. */
const collator = new Intl.Collator('en', { numeric: true });
export const compareText = (a, b) =>
    (digits.includes(a[0]) && digits.includes(b[0]) && a.length === b.length
        ? (a < b ? -1 : Number(a > b))
        : collator.compare(a, b));
