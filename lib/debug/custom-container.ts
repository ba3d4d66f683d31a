import { isJsonObject, type Json } from '../json.ts';

/** Chosen elsewhere, or without meaning for a debugger: `kubectl debug --custom` refuses these (pkg/cmd/debug/debug.go). */
const refused = new Set(['name', 'command', 'image', 'lifecycle', 'volumeDevices']);

/** Only in a pod's own containers: the API server refuses these in an ephemeral one (core/v1 EphemeralContainerCommon). */
const notEphemeral = new Set([
  'ports',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'resources',
  'resizePolicy',
  'restartPolicy',
]);

/** What is left of core/v1 Container. */
const allowed = new Set([
  'args',
  'env',
  'envFrom',
  'imagePullPolicy',
  'securityContext',
  'stdin',
  'stdinOnce',
  'terminationMessagePath',
  'terminationMessagePolicy',
  'tty',
  'volumeMounts',
  'workingDir',
]);

/**
 * Why this can't be merged over a debugger's container; undefined where it can. Whether the fields of its fields are right
 * is left to the API server. Containers of pods may have more than ephemeral ones.
 */
export function explainInvalidCustom(custom: unknown, isEphemeral: boolean): string | undefined {
  if (!isJsonObject(custom)) return 'It is a list of fields, such as workingDir: /tmp.';
  for (const [field, value] of Object.entries(custom)) {
    if (refused.has(field)) return `${field} can’t be set here; kubectl debug refuses it, too.`;
    if (isEphemeral && notEphemeral.has(field)) return `An ephemeral container can’t have ${field}.`;
    if (!notEphemeral.has(field) && !allowed.has(field)) return `A container has no field ${field}.`;
    const nothing = findNothing(value, field);
    if (nothing !== undefined) return `${nothing} has no value.`;
  }
  // A terminal is what Ephemera attaches to.
  if (custom['stdin'] === false || custom['tty'] === false) return 'Without stdin and tty there is no terminal.';
  return undefined;
}

/** The path of what is null, which takes fields away in a patch, and is nothing in a container. */
function findNothing(value: Json | undefined, path: string): string | undefined {
  if (value === null || value === undefined) return path;
  if (typeof value !== 'object') return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = findNothing(inner, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
