import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainInvalidCustom } from './custom-container.ts';

test('what kubectl or the API server refuses is said before it is sent', () => {
  assert.match(explainInvalidCustom({ image: 'x' }, true) ?? '', /^image can’t be set here/);
  assert.match(explainInvalidCustom({ ports: [] }, true) ?? '', /^An ephemeral container can’t have ports/);
  assert.equal(explainInvalidCustom({ ports: [] }, false), undefined);
  assert.match(explainInvalidCustom({ enviroment: [] }, true) ?? '', /^A container has no field enviroment/);
  assert.match(explainInvalidCustom({ env: null }, true) ?? '', /^env has no value/);
  const deep = { securityContext: { capabilities: { add: ['A', null] } } };
  assert.match(explainInvalidCustom(deep, true) ?? '', /^securityContext\.capabilities\.add\[1\] has no value/);
  assert.match(explainInvalidCustom({ tty: false }, true) ?? '', /there is no terminal/);
  for (const value of [undefined, null, 'text', 1, []])
    assert.match(explainInvalidCustom(value, true) ?? '', /list of fields/);
  assert.equal(explainInvalidCustom({ workingDir: '/tmp', securityContext: { runAsUser: 0 } }, true), undefined);
});
