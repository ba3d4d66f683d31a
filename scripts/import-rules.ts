import type { Table } from './imports/rules.ts';

/**
 * Who may import whom; `imports.test.ts` holds every import against it. A row is a folder with all below it, or `folder/*` for
 * the files directly in it. The longest that fits a file is its row. Files of one row may import each other.
 * `imports` is for all files, `types` for `import type`, `tests` for unit tests; `extends` adds another row.
 */
export const table: Table = {
  '**/*.test.ts': { tests: 'node:assert node:test fast-check' },

  // Pure rules for both sides: no Node, no React, nothing above. Only lib/protocol checks what comes over the wire.
  lib: { imports: '#lib' },
  'lib/protocol': { extends: 'lib', imports: 'zod' },

  // The browser meets the server in lib/protocol. It knows nothing of Node, of Kubernetes or of the server.
  app: { imports: '#components react', types: 'next' },
  // Pages are made of these pieces, which know neither pages nor the server.
  'components/ui': { imports: '#lib react clsx lucide-react zustand @base-ui' },
  // Only this folder talks to the server.
  'components/connection': { imports: '#lib react socket.io-client socket.io-msgpack-parser' },
  'components/links': { imports: '#lib react next' },
  'every component': {
    imports: '#lib #components/ui #components/connection #components/links react next clsx lucide-react zustand',
  },
  'components/cluster': { extends: 'every component' },
  'components/open-terminals': { extends: 'every component' },
  'components/page-frame': { extends: 'every component', imports: '#components/cluster' },
  'components/namespaces': { extends: 'every component' },
  'components/processes': { extends: 'every component' },
  'components/recordings': { extends: 'every component', imports: 'asciinema-player' },
  'components/bundle': { extends: 'every component', imports: '#components/namespaces fflate' },
  'components/logs': {
    extends: 'every component',
    imports: '#components/cluster #components/page-frame @tanstack',
    tests: 'node:http node:net',
  },
  'components/debug': { extends: 'every component', imports: '#components/cluster #components/open-terminals yaml' },
  // Only this folder knows xterm.
  'components/terminal': {
    extends: 'every component',
    imports: '#components/cluster #components/open-terminals #components/debug @xterm @base-ui',
  },
  'every page': { extends: 'every component', imports: '#components/cluster #components/debug #components/page-frame' },
  'components/files': { extends: 'every page', imports: '#components/logs #components/namespaces' },
  'components/network': { extends: 'every page', imports: '@tanstack' },
  'components/node-namespaces': { extends: 'every page' },
  'components/pods': { extends: 'every page', imports: '@tanstack' },
  'components/debuggers': { extends: 'every page', imports: '#components/open-terminals' },
  'components/pod': {
    extends: 'every page',
    imports: '#components/bundle #components/namespaces #components/open-terminals #components/processes',
  },
  'components/shell': {
    extends: 'every component',
    imports: '#components/cluster #components/debug #components/open-terminals #components/terminal',
  },

  // The files directly in `server` start it and put its rooms together.
  'server/*': {
    imports: '#lib #server/gateway #server/kubernetes #server/recordings node: commander pino yaml zod',
    types: '#server/terminals',
    tests: '#server/testing',
  },
  // Only this folder talks to browsers: over socket.io, and in `http` with Fastify.
  'server/gateway': {
    imports: `#lib #server/debuggers #server/attach #server/terminals #server/inspection #server/kubernetes
      node: socket.io socket.io-msgpack-parser yaml`,
    types: '#server/recordings #server/log.ts #server/debug-settings.ts zod',
    tests: '#server/server.ts #server/log.ts #server/testing #e2e/fault-proxy.ts',
  },
  'server/gateway/http': {
    imports: '#lib #server/gateway/admit.ts #server/inspection #server/kubernetes node: fastify @fastify/static',
    types: '#server/gateway/caller.ts #server/recordings #server/log.ts zod',
  },
  // Starts debuggers, lists and ends them.
  'server/debuggers': {
    imports: '#lib #server/attach #server/kubernetes yaml',
    types: '#server/terminals',
    tests: '#server/terminals #server/testing',
  },
  // The way to a container.
  'server/attach': { imports: '#lib #server/kubernetes node:', types: '#server/terminals', tests: '#server/testing' },
  // Bytes and their viewers. A terminal knows nothing of Kubernetes.
  'server/terminals': {
    imports: '#lib node: @xterm',
    types: '#server/recordings',
    tests: '#server/testing #e2e/escape-sequences.ts #e2e/random-numbers.ts',
  },
  // Reads what is inside a pod.
  'server/inspection': { imports: '#lib #server/kubernetes node:', tests: '#server/testing' },
  // Only this folder talks to an API server.
  'server/kubernetes': { imports: '#lib node: @kubernetes/client-node ws yaml zod', tests: '#server/testing' },
  'server/recordings': { imports: '#lib node:' },
  // Tests start a server with it, or a part of one.
  'server/testing': {
    imports: `#lib #server/gateway #server/kubernetes #server/terminals #server/recordings #server/config.ts #server/log.ts
      #server/run-state.ts node: socket.io-client socket.io-msgpack-parser ws`,
  },
  // A process of its own. It meets the rest of the server over https and a kubeconfig, as every cluster does.
  'server/practice': {
    imports: '#lib node: fastify ws yaml commander protobufjs rfc6902 selfsigned @lydell/node-pty',
    tests: '#server/practice/testing',
  },
  'server/practice/testing': { extends: 'server/practice', imports: '#server/practice fast-check' },
  // These run in containers, where nothing else of ours is.
  'server/practice/images/programs': { imports: 'node:' },

  // Stories and what gives them a cluster know the product by its URLs alone.
  e2e: {
    imports:
      '#e2e/clusters #e2e/kubernetes #e2e/server-terminals.ts node: @playwright/test @axe-core/playwright fflate ws',
    types: '@kubernetes/client-node',
  },
  // It closes what a story has opened, without a page.
  'e2e/server-terminals.ts': { imports: '#server/testing' },
  'e2e/clusters': { imports: '#e2e/kubernetes #e2e/images.ts node: yaml', types: '@kubernetes/client-node' },
  'e2e/kubernetes': { imports: '#e2e/clusters node:' },
  // These speak the protocol of the pages without a page.
  'e2e/parity': { imports: '#e2e/clusters #e2e/product.ts #lib/debug #server/testing node: ws yaml' },
  'e2e/load': { imports: '#e2e/product.ts #server/testing node:' },

  // Benches measure the product from outside, and some of its pieces alone.
  bench: {
    imports: `#e2e #lib/terminal #server/inspection #server/kubernetes #server/testing
      node: @playwright/test @lydell/node-pty @xterm socket.io-client ws`,
  },
  scripts: { imports: 'node: protobufjs typescript zod' },
  // It asks a released package that it has started for its pods.
  'scripts/release': { extends: 'scripts', imports: '#server/testing' },
  // It starts and ends the real cluster of the stories.
  'scripts/test-run': { imports: '#e2e/kubernetes node:' },
  '*': { imports: '#e2e node: @playwright/test' },
};
