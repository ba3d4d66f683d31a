import type { NewObject, OwnerReference, StoredObject } from '../store/stored-object.ts';

export interface Template {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
  spec?: Record<string, unknown>;
}

export interface Workload extends StoredObject {
  metadata: StoredObject['metadata'] & { namespace: string };
  spec: {
    replicas: number;
    selector: { matchLabels?: Record<string, string> };
    template: Template;
    [field: string]: unknown;
  };
  status: Record<string, unknown>;
}

export function isOwnedBy({ metadata }: StoredObject, owner: StoredObject): boolean {
  return metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) ?? false;
}

export function ownerReference({ apiVersion, kind, metadata }: StoredObject): OwnerReference & Record<string, unknown> {
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true };
}

/** A new object's metadata with an owner. */
export function ownedMetadata(
  owner: Workload,
  name: string,
  labels: Record<string, string> | undefined,
  annotations?: Record<string, string>,
): NonNullable<NewObject['metadata']> & { name: string } {
  return {
    name,
    namespace: owner.metadata.namespace,
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
    ownerReferences: [ownerReference(owner)],
  };
}
