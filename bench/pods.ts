import { execFileSync } from 'node:child_process';
import { images } from '#e2e/images.ts';

export const benchNamespace = 'shop';

export const kubectl = (...words: string[]) => execFileSync('kubectl', words, { encoding: 'utf8' });

/** A pod with this container, by default the tests' web server, and others; it is ready when this returns. */
export function makePod(
  name: string,
  container: object = { name: 'web', image: images.web },
  others: object[] = [],
): string {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: benchNamespace, labels: { 'made-by': 'bench' } },
    spec: { terminationGracePeriodSeconds: 1, containers: [container, ...others] },
  };
  execFileSync('kubectl', ['create', '-f', '-'], { input: JSON.stringify(pod) });
  kubectl('-n', benchNamespace, 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=30s');
  return name;
}

/** All that `makePod` has made. */
export function removePods(): void {
  kubectl('-n', benchNamespace, 'delete', 'pods', '-l', 'made-by=bench', '--now', '--wait=true');
}
