// The application of image nginx: a master with workers, like nginx itself. On HUP the master reads its configuration
// again and starts new workers. The old workers end when the new ones serve.
import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const configuration = '/etc/nginx/nginx.conf';

function read() {
  const text = readFileSync(configuration, 'utf8');
  const number = (name, fallback) => Number(new RegExp(`^\\s*${name}\\s+(\\d+)`, 'm').exec(text)?.[1] ?? fallback);
  return { workers: number('worker_processes', 1), port: number('listen', 80) };
}

if (cluster.isPrimary) {
  process.title = 'nginx: master process /usr/sbin/nginx -c /etc/nginx/nginx.conf';
  let current = new Set();
  const start = () => {
    const { workers, port } = read();
    const old = current;
    current = new Set(Array.from({ length: workers }, () => cluster.fork({ PORT: String(port) })));
    let missing = workers;
    for (const worker of current) {
      worker.once('listening', () => {
        missing -= 1;
        if (missing === 0) for (const one of old) one.process.kill('SIGTERM');
      });
    }
  };
  cluster.on('exit', (worker) => {
    // Only workers that end unasked are replaced.
    if (current.delete(worker)) current.add(cluster.fork({ PORT: String(read().port) }));
  });
  process.on('SIGHUP', () => {
    try {
      start();
    } catch (error) {
      console.error(`[emerg] ${configuration}: ${error.message}`);
    }
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT']) {
    process.on(signal, () => {
      for (const worker of current) worker.process.kill('SIGKILL');
      process.exit(0);
    });
  }
  start();
} else {
  process.title = 'nginx: worker process';
  createServer((_request, response) => {
    response.setHeader('Server', 'nginx');
    response.end('<!DOCTYPE html><title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>\n');
  }).listen(Number(process.env.PORT));
  // Workers ignore these signals, because the master acts on them for all.
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGQUIT']) process.on(signal, () => {});
  process.on('SIGTERM', () => process.exit(0));
}
