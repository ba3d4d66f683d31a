import { useEffect, useRef, useState } from 'react';
import { type DecodedPacket, decodePacket } from '#lib/network/decode-packet.ts';
import { PcapReader } from '#lib/network/pcap.ts';
import { AppError, toWireError, type WireError } from '#lib/protocol/errors.ts';
import { openBytes } from '../connection/open-bytes.ts';
import { oncePerFrame } from '../ui/once-per-frame.ts';

export interface ShownPacket extends DecodedPacket {
  /** Seconds since the first packet. */
  at: number;
  /** Bytes. */
  length: number;
}

export type CaptureState =
  | { kind: 'idle' }
  | { kind: 'starting' }
  | { kind: 'running' }
  | { kind: 'over'; why: string }
  | { kind: 'failed'; error: WireError };

export interface CaptureLimits {
  seconds: number;
  bytes: number;
}

/** A capture in this page: its packets, decoded, and its bytes as they came. */
export interface Capture {
  state: CaptureState;
  packets: readonly ShownPacket[];
  /** Changes when more packets are shown. */
  version: number;
  bytes: number;
  /** The capture stops by itself at these limits. */
  start(address: string, limits: CaptureLimits): void;
  stop(): void;
  /** A file that tcpdump and Wireshark read. */
  file(): Blob;
}

const brokenCapture = {
  message: 'The capture broke off: tcpdump or its container has ended.',
  next: 'Start it again.',
};

/** The reason to abort at the time limit. */
const timeIsUp = Symbol('time is up');

export function useCapture(): Capture {
  const [state, setState] = useState<CaptureState>({ kind: 'idle' });
  const [version, setVersion] = useState(0);
  const kept = useRef<Kept>({ packets: [], pieces: [], bytes: 0 });
  const reading = useRef<AbortController>(undefined);
  // Leaving the page ends the capture.
  useEffect(() => () => reading.current?.abort(), []);

  const start = (address: string, limits: CaptureLimits) => {
    reading.current?.abort();
    const own = new AbortController();
    reading.current = own;
    kept.current = { packets: [], pieces: [], bytes: 0 };
    setState({ kind: 'starting' });
    setVersion((before) => before + 1);
    const drawing = oncePerFrame(() => setVersion((before) => before + 1));
    const timer = setTimeout(() => own.abort(timeIsUp), limits.seconds * 1_000);
    own.signal.addEventListener('abort', () => clearTimeout(timer));
    read({
      address,
      signal: own.signal,
      kept: kept.current,
      maxBytes: limits.bytes,
      onOpen: () => setState({ kind: 'running' }),
      onPackets: drawing.ask,
    }).then(
      (why) => {
        drawing.ask();
        if (reading.current === own) setState({ kind: 'over', why });
        own.abort();
      },
      (cause: unknown) => {
        if (reading.current !== own) return;
        if (own.signal.aborted)
          setState({ kind: 'over', why: own.signal.reason === timeIsUp ? 'its time is up' : 'stopped' });
        else setState({ kind: 'failed', error: toWireError(cause) });
      },
    );
  };
  return {
    state,
    version,
    packets: kept.current.packets,
    bytes: kept.current.bytes,
    start,
    stop: () => reading.current?.abort(),
    file: () => new Blob(kept.current.pieces, { type: 'application/vnd.tcpdump.pcap' }),
  };
}

interface Kept {
  packets: ShownPacket[];
  pieces: Uint8Array<ArrayBuffer>[];
  bytes: number;
}

interface Reading {
  address: string;
  signal: AbortSignal;
  kept: Kept;
  maxBytes: number;
  onOpen(): void;
  onPackets(): void;
}

/** Resolves with the reason why the capture is over. */
async function read({ address, signal, kept, maxBytes, onOpen, onPackets }: Reading): Promise<string> {
  const pieces = await openBytes(address, signal, brokenCapture);
  onOpen();
  const pcap = new PcapReader();
  let first: number | undefined;
  for await (const piece of pieces) {
    kept.pieces.push(piece);
    kept.bytes += piece.length;
    try {
      for (const { at, length, bytes } of pcap.push(piece)) {
        first ??= at;
        kept.packets.push({ at: at - first, length, ...decodePacket(pcap.linkType ?? 0, bytes) });
      }
    } catch (cause) {
      throw new AppError('container', `What came is no capture: ${cause instanceof Error ? cause.message : cause}.`, {
        cause,
      });
    }
    onPackets();
    if (kept.bytes >= maxBytes) return 'it is as large as it may become';
  }
  return 'tcpdump has ended';
}
