import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CreatedContainer, createContainer, type Namespaces } from '../runtime/container.ts';
import type { PodAddress } from '../runtime/network.ts';
import { defaultCapabilities } from '../runtime/privileges.ts';
import type { RunningContainer } from '../runtime/running-container.ts';
import { allContainers, type Pod } from '../store/pod.ts';
import { formatGoDuration } from './back-off.ts';
import { ContainerRecord, toTime } from './container-record.ts';
import { ConfigError, hostNameOf } from './environment.ts';
import type { Node } from './node.ts';
import { statusOf } from './pod-status.ts';
import { Prober } from './prober.ts';
import { ImageError, podFolder, startContainer } from './start-container.ts';
import { makeVolumes } from './volumes.ts';

/** A failed sandbox or volume is tried again after this long, as the kubelet's next sync would. */
const retryMs = 2_000;

/**
 * Brings one pod to what its spec says, and its status to what is. All changes go through `sync`, one at a time: it looks
 * at what there is and starts what is missing; whatever happens (a change of the pod, an exit, a timer) asks for another.
 */
export class PodWorker {
  readonly #node: Node;
  readonly #uid: string;
  readonly #address: { namespace: string; name: string };
  readonly #records = new Map<string, ContainerRecord>();
  readonly #probers = new Map<string, Prober[]>();
  readonly #startTime = new Date();
  readonly #onGone: () => void;
  #sandbox: CreatedContainer | undefined;
  #network: PodAddress | undefined;
  #isSyncing = false;
  #isAsked = false;
  #isEnding = false;
  #isClosed = false;
  #timers = new Set<NodeJS.Timeout>();

  constructor(node: Node, pod: Pod, onGone: () => void) {
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
        this.#later(retryMs);
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
    if (phase === 'Succeeded' || phase === 'Failed') {
      this.#dropSandbox();
      this.#writeStatus(pod);
      return;
    }
    if (this.#sandbox === undefined && !(await this.#makeSandbox(pod))) {
      this.#writeStatus(pod);
      return;
    }
    this.#startContainers(pod);
    this.#writeStatus(pod);
  }

