import type { Image } from '../images/image.ts';
import type { PodNetwork } from '../runtime/network.ts';
import type { Pipes } from '../runtime/pipes.ts';
import type { Relays } from '../runtime/relay.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { EventRecorder } from './event-recorder.ts';

/** What a pod's worker has of the node that it is on. */
export interface NodeContext {
  name: string;
  ip: string;
  store: ObjectStore;
  events: EventRecorder;
  pipes: Pipes;
  relays: Relays;
  network: PodNetwork | undefined;
  images: readonly Image[];
  pause: Image;
  /** Image references that were asked for before: they are present now. */
  present: Set<string>;
  /** Volumes, logs and roots of pods are below it. */
  folder: string;
}
