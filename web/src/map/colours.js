// SPDX-License-Identifier: Apache-2.0
//
// Colours of airspaces: Okabe and Ito's palette (Color Universal Design, 2008), told apart with any of
// the common kinds of colour vision; on dark ground each a step lighter. And the map's own greys.

const LIGHT = ['#0072b2', '#d55e00', '#00805e', '#b0558a', '#8a6d00', '#2a8fc4', '#5b4bb5'];
const DARK = ['#56b4e9', '#ff8f4a', '#2fc79b', '#e39ac4', '#f0c93c', '#8fd0f5', '#a99bff'];

export const GROUND = {
    light: { land: '#f4f3ef', line: '#a9a79f', label: '#5d5b55', halo: '#f4f3ef', other: '#77756e',
        selected: '#111111', halo2: '#ffffff', disturbed: '#b3261e', earth: '#ecebe4', water: '#cfdde6', road: '#d8d5cc' },
    dark: { land: '#14171a', line: '#4b5258', label: '#a2abb3', halo: '#14171a', other: '#838c94',
        selected: '#ffffff', halo2: '#14171a', disturbed: '#ff7b72', earth: '#1a1e22', water: '#1f2d38', road: '#2c3137' },
};

/**
 * @param {string[]} airspaces in the order that they are to be told apart
 * @param {'light'|'dark'} theme
 * @returns {Map<string, string>}
 */
export function airspaceColours(airspaces, theme) {
    const palette = theme === 'dark' ? DARK : LIGHT;
    return new Map(airspaces.map((airspace, i) => [airspace, palette[i % palette.length]]));
}

/** A MapLibre expression: the colour of a feature's `airspace`, else that of what lies outside. */
export function colourOf(colours, other) {
    if (colours.size === 0)
        return other;
    return ['match', ['get', 'airspace'], ...[...colours].flat(), other];
}
