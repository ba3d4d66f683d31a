import { useMemo } from 'react';
import { predictAbilities } from '#lib/debug/abilities.ts';
import { predictContainer, predictPod } from '#lib/debug/predicted-pod.ts';
import type { Cure } from '#lib/debug/preflight.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import type { PodDetail } from '#lib/pods.ts';
import { AbilityList } from './ability-list.tsx';
import { PredictedSharing } from './predicted-sharing.tsx';

export interface PredictionsProps {
  pod: PodDetail;
  request: DebugRequest;
  onCure(cure: Cure): void;
}

/** Predicts what a debugger will share with the pod and what it will be able to do. */
export function Predictions({ pod, request, onCure }: PredictionsProps) {
  const [imagined, container] = useMemo(
    () => [predictPod(pod, request), predictContainer(pod, request)],
    [pod, request],
  );
  const where = request.kind === 'node' ? 'node' : 'pod';
  const abilities = useMemo(() => predictAbilities(imagined, container, where), [imagined, container, where]);
  return (
    <>
      <h3 className="mb-2 text-sm font-medium">What it will share</h3>
      <PredictedSharing pod={imagined} target={container.target} />
      <h3 className="mt-4 mb-2 border-t border-line pt-3 text-sm font-medium">What it will be able to do</h3>
      <AbilityList label="What it will be able to do" abilities={abilities} where={where} onCure={onCure} />
    </>
  );
}
