import type { ClusterList, ContextSummary } from '#lib/clusters.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { Cluster } from './cluster.ts';
import { type KubeconfigChoice, loadKubeconfig, newKubeconfigFiles } from './kubeconfig.ts';
import type { Kubeconfig } from './kubeconfig-schema.ts';
import { LivenessClock } from './liveness-clock.ts';

export interface ClusterChoice extends KubeconfigChoice {
  /** --context: instead of the kubeconfig's current one. */
  context?: string | undefined;
  /** --namespace: to begin with, and instead of the context's own. */
  namespace?: string | undefined;
  /** Between two signs of life that an idle WebSocket is asked for. */
  pingIntervalMs?: number | undefined;
}

/** The contexts a user can choose from, and one Cluster for each that was chosen. */
export class ClusterRegistry {
  readonly #choice: ClusterChoice;
  readonly #files = newKubeconfigFiles();
  readonly #clock: LivenessClock;
  readonly #clusters = new Map<string, { cluster: Cluster; fingerprint: string }>();

  constructor(choice: ClusterChoice) {
    this.#choice = choice;
    this.#clock = new LivenessClock(choice.pingIntervalMs);
  }

  /** Reads a kubeconfig that has changed anew, so that a mended file or a new login takes effect at the next try. */
  list(): Omit<ClusterList, 'debuggers'> {
    const kubeconfig = loadKubeconfig(this.#choice, this.#files);
    const current = this.#choice.context ?? kubeconfig.currentContext;
    if (this.#choice.context !== undefined) this.#contextNamed(kubeconfig, this.#choice.context);
    return {
      contexts: [...kubeconfig.contexts.keys()].map((name) => this.#contextNamed(kubeconfig, name)),
      current: current !== undefined && kubeconfig.contexts.has(current) ? current : undefined,
      namespace: this.#choice.namespace,
      sources: kubeconfig.sources,
    };
  }

  /** The cluster of a context. Throws `unknown-context`, `no-kubeconfig` or `bad-kubeconfig`. */
  get(context: string): Cluster {
    const kubeconfig = loadKubeconfig(this.#choice, this.#files);
    const summary = this.#contextNamed(kubeconfig, context);
    const cluster = kubeconfig.clusters.get(summary.cluster);
    if (cluster === undefined) {
      throw new AppError(
        'bad-kubeconfig',
        `Context ${context} names cluster ${summary.cluster}, which the kubeconfig lacks.`,
        {
          next: 'Choose another context, or mend the kubeconfig.',
        },
      );
    }
    const user = kubeconfig.users.get(summary.user) ?? {};
    const fingerprint = JSON.stringify([summary, cluster, user]);
    const known = this.#clusters.get(context);
    if (known?.fingerprint === fingerprint) return known.cluster;
    // The old one is left to the streams that still use it; it ends with them.
    const fresh = new Cluster({ summary, cluster, user, clock: this.#clock });
    this.#clusters.set(context, { cluster: fresh, fingerprint });
    return fresh;
  }

  close(): void {
    for (const { cluster } of this.#clusters.values()) cluster.close();
    this.#clusters.clear();
  }

  #contextNamed(kubeconfig: Kubeconfig, name: string): ContextSummary {
    const context = kubeconfig.contexts.get(name);
    if (context === undefined) {
      const names = [...kubeconfig.contexts.keys()];
      throw new AppError('unknown-context', `The kubeconfig has no context ${name}.`, {
        next:
          names.length > 0
            ? `It has: ${names.join(', ')}.`
            : 'It has no contexts at all; add one with kubectl config set-context.',
      });
    }
    return {
      name,
      cluster: context.cluster,
      user: context.user ?? '(nobody)',
      namespace: this.#choice.namespace ?? context.namespace ?? undefined,
    };
  }
}
