import type { V1Status } from '@kubernetes/client-node';
import { stringify } from 'yaml';
import { AppError } from '#lib/protocol/errors.ts';
import { type ApiCall, groupOf, resourceOf, subjectOf } from './api-call.ts';

/** What the words of an error need to know about the cluster. */
export interface ClusterWords {
  context: string;
  server: string;
  user: string;
}

/** An answer of the API server other than success, before it is put into words for a person. */
export class ApiStatusError extends Error {
  readonly status: number;
  readonly body: V1Status | undefined;

  constructor(status: number, body: V1Status | undefined) {
    super(body?.message ?? `the API server answered ${status}`);
    this.name = 'ApiStatusError';
    this.status = status;
    this.body = body;
  }
}

export function parseStatus(text: string): V1Status | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Status'
      ? (value as V1Status)
      : undefined;
  } catch {
    // Proxies in front of an API server answer in HTML or plain text: there is no Status to show.
    return undefined;
  }
}

/** Puts an answer of the API server into words: what was tried, why it was refused, what to do. */
export function toApiError(failure: ApiStatusError, call: ApiCall, words: ClusterWords): AppError {
  const said = failure.body?.message ?? failure.message;
  const cause = failure;
  // Policies and webhooks answer with the status of their choice: seen were 400, 403 and 422.
  if (/ValidatingAdmissionPolicy '|admission webhook "/.test(said)) return admissionError(said, call, cause);
  switch (failure.status) {
    case 400:
    case 422:
      return new AppError('invalid', `The API server refused the request for ${subjectOf(call)}: ${said}`, { cause });
    case 401:
      return new AppError(
        'credentials',
        `Cluster ${words.server} does not accept the credentials of user ${words.user}.`,
        {
          cause,
          next: 'They may have expired: log in to the cluster again, then retry.',
        },
      );
    case 403:
      return isByAdmission(said)
        ? admissionError(said, call, cause)
        : forbidden(call, { user: userIn(said) ?? words.user, cause });
    case 404:
      if (call.subresource === 'ephemeralcontainers' && /could not find the requested resource/.test(said))
        return tooOld(words, cause);
      return call.resource === 'pods'
        ? new AppError('gone', `${subjectOf(call)} is gone.`, { cause, next: 'Pick another pod.' })
        : new AppError('not-found', `${subjectOf(call)} is not there.`, {
            cause,
            next: 'Check its name and namespace.',
          });
    case 409:
      if (failure.body?.reason === 'AlreadyExists')
        return new AppError('conflict', `There is a ${singular(call)} of this name already: ${said}`, {
          cause,
          next: 'Choose another name, or delete that one.',
        });
      return new AppError('conflict', `${subjectOf(call)} changed at the same moment: ${said}`, {
        cause,
        next: 'Try again.',
      });
    case 429:
      return new AppError('unreachable', `Cluster ${words.server} asks for fewer requests.`, {
        cause,
        next: 'Try again in a moment.',
      });
    default:
      if (/failed calling webhook/.test(said)) return brokenWebhook(said, cause);
      return new AppError('unreachable', `Cluster ${words.server} answered ${failure.status}: ${said}`, {
        cause,
        next: 'The trouble is on the API server’s side; its log or its operator knows more.',
      });
  }
}

function singular({ resource }: ApiCall): string {
  return resource.replace(/s$/, '');
}

/** Ephemeral containers came with 1.16 behind a switch, and are on since 1.23. */
function tooOld(words: ClusterWords, cause: unknown): AppError {
  return new AppError(
    'not-found',
    `Cluster ${words.server} has no ephemeral containers: it is older than Kubernetes 1.23.`,
    {
      cause,
      next: 'Debug a copy of the pod, or its node: both work on older clusters.',
    },
  );
}

function brokenWebhook(said: string, cause: unknown): AppError {
  const [, webhook = '', reason = said] = /failed calling webhook "([^"]+)": (.*)/s.exec(said) ?? [];
  return new AppError(
    'policy',
    `The cluster asks webhook ${webhook} about each change, and that does not answer: ${reason}`,
    {
      cause,
      next: 'Nothing of this kind can be changed until whoever runs the cluster mends or removes it.',
    },
  );
}

/** Admission plugins refuse with 403 as well, but no Role helps against them. RBAC begins with whom it refuses. */
function isByAdmission(said: string): boolean {
  return / is forbidden: (?!User )/.test(said);
}

