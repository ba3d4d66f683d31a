import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDated } from './repository.ts';

test('a section of the changelog counts once it has a date', () => {
  const changelog = '# Changelog\n\n## [Unreleased]\n\n## [0.2.0]\n\n## [0.1.0] - 2026-11-28\n';
  assert.equal(isDated(changelog, '0.1.0'), true);
  assert.equal(isDated(changelog, '0.2.0'), false);
  assert.equal(isDated(changelog, '0.3.0'), false);
});
