import { formatEndpoint } from '../network/address.ts';
import type { PodNetwork } from '../network/pod-network.ts';
import { commandOf, type ObservedProcess } from '../processes/observed-process.ts';
import { toTree } from '../processes/tree.ts';

/** Processes as `ps` would print them, each with its container. */
export function toProcessText(processes: ObservedProcess[]): string {
  const rows = toTree(processes).map(({ process, depth }) => [
    String(process.pid),
    String(process.ppid),
    String(process.uid),
    process.state,
    process.residentKiB === undefined ? '-' : String(process.residentKiB),
    process.container ?? '-',
    `${'  '.repeat(depth)}${oneLine(commandOf(process))}`,
  ]);
  return toColumns(['PID', 'PPID', 'UID', 'S', 'RSS-KiB', 'CONTAINER', 'COMMAND'], rows);
}

/** Sockets, interfaces and routes, as tables. */
export function toNetworkText({ sockets, interfaces, routes, resolver }: PodNetwork): string {
  const socketRows = sockets.map((socket) => [
    socket.protocol,
    socket.state,
    formatEndpoint(socket.localAddress, socket.localPort),
    formatEndpoint(socket.remoteAddress, socket.remotePort),
    socket.owners.map(({ name, pid, container }) => `${oneLine(name)}/${pid}/${container ?? '-'}`).join(',') || '-',
  ]);
  return [
    toColumns(['PROTOCOL', 'STATE', 'LOCAL', 'REMOTE', 'PROCESS'], socketRows),
    toColumns(
      ['INTERFACE', 'ADDRESSES', 'RECEIVED', 'SENT'],
      interfaces.map((one) => [
        one.name,
        one.addresses.join(',') || '-',
        String(one.receivedBytes),
        String(one.sentBytes),
      ]),
    ),
    toColumns(
      ['DESTINATION', 'GATEWAY', 'INTERFACE'],
      routes.map((route) => [route.destination, route.gateway ?? '-', route.interface]),
    ),
    `${resolver}\n`,
  ].join('\n');
}

/** The last column is as long as it is. */
function toColumns(heads: string[], rows: string[][]): string {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const toLine = (cells: string[]) =>
    cells.map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ');
  return `${[heads, ...rows].map(toLine).join('\n')}\n`;
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
