import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NamespaceMatrix } from './compare.ts';
import { toJsonReport, toMarkdown } from './report.ts';

const pod = { namespace: 'shop', name: 'web-1', uid: 'u', node: 'node-a' };
const predicted = { owner: 'pod', why: 'All join | the sandbox.', certain: true } as const;
const matrix: NamespaceMatrix = {
  columns: [
    { name: 'web', source: undefined },
    { name: 'debugger', source: undefined },
  ],
  rows: [
    {
      kind: 'net',
      surprises: [],
      cells: [
        { column: 'web', predicted, predictedGroup: 'A', observed: { kind: 'read', inode: 4026532, group: 'A' } },
        { column: 'debugger', predicted, predictedGroup: 'A', observed: { kind: 'pending' } },
      ],
    },
  ],
};
const observation = { at: Date.UTC(2026, 0, 2, 3, 4, 5), nodeStartedAt: 0, containers: {}, processes: [], unlisted: 0 };

test('Markdown has a row for each kind, with what was read and what is only a rule', () => {
  const text = toMarkdown(pod, matrix, observation);
  assert.match(text, /^# Namespaces of shop\/web-1\n/);
  assert.match(text, /On node node-a, read 2026-01-02T03:04:05\.000Z\./);
  assert.match(text, /^\| kind \| web \| debugger \| who shares, and why \|$/m);
  assert.match(text, /^\| net \| A 4026532 \| \(A\) \| .*All join \\\| the sandbox\. \|$/m);
  assert.match(toMarkdown(pod, matrix, undefined), /not read/);
});

test('JSON has the same, and says whose it is', () => {
  const report = JSON.parse(toJsonReport(pod, matrix, observation));
  assert.deepEqual(report.pod, pod);
  assert.equal(report.readAt, observation.at);
  assert.equal(report.matrix.rows[0].cells[0].observed.inode, 4026532);
  assert.equal(JSON.parse(toJsonReport({ ...pod, node: undefined }, matrix, undefined)).pod.node, null);
});
