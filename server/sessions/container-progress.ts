import { setTimeout as delay } from 'node:timers/promises';
import type { ContainerDetail, PodDetail, PodEvent } from '#lib/pods.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { watchPod } from '../kubernetes/pod-watch.ts';
import type { TerminalSession } from './terminal-session.ts';
import { explainWaiting } from './waiting-reason.ts';

/** Clocks of this machine and of the cluster differ; events have whole seconds. */
const eventToleranceMs = 5_000;

/**
 * Watches the container of a terminal from its start to its end, and puts what it waits for into the terminal's
 * state. Ends with the terminal: then `started` and `over` reject.
 */
export class ContainerProgress {
  readonly #session: TerminalSession;
  readonly #uid: string;
  readonly #watch: { close(): void };
  readonly #since = Date.now() - eventToleranceMs;
  readonly #started = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<ContainerDetail>();
  #changed = Promise.withResolvers<void>();
  #container: ContainerDetail | undefined;
  #events: PodEvent[] = [];
  #isOver = false;
  #isStarted = false;

  /** `pod` has the container, and is not older than what anybody else knows of it. */
  constructor(cluster: Cluster, session: TerminalSession, pod: PodDetail) {
    this.#session = session;
    this.#uid = pod.uid;
    // Nobody may be waiting when it fails.
    this.#started.promise.catch(() => {});
    this.#over.promise.catch(() => {});
    session.signal.addEventListener('abort', () => this.#fail(new AppError('cancelled', 'The terminal was closed.')));
    this.#take(pod);
    const address = { namespace: pod.namespace, pod: pod.name };
    this.#watch = watchPod(cluster, address, {
      knowsPod: true,
      onPod: (now) => this.#take(now),
      onEvents: (events) => {
        this.#events = events;
        this.#tell();
      },
    });
  }

  /** Resolves once the pod's status says that the container runs or has run: from then on its log can be read. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  /** The container once it has terminated. Rejects when the pod is gone. */
  get over(): Promise<ContainerDetail> {
    return this.#over.promise;
  }

  get isStarted(): boolean {
    return this.#isStarted;
  }

  isOver(): boolean {
    return this.#isOver;
  }

  /** Waits this long, or until the container changes or the terminal is closed. */
  pause(ms: number): Promise<void> {
    return this.#waitFor(this.#changed.promise, ms);
  }

  /** Waits this long, or until the container has terminated, its pod is gone or the terminal is closed. */
  overWithin(ms: number): Promise<void> {
    return this.#waitFor(
      this.#over.promise.catch(() => {}),
      ms,
    );
  }

  async #waitFor(event: Promise<unknown>, ms: number): Promise<void> {
    const waiting = new AbortController();
    const timer = delay(ms, undefined, { signal: AbortSignal.any([waiting.signal, this.#session.signal]) }).catch(
      () => {
        // Closed, or it has happened: whoever waits sees it.
      },
    );
    await Promise.race([timer, event]);
    waiting.abort();
  }

  close(): void {
    this.#watch.close();
  }

  #take(pod: PodDetail | null): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
    // Another of the same name may have taken its place.
    if (pod?.uid !== this.#uid) {
      const { namespace, pod: name } = this.#session.summary;
      this.#fail(
        new AppError('gone', `Pod ${namespace}/${name} is gone, and its debuggers with it.`, {
          next: 'Pick another pod.',
        }),
      );
      return;
    }
    const container = pod.containers.find((candidate) => candidate.name === this.#session.summary.container);
    // From before it was added: containers are never taken out.
    if (container === undefined) return;
    this.#container = container;
    const state = container.state.kind;
    if (state === 'running' || state === 'terminated') {
      this.#isStarted = true;
      this.#started.resolve();
    }
    if (state === 'terminated') {
      this.#isOver = true;
      this.#over.resolve(container);
    } else this.#tell();
  }

  #fail(error: AppError): void {
    this.#isOver = true;
    this.#started.reject(error);
    this.#over.reject(error);
  }

  #tell(): void {
    if (this.#session.state.kind !== 'starting') return;
    this.#session.setState({ kind: 'starting', ...explainWaiting(this.#container, this.#events, this.#since) });
  }
}
