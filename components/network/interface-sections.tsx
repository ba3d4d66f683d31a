import { formatBytes } from '#lib/format-bytes.ts';
import type { PodNetwork } from '#lib/network/pod-network.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { Section } from '../ui/section.tsx';

/** How packets leave the pod, and how it finds addresses: its interfaces, routes and names. */
export function InterfaceSections({ network }: { network: PodNetwork }) {
  return (
    <>
      <Interfaces interfaces={network.interfaces} />
      <Routes routes={network.routes} />
      <Section title="Names">
        <div className="grid gap-4 p-3 sm:px-4 md:grid-cols-2">
          <TextFile name="/etc/resolv.conf" text={network.resolver} />
          <TextFile name="/etc/hosts" text={network.hosts} />
        </div>
      </Section>
    </>
  );
}

const columns = ['Name', 'Addresses', 'Received', 'Sent', 'Errors', 'Dropped'];

function Interfaces({ interfaces }: Pick<PodNetwork, 'interfaces'>) {
  return (
    <Section title="Interfaces" count={interfaces.length}>
      <ScrollRegion label="Interfaces" className="overflow-x-auto">
        <table className="w-full border-collapse text-sm">
          <thead className="text-left text-xs text-muted">
            <tr>
              {columns.map((name) => (
                <th key={name} scope="col" className="px-3 py-2 font-normal sm:px-4">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {interfaces.map((one) => (
              <tr key={one.name} className="border-t border-line">
                <td className="px-3 py-1.5 font-mono text-xs sm:px-4">{one.name}</td>
                <td className="px-3 py-1.5 font-mono text-xs sm:px-4">{one.addresses.join('  ') || 'none'}</td>
                <td className="px-3 py-1.5 whitespace-nowrap text-muted tabular-nums sm:px-4">
                  {formatBytes(one.receivedBytes)}, {one.receivedPackets.toLocaleString()} packets
                </td>
                <td className="px-3 py-1.5 whitespace-nowrap text-muted tabular-nums sm:px-4">
                  {formatBytes(one.sentBytes)}, {one.sentPackets.toLocaleString()} packets
                </td>
                <td className="px-3 py-1.5 text-muted tabular-nums sm:px-4">{one.errors.toLocaleString()}</td>
                <td className="px-3 py-1.5 text-muted tabular-nums sm:px-4">{one.drops.toLocaleString()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Section>
  );
}

function Routes({ routes }: Pick<PodNetwork, 'routes'>) {
  return (
    <Section title="Routes" count={routes.length}>
      <ul className="divide-y divide-line text-sm">
        {routes.map(({ destination, gateway, interface: name, metric }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two routes may be alike
          <li key={index} className="flex flex-wrap gap-x-3 px-3 py-1.5 sm:px-4">
            <span className="min-w-48 font-mono text-xs leading-5">{destination}</span>
            <span className="text-xs leading-5 text-muted">
              {gateway === undefined ? 'on the link' : `via ${gateway}`}, {name}
              {metric > 0 && `, metric ${metric}`}
            </span>
          </li>
        ))}
        {routes.length === 0 && (
          <li className="px-4 py-2 text-muted">None: nothing beyond localhost can be reached.</li>
        )}
      </ul>
    </Section>
  );
}

function TextFile({ name, text }: { name: string; text: string }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1 font-mono text-xs text-muted">{name}</h3>
      <ScrollRegion label={name} className="max-h-48 overflow-auto rounded-md border border-line bg-raised p-2">
        <pre className="font-mono text-xs leading-5">{text || '(empty)'}</pre>
      </ScrollRegion>
    </div>
  );
}
