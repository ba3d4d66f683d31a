import { useMemo } from 'react';
import { predictAbilities } from '#lib/debug/abilities.ts';
import type { EphemeralContainerOptions } from '#lib/debug/debug-container.ts';
import type { Cure } from '#lib/debug/preflight.ts';
import type { PodDetail } from '#lib/pods.ts';
import { AbilityList } from './ability-list.tsx';

export interface AbilityCardProps {
  pod: PodDetail;
  options: EphemeralContainerOptions;
  where: 'pod' | 'node';
  onCure(cure: Cure): void;
}

/** What the debugger will be able to do, why not, and what would let it. */
export function AbilityCard({ pod, options, where, onCure }: AbilityCardProps) {
  const abilities = useMemo(() => predictAbilities(pod, options, where), [pod, options, where]);
  return <AbilityList label="What it will be able to do" abilities={abilities} where={where} onCure={onCure} />;
}
