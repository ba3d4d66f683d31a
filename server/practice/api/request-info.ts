import { StatusError } from './status.ts';

/** The resource that a request's path names (k8s.io/apiserver pkg/endpoints/request, RequestInfo). */
export interface RequestInfo {
  group: string;
  version: string;
  namespace: string | undefined;
  plural: string;
  name: string | undefined;
  subresource: string | undefined;
}

/** Returns undefined for paths that name no resource: discovery, health, version. */
export function parsePath(path: string): RequestInfo | undefined {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  const root = parts.shift();
  const group = root === 'api' ? '' : root === 'apis' ? parts.shift() : undefined;
  const version = parts.shift();
  if (group === undefined || version === undefined || parts.length === 0) return undefined;
  const base = { group, version };
  // The paths of namespaces/{name} and its own subresources name the namespace itself.
  const isWithin =
    parts[0] === 'namespaces' &&
    parts.length > 2 &&
    !(parts.length === 3 && ['status', 'finalize'].includes(parts[2] ?? ''));
  const namespace = isWithin ? parts.splice(0, 2)[1] : undefined;
  const [plural = '', name, subresource, ...rest] = parts;
  if (rest.length > 0) return undefined;
  return { ...base, namespace, plural, name, subresource };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new StatusError('BadRequest', 'the path is not encoded as a URL is');
  }
}
