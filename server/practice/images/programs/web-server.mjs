// The application of image py-serv: a web server, the only program in its image.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { hostname } from 'node:os';

process.title = '/web';
writeFileSync('/proc/self/comm', 'web');
const server = createServer((_request, response) => response.end(`served by ${hostname()}\n`));
server.listen(80);
// The kernel ignores these signals for a PID 1 that does not handle them.
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
