import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import type { ObservedProcess } from '#lib/processes/observed-process.ts';
import { parseTest, testScript } from './check-connectivity.ts';
import { networkScript, parseNetwork } from './network-script.ts';
import { toPodNetwork } from './read-network.ts';

const maxBuffer = 64 * 1024 * 1024;

test('the script, run by a real shell, finds this process’s own socket and this machine’s own addresses', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  try {
    const output = execFileSync('sh', ['-c', networkScript, 'sh', 'mark'], { encoding: 'utf8', maxBuffer });
    const raw = parseNetwork(output, 'mark');
    assert.ok(raw);
    const me = { seenFrom: 'here', pid: process.pid, name: 'node', container: 'here' } as ObservedProcess;
    const network = toPodNetwork(new Map([['here', raw]]), 'here', [me]);
    const mine = network.sockets.find((socket) => socket.localPort === port && socket.state === 'LISTEN');
    assert.equal(mine?.localAddress, '127.0.0.1');
    assert.deepEqual(mine?.owners, [{ seenFrom: 'here', pid: process.pid, name: 'node', container: 'here' }]);
    const addresses = network.interfaces.flatMap((one) => one.addresses);
    for (const { address, family, cidr } of Object.values(networkInterfaces()).flatMap((list) => list ?? []))
      if (family === 'IPv4' && cidr !== null) assert.ok(addresses.includes(cidr), `${address} of ${addresses}`);
    assert.ok(network.routes.some(({ destination }) => destination === 'default'));
  } finally {
    listener.close();
  }
});

test('what is in the container’s own files is no section', () => {
  const output =
    '\nm tcp\n\nm resolver\nnameserver 1\n\ntcp\nn tcp x\n\nm owners\n12 /proc/7/fd/3\n12 /proc/7/fd/4\n9 /proc/1/fd/x\n\nm end\n';
  const network = parseNetwork(output, 'm');
  assert.equal(network?.texts.resolver, 'nameserver 1\n\ntcp\nn tcp x\n');
  assert.deepEqual([...(network?.owners ?? [])], [[12, [7]]]);
  assert.equal(parseNetwork('\nm tcp\n', 'm'), undefined);
});

test('a try tells its time, its end and what it printed, however long', () => {
  const run = (...program: string[]) =>
    parseTest(
      execFileSync('sh', ['-c', testScript, 'sh', 'mark', ...program], { encoding: 'utf8', maxBuffer }),
      'mark',
    );
  const done = run('sh', '-c', 'echo out; echo err >&2; sleep 0.1; exit 3');
  assert.ok(done !== 'missing');
  assert.equal(done.output, 'out\nerr');
  assert.ok(!done.ok && done.code === 3 && done.durationMs >= 90, JSON.stringify(done));
  assert.equal(run('no-such-program'), 'missing');
  const long = run('sh', '-c', 'yes "end 1 0"');
  assert.ok(long !== 'missing' && long.ok && long.output.length > 30_000);
  const injected = run('echo', '$(id)', '`id`', "'; id");
  assert.ok(injected !== 'missing' && injected.output === "$(id) `id` '; id");
});
