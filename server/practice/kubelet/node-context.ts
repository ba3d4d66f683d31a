import type { Image } from '../images/image.ts';
import type { PodNetwork } from '../runtime/network.ts';
import type { Pipes } from '../runtime/pipes.ts';
import type { Relays } from '../runtime/relay.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { EventRecorder } from './event-recorder.ts';

/** The parts of the node that its pod workers share. */
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
  /** References of images that were pulled before, which count as present. */
  present: Set<string>;
  /** The folder that holds the volumes, logs and roots of all pods. */
  folder: string;
}
