import type { ImageConfig } from '../images/image.ts';
import { defaultCapabilities, type Privileges } from '../runtime/privileges.ts';
import type { Container, Pod } from '../store/pod.ts';
import { ConfigError } from './environment.ts';

/** The privileges of a container's process, from the security contexts of pod and container, and from the image. */
export function privilegesOf(pod: Pod, container: Container, image: ImageConfig): Privileges {
  const ofPod = pod.spec.securityContext ?? {};
  const own = container.securityContext ?? {};
  const uid = own.runAsUser ?? ofPod.runAsUser ?? Number(image.user || 0);
  if ((own.runAsNonRoot ?? ofPod.runAsNonRoot) && uid === 0) {
    const { name, namespace, uid: podUid } = pod.metadata;
    const why =
      own.runAsUser === 0 || ofPod.runAsUser === 0
        ? "container's runAsUser breaks non-root policy"
        : 'container has runAsNonRoot and image will run as root';
    throw new ConfigError(`${why} (pod: "${name}_${namespace}(${podUid})", container: ${container.name})`);
  }
  return {
    uid,
    // The groups match the images' /etc/passwd: user nobody has group 65534, every other user has root's group.
    gid: own.runAsGroup ?? ofPod.runAsGroup ?? (uid === 65_534 ? 65_534 : 0),
    groups: [...(ofPod.supplementalGroups ?? []), ...(ofPod.fsGroup === undefined ? [] : [ofPod.fsGroup])],
    capabilities: own.privileged ? ['all'] : capabilitiesOf(container),
    noNewPrivileges: own.allowPrivilegeEscalation === false,
  };
}

function capabilitiesOf({ securityContext }: Container): string[] {
  const { add = [], drop = [] } = securityContext?.capabilities ?? {};
  const plain = (name: string) => name.toLowerCase().replace(/^cap_/, '');
  const dropped = drop.map(plain);
  const added = add.map(plain);
  const kept = dropped.includes('all') ? [] : defaultCapabilities.filter((name) => !dropped.includes(name));
  if (added.includes('all')) return ['all'];
  return [...new Set([...kept, ...added])];
}
