import type { NewPodSpec } from './pod.ts';
import type { StoredObject } from './stored-object.ts';

export interface Template {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
  spec?: NewPodSpec;
}

/** A Deployment or ReplicaSet as a client may write it: the defaults are still missing. */
export interface NewWorkload extends StoredObject {
  spec?: NewWorkloadSpec;
}

export interface NewWorkloadSpec {
  replicas?: number;
  selector?: { matchLabels?: Record<string, string> };
  template?: Template;
  [field: string]: unknown;
}

/** apps/v1 Deployment or ReplicaSet, as far as the controllers act on it. Defaulted fields are required here. */
export interface Workload extends StoredObject {
  metadata: StoredObject['metadata'] & { namespace: string };
  spec: {
    replicas: number;
    selector: { matchLabels?: Record<string, string> };
    template: Template;
    strategy?: { type?: string; [field: string]: unknown };
    [field: string]: unknown;
  };
  status: WorkloadStatus;
}

export interface WorkloadStatus {
  replicas?: number;
  readyReplicas?: number;
  conditions?: WorkloadCondition[];
  [field: string]: unknown;
}

export interface WorkloadCondition {
  type: string;
  status: string;
  reason: string;
  message?: string;
  lastTransitionTime: string;
  lastUpdateTime: string;
}
