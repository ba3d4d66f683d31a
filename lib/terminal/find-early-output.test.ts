import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findEarlyOutput } from './find-early-output.ts';

const early = (log: string, attached: string) =>
  Buffer.from(findEarlyOutput(Buffer.from(log), Buffer.from(attached))).toString();

test('all of the log is early where nothing came by attach', () => assert.equal(early('a\nb\n', ''), 'a\nb\n'));
test('nothing is early where the log has nothing', () => assert.equal(early('', '/ # '), ''));
test('what both have is shown once', () => assert.equal(early('a\nb\nc\n', 'b\nc\n/ # '), 'a\n'));
test('nothing is early where attach saw all', () => assert.equal(early('a\nb\n', 'a\nb\n/ # '), ''));
test('an attach that ran ahead of the log is cut at the log’s end', () => assert.equal(early('a\n', 'a\nb\nc\n'), ''));
test('a log that is ahead of the attach has it whole', () => assert.equal(early('a\nb\nc\nd\n', 'b\nc'), 'a\n'));
test('a prompt that is in the log too was drawn since', () =>
  assert.equal(early('/ # ls\na\nb\n', '/ # '), '/ # ls\na\nb\n'));
test('a last line without an end has one in the log', () => assert.equal(early('a\r\nb\r\n', 'b'), 'a\r\n'));
