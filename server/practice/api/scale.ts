import { isJsonObject } from '#lib/json.ts';
import type { NewObject, StoredObject } from '../store/stored-object.ts';
import { valueAt } from './selectors.ts';

/** autoscaling/v1 Scale of a Deployment or ReplicaSet. */
export function toScale({ metadata, ...object }: StoredObject): StoredObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  const labels = valueAt(object, 'spec.selector.matchLabels');
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, uid, resourceVersion, creationTimestamp, ...(namespace === undefined ? {} : { namespace }) },
    spec: { replicas: Number(valueAt(object, 'spec.replicas') ?? 0) },
    status: {
      replicas: Number(valueAt(object, 'status.replicas') ?? 0),
      selector: Object.entries(isJsonObject(labels) ? labels : {})
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
    },
  };
}

/** The object with the number of replicas from a Scale. */
export function withScale(object: StoredObject, scale: NewObject): StoredObject {
  const spec = object['spec'];
  const replicas = valueAt(scale, 'spec.replicas');
  const { resourceVersion = object.metadata.resourceVersion } = scale.metadata ?? {};
  return {
    ...object,
    metadata: { ...object.metadata, resourceVersion },
    spec: { ...(isJsonObject(spec) ? spec : {}), ...(replicas === undefined ? {} : { replicas }) },
  };
}
