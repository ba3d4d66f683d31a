import { stepOfEvent } from '#lib/debug/start-timeline.ts';
import { pause } from '#lib/pause.ts';
import type { ContainerDetail, PodDetail, PodEvent } from '#lib/pods.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { watchPod } from '../kubernetes/pod-watch.ts';
import type { TerminalSession } from '../terminals/terminal-session.ts';
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
  readonly #known = Promise.withResolvers<void>();
  readonly #started = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<ContainerDetail>();
  #changed = Promise.withResolvers<void>();
  /** When it had ended the last time before this: milliseconds since 1970. */
  readonly #endedBefore: number | undefined;
  #pod: PodDetail | undefined;
  #container: ContainerDetail | undefined;
  #events: PodEvent[] = [];
  #isOver = false;
  #isStarted = false;

  /** `pod` has the container, and is not older than what anybody else knows of it. */
  constructor(cluster: Cluster, session: TerminalSession, pod: PodDetail) {
    this.#session = session;
    this.#uid = pod.uid;
    this.#endedBefore = pod.containers.find(({ name }) => name === session.summary.container)?.lastEnd?.finishedAt;
    // Nobody may be waiting when it fails.
    this.#known.promise.catch(() => {});
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
        this.#markEvents();
        this.#tell();
      },
    });
  }

  /** Resolves once its node has told of the container. */
  get known(): Promise<void> {
    return this.#known.promise;
  }

  /** Resolves once the pod's status says that the container runs or has run: from then on its log can be read. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  /** The container once it has terminated. Rejects when the pod is gone. */
  get over(): Promise<ContainerDetail> {
    return this.#over.promise;
  }

  /** The container whose processes a debugger sees, as it is now. */
  get target(): ContainerDetail | undefined {
    const { target } = this.#session.summary;
    return this.#pod?.containers.find(({ name }) => name === target);
  }

  /** Waits this long, or until the pod's status says that the target has ended. */
  async targetEndsWithin(ms: number): Promise<void> {
    const until = performance.now() + ms;
    const hasEnded = () => this.target?.state.kind === 'terminated' || this.target?.lastEnd !== undefined;
    while (this.target !== undefined && !hasEnded() && !this.#session.signal.aborted) {
      const left = until - performance.now();
      if (left <= 0) return;
      await this.pause(left);
    }
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
    await Promise.race([pause(ms, AbortSignal.any([waiting.signal, this.#session.signal])), event]);
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
    this.#pod = pod;
    const lastEnd = this.#endSince(container);
    this.#container = lastEnd === undefined ? container : { ...container, state: lastEnd };
    const state = this.#container.state.kind;
    if (state !== 'unknown') this.#known.resolve();
    if (state === 'running' || state === 'terminated') {
      this.#session.mark('running', 'status', startOf(container));
      this.#isStarted = true;
      this.#started.resolve();
    }
    if (state === 'terminated') {
      this.#isOver = true;
      this.#over.resolve(this.#container);
    } else this.#tell();
  }

  /**
   * The debugger of a made pod may be started again by its node: what was attached to is over then. What ended before somebody
   * attached is not looked at.
   */
  #endSince({ lastEnd }: ContainerDetail): ContainerDetail['lastEnd'] {
    if (this.#session.summary.madePod === undefined) return undefined;
    return lastEnd?.finishedAt === this.#endedBefore ? undefined : lastEnd;
  }

  /** Those of this container, and of a pod that was made for it. */
  #markEvents(): void {
    const { container, madePod } = this.#session.summary;
    for (const event of this.#events) {
      const step = stepOfEvent[event.reason];
      const isOurs = event.container === container || (madePod !== undefined && event.container === undefined);
      if (step !== undefined && isOurs && event.at >= this.#since)
        this.#session.mark(step, 'event', { stamp: event.at });
    }
  }

  #fail(error: AppError): void {
    this.#isOver = true;
    this.#known.reject(error);
    this.#started.reject(error);
    this.#over.reject(error);
  }

  #tell(): void {
    if (this.#session.state.kind !== 'starting') return;
    this.#session.setState({
      kind: 'starting',
      ...explainWaiting(this.#container, this.#events, this.#since, this.#pod?.status),
    });
  }
}

function startOf({ state }: ContainerDetail): { stamp?: number } {
  return state.kind === 'running' ? { stamp: state.startedAt } : {};
}
