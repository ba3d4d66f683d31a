import type { NewObject } from '../store/stored-object.ts';
import { isAllowed, type PracticeUser } from './access.ts';
import { readField } from './selectors.ts';

/** Answers a user's question about itself; undefined where it is none. */
export function review(user: PracticeUser, plural: string, body: NewObject): object | undefined {
  switch (plural) {
    case 'selfsubjectaccessreviews': {
      const verb =
        readField(body, 'spec.resourceAttributes.verb') || readField(body, 'spec.nonResourceAttributes.verb');
      const group = readField(body, 'spec.resourceAttributes.group');
      // "*" asks for all verbs at once.
      const allowed = verb === '*' ? user.verbs === undefined : isAllowed(user, { verb, group });
      return { ...body, kind: 'SelfSubjectAccessReview', apiVersion: 'authorization.k8s.io/v1', status: { allowed } };
    }
    case 'selfsubjectrulesreviews': {
      const resourceRules = [{ verbs: user.verbs ?? ['*'], apiGroups: ['*'], resources: ['*'] }];
      return {
        ...body,
        kind: 'SelfSubjectRulesReview',
        apiVersion: 'authorization.k8s.io/v1',
        status: { resourceRules, nonResourceRules: [], incomplete: false },
      };
    }
    case 'selfsubjectreviews': {
      const userInfo = { username: user.name, groups: user.groups };
      return { ...body, kind: 'SelfSubjectReview', apiVersion: 'authentication.k8s.io/v1', status: { userInfo } };
    }
    default:
      return undefined;
  }
}
