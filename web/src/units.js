// SPDX-License-Identifier: Apache-2.0
//
// Quantities as people read them. Data keeps its own units; only what is shown is converted.

const M_PER_FT = 0.3048;
const M_PER_NMI = 1852;

/** @type {Object<string, Object<string, {name: string, from: (x: number) => string}>>} */
export const UNITS = {
    altitude: { // from ft
        ft: { name: 'feet', from: (x) => `${group(x)} ft` },
        fl: { name: 'flight level', from: (x) => `FL${String(Math.round(x / 100)).padStart(3, '0')}` },
        m: { name: 'metres', from: (x) => `${group(x * M_PER_FT)} m` },
    },
    speed: { // from kt
        kt: { name: 'knots', from: (x) => `${group(x)} kt` },
        kmh: { name: 'km/h', from: (x) => `${group(x * M_PER_NMI / 1000)} km/h` },
        mph: { name: 'mph', from: (x) => `${group(x * M_PER_NMI / 1609.344)} mph` },
    },
    distance: { // from m
        nmi: { name: 'nautical miles', from: (x) => `${group(x / M_PER_NMI)} NM` },
        km: { name: 'kilometres', from: (x) => `${group(x / 1000)} km` },
        mi: { name: 'miles', from: (x) => `${group(x / 1609.344)} mi` },
    },
};

export const AVIATION = { altitude: 'ft', speed: 'kt', distance: 'nmi' };
export const METRIC = { altitude: 'm', speed: 'kmh', distance: 'km' };

/** 12345.6 as 12,346. */
export function group(x) {
    return String(Math.round(x)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * @param {'altitude'|'speed'|'distance'} quantity
 * @param {number|undefined} value in the unit of the data
 * @param {Object<string, string>} chosen a unit for each quantity
 */
export function show(quantity, value, chosen) {
    if (value === undefined || value === null)
        return '';
    return UNITS[quantity][chosen[quantity]].from(value);
}

/** 2894.2 as 48 min 14 s. */
export function duration(s) {
    if (s === undefined || s === null)
        return '';
    const whole = Math.round(s);
    const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    if (hours)
        return `${hours} h ${String(minutes).padStart(2, '0')} min`;
    return minutes ? `${minutes} min ${String(seconds).padStart(2, '0')} s` : `${seconds} s`;
}

export const day = (time) => (time ?? '').slice(0, 10);
export const clock = (time) => (time ?? '').slice(11, 19);
/** 2012-02-01T03:23:49.410Z as 2012-02-01 03:23:49. */
export const stamp = (time) => (time ? `${day(time)} ${clock(time)}` : '');

/** When it can have been: in a gap by what could be flown, else between the positions around. */
export const bounds = (end) => ({ earliest: end.earliest ?? end.time_min, latest: end.latest ?? end.time_max });

/** Between which times a crossing lies; without ends by its flight. */
export const begins = ({ entry = {}, flight }) => bounds(entry).earliest ?? entry.time ?? flight?.start;
export const ends = ({ entry = {}, exit = {}, flight }) => bounds(exit).latest ?? exit.time ?? flight?.end ?? bounds(entry).latest;

/** Without a solved instant only its interval is known: the sign says so; and whether it may never have been. */
export function instant(end = {}) {
    const { earliest } = bounds(end);
    return end.time ? stamp(end.time) : earliest ? `${end.perhaps_stayed ? 'perhaps ' : ''}≥ ${stamp(earliest)}` : '';
}

/** How far a position may be off in time: "± 24 s" about its middle is no claim of symmetry. */
export function interval(end) {
    if (!end?.time_min || !end.time_max)
        return '';
    const { earliest, latest } = bounds(end);
    const same = day(earliest) === day(latest);
    return `${stamp(earliest)} to ${same ? clock(latest) : stamp(latest)}`;
}
