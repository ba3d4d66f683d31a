/** Next is the build tool here: the pages are exported as files and served by server/gateway/http/http-server.ts. */
export default {
  output: 'export',
  reactStrictMode: true,
  // Lint and types are checked by `npm run check`; the build must not do it a second time.
  typescript: { ignoreBuildErrors: true },
  productionBrowserSourceMaps: false,
  poweredByHeader: false,
};
