import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, ParityClient } from './client.ts';

export interface Question {
  what: string;
  ask(client: ParityClient, names: Names): Promise<Answer>;
}

/** What is called differently in each cluster. */
export interface Names {
  web: string;
}

export const shop = '/api/v1/namespaces/shop';
export const table = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };
export const strategic = { 'content-type': 'application/strategic-merge-patch+json' };
export const merge = { 'content-type': 'application/merge-patch+json' };
export const jsonPatch = { 'content-type': 'application/json-patch+json' };

export const get = (what: string, path: string, headers: Record<string, string> = {}): Question => ({
  what,
  ask: (client) => client.ask(path, { headers }),
});

export const container = { name: 'main', image: 'busybox:1.36' };
export const pod = (spec: object, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'asked', ...metadata },
  spec: { containers: [container], ...spec },
});

export const create = (what: string, body: unknown, { namespace = 'shop', query = '' } = {}): Question => ({
  what: `create, dry run: ${what}`,
  ask: (client) => client.ask(`/api/v1/namespaces/${namespace}/pods?dryRun=All${query}`, { method: 'POST', body }),
});

export const patch = (
  what: string,
  body: unknown,
  { headers = strategic, sub = '/ephemeralcontainers', name = 'nginx', user = 'admin' } = {},
): Question => ({
  what: `patch, dry run: ${what}`,
  ask: (client) => client.ask(`${shop}/pods/${name}${sub}?dryRun=All`, { method: 'PATCH', headers, body, user }),
});

export const ephemeral = (...containers: object[]) => ({ spec: { ephemeralContainers: containers } });

export const stream = (
  what: string,
  pathOf: (names: Names) => string,
  { stdin, user }: { stdin?: string; user?: string } = {},
): Question => ({
  what,
  ask: (client, names) => client.stream(`${shop}/pods/${pathOf(names)}`, stdin, user),
});

export const exec = (name: string, command: string[], extra = '') =>
  `${name}/exec?${command.map((word) => `command=${encodeURIComponent(word)}`).join('&')}&stdout=true&stderr=true${extra}`;

/** Starts a debugger and gives the pod once it runs. */
export const startDebugger: Question = {
  what: 'a pod with a debugger that runs',
  async ask(client) {
    const body = ephemeral({
      name: 'asked',
      image: 'busybox:1.36',
      stdin: true,
      tty: true,
      targetContainerName: 'nginx',
    });
    const patched = await client.ask(`${shop}/pods/nginx/ephemeralcontainers`, {
      method: 'PATCH',
      headers: strategic,
      body,
    });
    if (patched.status !== 200) return patched;
    for (;;) {
      const pod = await client.ask(`${shop}/pods/nginx`);
      if (/"running":\{[^}]*\},?[^{]*"name":"asked"|"name":"asked"[^[]*"running"/.test(JSON.stringify(pod.body)))
        return pod;
      await delay(100);
    }
  },
};
