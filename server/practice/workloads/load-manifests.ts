import { parseAllDocuments } from 'yaml';
import { isOfResource, resources } from '../api/resources.ts';
import { StatusError } from '../api/status.ts';
import { Verbs } from '../api/verbs.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { NewObject } from '../store/stored-object.ts';

/** Creates the objects of YAML files in their order. Returns the refused ones with the reasons. */
export function loadManifests(store: ObjectStore, files: readonly { file: string; text: string }[]): string[] {
  const verbs = new Verbs(store);
  return files.flatMap(({ file, text }) =>
    parseAllDocuments(text).flatMap((document) => {
      try {
        if (document.errors[0]) throw document.errors[0];
        const content: NewObject | null = document.toJS();
        return content === null ? [] : itemsOf(content).flatMap((object) => create(verbs, file, object));
      } catch (error) {
        return [`${file}: ${error instanceof Error ? error.message : error}`];
      }
    }),
  );
}

function itemsOf(content: NewObject): NewObject[] {
  return content.kind === 'List' && Array.isArray(content['items']) ? content['items'] : [content];
}

function create(verbs: Verbs, file: string, object: NewObject): string[] {
  const { apiVersion = '', kind = '' } = object;
  const resource = resources.find((one) => isOfResource({ apiVersion, kind }, one));
  const name = `${kind} ${object.metadata?.name ?? ''}`;
  if (resource === undefined) return [`${file}: ${name}: the practice cluster has no ${kind} of ${apiVersion}`];
  const namespace = resource.namespaced ? (object.metadata?.namespace ?? 'default') : undefined;
  try {
    verbs.create(
      { resource, namespace, name: undefined, subresource: undefined, query: new URLSearchParams() },
      object,
    );
    return [];
  } catch (error) {
    if (error instanceof StatusError) return [`${file}: ${name}: ${error.message}`];
    throw error;
  }
}
