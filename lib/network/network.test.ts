import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatEndpoint, parsePlainAddress, parseProcAddress } from './address.ts';
import { parseInterfaces, parseRoutes } from './interfaces.ts';
import { parseInternetSockets, parseUnixSockets, protocols } from './sockets.ts';

test('addresses are read as the kernel writes them', () => {
  assert.equal(parseProcAddress('0100007F'), '127.0.0.1');
  assert.equal(parseProcAddress('00000000000000000000000001000000'), '::1');
  assert.equal(parseProcAddress('0000000000000000FFFF00000100007F'), '127.0.0.1');
  assert.equal(parsePlainAddress('20010db8000000000001000000000001'), '2001:db8::1:0:0:1');
  assert.equal(parsePlainAddress('fe8000000000000000fc00fffe000001'), 'fe80::fc:ff:fe00:1');
  assert.equal(parseProcAddress('0100007'), undefined);
  assert.equal(formatEndpoint('::', 0), '[::]:*');
});

test('sockets are read with their state, queues and inode', () => {
  const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
  const line =
    '   0: 00000000:0050 00000000:0000 0A 00000000:00000003 00:00000000 00000000    33        0 1597 1 000000007c1ae813 100 0 0 10 0';
  assert.deepEqual(parseInternetSockets('tcp', `${head}\n${line}\n`), [
    {
      protocol: 'tcp',
      localAddress: '0.0.0.0',
      localPort: 80,
      remoteAddress: '0.0.0.0',
      remotePort: 0,
      state: 'LISTEN',
      uid: 33,
      inode: 1597,
      receiveQueue: 3,
      sendQueue: 0,
    },
  ]);
  assert.deepEqual(
    parseUnixSockets('Num RefCount\n000000003b3a4880: 00000002 00000000 00010000 0001 01  1594 /run/a b\n'),
    [{ kind: 'stream', isListening: true, inode: 1594, path: '/run/a b' }],
  );
});

test('each address is on the interface to which the way to its neighbours leads', () => {
  const route = [
    'Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT',
    'eth0	00000000	0100F40A	0003	0	0	0	00000000	0	0	0',
    'eth0	0000F40A	00000000	0001	0	0	0	00FFFFFF	0	0	0',
    'net1	0000A8C0	00000000	0001	0	0	0	0000FFFF	0	0	0',
  ].join('\n');
  const trie = [
    'Main:',
    '  |-- 10.244.0.7',
    '     /32 host LOCAL',
    '  |-- 127.0.0.1',
    '     /32 host LOCAL',
    '  |-- 192.168.3.4',
    '     /32 host LOCAL',
    '  |-- 10.244.0.255',
    '     /32 link BROADCAST',
  ].join('\n');
  const dev = [
    'Inter-|',
    ' face |bytes',
    '  lo: 1 2 0 0 0 0 0 0 1 2 0 0 0 0 0 0',
    ' eth0: 100 3 1 2 0 0 0 0 200 4 5 6 0 0 0 0',
    ' net1:0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0',
  ].join('\n');
  const inet6 = 'fe8000000000000000fc00fffe000001 04 40 20 80     eth0\n';
  const found = parseInterfaces({ dev, trie, route, inet6 });
  assert.deepEqual(
    found.map(({ name, addresses }) => [name, ...addresses]),
    [
      ['lo', '127.0.0.1/8'],
      ['eth0', '10.244.0.7/24', 'fe80::fc:ff:fe00:1/64'],
      ['net1', '192.168.3.4/16'],
    ],
  );
  assert.deepEqual(
    { errors: found[1]?.errors, drops: found[1]?.drops, sent: found[1]?.sentBytes },
    { errors: 6, drops: 8, sent: 200 },
  );
  assert.deepEqual(parseRoutes(route, '')[0], {
    destination: 'default',
    gateway: '10.244.0.1',
    interface: 'eth0',
    metric: 0,
  });
});

test('100,000 texts of the kernel’s words in any order break nothing', () => {
  const words = fc.constantFrom(
    '0:',
    '0100007F:0050',
    '00000000:0000',
    '0A',
    '\n',
    ' ',
    '|--',
    '10.0.0.1',
    '/32 host LOCAL',
    'eth0',
    'eth0:',
    'ffffffff',
    '00000001',
    '\0',
    '1597',
    '80000001',
    'é',
    '-1',
    '0x',
    'NaN',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 40 }), fc.constantFrom(' ', '', '\t'), (parts, between) => {
      const text = parts.join(between);
      for (const protocol of protocols)
        for (const { localPort, inode } of parseInternetSockets(protocol, text)) {
          assert.ok(localPort >= 0 && localPort < 65_536 && inode >= 0);
        }
      parseUnixSockets(text);
      parseRoutes(text, text);
      parseInterfaces({ dev: text, trie: text, route: text, inet6: text });
    }),
    { numRuns: 100_000 },
  );
});
