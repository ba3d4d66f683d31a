import type { PodNetwork } from '#lib/network/pod-network.ts';
import { Section } from '../ui/section.tsx';
import { ConnectionTable, ListeningTable, UnixTable } from './socket-tables.tsx';

/** The sockets of the pod: those that wait, those that are connected, and Unix sockets with a path. */
export function SocketSections({ network: { sockets, unixSockets } }: { network: PodNetwork }) {
  const listening = sockets.filter(
    ({ protocol, state }) => state === 'LISTEN' || (/udp/.test(protocol) && state === 'UNCONN'),
  );
  const connections = sockets.filter((socket) => !listening.includes(socket));
  // Unix sockets without a path are pairs that processes made for themselves: nothing else can reach them.
  const named = unixSockets.filter(({ path }) => path !== '');
  return (
    <>
      <Section title="Listening" count={listening.length}>
        <ListeningTable sockets={listening} />
      </Section>
      <Section title="Connections" count={connections.length}>
        <ConnectionTable sockets={connections} />
      </Section>
      {named.length > 0 && (
        <Section title="Unix sockets" count={named.length}>
          <UnixTable sockets={named} />
        </Section>
      )}
    </>
  );
}
