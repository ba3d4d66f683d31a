import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as tick } from 'node:timers/promises';
import fc from 'fast-check';
import type { Facts } from '#lib/protocol/facts.ts';
import { leastKeptBytes } from '#lib/protocol/limits.ts';
import { type FeedConnection, TerminalFeed } from '#lib/terminal/terminal-feed.ts';
import { newTerminal } from '../testing/terminal.ts';
import type { TerminalSession } from './terminal-session.ts';

interface Asked {
  from?: number;
  incarnation?: string;
  position?: number;
}

/** A wire that carries what both say in order, one message at a time when told, and can be cut with all that is on it. */
class Wire implements FeedConnection {
  readonly #session: TerminalSession;
  readonly #listeners = new Map<string, (fact: never) => void>();
  /** To be called where an answer will not come any more. */
  readonly #lost = new Set<() => void>();
  #underWay: (() => void)[] = [];
  #connection = 0;

  constructor(session: TerminalSession) {
    this.#session = session;
  }

  ask(name: string, request: object): Promise<never> {
    const { promise, resolve, reject } = Promise.withResolvers<never>();
    this.#send(() => {
      const answer = this.#run(name, request as Asked);
      this.#send(() => resolve(answer as never));
    });
    this.#lost.add(() => reject(new Error('cut')));
    promise.catch(() => {});
    return promise;
  }

  listen<F extends keyof Facts>(name: F, listener: Facts[F]): () => void {
    this.#listeners.set(name, listener as (fact: never) => void);
    return () => this.#listeners.delete(name);
  }

  /** Lets so many messages arrive. */
  carry(count: number): void {
    for (const arrive of this.#underWay.splice(0, count)) arrive();
  }

  cut(): void {
    this.#underWay = [];
    this.#session.viewers.leave(String(this.#connection));
    this.#connection += 1;
    for (const lose of this.#lost) lose();
    this.#lost.clear();
  }

  #send(arrive: () => void): void {
    this.#underWay.push(arrive);
  }

  #run(name: string, { from = 0, incarnation, position = 0 }: Asked): unknown {
    const viewer = String(this.#connection);
    if (name === 'terminal:acknowledge') return this.#session.viewers.acknowledge(viewer, position);
    const tell = (fact: string, value: object) =>
      this.#send(() => this.#listeners.get(fact)?.({ session: this.#session.id, ...value } as never));
    return this.#session.viewers.open(
      viewer,
      { from, incarnation, right: 'type' },
      {
        output: (at, bytes, historyEnd) => tell('terminal:output', { position: at, bytes, historyEnd }),
        screen: (screen) => tell('terminal:snapshot', screen),
        audience() {},
      },
    );
  }
}

test('whatever is cut and however late: each byte is drawn once and in order, and what is not is counted', async () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('print' as const), bytes: fc.nat(60_000) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('print' as const), bytes: fc.nat(leastKeptBytes * 2) }) },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('carry' as const), count: fc.nat(20) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('draw' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const session = newTerminal();
      const wire = new Wire(session);
      let printed = 0;
      let drawn = 0;
      const undrawn: (() => void)[] = [];
      const feed = new TerminalFeed({
        connection: wire,
        session: session.id,
        sink: {
          draw(bytes, done) {
            for (const byte of bytes) assert.equal(byte, byteAt(drawn++));
            undrawn.push(done);
          },
          redraw(_screen, why, done) {
            assert.equal(why.kind, 'skipped');
            if (why.kind === 'skipped') drawn += why.bytes;
            undrawn.push(done);
          },
        },
      });
      const drawAll = () => {
        for (const done of undrawn.splice(0)) done();
      };
      const open = () => feed.open().catch(() => {});
      void open();
      for (const one of steps) {
        if (one.kind === 'print') {
          session.append(Uint8Array.from({ length: one.bytes }, (_, i) => byteAt(printed + i)));
          printed += one.bytes;
        } else if (one.kind === 'carry') wire.carry(one.count);
        else if (one.kind === 'draw') drawAll();
        else {
          wire.cut();
          void open();
        }
        await tick();
      }
      // In the end all comes to rest.
      while (drawn < printed) {
        wire.carry(Number.POSITIVE_INFINITY);
        drawAll();
        await tick();
      }
      assert.equal(drawn, printed);
      session.close();
    }),
    { numRuns: 60 },
  );
});

/** Numbers its place well enough, and never begins an escape sequence that a snapshot would take long to draw. */
function byteAt(position: number): number {
  return 0x20 + ((position * 31 + (position >> 8)) % 90);
}
