import { request } from 'node:http';
import WebSocket from 'ws';
import { expect, test } from './fixtures.ts';
import type { RunningServer } from './product.ts';
import { onPractice } from './where.ts';

interface Answer {
  status: number;
  headers: Record<string, unknown>;
}

/** Asks with headers that a browser would not let a page choose. */
function get({ origin }: RunningServer, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(`${origin}${path}`, { headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    })
      .on('error', reject)
      .end();
  });
}

/** The server's status for a WebSocket upgrade; 101 is success. */
function upgrade({ origin }: RunningServer, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { headers });
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    // Also after an answer, when the socket is ended: the promise is settled by then.
    socket.on('error', reject);
  });
}

function cookieOf({ cookie: { name, value } }: RunningServer): string {
  return `${name}=${value}`;
}

test(
  'http answers 401 without the token; with it, it sets a strict HttpOnly cookie and hides the token',
  onPractice,
  async ({ server }) => {
    expect((await get(server, '/')).status).toBe(401);
    expect((await get(server, '/?token=wrong')).status).toBe(401);
    expect((await get(server, '/_next/static/none.js')).status).toBe(401);
    const login = await get(server, `/pod?name=x&token=${server.token}`);
    expect(login.status).toBe(303);
    expect(login.headers['location']).toBe('/pod?name=x');
    expect(String(login.headers['set-cookie'])).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await get(server, '/', { cookie: cookieOf(server) })).status).toBe(200);
    expect((await get(server, '/healthz')).status).toBe(200);
  },
);

test('the name localhost redirects to the address that the cookie is for', onPractice, async ({ server }) => {
  const { port } = new URL(server.origin);
  const answer = await get(server, `/pod?name=x&token=${server.token}`, { host: `localhost:${port}` });
  expect(answer.status).toBe(308);
  expect(answer.headers['location']).toBe(`${server.origin}/pod?name=x&token=${server.token}`);
  expect(answer.headers['set-cookie']).toBeUndefined();
});

test('the server refuses another Host or Origin, even with the cookie', onPractice, async ({ server }) => {
  const cookie = cookieOf(server);
  const { port } = new URL(server.origin);
  for (const headers of [
    { host: 'evil.example' },
    { host: `evil.example:${port}` },
    { origin: 'http://evil.example' },
    { origin: 'null' },
  ]) {
    expect((await get(server, '/', { cookie, ...headers })).status, JSON.stringify(headers)).toBe(403);
  }
});

test('a WebSocket needs the cookie, our Host and our Origin', onPractice, async ({ server }) => {
  const { origin } = server;
  const cookie = cookieOf(server);
  expect(await upgrade(server, { cookie, origin })).toBe(101);
  expect(await upgrade(server, { origin })).not.toBe(101);
  expect(await upgrade(server, { cookie })).not.toBe(101);
  expect(await upgrade(server, { cookie, origin: 'http://evil.example' })).not.toBe(101);
  expect(await upgrade(server, { cookie, origin, host: 'evil.example' })).not.toBe(101);
  expect(await upgrade(server, { cookie: `${cookie}x`, origin })).not.toBe(101);
});

test('only scripts with a known hash or from our own files run', onPractice, async ({ page, server }) => {
  const response = await page.goto(server.url);
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
  expect(scripts).toContain("'sha256-");
  expect(scripts).not.toMatch(/unsafe|\*|http:|data:/);
  await page.getByRole('grid', { name: 'Pods' }).waitFor();
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    return 'injected' in window;
  });
  expect(ran).toBe(false);
});
