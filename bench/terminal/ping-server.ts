// Holds sockets open and asks each for a sign of life, as the product does.
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const pingIntervalMs = 15_000;
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('listening', () => console.log((server.address() as AddressInfo).port));
server.on('connection', (socket) => void setInterval(() => socket.ping(), pingIntervalMs));
