import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Serves a folder the way a plain static host does: no special headers, 404 for what is not there.
 *
 * @param {string} folder
 * @param {readonly string[]} prefixes the paths under which the folder appears, each with slashes at both ends
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
export async function serveFolder(folder, prefixes = ['/']) {
  const root = resolve(folder);
  const longestFirst = [...prefixes].sort((a, b) => b.length - a.length);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const prefix = longestFirst.find((candidate) => path.startsWith(candidate));
    const inside = prefix === undefined ? undefined : path.slice(prefix.length);
    const file =
      inside === undefined
        ? undefined
        : fileAt(root, inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside);
    if (file === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file.path)] ?? 'application/octet-stream',
      'content-length': file.bytes,
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(file.path).pipe(response);
  });
  const port = await listen(server);
  return { origin: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

/** @param {import('node:net').Server} server */
export function listen(server) {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => done(/** @type {import('node:net').AddressInfo} */ (server.address()).port));
  });
}

/** @param {import('node:http').Server} server */
function closeServer(server) {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done(undefined)));
}

function fileAt(root, inside) {
  const path = join(root, normalize(inside));
  if (path !== root && !path.startsWith(root + sep)) return undefined;
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true ? { path, bytes: stat.size } : undefined;
}
