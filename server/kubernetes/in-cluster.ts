import { existsSync, readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import type { Kubeconfig } from './kubeconfig-schema.ts';

const folder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The service account that Kubernetes mounts into a pod, as client-go's rest.InClusterConfig finds it. */
export function findInClusterConfig(env: Readonly<Record<string, string | undefined>>): Kubeconfig | undefined {
  const host = env['KUBERNETES_SERVICE_HOST'];
  const port = env['KUBERNETES_SERVICE_PORT'];
  if (!host || !port || !existsSync(`${folder}/token`)) return undefined;
  const name = 'in-cluster';
  const namespaceFile = `${folder}/namespace`;
  const namespace = existsSync(namespaceFile) ? readFileSync(namespaceFile, 'utf8').trim() : undefined;
  const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  return {
    clusters: new Map([[name, { server, 'certificate-authority': `${folder}/ca.crt` }]]),
    users: new Map([[name, { tokenFile: `${folder}/token` }]]),
    contexts: new Map([[name, { cluster: name, user: name, namespace }]]),
    currentContext: name,
    sources: ['in-cluster service account'],
  };
}
