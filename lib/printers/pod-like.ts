/**
 * What of a core/v1 Pod its printed status depends on. Everything is optional, as it is in JSON; the typed API's V1Pod
 * and plain JSON both fit.
 */
export interface PodLike {
  metadata?: { deletionTimestamp?: Date | string };
  spec?: { initContainers?: { name: string; restartPolicy?: string }[] };
  status?: {
    phase?: string;
    reason?: string;
    startTime?: Date | string;
    conditions?: { type: string; status: string; reason?: string }[];
    initContainerStatuses?: ContainerStatusLike[];
    containerStatuses?: ContainerStatusLike[];
  };
}

export interface ContainerStatusLike {
  name: string;
  ready?: boolean;
  started?: boolean;
  restartCount?: number;
  state?: {
    waiting?: { reason?: string };
    running?: object;
    terminated?: { reason?: string; exitCode: number; signal?: number };
  };
}
