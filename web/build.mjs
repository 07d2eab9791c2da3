// SPDX-License-Identifier: Apache-2.0
//
// Bundles the page: node web/build.mjs OUT. Writes into OUT
//
//   page.html page.css page.js worker.js   the page, for `serve` to send and `report` to embed
//   page.json                              name, type, SHA-256 of each, and the hash that a CSP needs
//   licences.txt                           of what is bundled
//
// The same sources give the same bytes: no time, no path of this machine gets in. What is embedded as
// text in one HTML file must not end its element: the build fails when a bundle could.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const web = dirname(fileURLToPath(import.meta.url));
const top = dirname(web);
const modules = join(top, 'node_modules');

const common = {
    absWorkingDir: top,
    bundle: true,
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    minify: true,
    target: ['chrome109', 'firefox115', 'safari16.4'],
    write: false,
};

function bundleScript(entry, extra = {}) {
    return build({ ...common, entryPoints: [entry], format: 'iife', platform: 'browser', ...extra });
}

const text = (result) => result.outputFiles[0].text;

// In an HTML element these would end it or change how the rest is read.
function assertEmbeddable(name, content) {
    const bad = /<\/(script|style)|<!--/i.exec(content);
    if (bad)
        throw new Error(`${name}: holds "${bad[0]}" at byte ${bad.index}; it could not be embedded`);
}

const sha256 = (content, encoding) => createHash('sha256').update(content, 'utf8').digest(encoding);

// Plot puts one style element into each chart. Its text is taken from the source that is bundled.
function plotStyleHash() {
    const source = readFileSync(join(modules, '@observablehq/plot/src/plot.js'), 'utf8');
    const style = /append\("style"\)\.text\(\s*`([^`]*)`/.exec(source);
    const name = /if \(name === undefined\) return "([^"]+)"/.exec(
        readFileSync(join(modules, '@observablehq/plot/src/style.js'), 'utf8'));
    if (style === null || name === null)
        throw new Error('the style of @observablehq/plot is no longer where it was');
    return `sha256-${sha256(style[1].replaceAll('${className}', name[1]), 'base64')}`;
}

// The package that a bundled file is of: its folder below the last node_modules.
function packageFolder(path) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    return match && match[1];
}

function licenceOf(folder) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license', 'License.txt', 'COPYING']
        .map((name) => join(folder, name))
        .concat(join(web, 'licences', `${manifest.name}.txt`)) // of a package that comes without its own
        .find(existsSync);
    const words = file ? readFileSync(file, 'utf8').trim() : `Licence: ${manifest.license}`;
    return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${words}\n`;
}

// MapLibre comes as one file: what it has in it, its manifest says.
function withMapLibresOwn(folders) {
    const maplibre = join(modules, 'maplibre-gl');
    const { dependencies } = JSON.parse(readFileSync(join(maplibre, 'package.json'), 'utf8'));
    const own = Object.keys(dependencies)
        .filter((name) => !name.startsWith('@types/'))
        .map((name) => join(modules, name))
        .filter(existsSync);
    return [...new Set([...folders, ...own])];
}

function licences(results) {
    const inputs = results.flatMap((result) => Object.keys(result.metafile.inputs));
    const folders = inputs.map(packageFolder).filter(Boolean).map((path) => resolve(top, path));
    return withMapLibresOwn(folders)
        .sort((a, b) => (relative(modules, a) < relative(modules, b) ? -1 : 1))
        .map(licenceOf)
        .join(`\n${'-'.repeat(78)}\n\n`);
}

async function main(out) {
    const [page, worker, css] = await Promise.all([
        bundleScript('web/src/main.js', {
            // MapLibre starts its worker by the global name; the page's own knows where it is.
            inject: ['web/src/map/worker.js'],
            define: { 'import.meta.url': '""' },
        }),
        bundleScript('node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs'),
        build({ ...common, entryPoints: ['web/css/page.css'], loader: { '.svg': 'dataurl' } }),
    ]);
    const files = {
        'page.html': ['text/html; charset=utf-8', readFileSync(join(web, 'page.html'), 'utf8')],
        'page.css': ['text/css; charset=utf-8', text(css)],
        'page.js': ['text/javascript; charset=utf-8', text(page)],
        'worker.js': ['text/javascript; charset=utf-8', text(worker)],
        'licences.txt': ['text/plain; charset=utf-8', licences([page, worker])],
    };
    for (const name of ['page.css', 'page.js', 'worker.js'])
        assertEmbeddable(name, files[name][1]);
    mkdirSync(out, { recursive: true });
    for (const [name, [, content]] of Object.entries(files))
        writeFileSync(join(out, name), content);
    const manifest = {
        style_hash: plotStyleHash(),
        files: Object.entries(files).map(([name, [type, content]]) =>
            ({ name, type, bytes: Buffer.byteLength(content), sha256: sha256(content, 'hex') })),
    };
    writeFileSync(join(out, 'page.json'), `${JSON.stringify(manifest, null, 1)}\n`);
}

if (process.argv.length !== 3) {
    process.stderr.write('usage: node web/build.mjs OUT\n');
    process.exit(2);
}
await main(resolve(process.argv[2]));
