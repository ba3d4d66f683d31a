import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findEarlyOutput } from './early-output.ts';

const early = (log: string, attached: string) =>
  Buffer.from(findEarlyOutput(Buffer.from(log), Buffer.from(attached))).toString();

test('all of the log is early where nothing came by attach', () => assert.equal(early('a\nb\n', ''), 'a\nb\n'));
test('nothing is early where the log has nothing', () => assert.equal(early('', '/ # '), ''));
test('what both have is shown once', () => assert.equal(early('a\nb\nc\n', 'b\nc\n/ # '), 'a\n'));
test('nothing is early where attach saw all', () => assert.equal(early('a\nb\n', 'a\nb\n/ # '), ''));
test('an attach that ran ahead of the log is cut at the log’s end', () => assert.equal(early('a\n', 'a\nb\nc\n'), ''));
