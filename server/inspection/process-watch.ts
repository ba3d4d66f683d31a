import { pause } from '#lib/pause.ts';
import { runningContainers } from '#lib/pods.ts';
import { type ObservedProcess, processKey } from '#lib/processes/observed-process.ts';
import type { LiveProcess, ProcessChange } from '#lib/processes/process-detail.ts';
import { toWireError } from '#lib/protocol/errors.ts';
import { processIntervalMs } from '#lib/protocol/limits.ts';
import { SharedByKey } from '#lib/shared-by-key.ts';
import type { WatchState } from '#lib/watch-state.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { getPod } from '../kubernetes/pod-calls.ts';
import type { PodAddress } from '../kubernetes/pod-watch.ts';
import { type Survey, toSurvey } from './pid-namespace-readers.ts';
import { toProcesses, unlistedOf, uptimeOf } from './pod-reading.ts';
import { probeContainers } from './probe.ts';

export interface ProcessListener {
  onProcesses(change: ProcessChange): void;
  onState(state: WatchState): void;
}

/** The processes of one pod, read again and again while anybody listens, once for all who do. */
export class ProcessWatch {
  readonly #cluster: Cluster;
  readonly #address: PodAddress;
  /** `isNew`: it is told of all next, not of what has changed. */
  readonly #listeners = new Map<ProcessListener, { isNew: boolean }>();
  readonly #closing = new AbortController();
  #isRunning = false;
  #survey: Survey | undefined;
  /** The next reading looks at all containers anew. */
  #isOutdated = false;
  /** Of the last reading, and when that was by the node's clock. */
  #rows = new Map<string, { row: LiveProcess; text: string }>();
  #uptimeSeconds = 0;

  constructor(cluster: Cluster, address: PodAddress) {
    this.#cluster = cluster;
    this.#address = address;
  }

  /** Tells of all processes, then of what changes, until the returned function is called. */
  listen(listener: ProcessListener): () => void {
    this.#listeners.set(listener, { isNew: true });
    listener.onState({ kind: 'loading' });
    // Who comes may know of a container that was not there when all were read, or are being read.
    this.#isOutdated = true;
    if (!this.#isRunning) void this.#run(this.#closing.signal);
    this.#isRunning = true;
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#closing.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#read(signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#isOutdated = true;
        const state: WatchState = { kind: 'stale', error: toWireError(error) };
        for (const [listener, about] of this.#listeners) {
          listener.onState(state);
          about.isNew = true;
        }
      }
      // Counted from the end of a reading: a slow node is not asked more than it can answer.
      await pause(processIntervalMs, signal);
    }
  }

  async #read(signal: AbortSignal): Promise<void> {
    const known = this.#isOutdated ? undefined : this.#survey;
    this.#isOutdated = false;
    const pod = known?.pod ?? (await getPod(this.#cluster, this.#address));
    const probes = await probeContainers(this.#cluster, this.#address, known?.readers ?? runningContainers(pod));
    if (signal.aborted) return;
    if (known !== undefined && [...probes.values()].some((result) => result.kind !== 'read')) {
      // A reader has ended: all are looked at again, at once.
      this.#isOutdated = true;
      return this.#read(signal);
    }
    // A container that could not be asked this time may be the one to read, so the next reading asks all again.
    if ([...probes.values()].some((result) => result.kind === 'unreadable' && result.mayPass)) this.#isOutdated = true;
    const survey = known ?? toSurvey(pod, probes);
    this.#survey = survey;
    this.#tell(toProcesses(survey.pod, probes, survey.mounts), uptimeOf(probes), {
      unlisted: unlistedOf(probes),
      unreadable: survey.unreadable,
    });
  }

  #tell(
    processes: ObservedProcess[],
    uptimeSeconds: number,
    missing: Pick<ProcessChange, 'unlisted' | 'unreadable'>,
  ): void {
    const before = this.#rows;
    const rows = processes.map((process): [string, { row: LiveProcess; text: string }] => {
      const row = { ...process, cpuPercent: this.#cpuOf(process, uptimeSeconds) };
      return [processKey(process), { row, text: JSON.stringify(row) }];
    });
    this.#rows = new Map(rows);
    this.#uptimeSeconds = uptimeSeconds;
    const at = Date.now();
    const fact = { at, nodeStartedAt: at - uptimeSeconds * 1000, ...missing };
    const changed = rows.filter(([key, { text }]) => before.get(key)?.text !== text).map(([, { row }]) => row);
    const removed = [...before.keys()].filter((key) => !this.#rows.has(key));
    const whole = { ...fact, isWhole: true, changed: rows.map(([, { row }]) => row), removed: [] };
    for (const [listener, state] of this.#listeners) {
      listener.onProcesses(state.isNew ? whole : { ...fact, isWhole: false, changed, removed });
      if (state.isNew) listener.onState({ kind: 'live' });
      state.isNew = false;
    }
  }

  #cpuOf(process: ObservedProcess, uptimeSeconds: number): number | undefined {
    const last = this.#rows.get(processKey(process))?.row;
    const seconds = uptimeSeconds - this.#uptimeSeconds;
    if (last === undefined || seconds <= 0) return undefined;
    // A tick is a hundredth of a second: so many of them in a second are as many percent.
    return Math.max(0, Math.round(((process.cpuTicks - last.cpuTicks) / seconds) * 10) / 10);
  }
}

/** One watch for each pod and user, however many pages look at it. */
export class ProcessWatches {
  readonly #watches = new SharedByKey<ProcessListener, ProcessWatch>();

  listen(cluster: Cluster, address: PodAddress, listener: ProcessListener): () => void {
    const key = `${cluster.id}/${address.namespace}/${address.pod}`;
    return this.#watches.listen(key, () => new ProcessWatch(cluster, address), listener);
  }

  close(): void {
    this.#watches.close();
  }
}
