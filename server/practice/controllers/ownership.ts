import type { NewObject, OwnerReference, StoredObject } from '../store/stored-object.ts';
import type { Workload } from '../store/workload.ts';

export function isOwnedBy({ metadata }: StoredObject, owner: StoredObject): boolean {
  return metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) ?? false;
}

export function ownerReference({ apiVersion, kind, metadata }: StoredObject): OwnerReference & Record<string, unknown> {
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true };
}

export interface OwnedNames {
  name: string;
  labels: Record<string, string> | undefined;
  annotations: Record<string, string> | undefined;
}

/** The metadata of a new object that belongs to `owner`. */
export function ownedMetadata(
  owner: Workload,
  { name, labels, annotations }: OwnedNames,
): NonNullable<NewObject['metadata']> & { name: string; namespace: string } {
  return {
    name,
    namespace: owner.metadata.namespace,
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
    ownerReferences: [ownerReference(owner)],
  };
}
