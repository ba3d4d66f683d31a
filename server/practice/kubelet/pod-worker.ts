import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Namespaces } from '../runtime/container.ts';
import type { RunningContainer } from '../runtime/running-container.ts';
import { toTimestamp } from '../store/object-store.ts';
import { allContainers, type Pod } from '../store/pod.ts';
import { ContainerProbes } from './container-probes.ts';
import { ContainerRecord } from './container-record.ts';
import { ConfigError } from './environment.ts';
import type { NodeContext } from './node-context.ts';
import { PodSandbox } from './pod-sandbox.ts';
import { mayRestart, prepareRestart } from './restarts.ts';
import { startContainer } from './start-container.ts';
import { retryMs, takeStartFailure } from './start-failure.ts';
import { statusOf } from './status-of-pod.ts';
import { terminationMessage } from './termination-message.ts';

/** Whose namespaces are the node's: PID 1 of the machine. */
const nodePid = 1;

/**
 * Brings one pod to what its spec says, and its status to what is. All changes go through `sync`, one at a time: it looks
 * at what there is and starts what is missing; whatever happens (a change of the pod, an exit, a timer) asks for another.
 */
export class PodWorker {
  readonly #node: NodeContext;
  readonly #uid: string;
  readonly #address: { namespace: string; name: string };
  readonly #records = new Map<string, ContainerRecord>();
  readonly #probes = new Map<string, ContainerProbes>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #startTime = new Date();
  readonly #onGone: () => void;
  #sandbox: PodSandbox | undefined;
  #isSyncing = false;
  #isAsked = false;
  #isEnding = false;
  #isClosed = false;

  constructor(node: NodeContext, pod: Pod, onGone: () => void) {
    this.#node = node;
    this.#uid = pod.metadata.uid;
    this.#address = { namespace: pod.metadata.namespace, name: pod.metadata.name };
    this.#onGone = onGone;
  }

  record(name: string): ContainerRecord | undefined {
    return this.#records.get(name);
  }

  get sandboxPid(): number | undefined {
    return this.#sandbox?.pid;
  }

  /** Something has changed. */
  sync(): void {
    this.#isAsked = true;
    if (!this.#isSyncing) void this.#syncAll();
  }

  /** The pod is gone from the API without having been asked to end, or the node ends. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#tearDown(0);
  }

  async #syncAll(): Promise<void> {
    this.#isSyncing = true;
    while (this.#isAsked && !this.#isClosed) {
      this.#isAsked = false;
      const pod = this.#pod();
      if (pod === undefined) break;
      // A mistake of ours with one pod must not end the cluster, nor leave the pod without its next look.
      await this.#syncOnce(pod).catch((error: unknown) => {
        console.error(`pod ${this.#address.namespace}/${this.#address.name}:`, error);
        this.#after(retryMs);
      });
    }
    this.#isSyncing = false;
  }

  #pod(): Pod | undefined {
    const pod = this.#node.store.get({ resource: 'pods', ...this.#address }) as Pod | undefined;
    return pod?.metadata.uid === this.#uid ? pod : undefined;
  }

  async #syncOnce(pod: Pod): Promise<void> {
    if (pod.metadata.deletionTimestamp !== undefined) {
      this.#end(pod);
      return;
    }
    this.#updateRecords(pod);
    const { phase } = pod.status;
    if (phase === 'Succeeded' || phase === 'Failed') this.#removeSandbox();
    else if (this.#sandbox !== undefined || (await this.#makeSandbox(pod))) this.#startContainers(pod);
    this.#writeStatus(pod);
  }

  #updateRecords(pod: Pod): void {
    const hasInit = (pod.spec.initContainers?.length ?? 0) > 0;
    for (const { field, container } of allContainers(pod.spec)) {
      const known = this.#records.get(container.name);
      if (known === undefined) {
        const record = new ContainerRecord(field, container);
        if (hasInit && field !== 'ephemeralContainers') record.wait('PodInitializing');
        this.#records.set(container.name, record);
      } else if (known.container.image !== container.image) {
        // A changed image takes the place of the running one.
        known.container = container;
        known.retryAt = 0;
        const message = `Container ${known.name} definition changed, will be restarted`;
        if (known.running) this.#tell(pod, known)('Normal', 'Killing', message);
        void known.running?.stop(graceMs(pod));
      }
    }
  }

  async #makeSandbox(pod: Pod): Promise<boolean> {
    try {
      const sandbox = await PodSandbox.create(this.#node, pod);
      this.#sandbox = sandbox;
      void sandbox.ended.then(() => {
        if (this.#sandbox !== sandbox) return;
        // Killed from outside: another takes its place.
        sandbox.remove();
        this.#sandbox = undefined;
        this.sync();
      });
      return true;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const [reason, message] =
        error instanceof ConfigError
          ? ['FailedMount', text]
          : ['FailedCreatePodSandBox', `Failed to create pod sandbox: ${text}`];
      this.#node.events.record(pod, 'Warning', reason, message);
      this.#after(retryMs);
      return false;
    }
  }

  #startContainers(pod: Pod): void {
    const records = [...this.#records.values()];
    const init = records.find((record) => record.kind === 'initContainers' && !record.hasSucceeded);
    // Debuggers don't wait for the application, nor for what initializes it.
    for (const record of records) if (record.kind === 'ephemeralContainers') this.#ensure(pod, record);
    if (init !== undefined) this.#ensure(pod, init);
    else for (const record of records) if (record.kind === 'containers') this.#ensure(pod, record);
  }

  #ensure(pod: Pod, record: ContainerRecord): void {
    if (record.isBusy || record.running !== undefined) return;
    if (record.hasEnded) {
      if (!mayRestart(pod, record)) return;
      const pause = prepareRestart(pod, record, this.#node.events);
      if (pause > 0) this.#after(pause);
    }
    if (Date.now() < record.retryAt) return;
    record.isBusy = true;
    void this.#start(pod, record).finally(() => {
      record.isBusy = false;
      this.sync();
    });
  }

  async #start(pod: Pod, record: ContainerRecord): Promise<void> {
    const isRestart = record.hasEnded || record.lastState.terminated !== undefined;
    try {
      const namespaces = this.#namespacesFor(pod, record);
      if (isRestart && record.id !== undefined) record.restartCount += 1;
      const running = await startContainer({ node: this.#node, pod, record, namespaces, podIp: this.#podIp(pod) });
      record.retryAt = 0;
      if (record.hasEnded) record.wait('ContainerCreating');
      record.run(running);
      this.#probe(pod, record, running);
      void running.exited.then(({ exitCode }) => this.#ended(record, running, exitCode));
      if (this.#isEnding || this.#isClosed) void running.stop(0);
    } catch (error) {
      const { afterMs, change } = takeStartFailure(record, error, this.#tell(pod, record));
      record.retryAt = afterMs === 0 ? 0 : Date.now() + afterMs;
      if (afterMs > 0) this.#after(afterMs);
      if (change) this.#after(change.afterMs, change.make);
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
    this.sync();
  }

  #namespacesFor({ spec }: Pod, record: ContainerRecord): Namespaces {
    const sandbox = this.#sandbox?.pid;
    if (sandbox === undefined) throw new ConfigError('the pod has no sandbox');
    return {
      kind: 'container',
      net: spec.hostNetwork ? (this.#node.network?.pid ?? sandbox) : sandbox,
      uts: spec.hostNetwork ? nodePid : sandbox,
      ipc: spec.hostIPC ? nodePid : sandbox,
      pid: spec.hostPID ? nodePid : spec.shareProcessNamespace ? sandbox : this.#targetPid(record),
    };
  }

  /** A target changes something only where containers have pid namespaces of their own. */
  #targetPid(record: ContainerRecord): number | undefined {
    const target = (record.container as { targetContainerName?: string }).targetContainerName;
    if (!target) return undefined;
    const running = this.#records.get(target)?.running;
    if (running === undefined) throw new ConfigError(`unable to find target container ${target}: it does not run`);
    return running.pid;
  }

