// SPDX-License-Identifier: Apache-2.0
//
// What the page is measured beside: MapLibre and all positions as one GeoJSON, as the first example of its
// documentation draws lines, in the same place of the screen. Says on #app when all is drawn.

import { Map as MapLibre, setWorkerCount, setWorkerUrl } from 'maplibre-gl';

setWorkerUrl('worker.js');
setWorkerCount(1);
const map = new MapLibre({ container: 'map', center: [43.9, 33.2], zoom: 5.2, attributionControl: false, fadeDuration: 0,
    style: { version: 8, sources: { ways: { type: 'geojson', data: new URL('plain.json', location.href).href } },
        layers: [{ id: 'ways', type: 'line', source: 'ways', paint: { 'line-color': '#0072b2', 'line-width': 1 } }] } });
map.once('idle', () => { document.getElementById('app').dataset.drawn = 'true'; });
