import { areAllCapabilities, capabilityMeaning } from '#lib/processes/capabilities.ts';
import type { ProcessDetail } from '#lib/processes/process-detail.ts';

/** What the kernel lets a process do, and what could give it more. */
export function ProcessCapabilities({ detail }: { detail: ProcessDetail }) {
  const { capabilities, noNewPrivileges, seccomp } = detail;
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
