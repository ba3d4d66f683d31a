import type { ContainerKind, ContainerState, Level } from '#lib/pods.ts';
import { Age } from '../ui/age.tsx';
import { StatusText } from '../ui/status-text.tsx';

export interface ContainerStateTextProps {
  state: ContainerState;
  ready: boolean;
  kind: ContainerKind;
}

/** The state of a container, and since when it is in it. */
export function ContainerStateText({ state, ready, kind }: ContainerStateTextProps) {
  switch (state.kind) {
    case 'running': {
      const isReady = ready || kind === 'ephemeral';
      return (
        <span className="flex flex-wrap items-center gap-x-2">
          <StatusText level={isReady ? 'ok' : 'pending'} status={isReady ? 'Running' : 'Running, not ready'} />
          <span className="text-xs text-muted">
            <Age at={state.startedAt} />
          </span>
        </span>
      );
    }
    case 'waiting':
      return (
        <StatusText
          level={state.reason === 'ContainerCreating' || state.reason === 'PodInitializing' ? 'pending' : 'problem'}
          status={state.reason}
        />
      );
    case 'terminated': {
      const level: Level = state.exitCode === 0 || kind === 'ephemeral' ? 'done' : 'problem';
      return (
        <span className="flex flex-wrap items-center gap-x-2">
          <StatusText level={level} status={`${state.reason}, exit code ${state.exitCode}`} />
          {state.finishedAt !== undefined && (
            <span className="text-xs text-muted">
              <Age at={state.finishedAt} suffix=" ago" />
            </span>
          )}
        </span>
      );
    }
    case 'unknown':
      return <StatusText level="pending" status="Not reported yet" />;
  }
}
