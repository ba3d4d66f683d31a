import type { ReactNode } from 'react';
import { formatBytes } from '#lib/format-bytes.ts';
import { formatEndpoint } from '#lib/network/address.ts';
import type { Owned, SocketOwner } from '#lib/network/pod-network.ts';
import type { InternetSocket, UnixSocket } from '#lib/network/sockets.ts';
import { containerName } from '../ui/container-name.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';

/** Show at most this many rows and count the rest. */
const maxRows = 500;

/** Sockets that wait for connections or packets. */
export function ListeningTable({ sockets }: { sockets: Owned<InternetSocket>[] }) {
  if (sockets.length === 0) return <Nothing>Nothing listens in this pod.</Nothing>;
  return (
    <SocketTable
      label="Listening sockets"
      heads={['Protocol', 'Address', 'Who can reach it', 'Process', 'Waiting']}
      rows={sockets.map((socket) => [
        socket.protocol,
        <Endpoint key="address" address={socket.localAddress} port={socket.localPort} />,
        <span key="reach" className="text-xs text-muted">
          {reachWords(socket.localAddress)}
        </span>,
        <Owners key="owners" socket={socket} />,
        <span key="queue" className="text-muted tabular-nums">
          {socket.receiveQueue}
        </span>,
      ])}
    />
  );
}

function reachWords(address: string): string {
  if (address === '0.0.0.0' || address === '::') return 'everybody who reaches the pod';
  if (address.startsWith('127.') || address === '::1') return 'only containers of this pod';
  return `who reaches ${address}`;
}

export function ConnectionTable({ sockets }: { sockets: Owned<InternetSocket>[] }) {
  if (sockets.length === 0) return <Nothing>No connections now.</Nothing>;
  return (
    <SocketTable
      label="Connections"
      heads={['Protocol', 'State', 'From here', 'To there', 'Process', 'Not yet read', 'Not yet taken']}
      rows={sockets.map((socket) => [
        socket.protocol,
        <span key="state" className="text-xs">
          {socket.state}
        </span>,
        <Endpoint key="local" address={socket.localAddress} port={socket.localPort} />,
        <Endpoint key="remote" address={socket.remoteAddress} port={socket.remotePort} />,
        <Owners key="owners" socket={socket} />,
        <Queue key="received" bytes={socket.receiveQueue} />,
        <Queue key="sent" bytes={socket.sendQueue} />,
      ])}
    />
  );
}

export function UnixTable({ sockets }: { sockets: Owned<UnixSocket>[] }) {
  return (
    <SocketTable
      label="Unix sockets"
      heads={['Kind', 'Path', '', 'Process']}
      rows={sockets.map((socket) => [
        socket.kind,
        <span key="path" className="font-mono text-xs break-all">
          {socket.path}
        </span>,
        <span key="listening" className="text-xs text-muted">
          {socket.isListening ? 'listening' : ''}
        </span>,
        <Owners key="owners" socket={socket} />,
      ])}
    />
  );
}

function Nothing({ children }: { children: ReactNode }) {
  return <p className="px-4 py-3 text-sm text-muted">{children}</p>;
}

interface SocketTableProps {
  label: string;
  heads: string[];
  rows: ReactNode[][];
}

function SocketTable({ label, heads, rows }: SocketTableProps) {
  return (
    <>
      <ScrollRegion label={label} className="max-h-96 overflow-auto">
        <table className="w-full border-collapse text-sm">
          <thead className="sticky top-0 bg-surface text-left text-xs text-muted">
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col" className="px-3 py-2 font-normal whitespace-nowrap sm:px-4">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, maxRows).map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: sockets may be alike in all that is shown
              <tr key={row} className="border-t border-line">
                {cells.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never change places
                  <td key={column} className="px-3 py-1.5 sm:px-4">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {rows.length > maxRows && (
        <p className="border-t border-line px-4 py-2 text-xs text-muted">
          and {(rows.length - maxRows).toLocaleString()} more
        </p>
      )}
    </>
  );
}

function Endpoint({ address, port }: { address: string; port: number }) {
  return <span className="font-mono text-xs whitespace-nowrap">{formatEndpoint(address, port)}</span>;
}

function Queue({ bytes }: { bytes: number }) {
  return <span className="text-muted tabular-nums">{bytes === 0 ? '0' : formatBytes(bytes)}</span>;
}

function Owners({ socket }: { socket: { inode: number; owners: SocketOwner[] } }) {
  if (socket.inode === 0) return <span className="text-xs text-muted">the kernel, closing it</span>;
  if (socket.owners.length === 0) {
    return (
      <span className="text-xs text-muted" title="A debugger with SYS_PTRACE that targets its container is shown it">
        none that may be read
      </span>
    );
  }
  return (
    <span className="text-xs">
      {socket.owners.map(({ name, pid, container }) => `${name} (${pid}) in ${containerName(container)}`).join(', ')}
    </span>
  );
}
