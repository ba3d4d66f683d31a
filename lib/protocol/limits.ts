/** Sizes and times that both ends of the wire agree on, each with its reason. */

/** Raised whenever a message changes shape; a tab with another version reloads itself. */
export const protocolVersion = 10;

/** Largest frame a browser may send: eight input chunks; nothing legitimate comes near it. */
export const maxRequestBytes = 128 * 1024;

/** A paste is cut into pieces of this size, so that one paste can't fill a frame or hold up other terminals. */
export const inputChunkBytes = 16 * 1024;

/** What may be typed ahead while a debugger starts: a pasted script, but not a file. */
export const typeAheadBytes = 16 * 1024;

/** What is typed while a connection is down waits this long: later, the person has gone on to something else. */
export const inputHoldMs = 10_000;

/** Who has typed nothing for this long doesn't mind if another begins: longer than a look at the answer of a command. */
export const driverIdleMs = 10_000;

/** Output is cut into pieces of this size, so that one busy terminal can't starve the others on the same socket. */
export const outputChunkBytes = 32 * 1024;

/** While output pours in, it is gathered this long before it is sent: four 60 Hz frames hold four of these. */
export const outputGatherMs = 4;

/** What one terminal keeps for a page that comes back, if nobody chose otherwise: about 40,000 lines of 100 characters. */
export const keptBytes = 4 * 1024 * 1024;

/** The least that may be chosen: a viewer with a full window must not have fallen behind already. */
export const leastKeptBytes = 512 * 1024;

/** How much a viewer may have in flight, sent but not yet drawn. Larger hides latency, smaller bounds memory. */
export const windowBytes = 256 * 1024;

/** A stalled viewer is sent more once its unacknowledged bytes fall to this. */
export const windowLowBytes = 128 * 1024;

/** A viewer acknowledges each time it has drawn this much. Must be <= windowLowBytes, or a full window never reopens. */
export const ackBytes = 64 * 1024;

/** Pod changes are gathered this long: ten updates a second is as much as a person can follow. */
export const podChangesGatherMs = 100;

/** A full-screen terminal on a wall display at the smallest font stays below these. */
export const maxColumns = 1000;
export const maxRows = 500;

/** Processes are read again after this: as `top` does, seldom enough that a reading of 0.2 s is a tenth of the time. */
export const processIntervalMs = 2_000;
/** An idle connection is asked for a sign of life this often: below the 20 s after which the strictest proxies cut it. */
export const pingIntervalMs = 15_000;
