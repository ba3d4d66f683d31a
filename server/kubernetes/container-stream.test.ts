import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '#lib/protocol/errors.ts';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { type ContainerStream, openContainerStream, type StreamEnd, type StreamRequest } from './container-stream.ts';

const exec: StreamRequest = {
  kind: 'exec',
  namespace: 'shop',
  pod: 'p',
  container: 'c',
  command: ['sh', '-c', 'echo a&b'],
  stdin: true,
  tty: true,
};

/** Opens a stream and resolves with its end and all of its output. */
async function run(fake: FakeApiServer, request: StreamRequest, use: (stream: ContainerStream) => void = () => {}) {
  const { promise, resolve } = Promise.withResolvers<StreamEnd>();
  let output = '';
  await openContainerStream(fake.cluster(), request, {
    onOpen: use,
    onOutput: (bytes, channel) => {
      output += `${channel}:${Buffer.from(bytes)} `;
    },
    onEnd: resolve,
  });
  return { end: await promise, output };
}

for (const subprotocol of ['v5.channel.k8s.io', 'v4.channel.k8s.io']) {
  test(`speaks ${subprotocol}: input, resize, output, exit code`, async () => {
    await using fake = await FakeApiServer.start();
    fake.subprotocol = subprotocol;
    const received: string[] = [];
    fake.onSocket = (socket) => {
      socket.send(Buffer.from([1]));
      socket.on('message', (data: Buffer) => {
        received.push(data.toString('latin1'));
        if (received.length < 2) return;
        socket.send(Buffer.from('\x01out'));
        socket.send(Buffer.from('\x02err'));
        socket.send(
          Buffer.from(
            `\x03${JSON.stringify({ status: 'Failure', details: { causes: [{ reason: 'ExitCode', message: '3' }] } })}`,
          ),
        );
      });
    };
    const { end, output } = await run(fake, exec, (stream) => {
      stream.resize(80, 24);
      void stream.write(Buffer.from('ls\r'));
    });
    assert.deepEqual(end, { kind: 'exit', exitCode: 3 });
    assert.equal(output, 'stdout:out stderr:err ');
    assert.deepEqual(received, ['\x04{"Width":80,"Height":24}', '\x00ls\r']);
  });
}

test('catching up waits for all that was sent before, and is told where the stream ends instead', async () => {
  await using fake = await FakeApiServer.start();
  const heard: unknown[] = [];
  const opened = Promise.withResolvers<void>();
  fake.onSocket = (socket) => {
    socket.send(Buffer.from('\x01before'));
    socket.on('ping', () => {
      // Deaf from now on, and then gone.
      socket.pause();
      void opened.promise.then(() => socket.terminate());
    });
  };
  const { promise: ended, resolve: end } = Promise.withResolvers<StreamEnd>();
  await openContainerStream(fake.cluster(), exec, {
    onOpen: async (stream) => {
      heard.push(await stream.catchUp());
      const second = stream.catchUp();
      opened.resolve();
      heard.push(await second);
    },
    onOutput: (bytes) => heard.push(Buffer.from(bytes).toString()),
    onEnd: end,
  });
  assert.equal((await ended).kind, 'failed');
  assert.deepEqual(heard, ['before', true, false]);
});

test('names and commands are encoded, so that none reaches another path or parameter', async () => {
  await using fake = await FakeApiServer.start();
  fake.onSocket = (socket) => socket.close();
  await run(fake, { ...exec, pod: '../../other/pods/v', container: 'c&tty=false' });
  const [request = ''] = fake.requests;
  assert.ok(request.startsWith('UPGRADE /api/v1/namespaces/shop/pods/..%2F..%2Fother%2Fpods%2Fv/exec?'), request);
  const query = new URL(request.slice(8), 'http://x').searchParams;
  assert.equal(query.get('container'), 'c&tty=false');
  assert.deepEqual(query.getAll('command'), ['sh', '-c', 'echo a&b']);
  assert.equal(query.get('stderr'), 'false');
});

test('a refused upgrade is put into words with the Role to ask for', async () => {
  await using fake = await FakeApiServer.start();
  const error = await run(fake, { ...exec, kind: 'attach' }).catch((error: unknown) => error);
  assert.ok(error instanceof AppError);
  assert.equal(error.code, 'forbidden');
  assert.match(error.role ?? '', /pods\/attach.*get.*create/s);
});

test('a connection that breaks without a status is a failure, told once', async () => {
  await using fake = await FakeApiServer.start();
  fake.onSocket = (socket) => socket.terminate();
  const { end } = await run(fake, exec);
  assert.equal(end.kind, 'failed');
});
