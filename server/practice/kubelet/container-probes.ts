import type { RunningContainer } from '../runtime/running-container.ts';
import type { ContainerRecord } from './container-record.ts';
import type { NodeContext } from './node-context.ts';
import { Prober, type ProbeTarget } from './prober.ts';

export interface ProbeContext {
  node: NodeContext;
  record: ContainerRecord;
  running: RunningContainer;
  netPid: number;
  host: string;
  /** Writes an event about the container. */
  tell(type: 'Normal' | 'Warning', reason: string, message: string): void;
  /** Whether it is ready, or has started up, has changed. */
  onChange(): void;
  /** A probe wants the container to be restarted. */
  onUnhealthy(): void;
}

/** The probes of one container while it runs: startup first, then readiness and liveness. */
export class ContainerProbes {
  readonly #context: ProbeContext;
  readonly #probers: Prober[] = [];

  constructor(context: ProbeContext) {
    this.#context = context;
    const { startupProbe } = context.record.container;
    if (startupProbe === undefined) {
      this.#begin();
      return;
    }
    const startup = new Prober(
      this.#target,
      startupProbe,
      (isSuccess) => {
        startup.stop();
        if (isSuccess) this.#begin();
        else this.#restart('startup');
      },
      this.#unhealthy('Startup'),
    );
    this.#probers.push(startup);
  }

  stop(): void {
    for (const prober of this.#probers) prober.stop();
  }

  get #target(): ProbeTarget {
    const { node, record, running, netPid, host } = this.#context;
    return { node, container: record.container, running, netPid, host };
  }

  #begin(): void {
    const { record, onChange } = this.#context;
    const { readinessProbe, livenessProbe } = record.container;
    record.hasStartedUp = true;
    record.isReady = readinessProbe === undefined;
    if (readinessProbe) {
      const take = (isSuccess: boolean) => {
        record.isReady = isSuccess;
        onChange();
      };
      this.#probers.push(new Prober(this.#target, readinessProbe, take, this.#unhealthy('Readiness')));
    }
    if (livenessProbe) {
      const take = (isSuccess: boolean) => {
        if (!isSuccess) this.#restart('liveness');
      };
      this.#probers.push(new Prober(this.#target, livenessProbe, take, this.#unhealthy('Liveness')));
    }
    onChange();
  }

  #restart(kind: string): void {
    const { record, tell, onUnhealthy } = this.#context;
    tell('Normal', 'Killing', `Container ${record.name} failed ${kind} probe, will be restarted`);
    this.stop();
    onUnhealthy();
  }

  #unhealthy(kind: string): (output: string) => void {
    return (output) => this.#context.tell('Warning', 'Unhealthy', `${kind} probe failed: ${output}`);
  }
}
