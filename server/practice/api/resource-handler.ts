import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ObjectStore, toTimestamp } from '../store/object-store.ts';
import type { Pod } from '../store/pod.ts';
import type { NewObject, StoredObject } from '../store/stored-object.ts';
import type { Authentication } from './authentication.ts';
import type { Authorizer } from './authorizer.ts';
import { logOptionsOf } from './log-options.ts';
import type { NodeApi } from './node-api.ts';
import { toTable, toTableOfOne, wantsTable } from './object-table.ts';
import { applyTypedPatch } from './patch.ts';
import { queryFlag } from './query-flag.ts';
import type { PracticeUser } from './rbac.ts';
import { bodyOf, deleteOptions } from './request-body.ts';
import type { RequestInfo } from './request-info.ts';
import { type ResourceRequest, requireName } from './resource-request.ts';
import { apiVersionOf, findResource, type Resource } from './resources.ts';
import { toScale, withScale } from './scale.ts';
import { StatusError } from './status.ts';
import { Verbs } from './verbs.ts';
import { Watches } from './watches.ts';

export interface ResourceHandlerOptions {
  store: ObjectStore;
  authorizer: Authorizer;
  authentication: Authentication;
  node: NodeApi;
}

type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** A request about a resource, with its verb. */
export interface ResourceCall extends ResourceRequest {
  verb: Verb;
}

/** The parts of an http request that determine its verb. */
export interface HttpCall {
  method: string;
  query: URLSearchParams;
}

/** Answers requests about resources: checks the user's rights, runs the verb, and formats the answer. */
export class ResourceHandler {
  readonly #options: ResourceHandlerOptions;
  readonly #verbs: Verbs;
  readonly #watches: Watches;

  constructor(options: ResourceHandlerOptions) {
    this.#options = options;
    this.#verbs = new Verbs(options.store);
    this.#watches = new Watches(options.store);
  }

  endWatches(): void {
    this.#watches.endAll();
  }

  /** Finds the resource and checks the user's right to it. Throws 404 and 403. */
  authorize(user: PracticeUser, info: RequestInfo, { method, query }: HttpCall): ResourceCall {
    const resource = findResource(info.group, info.version, info.plural);
    const { subresource } = info;
    if (resource === undefined || (subresource !== undefined && !resource.subresources.includes(subresource)))
      throw new StatusError('NotFound', 'the server could not find the requested resource', {});
    const verb = verbOf(method, info, query);
    this.#options.authorizer.require(user, { ...info, verb });
    return { resource, namespace: info.namespace, name: info.name, subresource, query, verb };
  }

  /** The pod of a request for one of its subresources. */
  podOf(request: ResourceRequest): Pod {
    const { namespace } = request;
    const name = requireName(request);
    const pod = this.#options.store.get({ resource: 'pods', namespace, name });
    if (pod !== undefined) return pod;
    throw new StatusError('NotFound', `pods "${name}" not found`, { name, kind: 'pods' });
  }

  async serve(request: ResourceCall, http: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { resource, query, verb, subresource } = request;
    const asTable = wantsTable(http.headers.accept);
    const include = query.get('includeObject') ?? 'Metadata';
    const one = (object: StoredObject) => (asTable ? toTableOfOne(resource, object, include) : object);
    if (subresource === 'log') return this.#log(request, reply);
    if (subresource === 'token') return reply.code(201).send(this.#token(request, bodyOf(http)));
    if (subresource === 'scale') return this.#scale(request, http);
    switch (verb) {
      case 'watch':
        return this.#watches.serve(request, http, reply);
      case 'list': {
        const { items, metadata } = this.#verbs.list(request);
        return asTable ? toTable(resource, { objects: items, metadata, include }) : toList(resource, items, metadata);
      }
      case 'get':
        return one(this.#verbs.get(request));
      case 'create':
        return reply.code(201).send(one(this.#verbs.create(request, bodyOf(http))));
      case 'update':
        return one(this.#verbs.update(request, bodyOf(http)));
      case 'patch': {
        const type = http.headers['content-type'] ?? '';
        if (!type.startsWith('application/apply-patch')) return one(this.#verbs.patch(request, type, http.body));
        const { object, isNew } = this.#verbs.apply(request, bodyOf(http));
        return reply.code(isNew ? 201 : 200).send(one(object));
      }
      case 'delete':
        return this.#remove(request, bodyOf(http));
      case 'deletecollection': {
        const { items, metadata } = this.#verbs.removeAll(request, deleteOptions(request, bodyOf(http)));
        return toList(resource, items, metadata);
      }
    }
  }

  #remove(request: ResourceRequest, body: NewObject): object {
    const removed = this.#verbs.remove(request, deleteOptions(request, body));
    // The answer holds the object if it is only marked for deletion, and a Status if it is gone.
    const { name, uid, deletionTimestamp } = removed.metadata;
    if (deletionTimestamp !== undefined || request.resource.plural === 'pods') return removed;
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: {
        name,
        ...(request.resource.group ? { group: request.resource.group } : {}),
        kind: request.resource.plural,
        uid,
      },
    };
  }

  #scale(request: ResourceCall, http: FastifyRequest): StoredObject {
    const target = { ...request, subresource: undefined };
    const current = this.#verbs.get(target);
    if (request.verb === 'get') return toScale(current);
    const type = http.headers['content-type'] ?? '';
    const scale = request.verb === 'patch' ? applyTypedPatch(type, toScale(current), http.body) : bodyOf(http);
    return toScale(this.#verbs.update(target, withScale(current, scale)));
  }

  #token(request: ResourceRequest, body: NewObject): object {
    const { metadata } = this.#verbs.get({ ...request, subresource: undefined });
    const token = this.#options.authentication.issue(metadata.namespace ?? '', metadata.name);
    // The token is valid as long as the cluster runs, which is never a year.
    const expirationTimestamp = toTimestamp(new Date(Date.now() + 365 * 24 * 3_600_000));
    return {
      ...body,
      kind: 'TokenRequest',
      apiVersion: 'authentication.k8s.io/v1',
      status: { token, expirationTimestamp },
    };
  }

  async #log(request: ResourceRequest, reply: FastifyReply): Promise<FastifyReply> {
    const pod = this.podOf(request);
    if (pod.spec.nodeName === undefined) return reply.code(204).send();
    const gone = new AbortController();
    reply.raw.on('close', () => gone.abort());
    const lines = await this.#options.node.logs(pod, logOptionsOf(request.query), gone.signal);
    return reply.type('text/plain').send(lines);
  }
}

function verbOf(method: string, { name, subresource }: RequestInfo, query: URLSearchParams): Verb {
  const isNamed = name !== undefined;
  switch (method) {
    case 'GET':
    case 'HEAD':
      return queryFlag(query, 'watch') ? 'watch' : isNamed ? 'get' : 'list';
    case 'POST':
      if (!isNamed || ['exec', 'attach', 'portforward', 'token'].includes(subresource ?? '')) return 'create';
      break;
    case 'PUT':
      if (isNamed) return 'update';
      break;
    case 'PATCH':
      if (isNamed) return 'patch';
      break;
    case 'DELETE':
      if (subresource === undefined) return isNamed ? 'delete' : 'deletecollection';
      break;
  }
  throw new StatusError('MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
}

/** A list names its items' kind once, so the items leave it out. */
function toList(resource: Resource, objects: StoredObject[], metadata: object): object {
  const items = objects.map(({ apiVersion: _, kind: __, ...item }) => item);
  return { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items };
}
