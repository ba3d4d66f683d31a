import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { policyFor } from './site.ts';

const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

test('inline scripts are allowed by their hash, scripts with a source are not counted', () => {
  const policy = policyFor(
    '<script>a()</script><script src="/x.js" async></script><script id="_R_">b("<")</script>',
    '/pod',
  );
  assert.ok(policy.includes(`script-src 'self' ${hash('a()')} ${hash('b("<")')};`), policy);
});

test('a page without inline scripts allows none', () => {
  assert.match(policyFor('<p>x</p>', '/'), /script-src 'self';/);
});

test('only the page that replays recordings may make code from bytes, and only WebAssembly', () => {
  assert.match(policyFor('', '/recording'), /script-src 'self' 'wasm-unsafe-eval';/);
  for (const path of ['/', '/pod', '/recordings']) assert.doesNotMatch(policyFor('', path), /unsafe-eval/);
});
