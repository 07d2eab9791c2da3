// SPDX-License-Identifier: Apache-2.0
//
// The page and documents of an invented case over HTTP, under the headers that `overflight serve` sends;
// and the same as one file, as `overflight report` writes it. A stand-in for tests of the page alone.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const sha256 = (text) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
const read = (folder, name) => readFileSync(join(folder, name), 'utf8');

export function policy(folder) {
    const { style_hash: hash } = JSON.parse(read(folder, 'page.json'));
    return `default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' '${hash}'; img-src 'self' data: blob:; ` +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default";
}

function headers(folder) {
    return { 'Content-Security-Policy': policy(folder), 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer',
        'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Resource-Policy': 'same-origin', 'Cache-Control': 'no-store',
        'Permissions-Policy': 'geolocation=()' };
}

/** Counts of events that a client is sent: alerts of tests. */
function eventStream(response, head, world) {
    response.writeHead(200, { ...head, 'Content-Type': 'text/event-stream' });
    response.write(': hello\n\n');
    world.listeners.add(response);
    response.on('close', () => world.listeners.delete(response));
}

/**
 * @param {string} folder of the built page @param {Object} world of makeDocuments
 * @param {Object<string, {type: string, body: string|Buffer, gzip?: boolean}>} [more] files by path, sent without a policy
 * @returns {Promise<{url: string, close: () => void, alert: (alert: Object) => void}>}
 */
export async function servePage(folder, world, more = {}) {
    world.listeners = new Set();
    const manifest = JSON.parse(read(folder, 'page.json'));
    const files = new Map(manifest.files.map(({ name, type }) => [`/${name}`, { type, body: read(folder, name) }]));
    files.set('/', files.get('/page.html'));
    const packed = new Map(Object.entries(world.documents).map(([name, document]) =>
        [name, gzipSync(JSON.stringify(document), { level: 1 })]));
    const head = headers(folder);
    const server = createServer((request, response) => {
        const { pathname } = new URL(request.url, 'http://localhost');
        const [, name, id] = /^\/api\/v1\/([a-z]+)(?:\/([0-9a-f]+))?$/.exec(pathname) ?? [];
        const json = { ...head, 'Content-Type': 'application/json' };
        if (Object.hasOwn(more, pathname))
            response.writeHead(200, { 'Content-Type': more[pathname].type, ...(more[pathname].gzip ? { 'Content-Encoding': 'gzip' } : {}) })
                .end(more[pathname].body);
        else if (files.has(pathname))
            response.writeHead(200, { ...head, 'Content-Type': files.get(pathname).type }).end(files.get(pathname).body);
        else if (name === 'events')
            eventStream(response, head, world);
        else if (id && world.crossing(id))
            response.writeHead(200, json).end(JSON.stringify(world.crossing(id)));
        else if (!id && packed.has(name))
            response.writeHead(200, { ...json, 'Content-Encoding': 'gzip' }).end(packed.get(name));
        else
            response.writeHead(404, json).end(JSON.stringify({ error: { status: 404, code: 'not_found', message: `no ${pathname}` } }));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${server.address().port}/`,
        alert: (alert) => world.listeners.forEach((one) => one.write(`event: alert\nid: ${alert.id}:1\ndata: ${JSON.stringify(alert)}\n\n`)),
        close: () => { server.closeAllConnections(); server.close(); } };
}

const embed = (document) => JSON.stringify(document).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

/** The whole as one HTML file: style, worker, documents and script inside, nothing to be fetched. */
export function reportPage(folder, world) {
    const [css, script, worker] = ['page.css', 'page.js', 'worker.js'].map((name) => read(folder, name));
    const { style_hash: plot } = JSON.parse(read(folder, 'page.json'));
    const documents = { ...world.documents, index: { ...world.documents.index, mode: 'report' },
        crossing: { type: 'crossing', crossings: Object.fromEntries(world.documents.crossings.rows.map(({ id }) => [id, world.crossing(id)])) } };
    const csp = `default-src 'none'; script-src ${sha256(script)}; worker-src blob:; style-src ${sha256(css)} '${plot}'; img-src data: blob:; ` +
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types default";
    const data = Object.entries(documents).map(([name, document]) => `<script type="application/json" id="doc-${name}">${embed(document)}</script>`);
    return read(folder, 'page.html')
        .replace('<meta name="viewport"', () => `<meta http-equiv="Content-Security-Policy" content="${csp}">\n<meta name="viewport"`)
        .replace('<link rel="stylesheet" href="page.css">', () => `<style>${css}</style>`)
        .replace('<main id="report"></main>', () => `<main id="report"><h1>${world.documents.case.title}</h1><p id="crossing-1">Crossing 1</p></main>`)
        .replace('<script src="page.js"></script>', () => `${data.join('\n')}\n<script type="text/plain" id="page-worker">${worker}</script>\n<script>${script}</script>`);
}
