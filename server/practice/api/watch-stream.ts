import type { Change, ChangeType, ObjectStore } from '../store/object-store.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { toTableOfOne } from './object-table.ts';
import { apiVersionOf, type Resource, storageKey } from './resources.ts';
import type { Predicate } from './selectors.ts';
import { toStatusError } from './status.ts';

export interface WatchRequest {
  resource: Resource;
  namespace: string | undefined;
  matches: Predicate;
  /** With '' and '0' the watch starts with all present objects, as ADDED. */
  resourceVersion: string;
  sendInitialEvents: boolean;
  allowBookmarks: boolean;
  asTable: boolean;
  /** What the rows of tables carry: Metadata, Object or None. */
  include: string;
}

export interface WatchSink {
  write(line: string): void;
  /** Called when the watch ends by itself, after an error. */
  end(): void;
}

/** Bookmarks come about once a minute, as from the real API server. */
const bookmarkIntervalMs = 60_000;

/** Writes the events of a watch as lines of JSON, until the returned function is called. */
export function watchStream(store: ObjectStore, request: WatchRequest, { write, end }: WatchSink): () => void {
  const { resource, namespace, matches } = request;
  const isInScope = (object: StoredObject) => namespace === undefined || object.metadata.namespace === namespace;
  const send = (type: string, object: object) => write(`${JSON.stringify({ type, object })}\n`);
  const sendObject = (type: ChangeType, object: StoredObject) =>
    send(type, request.asTable ? toTableOfOne(resource, object, request.include) : object);
  const bookmark = (annotations?: Record<string, string>) => {
    const metadata = {
      resourceVersion: String(store.version),
      creationTimestamp: null,
      ...(annotations ? { annotations } : {}),
    };
    send('BOOKMARK', { kind: resource.kind, apiVersion: apiVersionOf(resource), metadata });
  };
  const isFromNow = request.resourceVersion === '' || request.resourceVersion === '0' || request.sendInitialEvents;
  const from = isFromNow ? store.version : Number(request.resourceVersion);
  if (isFromNow) {
    for (const object of store.list(storageKey(resource), namespace)) if (matches(object)) sendObject('ADDED', object);
    if (request.sendInitialEvents) bookmark({ 'k8s.io/initial-events-end': 'true' });
  }
  const hear = (change: Change) => {
    if (!isInScope(change.object)) return;
    const type = visibleType(change, matches);
    if (type !== undefined) sendObject(type, change.object);
  };
  let stop: () => void;
  try {
    stop = store.watch(storageKey(resource), from, hear);
  } catch (error) {
    // A watch that has started reports its errors as events.
    send('ERROR', toStatusError(error, { kind: resource.plural }).toJSON());
    end();
    return () => {};
  }
  const timer = request.allowBookmarks ? setInterval(bookmark, bookmarkIntervalMs) : undefined;
  return () => {
    stop();
    clearInterval(timer);
  };
}

/** A client with a selector sees an object as deleted when it leaves the selection, and as new when it enters. */
function visibleType({ type, object, before }: Change, matches: Predicate): ChangeType | undefined {
  const was = before !== undefined && matches(before);
  if (type === 'DELETED') return was ? 'DELETED' : undefined;
  const is = matches(object);
  if (is) return was ? 'MODIFIED' : 'ADDED';
  return was ? 'DELETED' : undefined;
}
