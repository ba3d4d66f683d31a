// Runs in a network namespace and connects there on behalf of the practice cluster, which is in another. Each
// connection to the given socket begins with a line of JSON, [host, port]. The answer is a line: ok, or the error.
import { createConnection, createServer } from 'node:net';

const [path] = process.argv.slice(2);
/** An idle relay ends after this time, because a process costs 40 MB. */
const idleMs = 30_000;
let open = 0;
let idle = setTimeout(() => process.exit(0), idleMs);

createServer({ allowHalfOpen: true }, (client) => {
  clearTimeout(idle);
  open += 1;
  client.on('error', () => client.destroy());
  client.once('close', () => {
    open -= 1;
    if (open === 0) idle = setTimeout(() => process.exit(0), idleMs);
  });
  let head = Buffer.alloc(0);
  client.on('data', function read(chunk) {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf(10);
    if (end === -1) return;
    client.off('data', read);
    client.pause();
    const [host, port] = JSON.parse(head.toString('utf8', 0, end));
    const target = createConnection({ host, port, allowHalfOpen: true });
    const refuse = (error) => client.end(`${error.message}\n`);
    target.once('error', refuse);
    target.once('connect', () => {
      target.off('error', refuse);
      target.on('error', () => client.destroy());
      client.on('close', () => target.destroy());
      client.write('ok\n');
      target.write(head.subarray(end + 1));
      client.pipe(target);
      target.pipe(client);
    });
  });
}).listen(path, () => process.stdout.write('ready\n'));
// The owner has gone.
process.stdin.on('end', () => process.exit(0)).resume();