  #updateRecords(pod: Pod): void {
    const inits = pod.spec.initContainers?.length ?? 0;
    for (const { field, container } of allContainers(pod.spec)) {
      const known = this.#records.get(container.name);
      if (known === undefined) {
        const record = new ContainerRecord(field, container);
        if (field === 'containers' && inits > 0) record.state = { waiting: { reason: 'PodInitializing' } };
        if (field === 'initContainers') record.state = { waiting: { reason: 'PodInitializing' } };
        this.#records.set(container.name, record);
      } else if (known.container.image !== container.image) {
        // A changed image takes the place of the running one.
        known.container = container;
        known.retryAt = 0;
        if (known.running) {
          this.#node.events.record(
            pod,
            'Normal',
            'Killing',
            `Container ${known.name} definition changed, will be restarted`,
            known.fieldPath,
          );
          void known.running.stop(this.#graceMs(pod));
        }
      }
    }
  }

  async #makeSandbox(pod: Pod): Promise<boolean> {
    const { events, pipes, pause, network, store } = this.#node;
    const folder = podFolder(this.#node, pod);
    try {
      if (pod.spec.hostNetwork && network === undefined)
        throw new ConfigError(
          'hostNetwork needs iproute2 on this machine: the practice node has a network only with it',
        );
      const path = join(folder, 'volumes');
      mkdirSync(path, { recursive: true });
      makeVolumes(store, pod, path);
      const sandbox = await createContainer(pipes, {
        folder: join(folder, 'sandbox'),
        image: pause,
        namespaces: { kind: 'sandbox', hostname: hostNameOf(pod) },
        mounts: [],
        etc: {},
        argv: ['/pause'],
        env: { PATH: '/' },
        workingDir: '/',
        privileges: { uid: 0, gid: 0, groups: [], capabilities: defaultCapabilities, noNewPrivileges: false },
        stdin: true,
        tty: false,
      });
      this.#sandbox = sandbox;
      if (!pod.spec.hostNetwork) this.#network = await network?.connect(sandbox.pid);
      sandbox.start();
      void sandbox.process.exited.then(() => {
        if (this.#sandbox !== sandbox) return;
        // Killed from outside: the kubelet would make another, and start the containers anew in it.
        this.#sandbox = undefined;
        this.sync();
      });
      return true;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const reason = error instanceof ConfigError ? 'FailedMount' : 'FailedCreatePodSandBox';
      events.record(
        pod,
        'Warning',
        reason,
        `${reason === 'FailedMount' ? '' : 'Failed to create pod sandbox: '}${text}`,
      );
      this.#dropSandbox();
      this.#later(retryMs);
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
    if (record.hasEnded && !this.#mayRestart(pod, record)) return;
    if (record.hasEnded) this.#prepareRestart(pod, record);
    if (Date.now() < record.retryAt) return;
    record.isBusy = true;
    void this.#start(pod, record).finally(() => {
      record.isBusy = false;
      this.sync();
    });
  }

  #mayRestart({ spec }: Pod, record: ContainerRecord): boolean {
    if (record.kind === 'ephemeralContainers') return false;
    if (spec.restartPolicy === 'Always') return record.kind === 'containers' || !record.hasSucceeded;
    return spec.restartPolicy === 'OnFailure' && !record.hasSucceeded;
  }

  /** The first restart comes at once, the later ones after a growing pause. */
  #prepareRestart(pod: Pod, record: ContainerRecord): void {
    if (record.retryAt > 0) return;
    const pause = record.restartCount === 0 && record.lastState.terminated === undefined ? 0 : record.crashes.failed();
    record.retryAt = Date.now() + pause;
    if (pause === 0) return;
    const { name, namespace, uid } = pod.metadata;
    const who = `failed container=${record.name} pod=${name}_${namespace}(${uid})`;
    record.wait('CrashLoopBackOff', `back-off ${formatGoDuration(pause)} restarting ${who}`);
    this.#node.events.record(pod, 'Warning', 'BackOff', `Back-off restarting ${who}`, record.fieldPath);
    this.#later(pause);
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
      this.#failed(pod, record, error);
    }
  }

  #failed(pod: Pod, record: ContainerRecord, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    const { events } = this.#node;
    const { image } = record.container;
    const warn = (reason: string, message: string) => events.record(pod, 'Warning', reason, message, record.fieldPath);
    if (error instanceof ImageError) {
      const pause = record.pulls.failed();
      warn('Failed', `Failed to pull image "${image}": ${text}`);
      warn('Failed', 'Error: ErrImagePull');
      record.wait('ErrImagePull', text);
      record.retryAt = Date.now() + pause;
      this.#after(imageBackOffMs, () => {
        if (record.state.waiting?.reason !== 'ErrImagePull') return;
        events.record(pod, 'Normal', 'BackOff', `Back-off pulling image "${image}"`, record.fieldPath);
        warn('Failed', 'Error: ImagePullBackOff');
        record.wait('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${text}`);
      });
      this.#later(pause);
    } else if (error instanceof ConfigError) {
      warn('Failed', `Error: ${text}`);
      record.wait('CreateContainerConfigError', text);
      record.retryAt = Date.now() + retryMs;
      this.#later(retryMs);
    } else {
      const full = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${text}`;
      warn('Failed', `Error: ${full}`);
      const { id } = record;
      record.end({
        exitCode: 128,
        reason: 'StartError',
        message: full,
        // It never began: Go's zero of times, as the kubelet has it.
        startedAt: '1970-01-01T00:00:00Z',
        finishedAt: toTime(new Date()),
        ...(id === undefined ? {} : { containerID: `practice://${id}` }),
      });
      record.retryAt = 0;
    }
  }

  #ended(record: ContainerRecord, running: RunningContainer, exitCode: number): void {
    this.#stopProbes(record);
    const message = terminationMessage(running, record);
    record.end({
      exitCode,
      reason: exitCode === 0 ? 'Completed' : 'Error',
      ...(message === '' ? {} : { message }),
      startedAt: toTime(running.startedAt),
      finishedAt: toTime(new Date()),
      containerID: `practice://${running.id}`,
    });
    rmSync(running.spec.folder, { recursive: true, force: true });
    this.sync();
  }

  #namespacesFor({ spec }: Pod, record: ContainerRecord): Namespaces {
    const sandbox = this.#sandbox?.pid;
    if (sandbox === undefined) throw new ConfigError('the pod has no sandbox');
    const { network } = this.#node;
    const init = 1;
    return {
      kind: 'container',
      net: spec.hostNetwork && network ? network.pid : sandbox,
      uts: spec.hostNetwork ? init : sandbox,
      ipc: spec.hostIPC ? init : sandbox,
      pid: spec.hostPID ? init : spec.shareProcessNamespace ? sandbox : this.#targetPid(record),
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
    const { startupProbe, readinessProbe, livenessProbe } = record.container;
    const { network } = this.#node;
    const ip = this.#podIp(pod);
    const target = {
      node: this.#node,
      container: record.container,
      running,
      netPid: network?.pid ?? this.#sandbox?.pid ?? 0,
      host: network && ip ? ip : '127.0.0.1',
    };
    const probers: Prober[] = [];
    this.#probers.set(record.name, probers);
    const unhealthy = (kind: string) => (output: string) =>
      this.#node.events.record(pod, 'Warning', 'Unhealthy', `${kind} probe failed: ${output}`, record.fieldPath);
    const kill = (kind: string) => (isSuccess: boolean) => {
      if (isSuccess) return;
      const message = `Container ${record.name} failed ${kind} probe, will be restarted`;
      this.#node.events.record(pod, 'Normal', 'Killing', message, record.fieldPath);
      this.#stopProbes(record);
      void running.stop(this.#graceMs(pod));
    };
    const startedUp = () => {
      record.hasStartedUp = true;
      if (readinessProbe)
        probers.push(
          new Prober(
            target,
            readinessProbe,
            (isSuccess) => {
              record.isReady = isSuccess;
              this.sync();
            },
            unhealthy('Readiness'),
          ),
        );
      else record.isReady = true;
      if (livenessProbe) probers.push(new Prober(target, livenessProbe, kill('liveness'), unhealthy('Liveness')));
      this.sync();
    };
    if (startupProbe === undefined) {
      startedUp();
      return;
    }
    const startup = new Prober(
      target,
      startupProbe,
      (isSuccess) => {
        if (!isSuccess) return kill('startup')(false);
        startup.stop();
        startedUp();
      },
      unhealthy('Startup'),
    );
    probers.push(startup);
  }

  #stopProbes({ name }: ContainerRecord): void {
    for (const prober of this.#probers.get(name) ?? []) prober.stop();
    this.#probers.delete(name);
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
    const updated = this.#node.store.update('pods', { ...latest, status });
    // A pod that has just finished gives its sandbox back.
    if (updated !== latest && updated['status'] && ['Succeeded', 'Failed'].includes(status.phase)) this.sync();
  }

  #podIp({ spec, status }: Pod): string | undefined {
    return spec.hostNetwork ? this.#node.ip : (this.#network?.ip ?? status.podIP);
  }

  #graceMs({ metadata, spec }: Pod): number {
    return (metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30) * 1_000;
  }

  /** The pod was deleted: its containers get their grace, then it goes. */
  #end(pod: Pod): void {
    const graceMs = this.#graceMs(pod);
    if (this.#isEnding) {
      // Asked again, with less patience.
      for (const { running } of this.#records.values()) if (running && graceMs === 0) running.kill('SIGKILL');
      return;
    }
    this.#isEnding = true;
    for (const record of this.#records.values()) {
      if (record.running)
        this.#node.events.record(pod, 'Normal', 'Killing', `Stopping container ${record.name}`, record.fieldPath);
    }
    void this.#tearDown(graceMs).then(() => {
      const latest = this.#pod();
      if (latest !== undefined) this.#node.store.remove({ resource: 'pods', ...this.#address });
      this.#onGone();
    });
  }

  async #tearDown(graceMs: number): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    const records = [...this.#records.values()];
    for (const record of records) this.#stopProbes(record);
    const apps = records.flatMap(({ running }) => running ?? []);
    await Promise.all(apps.map((running) => running.stop(graceMs)));
    this.#dropSandbox();
    for (const name of ['pods', 'logs'])
      rmSync(join(this.#node.folder, name, this.#uid), { recursive: true, force: true });
  }

  #dropSandbox(): void {
    const sandbox = this.#sandbox;
    this.#sandbox = undefined;
    this.#network?.release();
    this.#network = undefined;
    if (sandbox === undefined) return;
    try {
      process.kill(sandbox.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }

  #later(ms: number): void {
    this.#after(ms, () => {});
  }

  /** Does something later and looks at everything then. */
  #after(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
      this.sync();
    }, ms);
    this.#timers.add(timer);
  }
}

/** The kubelet shows ErrImagePull until its next look at the pod. */
const imageBackOffMs = 2_000;
/** k8s.io/kubernetes pkg/kubelet/container MaxPodTerminationMessageLogLength. */
const maxMessageBytes = 4_096;

function terminationMessage(running: RunningContainer, { container }: ContainerRecord): string {
  const read = (path: string) => {
    try {
      return readFileSync(path).subarray(-maxMessageBytes).toString('utf8');
    } catch {
      // Taken away by the container.
      return '';
    }
  };
  const message = read(join(running.spec.folder, 'termination-log'));
  if (message !== '' || container.terminationMessagePolicy !== 'FallbackToLogsOnError') return message;
  return read(running.io.log.path)
    .split('\n')
    .map((line) => line.split(' ').slice(3).join(' '))
    .join('\n');
}
