import type { Cluster } from '../kubernetes/cluster.ts';
import type { ContainerStream } from '../kubernetes/container-stream.ts';
import type { TerminalSession } from '../terminals/terminal-session.ts';
import { EarlyOutput } from './early-output.ts';
import { fillIn } from './fill-from-log.ts';
import { OutputGap } from './output-gap.ts';

export interface OutputPathOptions {
  cluster: Cluster;
  session: TerminalSession;
  /** A container that was just made: its output is shown from its first line. */
  isNew: boolean;
  /** Once the container's log can be read. Whoever waits for the end of the container hears of a failure. */
  started: Promise<void>;
}

/**
 * The way of a container's output to its terminal, through one attach after the other. An attach has no history, so what was
 * printed before the first one and between two is taken from the container's log and put in its place.
 */
export class OutputPath {
  readonly #options: OutputPathOptions;
  readonly #early: EarlyOutput | undefined;
  /** The last break that was not filled in yet. */
  #gap: OutputGap | undefined;

  constructor(options: OutputPathOptions) {
    this.#options = options;
    this.#early = options.isNew ? new EarlyOutput(options.session) : undefined;
  }

  /** What an attach has brought. */
  take(bytes: Uint8Array): void {
    if (this.#early?.isClosed === false) this.#early.push(bytes);
    else if (this.#gap !== undefined) this.#gap.push(bytes);
    else this.#options.session.append(bytes);
  }

  /** The API server has agreed to an attach: what the process wrote before is not in its output. */
  beginAttach(stream: ContainerStream): void {
    const { cluster, session, started } = this.#options;
    const early = this.#early;
    if (early?.isClosed === false) {
      early.begin();
      started.then(
        () => fillIn(early, { cluster, session, stream }),
        () => {},
      );
    } else if (session.state.kind === 'reconnecting') {
      this.#gap?.abandon();
      this.#gap = new OutputGap(session);
      void fillIn(this.#gap, { cluster, session, stream });
    }
  }

  /** The container is over, so its log has all that it printed. `isWhole`: the last attach has brought it to its end. */
  async finish(isWhole: boolean): Promise<void> {
    const { cluster, session } = this.#options;
    if (this.#early?.isClosed === false) {
      if (!isWhole) this.#early.begin();
      await fillIn(this.#early, { cluster, session });
    } else if (isWhole) {
      if (this.#gap?.isClosed === false) await fillIn(this.#gap, { cluster, session });
    } else if (session.state.kind !== 'starting') {
      // It ended while nobody was attached.
      this.#gap?.abandon();
      await fillIn(new OutputGap(session), { cluster, session });
    }
  }
}
