import type { KubernetesObject, V1Status } from '@kubernetes/client-node';
import { BackOff } from '#lib/back-off.ts';
import { pause } from '#lib/pause.ts';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { WatchState } from '#lib/watch-state.ts';
import { type ApiCall, listPageSize } from './api-call.ts';
import { ApiStatusError, toConnectionError } from './api-error.ts';
import type { Cluster } from './cluster.ts';
import { readLines } from './read-lines.ts';

/** The server ends a watch after this long and we ask again: a dead connection is noticed by then at the latest. */
const watchSeconds = 240;
/** Grows from a blink to what an overloaded API server can bear from a crowd of dashboards. */
const retry = { firstMs: 250, lastMs: 30_000 };

export interface ListWatchSink<T> {
  /** The whole list, after each (re)list. */
  onSnapshot(objects: T[]): void;
  onChanged(object: T): void;
  onRemoved(object: T): void;
  onState(state: WatchState): void;
}

export interface ListWatchOptions<T> {
  cluster: Cluster;
  /** What to list; the verb and the paging are added. */
  call: Pick<ApiCall, 'resource' | 'namespace' | 'query'>;
  /** Trims an object at once, so that whole pods are never kept. */
  convert(object: KubernetesObject): T;
  sink: ListWatchSink<T>;
}

/**
 * Lists, then watches from that version on with bookmarks; resumes a broken watch where it was, and lists again only
 * when the server no longer knows the version (410). Ends when closed.
 */
export class ListWatch<T> {
  readonly #options: ListWatchOptions<T>;
  readonly #closing = new AbortController();
  #resourceVersion: string | undefined;
  readonly #backOff = new BackOff(retry);

  constructor(options: ListWatchOptions<T>) {
    this.#options = options;
    void this.#run();
  }

  close(): void {
    this.#closing.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    this.#options.sink.onState({ kind: 'loading' });
    while (!signal.aborted) {
      try {
        if (this.#resourceVersion === undefined) await this.#list(signal);
        await this.#watch(signal);
      } catch (error) {
        if (signal.aborted) return;
        if (isExpired(error)) this.#resourceVersion = undefined;
        else this.#options.sink.onState({ kind: 'stale', error: toWireError(error) });
        // Also where the list is too old: an API server that says so again and again is an overloaded one.
        await pause(this.#backOff.next(), signal);
      }
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { cluster, call, convert, sink } = this.#options;
    const objects: T[] = [];
    let next: string | undefined;
    let version: string | undefined;
    do {
      const page: KubernetesPage = await cluster.request(
        { ...call, verb: 'list', query: { ...call.query, limit: String(listPageSize), continue: next } },
        signal,
      );
      for (const item of page.items ?? []) objects.push(convert(item));
      next = page.metadata?.continue || undefined;
      version = page.metadata?.resourceVersion;
    } while (next !== undefined && !signal.aborted);
    if (signal.aborted) return;
    this.#resourceVersion = version;
    sink.onSnapshot(objects);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { cluster, call, sink } = this.#options;
    const response = await cluster.stream(
      {
        ...call,
        verb: 'watch',
        query: {
          ...call.query,
          watch: 'true',
          allowWatchBookmarks: 'true',
          timeoutSeconds: String(watchSeconds),
          resourceVersion: this.#resourceVersion,
        },
      },
      signal,
    );
    // A little longer than the server takes to end it by itself.
    response.socket.setTimeout((watchSeconds + 15) * 1000, () => response.destroy(new Error('the watch fell silent')));
    sink.onState({ kind: 'live' });
    try {
      for await (const line of readLines(response)) this.#take(JSON.parse(line) as WatchLine);
      this.#backOff.reset();
    } catch (cause) {
      if (signal.aborted || isExpired(cause)) throw cause;
      if (cause instanceof ApiStatusError) throw await cluster.describe(cause, { ...call, verb: 'watch' });
      throw toConnectionError(cause, cluster.words);
    } finally {
      response.socket?.setTimeout(0);
    }
  }

  #take({ type, object }: WatchLine): void {
    if (type === 'ERROR') {
      const status = object as V1Status;
      throw new ApiStatusError(status.code ?? 500, status);
    }
    this.#backOff.reset();
    const changed = object as KubernetesObject;
    this.#resourceVersion = changed.metadata?.resourceVersion ?? this.#resourceVersion;
    if (type === 'BOOKMARK') return;
    const { convert, sink } = this.#options;
    if (type === 'DELETED') sink.onRemoved(convert(changed));
    else sink.onChanged(convert(changed));
  }
}

interface KubernetesPage {
  metadata?: { continue?: string; resourceVersion?: string };
  items?: KubernetesObject[];
}

interface WatchLine {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubernetesObject | V1Status;
}

/** 410: the version to watch from, or to continue a list from, is no longer kept. */
function isExpired(error: unknown): boolean {
  const status = error instanceof ApiStatusError ? error : error instanceof AppError ? error.cause : undefined;
  return status instanceof ApiStatusError && status.status === 410;
}
