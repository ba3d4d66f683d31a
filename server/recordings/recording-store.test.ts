import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { localOwner } from '#lib/local-owner.ts';
import { RecordingStore } from './recording-store.ts';

const about = {
  owner: 'me',
  context: 'c',
  user: 'u',
  namespace: 'shop',
  pod: 'web',
  container: 'debugger-x',
  image: 'busybox',
};
const fresh = { about, command: 'kubectl', columns: 80, rows: 24, onFailed: () => assert.fail('it should not fail') };
/** A recording is on the disk this long after its output, the time of the disk itself excepted. */
const flushMs = 250;
/** A bound on what the disk takes: a test that waits longer has failed. */
const diskMs = 30_000;
const dayMs = 24 * 60 * 60 * 1_000;

async function inFolder(check: (folder: string, store: RecordingStore) => Promise<void>, totalBytes = 1e9) {
  const folder = mkdtempSync(join(tmpdir(), 'recordings-test-'));
  const store = new RecordingStore(join(folder, 'recordings'), { totalBytes, ageMs: 30 * dayMs });
  try {
    await check(join(folder, 'recordings'), store);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

test('a recording is listed while it runs and after it, and only its owner can read the file', (t) =>
  inFolder(async (folder, store) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    assert.deepEqual(await store.list('me'), []);
    const { id, recorder } = await store.start(fresh);
    recorder.output(Buffer.from('hello'));
    t.mock.timers.tick(flushMs);
    await t.waitFor(
      async () => {
        const [running] = await store.list('me');
        assert.equal(running?.isRunning, true);
      },
      { timeout: diskMs },
    );
    await assert.rejects(store.delete(id, 'me'), /still runs/);
    await recorder.stop();
    const [over] = await store.list('me');
    assert.deepEqual(
      { ...over, startedAt: 0, endedAt: 0, bytes: 0 },
      { id, ...about, startedAt: 0, endedAt: 0, bytes: 0, isRunning: false },
    );
    const file = await store.fileOf(id, 'me');
    assert.match(readFileSync(file, 'utf8'), /"o", "hello"/);
    assert.equal(statSync(file).mode & 0o077, 0);
    assert.equal(statSync(folder).mode & 0o077, 0);
    await store.delete(id, 'me');
    assert.deepEqual(readdirSync(folder), []);
  }));

test('a name that is no recording reaches no file', () =>
  inFolder(async (folder, store) => {
    const { recorder } = await store.start(fresh);
    await recorder.stop();
    writeFileSync(join(folder, '..', 'secret.cast'), 'x');
    for (const id of ['../secret', '..', '', '.', 'none'])
      await assert.rejects(store.fileOf(id, 'me'), /no such recording/);
  }));

test('another owner’s recording is not listed, read or deleted; one without an owner is the local user’s', () =>
  inFolder(async (folder, store) => {
    const { id, recorder } = await store.start(fresh);
    await recorder.stop();
    assert.deepEqual(await store.list('other'), []);
    await assert.rejects(store.fileOf(id, 'other'), /no such recording/);
    await assert.rejects(store.delete(id, 'other'), /no such recording/);
    const file = await store.fileOf(id, 'me');
    writeFileSync(join(folder, 'old.cast'), readFileSync(file, 'utf8').replace('"owner":"me",', ''));
    assert.deepEqual(
      (await store.list(localOwner)).map((one) => one.id),
      ['old'],
    );
  }));

test('files that are no recordings of ours are not listed', () =>
  inFolder(async (folder, store) => {
    const { recorder } = await store.start(fresh);
    await recorder.stop();
    writeFileSync(join(folder, 'a.cast'), '{"version":2}\n');
    writeFileSync(join(folder, 'b.cast'), '');
    writeFileSync(join(folder, 'c.cast'), 'x'.repeat(10_000));
    assert.equal((await store.list('me')).length, 1);
  }));

test('the oldest go when all together are too large, and those that are too old', (t) =>
  inFolder(async (folder, store) => {
    const { recorder: first } = await store.start(fresh);
    await first.stop();
    const old = (name: string, bytes: number, days: number) => {
      writeFileSync(join(folder, name), 'x'.repeat(bytes));
      const at = new Date(Date.now() - days * dayMs);
      utimesSync(join(folder, name), at, at);
    };
    old('2020-01-01.cast', 10, 31);
    old('2020-01-02.cast', 6_000, 2);
    old('2020-01-03.cast', 6_000, 1);
    const { recorder } = await store.start(fresh);
    await recorder.stop();
    await t.waitFor(() => assert.equal(readdirSync(folder).length, 3), { timeout: diskMs });
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('2020')),
      ['2020-01-03.cast'],
    );
  }, 10_000));
