import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeProtobuf } from './schema/decode-protobuf.ts';
import { ObjectStore } from './store/object-store.ts';
import { FrameParser } from './streams/spdy/frames.ts';
import { HeaderReader } from './streams/spdy/header-block.ts';
import { isRefusal, json, podEnvelope } from './testing/arbitrary-objects.ts';
import { loadManifests } from './workloads/load-manifests.ts';
import { seed } from './workloads/seed.ts';

/** Sixty thousand inputs; requests-fuzz.test.ts has forty thousand more. */
const runs = { protobuf: 30_000, spdyFrames: 14_000, spdyHeaders: 1_000, yaml: 15_000 };

const manifest = `
apiVersion: v1
kind: Pod
metadata: { name: target }
spec:
  containers:
    - { name: main, image: busybox, command: [cat], stdin: true }
`;

test('bytes that claim to be protobuf are decoded or refused', () => {
  const valid = Buffer.from('6b3873000a0d0a02763112 0743 6f6e666967'.replaceAll(' ', ''), 'hex');
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((tail) => Buffer.concat([Buffer.from('k8s\0'), tail])),
    fc.uint8Array({ maxLength: 40 }).map((tail) => Buffer.concat([valid, tail])),
    fc.uint8Array({ maxLength: 100 }).map((raw) => podEnvelope(raw)),
  );
  fc.assert(
    fc.property(bytes, (body) => {
      try {
        assert.equal(typeof decodeProtobuf(body), 'object');
      } catch (error) {
        assert.ok(isRefusal(error));
      }
    }),
    { numRuns: runs.protobuf },
  );
});

test('bytes that claim to be SPDY become frames or an error', async () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }), fc.boolean(), (chunks, isControl) => {
      const parser = new FrameParser();
      try {
        if (isControl) parser.push(Buffer.from([0x80, 3, 0]));
        for (const chunk of chunks) parser.push(Buffer.from(chunk));
      } catch (error) {
        assert.ok(isRefusal(error));
      }
    }),
    { numRuns: runs.spdyFrames },
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), (block) =>
      new HeaderReader().read(Buffer.from(block)).then(
        (headers) => assert.ok(headers instanceof Map),
        (error) => assert.ok(isRefusal(error)),
      ),
    ),
    { numRuns: runs.spdyHeaders },
  );
});

test('any text as a manifest is loaded, or refused with a reason', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 80 }),
    json.map((value) => JSON.stringify(value) ?? ''),
    fc
      .tuple(fc.nat(manifest.length), fc.string({ maxLength: 6 }))
      .map(([at, noise]) => manifest.slice(0, at) + noise + manifest.slice(at + noise.length)),
  );
  let store = new ObjectStore();
  let count = 0;
  fc.assert(
    fc.property(text, (content) => {
      // A new store every 500 inputs, because a full store is slow.
      if (count++ % 500 === 0) {
        store = new ObjectStore();
        seed(store, 'v1.33.0');
      }
      for (const refusal of loadManifests(store, [{ file: 'fuzz', text: content }]))
        assert.ok(refusal.startsWith('fuzz: '));
    }),
    { numRuns: runs.yaml },
  );
});
