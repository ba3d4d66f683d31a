import { isJsonObject, type JsonObject, objectIn, objectsIn } from '../json.ts';

/** What a debugger can have as another container has it. */
export interface Mirror {
  /** A part of a container (core/v1), to be merged over a debugger's. */
  fields: JsonObject;
  /** What can't be had, each with the reason. */
  leftOut: string[];
}

/** A part of a container (core/v1), and the same in YAML with remarks. */
export interface MirroredContainer {
  fields: { [field: string]: unknown };
  text: string;
}

/**
 * The volumes, variables and user of a container of this pod (core/v1 Pod). Volumes are mounted to be read alone; an ephemeral
 * container can't mount a part of one.
 */
export function mirrorContainer(pod: JsonObject, name: string): Mirror | undefined {
  const spec = objectIn(pod, 'spec');
  const container = ['containers', 'initContainers']
    .flatMap((field) => objectsIn(spec, field))
    .find((one) => one['name'] === name);
  if (container === undefined) return undefined;
  const mounts = objectsIn(container, 'volumeMounts');
  const isPart = (mount: JsonObject) => Boolean(mount['subPath'] ?? mount['subPathExpr']);
  const whole = mounts.filter((mount) => !isPart(mount));
  const user = { ...userIn(objectIn(spec, 'securityContext')), ...userIn(objectIn(container, 'securityContext')) };
  const env = objectsIn(container, 'env').map((variable) => withContainer(variable, name));
  const envFrom = objectsIn(container, 'envFrom');
  return {
    fields: {
      ...(whole.length === 0 ? {} : { volumeMounts: whole.map(toReadOnly) }),
      ...(env.length === 0 ? {} : { env }),
      ...(envFrom.length === 0 ? {} : { envFrom }),
      ...(Object.keys(user).length === 0 ? {} : { securityContext: user }),
    },
    leftOut: mounts
      .filter(isPart)
      .map(
        (mount) =>
          `${mount['mountPath']}: an ephemeral container can’t mount a part (subPath) of volume ${mount['name']}`,
      ),
  };
}

function toReadOnly({ name, mountPath }: JsonObject): JsonObject {
  return { name: name ?? null, mountPath: mountPath ?? null, readOnly: true };
}

function userIn(context: JsonObject): JsonObject {
  return Object.fromEntries(
    ['runAsUser', 'runAsGroup'].flatMap((field) => (field in context ? [[field, context[field] ?? null]] : [])),
  );
}

/** A variable that tells of a container's resources means its own, unless it names another. */
function withContainer(variable: JsonObject, containerName: string): JsonObject {
  const from = objectIn(variable, 'valueFrom');
  const reference = from['resourceFieldRef'];
  if (!isJsonObject(reference)) return variable;
  return { ...variable, valueFrom: { ...from, resourceFieldRef: { containerName, ...reference } } };
}
