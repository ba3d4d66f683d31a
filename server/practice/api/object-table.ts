import type { StoredObject } from '../store/stored-object.ts';
import type { Resource } from './resources.ts';

export interface TableContent {
  objects: StoredObject[];
  metadata: object;
  /** What each row carries beside its cells: Metadata, Object or None. */
  include: string;
}

/** A table of one object, as `get` and watches send it. */
export function toTableOfOne(resource: Resource, object: StoredObject, include: string) {
  const { resourceVersion } = object.metadata;
  return toTable(resource, { objects: [object], metadata: { resourceVersion }, include });
}

/** A meta.k8s.io/v1 Table of objects, as `kubectl get` asks for it. */
export function toTable(resource: Resource, { objects, metadata, include }: TableContent) {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: resource.columns.map(({ name, type, priority }) => ({
      name,
      type,
      format: name === 'Name' ? 'name' : '',
      description: '',
      priority,
    })),
    rows: objects.map((object) => ({
      cells: resource.columns.map((column) => column.value(object)),
      ...(include === 'None'
        ? {}
        : {
            object:
              include === 'Object'
                ? object
                : { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
          }),
    })),
  };
}

/** Whether a client's Accept header prefers tables to the other formats that we have. */
export function wantsTable(accept: string | undefined): boolean {
  const [first = ''] = (accept ?? '').split(',');
  return /;\s*as=Table/.test(first) && /g=meta\.k8s\.io/.test(first);
}
