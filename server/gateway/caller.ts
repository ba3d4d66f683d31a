import type { IncomingHttpHeaders } from 'node:http';
import { localOwner } from '#lib/local-owner.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { ClusterRegistry } from '../kubernetes/cluster-registry.ts';
import { Meter, pageRates, type Rates } from './meter.ts';

export interface CallerLimits {
  terminals: number;
  forwards: number;
  streams: number;
  rates: Rates;
}

/** One person has several pages open, and a browser that starts again loads all of them at once. */
const pagesAtOnce = 10;
const timesPages = (rate: Rates['light']) => ({
  capacity: rate.capacity * pagesAtOnce,
  perSecond: rate.perSecond * pagesAtOnce,
});

export const callerLimits: CallerLimits = {
  // Each terminal holds an upstream connection and some MiB of output; a team on call works with a few dozen.
  terminals: 256,
  // Each forward is a port of this machine, and more than anybody has open at once.
  forwards: 20,
  // Each is a process in a container or a request to a kubelet. A browser opens six at a time: this is ten browsers.
  streams: 60,
  rates: {
    light: timesPages(pageRates.light),
    heavy: timesPages(pageRates.heavy),
    stream: timesPages(pageRates.stream),
  },
};

export interface CallerOptions {
  id: string;
  name: string;
  clusters: ClusterRegistry;
  limits?: CallerLimits;
}

/** Somebody who asks: with the clusters that are theirs, and one set of limits for all their pages together. */
export class Caller {
  /** Owns terminals, recordings and forwards, also in files that outlast this run. */
  readonly id: string;
  readonly name: string;
  readonly clusters: ClusterRegistry;
  readonly limits: CallerLimits;
  readonly meter: Meter;
  #streams = 0;

  constructor({ id, name, clusters, limits = callerLimits }: CallerOptions) {
    this.id = id;
    this.name = name;
    this.clusters = clusters;
    this.limits = limits;
    this.meter = new Meter(limits.rates);
  }

  /** Counts a stream over http until the returned function is called. Throws where it is one too many. */
  openStream(): () => void {
    if (this.#streams >= this.limits.streams) {
      throw new AppError('rate-limited', `${this.limits.streams} logs, files and captures are being read already.`, {
        next: 'Close a page that reads one, then try again.',
      });
    }
    this.#streams += 1;
    let isOpen = true;
    return () => {
      if (isOpen) this.#streams -= 1;
      isOpen = false;
    };
  }
}

/** Everybody who may come. */
export interface Callers {
  /** Whose request has these headers. It has been let in already. */
  of(headers: IncomingHttpHeaders): Caller;
  /** Undefined: nobody of this id may come any more. */
  find(id: string): Caller | undefined;
}

/** One user on one machine: all who are let in are the same caller. */
export function oneCaller(clusters: ClusterRegistry): Callers {
  const caller = new Caller({ id: localOwner, name: 'the user of this machine', clusters });
  return { of: () => caller, find: (id) => (id === caller.id ? caller : undefined) };
}
