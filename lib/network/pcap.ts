import { concatenate } from '../concatenate.ts';

/** A packet as it was captured: `bytes` may be fewer than it had. */
export interface CapturedPacket {
  /** Seconds since 1970, with what is below a second. */
  at: number;
  /** How long it was. */
  length: number;
  bytes: Uint8Array;
}

/** More than any packet has (libpcap's MAXIMUM_SNAPLEN): what claims it is no capture. */
const maxPacketBytes = 262_144;
const fileHeaderBytes = 24;
const packetHeaderBytes = 16;

/** Reads a capture file (pcap-savefile(5)) as it comes, in pieces of any size. */
export class PcapReader {
  #rest: Uint8Array = new Uint8Array(0);
  #format: { isLittle: boolean; fraction: number } | undefined;
  #linkType: number | undefined;

  /** What its packets begin with (LINKTYPE_…); undefined until that has come. */
  get linkType(): number | undefined {
    return this.#linkType;
  }

  /** The packets that are whole now. Throws where this is no capture. */
  push(piece: Uint8Array): CapturedPacket[] {
    this.#rest = this.#rest.length === 0 ? piece : concatenate([this.#rest, piece]);
    const view = new DataView(this.#rest.buffer, this.#rest.byteOffset, this.#rest.byteLength);
    let at = 0;
    if (this.#format === undefined) {
      if (view.byteLength < fileHeaderBytes) return [];
      this.#format = readMagic(view);
      // The upper bits tell of frame check sequences.
      this.#linkType = view.getUint32(20, this.#format.isLittle) & 0xffff;
      at = fileHeaderBytes;
    }
    const { isLittle, fraction } = this.#format;
    const packets: CapturedPacket[] = [];
    while (view.byteLength - at >= packetHeaderBytes) {
      const kept = view.getUint32(at + 8, isLittle);
      if (kept > maxPacketBytes) throw new Error(`a packet of ${kept} bytes can’t be`);
      if (view.byteLength - at < packetHeaderBytes + kept) break;
      packets.push({
        at: view.getUint32(at, isLittle) + view.getUint32(at + 4, isLittle) / fraction,
        length: view.getUint32(at + 12, isLittle),
        bytes: this.#rest.slice(at + packetHeaderBytes, at + packetHeaderBytes + kept),
      });
      at += packetHeaderBytes + kept;
    }
    this.#rest = this.#rest.slice(at);
    return packets;
  }
}

function readMagic(view: DataView): { isLittle: boolean; fraction: number } {
  for (const isLittle of [true, false]) {
    const magic = view.getUint32(0, isLittle);
    if (magic === 0xa1b2c3d4) return { isLittle, fraction: 1e6 };
    if (magic === 0xa1b23c4d) return { isLittle, fraction: 1e9 };
  }
  throw new Error('this is not a capture');
}