  #probe(pod: Pod, record: ContainerRecord, running: RunningContainer): void {
    const { network } = this.#node;
    const ip = this.#podIp(pod);
    const hasAddress = network !== undefined && ip !== undefined;
    const probes = new ContainerProbes({
      node: this.#node,
      record,
      running,
      // From the node to the pod's address, as a kubelet does; without a network, from within.
      netPid: hasAddress ? network.pid : (this.#sandbox?.pid ?? 0),
      host: hasAddress ? ip : '127.0.0.1',
      tell: this.#tell(pod, record),
      onChange: () => this.sync(),
      onUnhealthy: () => void running.stop(graceMs(pod)),
    });
    this.#probes.set(record.name, probes);
  }

  #stopProbes({ name }: ContainerRecord): void {
    this.#probes.get(name)?.stop();
    this.#probes.delete(name);
  }

  #tell(pod: Pod, record: ContainerRecord) {
    return (type: 'Normal' | 'Warning', reason: string, message: string) =>
      this.#node.events.record(pod, type, reason, message, record.fieldPath);
  }

  #writeStatus(pod: Pod): void {
    const latest = this.#pod();
    if (latest === undefined) return;
    const status = statusOf({
      pod: latest,
      node: this.#node,
      records: [...this.#records.values()],
      hasSandbox: this.#sandbox !== undefined,
      startTime: this.#startTime,
      podIp: this.#podIp(pod),
    });
    this.#node.store.update('pods', { ...latest, status });
  }

  #podIp({ spec, status }: Pod): string | undefined {
    return spec.hostNetwork ? this.#node.ip : (this.#sandbox?.ip ?? status.podIP);
  }

  /** The pod was deleted: its containers get their grace, then it goes. */
  #end(pod: Pod): void {
    if (this.#isEnding) {
      // Asked again, with less patience.
      for (const { running } of this.#records.values()) if (graceMs(pod) === 0) running?.kill('SIGKILL');
      return;
    }
    this.#isEnding = true;
    for (const record of this.#records.values())
      if (record.running) this.#tell(pod, record)('Normal', 'Killing', `Stopping container ${record.name}`);
    void this.#tearDown(graceMs(pod)).then(() => {
      if (this.#pod() !== undefined) this.#node.store.remove({ resource: 'pods', ...this.#address });
      this.#onGone();
    });
  }

  async #tearDown(grace: number): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    const records = [...this.#records.values()];
    for (const record of records) this.#stopProbes(record);
    await Promise.all(records.map(({ running }) => running?.stop(grace)));
    this.#removeSandbox();
    for (const name of ['pods', 'logs'])
      rmSync(join(this.#node.folder, name, this.#uid), { recursive: true, force: true });
  }

  #removeSandbox(): void {
    const sandbox = this.#sandbox;
    this.#sandbox = undefined;
    sandbox?.remove();
  }

  /** Looks at everything again later, after doing this. */
  #after(ms: number, run: () => void = () => {}): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
      this.sync();
    }, ms);
    this.#timers.add(timer);
  }
}

function graceMs({ metadata, spec }: Pod): number {
  return (metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30) * 1_000;
}
