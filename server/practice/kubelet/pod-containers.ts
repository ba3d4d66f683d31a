import { rmSync } from 'node:fs';
import type { RunningContainer } from '../runtime/running-container.ts';
import { toTimestamp } from '../store/object-store.ts';
import { allContainers, type Pod } from '../store/pod.ts';
import { namespacesFor } from './container-namespaces.ts';
import { ContainerProbes } from './container-probes.ts';
import { ContainerRecord } from './container-record.ts';
import type { NodeContext } from './node-context.ts';
import type { PodSandbox } from './pod-sandbox.ts';
import { mayRestart, prepareRestart } from './restarts.ts';
import { startContainer } from './start-container.ts';
import { takeStartFailure } from './start-failure.ts';
import { tellEvent } from './tell-event.ts';
import { terminationMessage } from './termination-message.ts';

/** A pod's worker as its containers see it. */
export interface PodLoop {
  readonly sandbox: PodSandbox | undefined;
  /** Asks for another look at the pod, because something has changed. */
  sync(): void;
  /** Looks at the pod again later, after calling `run`. */
  after(ms: number, run?: () => void): void;
}

/** The containers of one pod. Starts missing containers, and keeps a record of each over its restarts. */
export class PodContainers {
  readonly #node: NodeContext;
  readonly #loop: PodLoop;
  readonly #records = new Map<string, ContainerRecord>();
  readonly #probes = new Map<string, ContainerProbes>();
  #isStopped = false;

  constructor(node: NodeContext, loop: PodLoop) {
    this.#node = node;
    this.#loop = loop;
  }

  get records(): ContainerRecord[] {
    return [...this.#records.values()];
  }

  record(name: string): ContainerRecord | undefined {
    return this.#records.get(name);
  }

  /** Takes over the containers of the pod's present spec. */
  update(pod: Pod): void {
    const hasInit = (pod.spec.initContainers?.length ?? 0) > 0;
    for (const { field, container } of allContainers(pod.spec)) {
      const known = this.#records.get(container.name);
      if (known === undefined) {
        const record = new ContainerRecord(field, container);
        if (hasInit && field !== 'ephemeralContainers') record.wait('PodInitializing');
        this.#records.set(container.name, record);
      } else if (known.container.image !== container.image) {
        // A container with a changed image replaces the running one.
        known.container = container;
        known.retryAt = 0;
        const message = `Container ${known.name} definition changed, will be restarted`;
        if (known.running) tellEvent(this.#node, pod, known)('Normal', 'Killing', message);
        void known.running?.stop(graceMs(pod));
      }
    }
  }

  start(pod: Pod): void {
    const { records } = this;
    const init = records.find((record) => record.kind === 'initContainers' && !record.hasSucceeded);
    // Debuggers wait neither for the application nor for its init containers.
    for (const record of records) if (record.kind === 'ephemeralContainers') this.#ensure(pod, record);
    if (init !== undefined) this.#ensure(pod, init);
    else for (const record of records) if (record.kind === 'containers') this.#ensure(pod, record);
  }

  kill(): void {
    for (const { running } of this.#records.values()) running?.kill('SIGKILL');
  }

  /** Ends all containers. A container that is still being started ends as soon as it runs. */
  async stop(grace: number): Promise<void> {
    this.#isStopped = true;
    const { records } = this;
    for (const record of records) this.#stopProbes(record);
    await Promise.all(records.map(({ running }) => running?.stop(grace)));
  }

  #ensure(pod: Pod, record: ContainerRecord): void {
    if (record.isBusy || record.running !== undefined) return;
    if (record.hasEnded) {
      if (!mayRestart(pod, record)) return;
      const pause = prepareRestart(pod, record, this.#node.events);
      if (pause > 0) this.#loop.after(pause);
    }
    if (Date.now() < record.retryAt) return;
    record.isBusy = true;
    void this.#start(pod, record).finally(() => {
      record.isBusy = false;
      this.#loop.sync();
    });
  }

  async #start(pod: Pod, record: ContainerRecord): Promise<void> {
    const isRestart = record.hasEnded || record.lastState.terminated !== undefined;
    try {
      const target = record.targetName === undefined ? undefined : this.#records.get(record.targetName);
      const namespaces = namespacesFor(pod, record, {
        node: this.#node,
        sandboxPid: this.#loop.sandbox?.pid,
        targetPid: target?.running?.pid,
      });
      if (isRestart && record.id !== undefined) record.restartCount += 1;
      const podIp = podIpOf(this.#node, pod, this.#loop.sandbox);
      const running = await startContainer({ node: this.#node, pod, record, namespaces, podIp });
      record.retryAt = 0;
      if (record.hasEnded) record.wait('ContainerCreating');
      record.run(running);
      this.#probe(pod, record, running);
      void running.exited.then(({ exitCode }) => this.#ended(record, running, exitCode));
      if (this.#isStopped) void running.stop(0);
    } catch (error) {
      const { afterMs, change } = takeStartFailure(record, error, tellEvent(this.#node, pod, record));
      record.retryAt = afterMs === 0 ? 0 : Date.now() + afterMs;
      if (afterMs > 0) this.#loop.after(afterMs);
      if (change) this.#loop.after(change.afterMs, change.make);
    }
  }

  #ended(record: ContainerRecord, running: RunningContainer, exitCode: number): void {
    this.#stopProbes(record);
    const message = terminationMessage(running, record.container);
    record.end({
      exitCode,
      reason: exitCode === 0 ? 'Completed' : 'Error',
      ...(message === '' ? {} : { message }),
      startedAt: toTimestamp(running.startedAt),
      finishedAt: toTimestamp(new Date()),
      containerID: `practice://${running.id}`,
    });
    rmSync(running.spec.folder, { recursive: true, force: true });
    this.#loop.sync();
  }

  #probe(pod: Pod, record: ContainerRecord, running: RunningContainer): void {
    const { sandbox } = this.#loop;
    const { network } = this.#node;
    const ip = podIpOf(this.#node, pod, sandbox);
    const hasAddress = network !== undefined && ip !== undefined;
    const probes = new ContainerProbes({
      node: this.#node,
      record,
      running,
      // Probes go from the node to the pod's address, as from a kubelet. Without a network they start inside the pod.
      netPid: hasAddress ? network.pid : (sandbox?.pid ?? 0),
      host: hasAddress ? ip : '127.0.0.1',
      tell: tellEvent(this.#node, pod, record),
      onChange: () => this.#loop.sync(),
      onUnhealthy: () => void running.stop(graceMs(pod)),
    });
    this.#probes.set(record.name, probes);
  }

  #stopProbes({ name }: ContainerRecord): void {
    this.#probes.get(name)?.stop();
    this.#probes.delete(name);
  }
}

/** The pod's present or last address. */
export function podIpOf(node: NodeContext, { spec, status }: Pod, sandbox: PodSandbox | undefined): string | undefined {
  return spec.hostNetwork ? node.ip : (sandbox?.ip ?? status.podIP);
}

export function graceMs({ metadata, spec }: Pod): number {
  return (metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30) * 1_000;
}
