import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { localOwner } from '#lib/local-owner.ts';
import { createLog } from './log.ts';
import { RunState } from './run-state.ts';
import type { SavedTerminal } from './terminals/saved-terminal.ts';

const log = createLog('silent');
const terminal = {
  session: crypto.randomUUID(),
  createdAt: 1,
  about: { owner: 'ada' },
  size: { columns: 80, rows: 24 },
} as SavedTerminal;

function inFolder(check: (file: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'run-state-test-'));
  try {
    check(join(folder, 'data', 'server.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the next run has the token and the terminals of the last; only the owner can read them', () =>
  inFolder((file) => {
    const first = new RunState(file, log);
    first.save([terminal]);
    const next = new RunState(file, log);
    assert.equal(next.token, first.token);
    assert.deepEqual(next.terminals, [terminal]);
    assert.equal(statSync(file).mode & 0o077, 0);
    assert.equal(statSync(join(file, '..')).mode & 0o077, 0);
    assert.deepEqual(readdirSync(join(file, '..')), ['server.json']);
  }));

test('a terminal that was written before terminals had owners is the local user’s', () =>
  inFolder((file) => {
    const { about: _, ...old } = terminal;
    new RunState(file, log).save([{ ...old, about: {} } as SavedTerminal]);
    assert.equal(new RunState(file, log).terminals[0]?.about.owner, localOwner);
  }));

test('a renewed token is another, and the next run has it', () =>
  inFolder((file) => {
    const first = new RunState(file, log);
    first.save([]);
    const second = new RunState(file, log);
    second.renewToken();
    second.save([]);
    assert.notEqual(second.token, first.token);
    assert.equal(new RunState(file, log).token, second.token);
  }));

test('a file that is cut off or not ours begins anew', () =>
  inFolder((file) => {
    const first = new RunState(file, log);
    first.save([terminal]);
    for (const text of [readFileSync(file, 'utf8').slice(0, -5), '{}', '']) {
      writeFileSync(file, text);
      const next = new RunState(file, log);
      assert.deepEqual(next.terminals, []);
      assert.notEqual(next.token, first.token);
    }
  }));

test('a folder that can’t be written stops nothing', () =>
  inFolder((file) => {
    writeFileSync(join(file, '..', '..', 'file'), '');
    const state = new RunState(join(file, '..', '..', 'file', 'server.json'), log);
    state.save([terminal]);
    assert.deepEqual(state.terminals, [terminal]);
  }));
