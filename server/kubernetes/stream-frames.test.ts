import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeFrame, encodeResize, parseStreamStatus } from './stream-frames.ts';

test('a frame is its channel and its bytes', () => {
  assert.deepEqual([...encodeFrame(0, Uint8Array.of(104, 105))], [0, 104, 105]);
  assert.equal(Buffer.from(encodeResize(80, 24)).toString(), '\x04{"Width":80,"Height":24}');
});

const status = (value: unknown) =>
  parseStreamStatus(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

test('the status channel tells success and exit codes', () => {
  assert.deepEqual(status({ metadata: {}, status: 'Success' }), { kind: 'exit', exitCode: 0 });
  const failed = {
    status: 'Failure',
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: '7' }] },
  };
  assert.deepEqual(status(failed), { kind: 'exit', exitCode: 7 });
});

test('other failures keep their message', () => {
  const failed = { kind: 'Status', status: 'Failure', message: 'container x not found in pod y', code: 400 };
  assert.deepEqual(status(failed), { kind: 'failure', message: 'container x not found in pod y', code: 400 });
  assert.deepEqual(status('boom'), { kind: 'failure', message: 'boom', code: undefined });
  assert.deepEqual(
    status({ status: 'Failure', details: { causes: [{ reason: 'ExitCode', message: 'x' }] } }).kind,
    'failure',
  );
});
