import { createServer } from 'node:net';
import { listen } from './static-server.mjs';

/**
 * Another origin that nothing may reach. It speaks no protocol: whatever connects has got out, with
 * or without TLS, and what it said first is kept.
 *
 * @returns {Promise<{ port: number, hits: () => string[], close: () => Promise<void> }>}
 */
export async function openListener() {
  /** @type {string[]} */
  const hits = [];
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    const index = hits.push('connected') - 1;
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', (chunk) => {
      hits[index] = describe(chunk);
      socket.end(
        'HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-length: 4\r\nconnection: close\r\n\r\na\n1\n',
      );
    });
  });
  const port = await listen(server);
  server.unref();
  return {
    port,
    hits: () => [...hits],
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      return new Promise((done) => server.close(() => done(undefined)));
    },
  };
}

/** The request line and host of plain HTTP, or the readable part of a TLS greeting (it names the host). */
function describe(chunk) {
  const text = chunk.toString('latin1');
  if (/^[A-Z]+ /.test(text)) {
    const host = /\r\nhost: ([^\r]*)/i.exec(text)?.[1] ?? '';
    return `${text.slice(0, text.indexOf('\r'))} (host ${host})`;
  }
  return `TLS ${(text.match(/[a-z0-9.-]{4,}\.[a-z]{2,}/gi) ?? []).join(' ')}`;
}
