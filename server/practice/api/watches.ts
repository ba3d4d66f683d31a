import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ObjectStore } from '../store/object-store.ts';
import { wantsTable } from './object-table.ts';
import { type ResourceRequest, selectorOf } from './resource-request.ts';
import { watchStream } from './watch-stream.ts';

/** A timer holds at most 2^31 ms, and a watch of a whole day is rare. */
const maxWatchSeconds = 86_400;

/** The open watches: http answers that go on. */
export class Watches {
  readonly #store: ObjectStore;
  readonly #open = new Set<() => void>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  endAll(): void {
    for (const end of this.#open) end();
  }

  serve(target: ResourceRequest, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { query, resource, namespace } = target;
    const matches = selectorOf(target);
    const seconds = Number(query.get('timeoutSeconds') ?? 0);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' });
    raw.flushHeaders();
    let stop: () => void = () => {};
    const end = () => {
      stop();
      clearTimeout(timer);
      this.#open.delete(end);
      raw.end();
    };
    // Every watch ends, as on the real server: after half an hour if the client names no time.
    const timer = setTimeout(end, (seconds > 0 ? Math.min(seconds, maxWatchSeconds) : 1_800) * 1_000);
    this.#open.add(end);
    request.raw.on('close', end);
    const wanted = {
      resource,
      namespace,
      matches,
      resourceVersion: query.get('resourceVersion') ?? '',
      sendInitialEvents: query.get('sendInitialEvents') === 'true',
      allowBookmarks: query.get('allowWatchBookmarks') === 'true',
      asTable: wantsTable(request.headers.accept),
      include: query.get('includeObject') ?? 'Metadata',
    };
    stop = watchStream(this.#store, wanted, { write: (line) => raw.write(line), end });
    return reply;
  }
}