function admissionError(said: string, call: ApiCall, cause: unknown): AppError {
  const rule = said.replace(/^.*? is forbidden: /s, '');
  const what = call.verb === 'create' ? 'This pod may not be made' : `${subjectOf(call)} may not get this debugger`;
  const [, webhook, reason] = /admission webhook "([^"]+)" denied the request:?\s*(.*)/s.exec(said) ?? [];
  if (webhook !== undefined) {
    return new AppError('policy', `${what}: webhook ${webhook} says: ${reason || 'no reason'}`, {
      cause,
      next: 'Whoever runs the cluster has set this rule: choose what it allows, or ask them.',
    });
  }
  const [, policy, message] = /ValidatingAdmissionPolicy '([^']+)'.*?denied request: (.*)/s.exec(said) ?? [];
  if (policy !== undefined) {
    return new AppError('policy', `${what}: policy ${policy} says: ${message}`, {
      cause,
      next: 'Whoever runs the cluster has set this rule: choose what it allows, or ask them.',
    });
  }
  if (rule.startsWith('exceeded quota')) {
    return new AppError('policy', `${what}: the namespace’s quota is used up: ${rule}`, {
      cause,
      next: 'A debugger in the pod itself needs none of it; or delete what is no longer needed, or ask for a larger quota.',
    });
  }
  return new AppError('policy', `${what}: the namespace’s policy says it ${rule}`, {
    cause,
    next:
      call.verb === 'create'
        ? 'Choose a profile that it allows, or ask for a namespace label that allows more.'
        : 'Choose profile restricted with an image whose user is a number, or ask for a namespace label that allows more. Earlier debuggers of this pod count as well: a new copy of the pod has none.',
  });
}

/** RBAC says whom it refuses, which may be another than the kubeconfig's user. */
function userIn(said: string): string | undefined {
  return /User "([^"]+)"/.exec(said)?.[1];
}

function forbidden(call: ApiCall, { user, cause }: { user: string; cause: unknown }): AppError {
  const where = call.namespace === undefined ? 'in all namespaces' : `in namespace ${call.namespace}`;
  return new AppError('forbidden', `User ${user} may not ${call.verb} ${resourceOf(call)} ${where}.`, {
    cause,
    next: 'Ask whoever runs the cluster for this Role:',
    role: roleFor(call),
  });
}

/** Streams are asked for with GET and, from Kubernetes 1.35 on, also checked as create: a Role needs both. */
const streamVerbs = ['get', 'create'];
const verbsFor: Record<string, string[]> = {
  'pods/attach': streamVerbs,
  'pods/exec': streamVerbs,
  'pods/portforward': streamVerbs,
  'pods/ephemeralcontainers': ['get', 'patch'],
  pods: ['get', 'list', 'watch'],
  events: ['list', 'watch'],
};

/** The smallest Role (or ClusterRole) that allows the call and what comes with it, as YAML. */
export function roleFor(call: ApiCall): string {
  const resource = resourceOf(call);
  const rule = { apiGroups: [groupOf(call)], resources: [resource], verbs: verbsFor[resource] ?? [call.verb] };
  const scope = call.namespace === undefined ? { kind: 'ClusterRole' } : { kind: 'Role' };
  const metadata = { name: 'ephemera-debug', ...(call.namespace === undefined ? {} : { namespace: call.namespace }) };
  return stringify({ apiVersion: 'rbac.authorization.k8s.io/v1', ...scope, metadata, rules: [rule] });
}

/** Puts a failure to reach the API server at all into words. */
export function toConnectionError(cause: unknown, words: ClusterWords): AppError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const [why, next] = connectionProblems[code] ?? [
    cause instanceof Error ? cause.message : String(cause),
    `Check that \`kubectl --context ${words.context} version\` works from this machine.`,
  ];
  const kind =
    code.includes('CERT') || code.includes('ISSUER') || code.includes('SIGNATURE') ? 'credentials' : 'unreachable';
  return new AppError(kind, `Cluster ${words.server} can't be reached: ${why}.`, { cause, next });
}

const vpn = 'Is the cluster running, and is a VPN or tunnel needed? Ephemera keeps trying.';
const certificate = 'The address may lead to another server; otherwise renew the API server’s certificate.';
const authority = 'Get a current kubeconfig for this cluster: its certificate-authority does not fit.';

const connectionProblems: Record<string, [why: string, next: string]> = {
  ECONNREFUSED: ['nothing listens there', vpn],
  ECONNRESET: ['the connection was cut', vpn],
  EHOSTUNREACH: ['there is no route to it', vpn],
  ENETUNREACH: ['there is no route to it', vpn],
  ETIMEDOUT: ['it does not answer', vpn],
  ENOTFOUND: ['its host name is unknown', 'Check the server in the kubeconfig, and whether a VPN is needed.'],
  EAI_AGAIN: ['its host name can’t be looked up', 'Check this machine’s network and DNS.'],
  CERT_HAS_EXPIRED: ['its certificate has expired', certificate],
  CERT_NOT_YET_VALID: ['its certificate is not valid yet', 'Check the clocks of this machine and the cluster.'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['its certificate is for another name', certificate],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['its certificate is signed by nobody we trust', authority],
  SELF_SIGNED_CERT_IN_CHAIN: ['its certificate is signed by nobody we trust', authority],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['its certificate is signed by nobody we trust', authority],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['its certificate is signed by nobody we trust', authority],
  CERT_SIGNATURE_FAILURE: ['its certificate is signed by nobody we trust', authority],
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: [
    'it says that our certificate has expired',
    'Renew the client certificate in the kubeconfig.',
  ],
};
