import type { DebugPolicy } from '#lib/debug/policy.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { ProcessWatches } from '../inspection/process-watch.ts';
import type { PodTables } from '../kubernetes/pod-tables.ts';
import { watchPod } from '../kubernetes/pod-watch.ts';
import type { BrowserSocket, SocketRequests } from './socket-requests.ts';

/** A tab has one table and one pod page; a few more are on their way in or out. */
const maxSubscriptions = 16;

export interface WatchDependencies {
  podTables: PodTables;
  processWatches: ProcessWatches;
  policy: DebugPolicy;
}

/** What a tab watches, until it says stop or goes away. */
export function answerWatches(
  socket: BrowserSocket,
  requests: SocketRequests,
  { podTables, processWatches, policy }: WatchDependencies,
): void {
  const subscriptions = new Map<string, () => void>();
  const add = (id: string, stop: () => void) => {
    subscriptions.get(id)?.();
    subscriptions.set(id, stop);
  };
  const requireRoom = () => {
    if (subscriptions.size >= maxSubscriptions)
      throw new AppError('rate-limited', 'This page watches too many things at once.', { next: 'Reload it.' });
  };

  requests.answer('cluster:list', (_request, { clusters }) => ({ ...clusters.list(), debuggers: policy }));

  requests.answer('pods:watch', ({ subscription, context, namespace, selector }, { clusters }) => {
    requireRoom();
    const stop = podTables.listen(
      clusters.get(context),
      { namespace, selector },
      {
        onSnapshot: (rows) => socket.emit('pods:snapshot', { subscription, rows }),
        onChanged: (changed, removed) => socket.emit('pods:changed', { subscription, changed, removed }),
        onState: (state) => socket.emit('watch:state', { subscription, state }),
      },
    );
    add(subscription, stop);
    return null;
  });

  requests.answer('pod:watch', ({ subscription, context, namespace, pod }, { clusters }) => {
    requireRoom();
    const watch = watchPod(
      clusters.get(context),
      { namespace, pod },
      {
        onPod: (detail) => socket.emit('pod:changed', { subscription, pod: detail }),
        onEvents: (events) => socket.emit('pod:events', { subscription, events }),
        onState: (state) => socket.emit('watch:state', { subscription, state }),
      },
    );
    add(subscription, () => watch.close());
    return null;
  });

  requests.answer('processes:watch', ({ subscription, context, ...address }, { clusters }) => {
    requireRoom();
    const stop = processWatches.listen(clusters.get(context), address, {
      onProcesses: (change) => socket.emit('processes:changed', { subscription, ...change }),
      onState: (state) => socket.emit('watch:state', { subscription, state }),
    });
    add(subscription, stop);
    return null;
  });

  requests.answer('watch:stop', ({ subscription }) => {
    subscriptions.get(subscription)?.();
    subscriptions.delete(subscription);
    return null;
  });

  socket.on('disconnect', () => {
    for (const stop of subscriptions.values()) stop();
    subscriptions.clear();
  });
}
