// The grammar of distribution/reference (the library that the kubelet's runtimes use).
const domain =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const pathComponent = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
/** distribution/reference refuses longer repository names. */
const maxNameLength = 255;

/** Why `image` is not a valid image reference, as a sentence for the person who typed it; undefined when it is valid. */
export function explainInvalidImage(image: string): string | undefined {
  if (image === '') return 'Type the name of an image, such as busybox:1.36.';
  if (/\s/.test(image)) return 'An image name has no spaces.';
  const [beforeDigest = '', digest, ...more] = image.split('@');
  if (more.length > 0) return 'An image name has at most one @, before its digest.';
  if (digest !== undefined && !digestPattern.test(digest))
    return 'After @ comes a digest: sha256: and 64 hexadecimal digits.';
  const { name, tag } = splitTag(beforeDigest);
  if (tag !== undefined && !tagPattern.test(tag))
    return `"${tag}" is not a tag: letters, digits, _ . and -, at most 128 of them.`;
  return explainInvalidName(name);
}

/** The name that a node knows an image by: with its registry and its tag or digest, as docker.io/library/busybox:1.36. */
export function toFullImageName(image: string): string {
  const [beforeDigest = '', digest] = image.split('@');
  const { name, tag } = splitTag(beforeDigest);
  const path = hasRegistry(name.split('/')) ? name : `docker.io/${name.includes('/') ? '' : 'library/'}${name}`;
  if (digest !== undefined) return `${path}@${digest}`;
  return `${path}:${tag ?? 'latest'}`;
}

function splitTag(reference: string): { name: string; tag: string | undefined } {
  const colon = reference.lastIndexOf(':');
  // A colon before the last slash belongs to the registry's port.
  if (colon === -1 || colon < reference.lastIndexOf('/')) return { name: reference, tag: undefined };
  return { name: reference.slice(0, colon), tag: reference.slice(colon + 1) };
}

function explainInvalidName(name: string): string | undefined {
  if (name.length > maxNameLength) return `An image name has at most ${maxNameLength} characters.`;
  const parts = name.split('/');
  const [first = ''] = parts;
  if (hasRegistry(parts) && !domain.test(first)) return `"${first}" is not a registry's host name.`;
  const path = hasRegistry(parts) ? parts.slice(1) : parts;
  for (const component of path) {
    if (component === '') return 'An image name has no empty part between slashes.';
    if (component !== component.toLowerCase())
      return `"${component}" has capitals; image names are lower case, such as ${component.toLowerCase()}.`;
    if (!pathComponent.test(component))
      return `"${component}" is not part of an image name: lower-case letters and digits, joined by . _ or -.`;
  }
  return undefined;
}

function hasRegistry([first = '', ...path]: string[]): boolean {
  return path.length > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
}
