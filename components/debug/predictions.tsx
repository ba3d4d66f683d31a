import { useMemo } from 'react';
import { predictContainer, predictPod } from '#lib/debug/predicted-pod.ts';
import type { Cure } from '#lib/debug/preflight.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import type { PodDetail } from '#lib/pods.ts';
import { AbilityCard } from './ability-card.tsx';
import { PredictedSharing } from './predicted-sharing.tsx';

export interface PredictionsProps {
  pod: PodDetail;
  request: DebugRequest;
  onCure(cure: Cure): void;
}

/** What a debugger will share and be able to do, before it is started. */
export function Predictions({ pod, request, onCure }: PredictionsProps) {
  const [imagined, container] = useMemo(
    () => [predictPod(pod, request), predictContainer(pod, request)],
    [pod, request],
  );
  const { target } = container;
  return (
    <>
      <h3 className="mb-2 text-sm font-medium">What it will share</h3>
      <PredictedSharing pod={imagined} target={target} />
      <h3 className="mt-4 mb-2 border-t border-line pt-3 text-sm font-medium">What it will be able to do</h3>
      <AbilityCard
        pod={imagined}
        options={container}
        where={request.kind === 'node' ? 'node' : 'pod'}
        onCure={onCure}
      />
    </>
  );
}
