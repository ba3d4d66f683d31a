import type { ReactNode } from 'react';
import { formatBytes } from '#lib/format-bytes.ts';
import type { LiveProcess, ProcessDetail, Readable } from '#lib/processes/process-detail.ts';
import { stateWord } from '#lib/processes/state-words.ts';
import { Age } from '../ui/age.tsx';

export interface ProcessFactsProps {
  process: LiveProcess;
  detail: ProcessDetail | undefined;
  startedAt: number;
}

export function ProcessFacts({ process, detail, startedAt }: ProcessFactsProps) {
  const { state, ppid, threads, residentKiB, cpuPercent, cpuTicks, uid, innerPids } = process;
  const [real = uid, effective = real] = detail?.uids ?? [];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
      <Fact name="State">{stateWord(state)}</Fact>
      <Fact name="Parent">{ppid === 0 ? 'outside of its pid namespace' : ppid}</Fact>
      {innerPids.length > 0 && <Fact name="Pid inside">{innerPids.join(', then ')}</Fact>}
      <Fact name="User">
        {userWord(real)}
        {effective !== real && `, acts as ${userWord(effective)}`}
        {detail && detail.gids[0] !== undefined && `, group ${detail.gids[0]}`}
      </Fact>
      <Fact name="CPU">
        {cpuPercent === undefined ? '…' : `${cpuPercent.toFixed(1)} % now`}, {(cpuTicks / 100).toFixed(2)} s in all
      </Fact>
      <Fact name="Memory">{residentKiB === undefined ? 'none of its own' : formatBytes(residentKiB * 1024)}</Fact>
      <Fact name="Threads">{threads}</Fact>
      <Fact name="Running for">
        <Age at={startedAt} />
      </Fact>
      {detail && (
        <>
          <Fact name="Program">
            <Shown of={detail.executable} />
          </Fact>
          <Fact name="Folder">
            <Shown of={detail.workingFolder} />
          </Fact>
          <Fact name="Cgroup">
            <span className="font-mono text-xs">{detail.cgroups.at(-1)?.replace(/^\d+:[^:]*:/, '') ?? 'none'}</span>
          </Fact>
        </>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-xs leading-5 text-muted">{name}</dt>
      <dd className="min-w-0 break-all">{children}</dd>
    </>
  );
}

function userWord(uid: number): string {
  return uid === 0 ? 'root' : String(uid);
}

function Shown({ of }: { of: Readable<string> }) {
  if (of.kind === 'read') return <span className="font-mono text-xs">{of.value}</span>;
  return <span className="text-muted">not readable. {of.why}</span>;
}
