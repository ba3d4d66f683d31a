import type { ObjectStore } from '../store/object-store.ts';
import type { PolicyRule } from '../store/rbac-objects.ts';
import { type Attributes, isCovered, type PracticeUser, rulesFor } from './rbac.ts';
import { StatusError } from './status.ts';

/** The group whose members may do everything, whatever the roles say, as on every cluster. */
const masters = 'system:masters';

/** Decides what a user may do. */
export class Authorizer {
  readonly #store: ObjectStore;

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  isAllowed(user: PracticeUser, attributes: Attributes): boolean {
    // Every user may ask about their own rights.
    if (attributes.group === 'authorization.k8s.io' || attributes.group === 'authentication.k8s.io') return true;
    return isCovered(this.rules(user, attributes.namespace), attributes);
  }

  rules(user: PracticeUser, namespace: string | undefined): PolicyRule[] {
    if (user.groups.includes(masters)) return [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }];
    return rulesFor(this.#store, user, namespace);
  }

  /** Throws 403 in the real server's words, because clients and their users know them. */
  require(user: PracticeUser, attributes: Attributes): void {
    if (this.isAllowed(user, attributes)) return;
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
}
