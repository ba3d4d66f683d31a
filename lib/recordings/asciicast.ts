import { localOwner } from '../local-owner.ts';

/**
 * asciicast v3 (docs.asciinema.org/manual/asciicast/v3): a line of JSON that describes the terminal, then a line for each
 * event: seconds since the event before, what happened, and its text.
 */
export interface AsciicastHeader {
  version: 3;
  term: { cols: number; rows: number; type: string };
  /** Seconds since 1970. */
  timestamp: number;
  title: string;
  /** The equal kubectl command. */
  command: string;
  /** What the format has no word for; players leave it out. */
  ephemera: RecordedTerminal;
}

/** What was recorded, and as whom. */
export interface RecordedTerminal {
  /** The id of the caller whose recording it is. */
  owner: string;
  context: string;
  user: string;
  namespace: string;
  pod: string;
  container: string;
  image: string | undefined;
}

export interface RecordingSummary extends RecordedTerminal {
  id: string;
  /** Milliseconds since 1970: of the begin, and of what was last written. */
  startedAt: number;
  endedAt: number;
  bytes: number;
  isRunning: boolean;
}

/** `o` output, `r` a size as `80x24`, `m` a mark, `x` the exit code of the process. */
export type AsciicastCode = 'o' | 'r' | 'm' | 'x';

export function formatEvent(seconds: number, code: AsciicastCode, data: string): string {
  // Milliseconds are finer than any screen; more digits only make the file larger.
  return `[${seconds.toFixed(3)}, ${JSON.stringify(code)}, ${JSON.stringify(data)}]\n`;
}

/** Undefined where the line is not the header of a recording of ours. */
export function parseHeader(line: string): AsciicastHeader | undefined {
  try {
    const header = JSON.parse(line) as AsciicastHeader;
    const isOurs = header.version === 3 && typeof header.timestamp === 'number' && isTerminal(header.ephemera);
    return isOurs ? withOwner(header) : undefined;
  } catch {
    return undefined;
  }
}

/** A recording from before there were owners has none. */
function withOwner(header: AsciicastHeader): AsciicastHeader {
  const { owner = localOwner, ...recorded }: Partial<RecordedTerminal> & Omit<RecordedTerminal, 'owner'> =
    header.ephemera;
  return { ...header, ephemera: { owner, ...recorded } };
}

function isTerminal(value: unknown): value is RecordedTerminal {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return ['context', 'user', 'namespace', 'pod', 'container'].every((name) => typeof fields[name] === 'string');
}
