import { request } from 'node:http';
import { execInContainer } from '../runtime/exec.ts';
import type { RunningContainer } from '../runtime/running-container.ts';
import type { Container, Probe } from '../store/pod.ts';
import type { NodeContext } from './node-context.ts';

/** The target of a probe. */
export interface ProbeTarget {
  node: NodeContext;
  container: Container;
  running: RunningContainer;
  /** The network namespace from which http and tcp probes connect: the node's, as from a kubelet. */
  netPid: number;
  host: string;
}

export interface ProbeListener {
  /** Called when the probe has succeeded or failed as often in a row as its threshold asks for. */
  onVerdict(isSuccess: boolean): void;
  onFailure(output: string): void;
}

interface ProbeResult {
  isSuccess: boolean;
  output: string;
}

/** The longest output of a failed command that is reported. */
const maxOutputLength = 1_000;

/** Runs one probe again and again. Reports each failure, and each verdict. */
export class Prober {
  readonly #target: ProbeTarget;
  readonly #probe: Required<Pick<Probe, 'periodSeconds' | 'timeoutSeconds' | 'successThreshold' | 'failureThreshold'>> &
    Probe;
  readonly #listener: ProbeListener;
  #timer: NodeJS.Timeout;
  #isStopped = false;
  #run = 0;
  #last: boolean | undefined;

  constructor(target: ProbeTarget, probe: Probe, listener: ProbeListener) {
    this.#target = target;
    this.#probe = { periodSeconds: 10, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3, ...probe };
    this.#listener = listener;
    this.#timer = setTimeout(() => void this.#try(), (probe.initialDelaySeconds ?? 0) * 1_000);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #try(): Promise<void> {
    const result = await this.#once().catch((error: unknown) => ({
      isSuccess: false,
      output: String(error instanceof Error ? error.message : error),
    }));
    if (this.#isStopped) return;
    this.#run = result.isSuccess === this.#last ? this.#run + 1 : 1;
    this.#last = result.isSuccess;
    if (!result.isSuccess) this.#listener.onFailure(result.output);
    const { successThreshold, failureThreshold, periodSeconds } = this.#probe;
    if (this.#run >= (result.isSuccess ? successThreshold : failureThreshold))
      this.#listener.onVerdict(result.isSuccess);
    // The verdict may have ended the container, and with it this prober.
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void this.#try(), periodSeconds * 1_000);
  }

  #once(): Promise<ProbeResult> {
    const { exec, httpGet, tcpSocket } = this.#probe;
    if (exec) return this.#exec(exec.command ?? []);
    if (httpGet) return this.#http(httpGet);
    if (tcpSocket) return this.#tcp(tcpSocket.host ?? this.#target.host, this.#portOf(tcpSocket.port));
    return Promise.resolve({ isSuccess: true, output: '' });
  }

  async #exec(command: string[]): Promise<ProbeResult> {
    const { node, running } = this.#target;
    const { env, workingDir, privileges } = running.spec;
    const process = execInContainer(node.pipes, {
      pid: running.pid,
      argv: command,
      env,
      workingDir,
      privileges,
      stdin: false,
      tty: false,
    });
    let output = '';
    for (const stream of [process.stdout, process.stderr])
      stream?.on('data', (chunk: Buffer) => {
        if (output.length < maxOutputLength) output += chunk.toString();
      });
    const { timeoutSeconds } = this.#probe;
    const timer = setTimeout(() => process.child.kill('SIGKILL'), timeoutSeconds * 1_000);
    const { exitCode, signal } = await process.exited;
    clearTimeout(timer);
    if (signal !== undefined)
      return {
        isSuccess: false,
        output: `command timed out: "${command.join(' ')}" timed out after ${timeoutSeconds}s`,
      };
    return { isSuccess: exitCode === 0, output };
  }

  async #http({ path = '/', port, host, httpHeaders = [] }: NonNullable<Probe['httpGet']>): Promise<ProbeResult> {
    const { node, netPid } = this.#target;
    const number = this.#portOf(port);
    const address = host ?? this.#target.host;
    const url = `http://${address}:${number}${path}`;
    const socket = await node.relays.connect(netPid, address, number).catch((error: unknown) => {
      throw new Error(`Get "${url}": dial tcp ${address}:${number}: ${reasonOf(error)}`);
    });
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          path,
          headers: {
            'User-Agent': 'kube-probe/practice',
            Host: `${address}:${number}`,
            Connection: 'close',
            ...Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value])),
          },
          createConnection: () => socket,
        },
        (response) => {
          response.resume();
          socket.destroy();
          const code = response.statusCode ?? 0;
          resolve({ isSuccess: code >= 200 && code < 400, output: `HTTP probe failed with statuscode: ${code}` });
        },
      );
      sent.setTimeout(this.#probe.timeoutSeconds * 1_000, () =>
        sent.destroy(
          new Error(`Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`),
        ),
      );
      sent.on('error', reject).end();
    });
  }

  async #tcp(host: string, port: number): Promise<ProbeResult> {
    const { node, netPid } = this.#target;
    const socket = await node.relays.connect(netPid, host, port).catch((error: unknown) => {
      throw new Error(`dial tcp ${host}:${port}: ${reasonOf(error)}`);
    });
    socket.destroy();
    return { isSuccess: true, output: '' };
  }

  /** A port's number, or the number of the container's port with this name. */
  #portOf(port: number | string): number {
    if (typeof port === 'number') return port;
    return this.#target.container.ports?.find(({ name }) => name === port)?.containerPort ?? Number(port);
  }
}

/** The reason in Go's words, such as `connect: connection refused`. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (text.includes('ECONNREFUSED')) return 'connect: connection refused';
  if (text.includes('EHOSTUNREACH')) return 'connect: no route to host';
  return text;
}
