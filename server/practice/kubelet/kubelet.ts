import { existsSync } from 'node:fs';
import { type Duplex, Readable, Writable } from 'node:stream';
import type { ExecRequest, LogOptions, NodeApi, RemoteProcess, StreamRequest } from '../api/node-api.ts';
import { StatusError } from '../api/status.ts';
import { missingProgram } from '../runtime/container.ts';
import { execInContainer } from '../runtime/exec.ts';
import { findExecutable } from '../runtime/find-executable.ts';
import { readLog } from '../runtime/log-reader.ts';
import { RunningContainer } from '../runtime/running-container.ts';
import { allContainers, type Pod } from '../store/pod.ts';
import type { ContainerRecord } from './container-record.ts';
import type { NodeContext } from './node-context.ts';
import { PodWorker } from './pod-worker.ts';
import { logPath } from './start-container.ts';

/** Runs the pods of the node, and answers the API server's questions about them. */
export class Kubelet implements NodeApi {
  readonly #workers = new Map<string, PodWorker>();
  #started: NodeContext | undefined;

  /** Starts running pods. The API server may listen earlier, and the node is not ready until now. */
  start(node: NodeContext): void {
    this.#started = node;
    const { store, name } = node;
    for (const pod of store.list('pods')) if (pod.spec.nodeName === name) this.#take(pod);
    store.watch('pods', store.version, ({ type, object: pod }) => {
      if (pod.spec.nodeName !== name) return;
      if (type === 'DELETED') this.#forget(pod);
      else this.#take(pod);
    });
  }

  get #node(): NodeContext {
    if (this.#started === undefined) throw new StatusError('InternalError', 'the node is not ready yet');
    return this.#started;
  }

  async logs(pod: Pod, options: LogOptions, signal: AbortSignal): Promise<Readable> {
    const record = this.#recordOf(pod, options.container, 'logs');
    const { name } = pod.metadata;
    const what = `container "${record.name}" in pod "${name}"`;
    if (record.id === undefined)
      throw new StatusError('BadRequest', `${what} is waiting to start: ${waitingWords(record.state.waiting?.reason)}`);
    if (options.previous && record.restartCount === 0 && record.lastState.terminated === undefined)
      throw new StatusError('BadRequest', `previous terminated ${what} not found`);
    // Between two runs the last run's log still counts as the current one, so `previous` means the run before it.
    const restart = record.restartCount - (options.previous ? 1 : 0);
    const path = logPath(this.#node, pod, { container: record.name, restart: Math.max(0, restart) });
    const writer = options.previous ? undefined : record.running?.io.log;
    if (!existsSync(path)) throw new StatusError('BadRequest', `previous terminated ${what} not found`);
    return Readable.from(readLog({ path, writer }, options, signal));
  }

  async exec(pod: Pod, request: ExecRequest): Promise<RemoteProcess> {
    const running = this.#runningOf(pod, request.container, 'exec');
    const [program = ''] = request.command;
    const { env, workingDir, privileges } = running.spec;
    const why =
      program === ''
        ? 'args must not be empty'
        : findExecutable(`/proc/${running.pid}/root`, program, { path: env['PATH'] ?? '', workingDir }) === undefined
          ? `unable to start container process: ${missingProgram(program)}`
          : undefined;
    if (why !== undefined) {
      throw new StatusError(
        'InternalError',
        `Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${RunningContainer.newId()}": OCI runtime exec failed: exec failed: ${why}: unknown`,
      );
    }
    const process = execInContainer(this.#node.pipes, {
      pid: running.pid,
      argv: request.command,
      env: request.tty ? { TERM: 'xterm', ...env } : env,
      workingDir,
      privileges,
      stdin: request.stdin,
      tty: request.tty,
    });
    return {
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      resize: process.resize,
      exited: process.exited.then(({ exitCode }) => exitCode),
      // A started process goes on until it notices that its streams are closed, as on a real cluster.
      close: () => {
        process.stdout.destroy();
        process.stderr?.destroy();
        process.stdin?.destroy();
      },
    };
  }

