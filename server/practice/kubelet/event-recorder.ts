import { type ObjectStore, toTimestamp } from '../store/object-store.ts';
import type { StoredObject } from '../store/stored-object.ts';

export interface EventSource {
  component: string;
  host?: string;
  /**
   * Reasons with their actions. The scheduler writes events of the newer kind, which name an action and have no count.
   */
  actions?: Record<string, string>;
}

/** The content of an event. */
export interface EventReport {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** The part of the object that the event is about, such as `spec.containers{web}`. */
  fieldPath?: string;
}

/** The API server keeps events for an hour. */
const lifetimeMs = 3_600_000;

/** Makes event names unique in the whole cluster. */
let count = Date.now();

/** Writes events, and counts those that repeat, as client-go's recorder does. */
export class EventRecorder {
  readonly #store: ObjectStore;
  readonly #source: EventSource;
  /** The names of written events by their content. */
  readonly #known = new Map<string, string>();

  constructor(store: ObjectStore, source: EventSource) {
    this.#store = store;
    this.#source = source;
  }

  record(object: StoredObject, { type, reason, message, fieldPath }: EventReport): void {
    const { name, namespace = 'default', uid, resourceVersion } = object.metadata;
    const now = toTimestamp(new Date());
    const key = [uid, type, reason, message, fieldPath].join('\0');
    const known = this.#store.get({ resource: 'events', namespace, name: this.#known.get(key) ?? '' });
    if (known !== undefined) {
      this.#store.update('events', { ...known, count: Number(known['count'] ?? 1) + 1, lastTimestamp: now });
      return;
    }
    const created = this.#store.create('events', {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.${(count++).toString(16)}`, namespace },
      involvedObject: {
        apiVersion: object.apiVersion,
        kind: object.kind,
        name,
        namespace: object.metadata.namespace,
        uid,
        resourceVersion,
        ...(fieldPath === undefined ? {} : { fieldPath }),
      },
      type,
      reason,
      message,
      ...this.#times(now, reason),
      reportingComponent: this.#source.component,
      reportingInstance: this.#source.host ?? '',
    });
    this.#known.set(key, created.metadata.name);
    setTimeout(() => this.#forget(key, namespace, created.metadata.name), lifetimeMs).unref();
  }

  #times(now: string, reason: string): object {
    const { component, host, actions } = this.#source;
    const action = actions?.[reason];
    if (action === undefined) {
      const source = { component, ...(host === undefined ? {} : { host }) };
      return { count: 1, firstTimestamp: now, lastTimestamp: now, eventTime: null, source };
    }
    const eventTime = new Date().toISOString().replace('Z', '000Z');
    return { action, eventTime, firstTimestamp: null, lastTimestamp: null, source: {} };
  }

  #forget(key: string, namespace: string, name: string): void {
    this.#known.delete(key);
    const address = { resource: 'events', namespace, name };
    if (this.#store.get(address) !== undefined) this.#store.remove(address);
  }
}
