import { StatusError } from './status.ts';

export interface PracticeUser {
  name: string;
  groups: string[];
  /** Verbs that the user may use on everything; undefined: all of them. */
  verbs: readonly string[] | undefined;
}

export const readVerbs: readonly string[] = ['get', 'list', 'watch'];

/** What a request wants to do, in the words of RBAC. */
export interface Attributes {
  verb: string;
  group: string;
  plural: string;
  subresource: string | undefined;
  namespace: string | undefined;
  name: string | undefined;
}

export function isAllowed(user: PracticeUser, attributes: Pick<Attributes, 'verb' | 'group'>): boolean {
  // Everybody may ask what they may do.
  if (attributes.group === 'authorization.k8s.io' || attributes.group === 'authentication.k8s.io') return true;
  return user.verbs === undefined || user.verbs.includes(attributes.verb);
}

/** Throws 403 in the words of the real server, which clients and their users know. */
export function requireAllowed(user: PracticeUser, attributes: Attributes): void {
  if (isAllowed(user, attributes)) return;
  const { verb, group, plural, subresource, namespace, name } = attributes;
  const resource = subresource === undefined ? plural : `${plural}/${subresource}`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const subject = `${plural}${group === '' ? '' : `.${group}`}${name === undefined ? '' : ` "${name}"`}`;
  throw new StatusError(
    'Forbidden',
    `${subject} is forbidden: User "${user.name}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`,
    {
      ...(name === undefined ? {} : { name }),
      ...(group === '' ? {} : { group }),
      kind: plural,
    },
  );
}
