import { down, up } from './cluster.ts';

const verb = process.argv[2];
if (verb === 'up') console.log(`KUBECONFIG=${await up()}`);
else if (verb === 'down') await down();
else {
  console.error('usage: npm run cluster -- up|down');
  process.exit(2);
}
