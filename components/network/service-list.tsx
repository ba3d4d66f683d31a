import type { SelectingService } from '#lib/network/pod-network.ts';
import { useAnswer } from '../connection/use-answer.ts';
import type { PodLink } from '../links/pod-links.ts';
import { ErrorNotice } from '../ui/notice.tsx';
import { Section } from '../ui/section.tsx';
import { StatusText } from '../ui/status-text.tsx';

/** The Services that select the pod, and whether each leads to it. */
export function ServiceList({ link }: { link: PodLink }) {
  const { value, error } = useAnswer('pod:services', link);
  const problem = error ?? (value?.kind === 'denied' ? value.error : undefined);
  const services = value?.kind === 'read' ? value.services : [];
  return (
    <Section title="Services" count={value?.kind === 'read' ? services.length : undefined}>
      {problem ? (
        <div className="p-3 sm:px-4">
          <ErrorNotice error={problem} title="The Services could not be read" />
        </div>
      ) : (
        <ul className="divide-y divide-line">
          {services.map((service) => (
            <ServiceItem key={service.name} service={service} />
          ))}
          {value !== undefined && services.length === 0 && (
            <li className="px-4 py-3 text-sm text-muted">
              No Service of this namespace selects this pod by its labels.
            </li>
          )}
        </ul>
      )}
    </Section>
  );
}

function ServiceItem({
  service: { name, type, clusterIP, ports, state, readyEndpoints },
}: {
  service: SelectingService;
}) {
  return (
    <li aria-label={name} className="flex flex-wrap gap-x-4 gap-y-1 px-3 py-2.5 text-sm sm:px-4">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium break-all">{name}</p>
        <p className="text-xs text-muted">
          {type}, {clusterIP ?? 'no address of its own'}; leads to {readyEndpoints}{' '}
          {readyEndpoints === 1 ? 'pod' : 'pods'}
        </p>
      </div>
      <ul className="min-w-0 basis-56 font-mono text-xs leading-5">
        {ports.map(({ name: portName, protocol, port, target, nodePort }) => (
          <li key={`${protocol} ${port}`}>
            {port}/{protocol} → {target}
            <span className="text-muted">
              {portName && ` ${portName}`}
              {nodePort !== undefined && `, node port ${nodePort}`}
            </span>
          </li>
        ))}
      </ul>
      <div className="min-w-0 basis-64">
        <StatusText
          level={state.kind === 'in' ? 'ok' : 'problem'}
          status={state.kind === 'in' ? 'leads here' : 'does not lead here'}
        />
        {state.kind === 'out' && <p className="text-xs text-muted">{state.why}</p>}
      </div>
    </li>
  );
}
