import type { ReactNode } from 'react';
import { formatBytes } from '#lib/format-bytes.ts';
import type { NamespaceObservation } from '#lib/namespaces/observation.ts';
import { namespacesOf } from '#lib/namespaces/of-process.ts';
import { areAllCapabilities, capabilityMeaning } from '#lib/processes/capabilities.ts';
import type { LiveProcess, ProcessDetail, Readable } from '#lib/processes/process-detail.ts';
import { stateWord } from '#lib/processes/state-words.ts';
import { Age } from '../ui/age.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';

interface FactsProps {
  process: LiveProcess;
  detail: ProcessDetail | undefined;
  startedAt: number;
}

export function Facts({ process, detail, startedAt }: FactsProps) {
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

export function Capabilities({ detail: { capabilities, noNewPrivileges, seccomp } }: { detail: ProcessDetail }) {
  return (
    <div className="space-y-2">
      {areAllCapabilities(capabilities) ? (
        <p>All: it is privileged, as root on the node.</p>
      ) : capabilities.length === 0 ? (
        <p>None: an ordinary user.</p>
      ) : (
        <ul aria-label="Effective capabilities" className="space-y-0.5">
          {capabilities.map((name) => (
            <li key={name}>
              <span className="font-mono text-xs">{name}</span>{' '}
              <span className="text-xs text-muted">{capabilityMeaning(name)}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="text-xs text-muted">
        {noNewPrivileges ? 'It can’t gain more (no_new_privs).' : 'A set-user-ID program could give it more.'}{' '}
        {seccomp === 'filter' && 'A seccomp filter limits its system calls.'}
        {seccomp === 'off' && 'No seccomp filter: all system calls are open to it.'}
      </p>
    </div>
  );
}

interface NamespacesProps {
  process: LiveProcess;
  observation: NamespaceObservation | undefined;
}

/** One more column of the matrix. */
export function Namespaces({ process, observation }: NamespacesProps) {
  return (
    <table className="w-full text-left">
      <tbody>
        {namespacesOf(process, observation).map(({ kind, inode, sharedWith }) => (
          <tr key={kind}>
            <th scope="row" className="py-0.5 pr-3 font-mono text-xs font-medium">
              {kind}
            </th>
            <td className="pr-3 text-xs text-muted tabular-nums">{inode ?? 'not readable'}</td>
            <td className="text-xs">
              {inode === undefined ? 'takes SYS_PTRACE' : sharedWith.length === 0 ? 'its own' : sharedWith.join(', ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function OpenFiles({ files }: { files: ProcessDetail['openFiles'] }) {
  if (files.kind === 'denied') return <p className="text-muted">Not readable. {files.why}</p>;
  const { files: all, isMore } = files.value;
  if (all.length === 0) return <p className="text-muted">None.</p>;
  return (
    <>
      <ScrollRegion label="File descriptors" className="max-h-48 overflow-auto">
        <ul aria-label="Open files">
          {all.map(({ fd, target }) => (
            <li key={fd} className="flex gap-2">
              <span className="w-8 shrink-0 text-right text-xs leading-5 text-muted tabular-nums">{fd}</span>
              <span className="min-w-0 font-mono text-xs leading-5 break-all">{target}</span>
            </li>
          ))}
        </ul>
      </ScrollRegion>
      {isMore && <p className="text-xs text-muted">and more; these are the first {all.length}</p>}
    </>
  );
}

export function Limits({ detail: { limits } }: { detail: ProcessDetail }) {
  return (
    <ScrollRegion label="Limits of resources" className="max-h-48 overflow-auto">
      <table className="w-full text-left text-xs">
        <thead className="text-muted">
          <tr>
            {['Limit', 'Soft', 'Hard', 'Unit'].map((name) => (
              <th key={name} scope="col" className="pr-3 font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {limits.map(({ name, soft, hard, unit }) => (
            <tr key={name}>
              <td className="py-0.5 pr-3 whitespace-nowrap">{name}</td>
              <td className="pr-3 tabular-nums">{soft}</td>
              <td className="pr-3 text-muted tabular-nums">{hard}</td>
              <td className="text-muted">{unit}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
