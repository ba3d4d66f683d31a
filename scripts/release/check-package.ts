import { BrowserConnection } from '#server/testing/browser-connection.ts';
import { InstalledPackage } from './installed-package.ts';

/** The pods of the demo start within seconds; this is for a busy machine. */
const podsMs = 60_000;

/** Installs the package into a clean folder and uses it: the page, the demo with its pods, and a clean end of both. */
export async function checkPackage(tarball: string, say: (text: string) => void): Promise<void> {
  say('Installing it into an empty folder');
  using installed = InstalledPackage.install(tarball);
  await checkPage(installed, say);
  await checkDemo(installed, say);
  await installed.expectNothingLeft();
  say('Nothing is left: no process, no mount, no file');
}

async function checkPage(installed: InstalledPackage, say: (text: string) => void): Promise<void> {
  const start = Date.now();
  using dashboard = installed.start();
  await fetchPage(await dashboard.url());
  say(`ephemera: its page came after ${secondsSince(start)}`);
  await dashboard.stop();
}

async function checkDemo(installed: InstalledPackage, say: (text: string) => void): Promise<void> {
  const start = Date.now();
  using demo = installed.start('demo');
  const url = await demo.url();
  await fetchPage(url);
  say(`ephemera demo: its page came after ${secondsSince(start)}`);
  await waitForRunningPod(url);
  say(`ephemera demo: a pod ran after ${secondsSince(start)}`);
  await demo.stop();
}

/** Follows the address as a browser does: a cookie for its token, the page, and the first script of the page. */
async function fetchPage(url: string): Promise<void> {
  const login = await fetch(url, { redirect: 'manual' });
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Error(`${url} answered ${login.status} and gave no cookie.`);
  const page = await fetchText(new URL('/', url), cookie);
  if (!page.includes('<title>Ephemera')) throw new Error(`${url} answered with another page:\n${page.slice(0, 500)}`);
  const script = /<script src="([^"]+)"/.exec(page)?.[1];
  if (script === undefined) throw new Error(`${url} answered with a page without scripts.`);
  await fetchText(new URL(script, url), cookie);
}

async function fetchText(url: URL, cookie: string): Promise<string> {
  const response = await fetch(url, { headers: { cookie } });
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}.`);
  return response.text();
}

async function waitForRunningPod(url: string): Promise<void> {
  const browser = await BrowserConnection.open({ url, reconnects: false });
  using page = await browser.hello();
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (rows: { status: string }[]) => {
    if (rows.some((row) => row.status === 'Running')) resolve();
  };
  page.listen('pods:snapshot', ({ rows }) => look(rows));
  page.listen('pods:changed', ({ changed }) => look(changed));
  const { current } = await page.ask('cluster:list', {});
  if (current === undefined) throw new Error('The demo’s kubeconfig has no current context.');
  await page.ask('pods:watch', { subscription: 'release', context: current });
  const late = setTimeout(() => page.close(), podsMs);
  const closed = new Promise<never>((_, reject) => {
    page.socket.once('disconnect', () => reject(new Error(`No pod ran within ${podsMs / 1_000} s.`)));
  });
  await Promise.race([promise, closed]);
  clearTimeout(late);
  closed.catch(() => {
    // It is closed now, on purpose.
  });
}

function secondsSince(start: number): string {
  return `${((Date.now() - start) / 1_000).toFixed(1)} s`;
}
