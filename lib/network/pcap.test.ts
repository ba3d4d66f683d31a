import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodePacket } from './decode-packet.ts';
import { type CapturedPacket, PcapReader } from './pcap.ts';

const hex = (text: string) =>
  Uint8Array.from(text.replace(/\s/g, '').match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
/** Little-endian, microseconds, Ethernet. */
const header = hex('d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000');
const packetOf = (bytes: Uint8Array, seconds = 1) => {
  const packet = new Uint8Array(16 + bytes.length);
  const view = new DataView(packet.buffer);
  view.setUint32(0, seconds, true);
  view.setUint32(4, 500_000, true);
  view.setUint32(8, bytes.length, true);
  view.setUint32(12, bytes.length + 9, true);
  packet.set(bytes, 16);
  return packet;
};
const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

test('packets come whole, however their bytes are cut', () => {
  const whole = join(header, packetOf(hex('0102')), packetOf(hex(''), 2), packetOf(hex('030405'), 3));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 })), (sizes) => {
      const reader = new PcapReader();
      const packets: CapturedPacket[] = [];
      let at = 0;
      for (const size of [...sizes, whole.length]) {
        packets.push(...reader.push(whole.subarray(at, at + size)));
        at += size;
      }
      assert.equal(reader.linkType, 1);
      assert.deepEqual(
        packets.map(({ at: time, length, bytes }) => [time, length, ...bytes]),
        [
          [1.5, 11, 1, 2],
          [2.5, 9],
          [3.5, 12, 3, 4, 5],
        ],
      );
    }),
  );
});

test('what is no capture is refused', () => {
  assert.throws(() => new PcapReader().push(new Uint8Array(24)), /not a capture/);
  const huge = packetOf(hex('01'));
  new DataView(huge.buffer).setUint32(8, 0xffffffff, true);
  assert.throws(() => new PcapReader().push(join(header, huge)), /can’t be/);
});

const ipv4 = (protocol: string, rest: string) => `4500 0040 0000 4000 40${protocol} 0000 0a000001 0a000002 ${rest}`;
const tcp = (flags: string, payload = '') => `c000 0050 00000007 00000000 50${flags} ffff 0000 0000 ${payload}`;

test('packets are told in words', () => {
  const ethernet = (rest: string) => decodePacket(1, hex(`000000000000 000000000000 0800 ${rest}`));
  assert.deepEqual(ethernet(ipv4('06', tcp('02'))), {
    source: '10.0.0.1:49152',
    destination: '10.0.0.2:80',
    protocol: 'TCP',
    info: 'SYN, seq 7, 24 bytes',
  });
  const get = [...new TextEncoder().encode('GET /a HTTP/1.1\r\nHost: b\r\n')]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  assert.deepEqual(ethernet(ipv4('06', tcp('18', get))).info, 'GET /a HTTP/1.1');
  assert.equal(ethernet(ipv4('01', '0800 0000 0001 0005')).info, 'echo request, number 5');
  const question = '0001 0100 0001 0000 0000 0000 03777777 0265 7800 0001 0001'.replace('0265 78', '026578');
  assert.equal(ethernet(ipv4('11', `c000 0035 0020 0000 ${question}`)).info, 'question A www.ex');
  assert.equal(decodePacket(113, hex(`${'00'.repeat(14)} 0800 ${ipv4('06', tcp('04'))}`)).info, 'RST, seq 7, 24 bytes');
  assert.equal(
    decodePacket(
      276,
      hex(`86dd ${'00'.repeat(18)} 60000000 0014 06 40 ${'00'.repeat(15)}01 ${'00'.repeat(15)}01 ${tcp('12')}`),
    ).source,
    '[::1]:49152',
  );
  const arp = '000000000000 000000000000 0806 0001 0800 06 04 0001 000000000000 0a000001 000000000000 0a000002';
  assert.equal(decodePacket(1, hex(arp)).info, 'who has 10.0.0.2?');
});

test('100,000 packets of any bytes are decoded without harm', () => {
  const bytes = fc.uint8Array({ maxLength: 120 });
  fc.assert(
    fc.property(
      bytes,
      fc.constantFrom(1, 101, 113, 276, 7),
      fc.constantFrom('0800', '86dd', '0806', '8100'),
      (body, linkType, type) => {
        const packet = join(hex(`000000000000000000000000${type}`), body);
        for (const one of [body, packet]) {
          const { info, protocol } = decodePacket(linkType, one);
          assert.ok(protocol !== '' && info.length < 600);
        }
        const reader = new PcapReader();
        try {
          reader.push(join(header, body));
          reader.push(body);
        } catch (error) {
          assert.match((error as Error).message, /can’t be/);
        }
      },
    ),
    { numRuns: 100_000 },
  );
});
