import { toFullImageName } from '#lib/image-reference.ts';
import { findImage } from '../images/catalogue.ts';
import type { Image } from '../images/image.ts';
import type { Container } from '../store/pod.ts';
import type { NodeContext } from './node-context.ts';
import type { TellEvent } from './tell-event.ts';

/** The image is not available. */
export class ImageError extends Error {}

/** Finds an image and writes the kubelet's events about it. Throws ImageError with the reason. */
export function pullImage(node: NodeContext, { image: reference, imagePullPolicy }: Container, tell: TellEvent): Image {
  const isPresent = node.present.has(reference);
  if (imagePullPolicy !== 'Always' && isPresent) {
    tell('Normal', 'Pulled', `Container image "${reference}" already present on machine`);
  } else if (imagePullPolicy === 'Never') {
    throw new ImageError(`Container image "${reference}" is not present with pull policy of Never`);
  } else {
    tell('Normal', 'Pulling', `Pulling image "${reference}"`);
  }
  const image = findImage(node.images, reference);
  if (image === undefined) {
    const host = reference.includes('/') ? (reference.split('/')[0] ?? '') : 'registry-1.docker.io';
    const known = node.images.map(({ name }) => name).join(', ');
    throw new ImageError(
      `failed to pull and unpack image "${reference}": the practice cluster reaches no registry: lookup ${host}: no such host; its images are: ${known}`,
    );
  }
  if (imagePullPolicy === 'Always' || !isPresent)
    tell(
      'Normal',
      'Pulled',
      `Successfully pulled image "${reference}" in 0s (0s including waiting). Image size: 0 bytes.`,
    );
  if (!isPresent) {
    node.present.add(reference);
    writeNodeImages(node);
  }
  return image;
}

/** The kubelet lists images in its node's status, where schedulers and dashboards look for them. */
function writeNodeImages({ store, name, present }: NodeContext): void {
  const node = store.get({ resource: 'nodes', namespace: undefined, name });
  if (node === undefined) return;
  const images = [...present].map((reference) => ({ names: [toFullImageName(reference)] }));
  store.update('nodes', { ...node, status: { ...node.status, images } });
}
