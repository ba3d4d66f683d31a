import { isJsonObject, type JsonObject } from '../json.ts';

/** Names of variables whose values are passwords and their like. */
const secretName = /pass|secret|token|key|credential|auth|private|cert|dsn|conn/i;
const leftOut = '(left out)';
/** What applied it, whole, with all values in it. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** A pod as it may be shown to others: without values that look like secrets, and without who changed which field. */
export function toShownManifest(pod: JsonObject): JsonObject {
  const shown = structuredClone(pod);
  const { metadata, spec } = shown;
  if (isJsonObject(metadata)) {
    delete metadata['managedFields'];
    if (isJsonObject(metadata['annotations'])) delete metadata['annotations'][lastApplied];
  }
  if (!isJsonObject(spec)) return shown;
  for (const list of ['containers', 'initContainers', 'ephemeralContainers']) {
    const containers = spec[list];
    if (Array.isArray(containers))
      for (const container of containers) if (isJsonObject(container)) hideValues(container);
  }
  return shown;
}

/** A value that comes from a Secret is its name alone, and stays; one that stands there may be one. */
function hideValues(container: JsonObject): void {
  const variables = container['env'];
  if (!Array.isArray(variables)) return;
  for (const variable of variables) {
    if (!isJsonObject(variable) || typeof variable['value'] !== 'string') continue;
    const hasLogin = /\/\/[^/\s]*:[^/\s]*@/.test(variable['value']);
    if (hasLogin || secretName.test(String(variable['name']))) variable['value'] = leftOut;
  }
}
