import type { StoredObject } from '../store/stored-object.ts';
import type { Resource } from './resources.ts';

/** A meta.k8s.io/v1 Table of objects, as `kubectl get` asks for it. */
export function toTable(resource: Resource, objects: StoredObject[], metadata: object, include = 'Metadata') {
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

/** Whether a client's Accept header asks for tables before anything else that we have. */
export function wantsTable(accept: string | undefined): boolean {
  const [first = ''] = (accept ?? '').split(',');
  return /;\s*as=Table/.test(first) && /g=meta\.k8s\.io/.test(first);
}
