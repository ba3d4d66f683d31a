/** Where the practice cluster answers differently on purpose. Each has its reason, which is printed. */
export interface KnownDifference {
  question?: RegExp;
  path: RegExp;
  why: string;
}

export const knownDifferences: KnownDifference[] = [
  {
    question: /^list of kinds/,
    path: /^body\.resources\[[^.]*\]$/,
    why: 'kinds and subresources that nothing in the dashboard or its stories needs are left out',
  },
  {
    path: /\.volumeMounts(\[kube-api-access-\w+\])?$|\.spec\.volumes(\[kube-api-access-\w+\])?$/,
    why: 'no token of the service account is mounted: a practice container has no API server within its reach',
  },
  {
    path: /columnDefinitions\[.*\]\.description$/,
    why: 'the columns of tables carry no descriptions: no client shows them',
  },
  {
    path: /endpoints\.kubernetes\.io\/last-change-trigger-time|items\[0\]\.metadata\.(annotations|generation)$|object\.metadata\.(annotations|generation)$/,
    question: /EndpointSlice/,
    why: 'EndpointSlices are not stamped with the change that made them',
  },
  { path: /items\[MissingClusterDNS\]/, why: 'the kubelet of the tests warns that it was given no DNS server' },
  { path: /items\[FailedScheduling \d+\]/, why: 'the scheduler tries again now and then, and says so again' },
  {
    question: /^events of a pod$/,
    path: /items\[(Pulling\]|Pulled\]\.message)$/,
    why: 'an image is pulled for the first pod that asks for it, which one is not known; the real node was given all images before',
  },
  {
    question: /selector that is none|a body that is not JSON/,
    path: /^body\.message$/,
    why: 'what can’t be parsed is refused in the words of another parser',
  },
  {
    question: /watch’s first events/,
    path: /./,
    why: 'sendInitialEvents works, while Kubernetes 1.33 has it behind a feature gate that is off',
  },
  {
    question: /patch, dry run: with the wrong type/,
    path: /./,
    why: 'a patch with a wrong type is refused as an object with one is: 400, not 422',
  },
  {
    question: /what can’t change|the debugger, otherwise/,
    path: /message$/,
    why: 'the refusal of a change does not end with a diff of two Go structs',
  },
  { question: /who one is/, path: /userInfo\.extra$/, why: 'tokens of service accounts have no id' },
];
