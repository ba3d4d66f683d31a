import { down, up } from './cluster.ts';
import { ensureRequirements } from './requirements.ts';

const verb = process.argv[2];
if (verb === 'up') console.log(`KUBECONFIG=${await up()}`);
else if (verb === 'down') await down();
else if (verb === 'install') ensureRequirements();
else {
  console.error('usage: npm run cluster -- install|up|down');
  process.exit(2);
}