  async attach(pod: Pod, request: StreamRequest): Promise<RemoteProcess> {
    const running = this.#runningOf(pod, request.container, 'attach');
    const record = this.#recordOf(pod, request.container, 'attach');
    if (request.tty && !record.container.tty)
      throw new StatusError('BadRequest', `Unable to use a TTY - container ${record.name} did not allocate one`);
    const { process } = running.io;
    const client = running.io.attach();
    const { stdin } = process;
    return {
      stdin: request.stdin && stdin ? shared(stdin, record.container.stdinOnce ?? false) : undefined,
      stdout: client.stdout,
      stderr: client.stderr,
      resize: process.resize,
      exited: running.exited.then(() => undefined),
      close: () => client.detach(),
    };
  }

  async dial(pod: Pod, port: number): Promise<Duplex> {
    const pid = this.#workers.get(pod.metadata.uid)?.sandbox?.pid;
    if (pid === undefined) throw new StatusError('BadRequest', `pod ${pod.metadata.name} does not run`);
    return this.#node.relays.connect(pid, '127.0.0.1', port);
  }

  #take(pod: Pod): void {
    const { uid } = pod.metadata;
    let worker = this.#workers.get(uid);
    if (worker === undefined) {
      worker = new PodWorker(this.#node, pod, () => this.#workers.delete(uid));
      this.#workers.set(uid, worker);
    }
    worker.sync();
  }

  #forget({ metadata }: Pod): void {
    const worker = this.#workers.get(metadata.uid);
    this.#workers.delete(metadata.uid);
    void worker?.close();
  }

  #recordOf(pod: Pod, name: string | undefined, what: 'logs' | 'attach' | 'exec'): ContainerRecord {
    const names = allContainers(pod.spec).map(({ container }) => container.name);
    const chosen = name || defaultContainer(pod, what);
    if (!names.includes(chosen))
      throw new StatusError('BadRequest', `container ${chosen} is not valid for pod ${pod.metadata.name}`);
    const record = this.#workers.get(pod.metadata.uid)?.record(chosen);
    if (record !== undefined) return record;
    const why =
      pod.spec.nodeName === undefined
        ? `pod ${pod.metadata.name} does not have a host assigned`
        : `container "${chosen}" in pod "${pod.metadata.name}" is waiting to start: ContainerCreating`;
    throw new StatusError('BadRequest', why);
  }

  #runningOf(pod: Pod, name: string | undefined, what: 'attach' | 'exec'): RunningContainer {
    const { running, name: chosen } = this.#recordOf(pod, name, 'exec');
    if (running !== undefined && !running.isOver) return running;
    const { name: podName, namespace } = pod.metadata;
    const why =
      what === 'exec'
        ? `container not found ("${chosen}")`
        : `container ${chosen} not found in pod ${podName}_${namespace}`;
    throw new StatusError('InternalError', `unable to upgrade connection: ${why}`);
  }
}

/** The reason for a missing log, in the kubelet's words. */
function waitingWords(reason = 'ContainerCreating'): string {
  if (reason === 'ErrImagePull') return "image can't be pulled";
  return reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : reason;
}

/** One client's access to a stdin that several clients share. The client's end closes it only with stdinOnce. */
function shared(stdin: Writable, endsWithClient: boolean): Writable {
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (stdin.destroyed || stdin.writableEnded) done();
      else stdin.write(chunk, () => done());
    },
    final: (done) => {
      if (endsWithClient) stdin.end();
      done();
    },
  });
}

/** The pod's only container. A pod with several needs a name, as on the real server. */
function defaultContainer({ metadata, spec }: Pod, what: string): string {
  const [first, second] = spec.containers;
  if (second === undefined) return first?.name ?? '';
  const named = [...spec.containers, ...(spec.ephemeralContainers ?? [])];
  const names = `[${named.map(({ name }) => name).join(' ')}]`;
  throw new StatusError(
    'BadRequest',
    `a container name must be specified for pod ${metadata.name}, choose one of: ${names}${what === 'logs' && spec.initContainers ? ` or one of the init containers: [${spec.initContainers.map(({ name }) => name).join(' ')}]` : ''}`,
  );
}
