import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Pod } from '../store/pod.ts';
import type { ContainerRecord } from './container-record.ts';
import { ConfigError } from './environment.ts';
import type { NodeContext } from './node-context.ts';
import { graceMs, PodContainers, type PodLoop, podIpOf } from './pod-containers.ts';
import { PodSandbox } from './pod-sandbox.ts';
import { retryMs } from './start-failure.ts';
import { statusOf } from './status-of-pod.ts';
import { tellEvent } from './tell-event.ts';

/**
 * Makes one pod match its spec, and its status match reality. All changes go through `sync`, one at a time: it looks at
 * the pod and starts missing parts. Every event (a change of the pod, an exit, a timer) asks for another `sync`.
 */
export class PodWorker implements PodLoop {
  readonly #node: NodeContext;
  readonly #uid: string;
  readonly #address: { namespace: string; name: string };
  readonly #containers: PodContainers;
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
    this.#containers = new PodContainers(node, this);
    this.#onGone = onGone;
  }

  record(name: string): ContainerRecord | undefined {
    return this.#containers.record(name);
  }

  get sandbox(): PodSandbox | undefined {
    return this.#sandbox;
  }

  sync(): void {
    this.#isAsked = true;
    if (!this.#isSyncing) void this.#syncAll();
  }

  after(ms: number, run: () => void = () => {}): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
      this.sync();
    }, ms);
    this.#timers.add(timer);
  }

  /** Ends the pod at once, because it is gone from the API or the node ends. */
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
      // An error of ours in one pod must neither end the cluster nor stop this pod's loop.
      await this.#syncOnce(pod).catch((error: unknown) => {
        console.error(`pod ${this.#address.namespace}/${this.#address.name}:`, error);
        this.after(retryMs);
      });
    }
    this.#isSyncing = false;
  }

  #pod(): Pod | undefined {
    const pod = this.#node.store.get({ resource: 'pods', ...this.#address });
    return pod?.metadata.uid === this.#uid ? pod : undefined;
  }

  async #syncOnce(pod: Pod): Promise<void> {
    if (pod.metadata.deletionTimestamp !== undefined) {
      this.#end(pod);
      return;
    }
    this.#containers.update(pod);
    const { phase } = pod.status;
    if (phase === 'Succeeded' || phase === 'Failed') this.#removeSandbox();
    else if (this.#sandbox !== undefined || (await this.#makeSandbox(pod))) this.#containers.start(pod);
    this.#writeStatus(pod);
  }

  async #makeSandbox(pod: Pod): Promise<boolean> {
    try {
      const sandbox = await PodSandbox.create(this.#node, pod);
      this.#sandbox = sandbox;
      void sandbox.ended.then(() => {
        if (this.#sandbox !== sandbox) return;
        // The sandbox was killed from outside, so another one replaces it.
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
      this.#node.events.record(pod, { type: 'Warning', reason, message });
      this.after(retryMs);
      return false;
    }
  }

  #writeStatus(pod: Pod): void {
    const latest = this.#pod();
    if (latest === undefined) return;
    const status = statusOf({
      pod: latest,
      node: this.#node,
      records: this.#containers.records,
      hasSandbox: this.#sandbox !== undefined,
      startTime: this.#startTime,
      podIp: podIpOf(this.#node, pod, this.#sandbox),
    });
    this.#node.store.update('pods', { ...latest, status });
  }

  /** Ends a deleted pod: its containers get their grace period, then the pod is removed. */
  #end(pod: Pod): void {
    if (this.#isEnding) {
      // The pod was deleted again, with a shorter grace period.
      if (graceMs(pod) === 0) this.#containers.kill();
      return;
    }
    this.#isEnding = true;
    for (const record of this.#containers.records)
      if (record.running) tellEvent(this.#node, pod, record)('Normal', 'Killing', `Stopping container ${record.name}`);
    void this.#tearDown(graceMs(pod)).then(() => {
      if (this.#pod() !== undefined) this.#node.store.remove({ resource: 'pods', ...this.#address });
      this.#onGone();
    });
  }

  async #tearDown(grace: number): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await this.#containers.stop(grace);
    this.#removeSandbox();
    for (const name of ['pods', 'logs'])
      rmSync(join(this.#node.folder, name, this.#uid), { recursive: true, force: true });
  }

  #removeSandbox(): void {
    const sandbox = this.#sandbox;
    this.#sandbox = undefined;
    sandbox?.remove();
  }
}
