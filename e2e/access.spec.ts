import { request } from 'node:http';
import WebSocket from 'ws';
import { expect, onOneCluster, test } from './fixtures.ts';
import { type RunningServer, startServer } from './product.ts';

let server: RunningServer;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server.stop());

/** A request with headers that a browser would not let a page choose. */
function get(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    request(`${server.origin}${path}`, { headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    })
      .on('error', reject)
      .end();
  });
}

/** The status that a WebSocket upgrade is answered with; 101 is success. */
function upgrade(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      headers,
    });
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => {});
  });
}

const cookie = () => `ephemera-${new URL(server.origin).port}=${server.token}`;

test(
  'without the token http answers 401, with it a strict HttpOnly cookie and an address without it',
  onOneCluster,
  async () => {
    expect((await get('/')).status).toBe(401);
    expect((await get('/?token=wrong')).status).toBe(401);
    expect((await get('/_next/static/none.js')).status).toBe(401);
    const login = await get(`/pod?name=x&token=${server.token}`);
    expect(login.status).toBe(303);
    expect(login.headers['location']).toBe('/pod?name=x');
    expect(String(login.headers['set-cookie'])).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await get('/', { cookie: cookie() })).status).toBe(200);
    expect((await get('/healthz')).status).toBe(200);
  },
);

test('under its other name it leads to the one that has the cookie', onOneCluster, async () => {
  const { port } = new URL(server.origin);
  const answer = await get(`/pod?name=x&token=${server.token}`, { host: `localhost:${port}` });
  expect(answer.status).toBe(308);
  expect(answer.headers['location']).toBe(`${server.origin}/pod?name=x&token=${server.token}`);
  expect(answer.headers['set-cookie']).toBeUndefined();
});

test('another Host or Origin is refused, cookie or not', onOneCluster, async () => {
  expect((await get('/', { cookie: cookie(), host: 'evil.example' })).status).toBe(403);
  expect((await get('/', { cookie: cookie(), host: `evil.example:${new URL(server.origin).port}` })).status).toBe(403);
  expect((await get('/', { cookie: cookie(), origin: 'http://evil.example' })).status).toBe(403);
  expect((await get('/', { cookie: cookie(), origin: 'null' })).status).toBe(403);
});

test('a WebSocket needs the cookie, our Host and our Origin', onOneCluster, async () => {
  const { origin } = server;
  expect(await upgrade({ cookie: cookie(), origin })).toBe(101);
  expect(await upgrade({ origin })).not.toBe(101);
  expect(await upgrade({ cookie: cookie() })).not.toBe(101);
  expect(await upgrade({ cookie: cookie(), origin: 'http://evil.example' })).not.toBe(101);
  expect(await upgrade({ cookie: cookie(), origin, host: 'evil.example' })).not.toBe(101);
  expect(await upgrade({ cookie: `${cookie()}x`, origin })).not.toBe(101);
});

test('scripts run only with a hash or from our own files', onOneCluster, async ({ page }) => {
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
