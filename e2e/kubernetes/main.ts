import { down, leftovers, up } from './cluster.ts';
import { ensureRequirements } from './requirements.ts';

const verb = process.argv[2];
if (verb === 'up') console.log(`KUBECONFIG=${await up()}`);
else if (verb === 'down') await downWhole();
else if (verb === 'install') ensureRequirements();
else {
  console.error('usage: npm run cluster -- install|up|down');
  process.exit(2);
}

async function downWhole(): Promise<void> {
  await down();
  const left = leftovers();
  if (left.length === 0) return;
  console.error(`The cluster left behind:\n${left.join('\n')}`);
  process.exit(1);
}
