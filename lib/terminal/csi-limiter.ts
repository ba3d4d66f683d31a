import { concatenate } from '../concatenate.ts';

const codes = { escape: 0x1b, bracket: 0x5b, utf8c1: 0xc2, csi: 0x9b, cancel: 0x18, substitute: 0x1a, delete: 0x7f };
const zero = 0x30;
const nine = 0x39;
/** Real sequences are far shorter; one that goes on is noise, and is left out. */
const longestSequence = 256;
const charCodes = (letters: string): ReadonlySet<number> => new Set([...letters].map((letter) => letter.charCodeAt(0)));
/** Final bytes of sequences whose numbers are counts (xterm's ctlseqs); the numbers of all others are names or places. */
const countFinals = charCodes('@ABCDEFILMPSTXZ^abe}~');
/** Of these, those that count lines: insert, delete, scroll up and down. */
const lineFinals = charCodes('LMST^');

/**
 * Keeps a container from making a terminal busy for ever: `CSI 99999999 L` inserts a hundred million lines one by one. No
 * count larger than the screen does anything that the screen's own size doesn't, so larger ones are made that. All else
 * passes as it is. A sequence whose end has not come yet is held until it has.
 */
export class CsiLimiter {
  readonly #size: () => { columns: number; rows: number };
  #held: Uint8Array = new Uint8Array();
  /** Within a sequence that is too long to be one. */
  #isSkipping = false;

  constructor(size: () => { columns: number; rows: number }) {
    this.#size = size;
  }

  /** Forgets a sequence that had begun. */
  reset(): void {
    this.#held = new Uint8Array();
    this.#isSkipping = false;
  }

  take(bytes: Uint8Array): Uint8Array {
    const input = this.#held.length === 0 ? bytes : concatenate([this.#held, bytes]);
    this.#held = new Uint8Array();
    const pieces: Uint8Array[] = [];
    let copied = this.#skip(input);
    for (let at = nextIntroducer(input, copied); at < input.length; ) {
      const end = endOfSequence(input, at);
      if (end === undefined) {
        pieces.push(input.subarray(copied, at));
        copied = input.length;
        if (input.length - at < longestSequence) this.#held = input.slice(at);
        else this.#isSkipping = true;
        break;
      }
      const limited = this.#limit(input, at, end);
      if (limited !== undefined) {
        pieces.push(input.subarray(copied, at), limited);
        copied = end;
      }
      at = nextIntroducer(input, end);
    }
    return copied === 0 ? input : concatenate([...pieces, input.subarray(copied)]);
  }

  /** Where what follows a sequence that was too long begins. */
  #skip(input: Uint8Array): number {
    if (!this.#isSkipping) return 0;
    const end = endOfParameters(input, 0);
    this.#isSkipping = end === undefined;
    return end ?? input.length;
  }

  /** The sequence with smaller numbers; undefined where they are small enough. */
  #limit(input: Uint8Array, begin: number, end: number): Uint8Array | undefined {
    const final = input[end - 1] ?? 0;
    if (!countFinals.has(final)) return undefined;
    const { columns, rows } = this.#size();
    const most = lineFinals.has(final) ? rows : Math.max(columns, rows);
    if (largestNumber(input, begin, end) <= most) return undefined;
    const text = String.fromCharCode(...input.subarray(begin, end));
    // Controls may stand between the digits: the number goes on behind them.
    const limited = text.replace(digits, (found) =>
      Number(found.replace(controls, '')) > most ? String(most) + found.replace(noControls, '') : found,
    );
    return Uint8Array.from(limited, (character) => character.charCodeAt(0));
  }
}

const controlRange = `${String.fromCharCode(0)}-${String.fromCharCode(0x1f)}${String.fromCharCode(codes.delete)}`;
const digits = new RegExp(`[0-9][0-9${controlRange}]*`, 'g');
const controls = new RegExp(`[${controlRange}]`, 'g');
const noControls = new RegExp(`[^${controlRange}]`, 'g');

/** Of `ESC`, or of a CSI that is one character (U+009B in UTF-8); the length where there is none. */
function nextIntroducer(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === codes.escape) return at;
    if (byte === codes.utf8c1 && (at + 1 === bytes.length || bytes[at + 1] === codes.csi)) return at;
  }
  return bytes.length;
}

/** After the last byte of the sequence that begins here; undefined where its end has not come. */
function endOfSequence(bytes: Uint8Array, begin: number): number | undefined {
  let at = begin + 1;
  // Controls between both are obeyed, and end nothing.
  if (bytes[begin] === codes.escape) while (isControl(bytes[at])) at += 1;
  const second = bytes[at];
  if (second === undefined) return undefined;
  if (bytes[begin] === codes.escape && second !== codes.bracket) return at;
  return endOfParameters(bytes, at + 1);
}

/** Nearly all sequences are looked at by this alone. */
function largestNumber(bytes: Uint8Array, begin: number, end: number): number {
  let largest = 0;
  let number = 0;
  for (let at = begin; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= zero && byte <= nine) number = number * 10 + byte - zero;
    else if (!isControl(byte)) number = 0;
    if (number > largest) largest = number;
  }
  return largest;
}

function isControl(byte: number | undefined): boolean {
  if (byte === codes.escape || byte === codes.cancel || byte === codes.substitute) return false;
  return byte !== undefined && (byte < 0x20 || byte === codes.delete);
}

/** After the final byte of a sequence, or before what breaks it off. */
function endOfParameters(bytes: Uint8Array, from: number): number | undefined {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === codes.escape || byte === codes.cancel || byte === codes.substitute) return at;
    if (byte >= 0x40 && byte !== codes.delete) return byte < 0x80 ? at + 1 : at;
  }
  return undefined;
}
