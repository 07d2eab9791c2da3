// SPDX-License-Identifier: Apache-2.0
//
// The map's marks, drawn here: entry points up and is full, exit points down and is hollow, an end of a gap is a hollow
// diamond.

const SIZE = 40;

const SHAPES = {
    entry: { path: [[20, 5], [36, 33], [4, 33]], full: true },
    exit: { path: [[20, 35], [36, 7], [4, 7]], full: false },
    end: { path: [[20, 8], [32, 20], [20, 32], [8, 20]], full: false },
    aircraft: { path: [[20, 3], [34, 36], [20, 29], [6, 36]], full: true },
};

function draw({ path, full }, colour, ground) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = SIZE;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.beginPath();
    for (const [x, y] of path)
        context.lineTo(x, y);
    context.closePath();
    context.lineJoin = 'round';
    context.fillStyle = full ? colour : ground;
    context.strokeStyle = full ? ground : colour;
    context.lineWidth = full ? 2.5 : 4;
    context.fill();
    context.stroke();
    return canvas;
}

/** @param {'entry'|'exit'|'end'|'aircraft'} name @param {{selected: string, halo2: string}} grey */
export function iconCanvas(name, grey) {
    return draw(SHAPES[name], grey.selected, grey.halo2);
}

/** @param {Object} map MapLibre's @param {{selected: string, halo2: string}} grey */
export function addIcons(map, grey) {
    for (const name of Object.keys(SHAPES)) {
        if (map.hasImage(name))
            map.removeImage(name);
        const pixels = iconCanvas(name, grey).getContext('2d').getImageData(0, 0, SIZE, SIZE);
        map.addImage(name, pixels, { pixelRatio: 2 });
    }
}
