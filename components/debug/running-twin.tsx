import type { ContainerDetail, PodDetail } from '#lib/pods.ts';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

export interface RunningTwinProps {
  pod: PodDetail;
  image: string;
  target: string | undefined;
  onJoin(container: string): void;
}

/** Offers to join a running debugger like this one, because a pod keeps every debugger in its record. */
export function RunningTwin({ pod, image, target, onJoin }: RunningTwinProps) {
  const twin = pod.containers.find((one) => isLike(one, image, target));
  if (twin?.state.kind !== 'running') return null;
  return (
    <Notice title={`${twin.name} has this image and target, and runs already`}>
      <Button size="small" onClick={() => onJoin(twin.name)}>
        Join it
      </Button>
      <span className="self-center text-xs text-muted">
        Started <Age at={twin.state.startedAt} suffix=" ago" />. What is typed there is seen by all who joined.
      </span>
    </Notice>
  );
}

function isLike(one: ContainerDetail, image: string, target: string | undefined): boolean {
  const takesKeys = one.kind === 'ephemeral' && one.state.kind === 'running' && one.tty && one.stdin;
  return takesKeys && one.image === image && one.target === target;
}
