import type { RunningContainer } from '../runtime/running-container.ts';
import type { ContainerRecord } from './container-record.ts';
import type { NodeContext } from './node-context.ts';
import { Prober, type ProbeTarget } from './prober.ts';
import type { TellEvent } from './tell-event.ts';

export interface ProbeContext {
  node: NodeContext;
  record: ContainerRecord;
  running: RunningContainer;
  netPid: number;
  host: string;
  tell: TellEvent;
  /** Called when the container's readiness or startup state has changed. */
  onChange(): void;
  /** Called when a probe asks for a restart of the container. */
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
    const startup = new Prober(this.#target, startupProbe, {
      onVerdict: (isSuccess) => {
        startup.stop();
        if (isSuccess) this.#begin();
        else this.#restart('startup');
      },
      onFailure: this.#unhealthy('Startup'),
    });
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
      const onVerdict = (isSuccess: boolean) => {
        record.isReady = isSuccess;
        onChange();
      };
      const onFailure = this.#unhealthy('Readiness');
      this.#probers.push(new Prober(this.#target, readinessProbe, { onVerdict, onFailure }));
    }
    if (livenessProbe) {
      const onVerdict = (isSuccess: boolean) => {
        if (!isSuccess) this.#restart('liveness');
      };
      const onFailure = this.#unhealthy('Liveness');
      this.#probers.push(new Prober(this.#target, livenessProbe, { onVerdict, onFailure }));
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
