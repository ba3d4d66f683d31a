import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLog } from './log.ts';
import { startServer } from './server.ts';
import { testConfig } from './testing/test-config.ts';

test('a connection that a browser opened ahead of need does not hold up the end', async () => {
  const site = mkdtempSync(join(tmpdir(), 'server-test-'));
  mkdirSync(join(site, '_next'));
  writeFileSync(join(site, 'index.html'), '<p>x</p>');
  const config = testConfig(join(site, 'data'));
  const server = await startServer(config, site, createLog('silent'));
  const silent = connect(Number(new URL(server.url).port), '127.0.0.1');
  await new Promise((resolve) => silent.once('connect', resolve));
  // One answered request too, whose connection stays open.
  assert.equal((await fetch(new URL('/healthz', server.url))).status, 200);
  const ended = new Promise((resolve) => silent.once('close', resolve));
  silent.on('error', () => {});
  await server.close();
  await ended;
  rmSync(site, { recursive: true });
});
