import type { Authorizer } from './authorizer.ts';
import type { PracticeUser } from './rbac.ts';
import { readField } from './selectors.ts';

export interface ReviewRequest {
  user: PracticeUser;
  plural: string;
  body: object;
}

/** Answers a user's question about themselves; undefined for other resources. */
export function review(authorizer: Authorizer, { user, plural, body }: ReviewRequest): object | undefined {
  switch (plural) {
    case 'selfsubjectaccessreviews': {
      const at = (name: string) => readField(body, `spec.resourceAttributes.${name}`);
      const orNone = (text: string) => (text === '' ? undefined : text);
      const allowed = authorizer.isAllowed(user, {
        verb: at('verb') || readField(body, 'spec.nonResourceAttributes.verb'),
        group: at('group'),
        plural: at('resource'),
        subresource: orNone(at('subresource')),
        namespace: orNone(at('namespace')),
        name: orNone(at('name')),
      });
      return {
        metadata: {},
        ...body,
        kind: 'SelfSubjectAccessReview',
        apiVersion: 'authorization.k8s.io/v1',
        status: { allowed },
      };
    }
    case 'selfsubjectrulesreviews':
      return {
        metadata: {},
        ...body,
        kind: 'SelfSubjectRulesReview',
        apiVersion: 'authorization.k8s.io/v1',
        status: {
          resourceRules: authorizer.rules(user, readField(body, 'spec.namespace')),
          nonResourceRules: [],
          incomplete: false,
        },
      };
    case 'selfsubjectreviews': {
      const userInfo = { username: user.name, groups: user.groups };
      return {
        metadata: {},
        ...body,
        kind: 'SelfSubjectReview',
        apiVersion: 'authentication.k8s.io/v1',
        status: { userInfo },
      };
    }
    default:
      return undefined;
  }
}
