/** Where the images of the tests are: `localhost/` unless a cluster of one's own has them somewhere else. */
const registry = process.env['EPHEMERA_TEST_REGISTRY'] ?? 'localhost/';

/** A web server without a shell, a shell that is not root, and one with tcpdump. What is in them: e2e/kubernetes/images.ts. */
export const images = {
  web: `${registry}py-serv:1`,
  toolboxAsUser: `${registry}toolbox-as-user:1`,
  netshoot: `${registry}netshoot:1`,
};

/** Manifests with the images' names as they are in the cluster. */
export function withImages(manifests: string): string {
  return manifests.replaceAll('localhost/', registry);
}
