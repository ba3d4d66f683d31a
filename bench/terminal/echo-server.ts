import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

// Sends back what it gets: the least that another process between two ends costs. Prints its port.
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => socket.on('message', (message) => socket.send(message)));
server.on('listening', () => console.log((server.address() as AddressInfo).port));
