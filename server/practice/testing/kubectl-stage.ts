import { readFileSync } from 'node:fs';
import { type PracticeKubectl, startPracticeWithKubectl } from './practice-kubectl.ts';

const manifests = readFileSync(new URL('../workloads/demo.yaml', import.meta.url), 'utf8');

/** The demo's cluster, and a kubectl of one version. */
export interface Stage extends PracticeKubectl {
  program: string;
  /** kubectl in the namespace of the demo. */
  shop(...words: string[]): Promise<string>;
  /** A pod without a shell. */
  webName: string;
}

/** Starts the demo, and waits until its workloads are in the state that the tests expect. */
export async function startStage(program: string): Promise<Stage> {
  const practice = await startPracticeWithKubectl(manifests, program);
  await using stack = new AsyncDisposableStack();
  stack.use(practice);
  const shop = (...words: string[]) => practice.kubectl('-n', 'shop', ...words);
  const crashes = '.status.containerStatuses[0].state.waiting.reason';
  await shop('wait', '--for=condition=Available', 'deployment/py-serv', '--timeout=20s');
  await shop('wait', '--for=condition=Ready', 'pod/nginx', '--timeout=20s');
  await shop('wait', '--for=jsonpath={.status.phase}=Succeeded', 'pod/finished', '--timeout=20s');
  await shop('wait', `--for=jsonpath={${crashes}}=CrashLoopBackOff`, 'pod/crashing', '--timeout=20s');
  const [web = ''] = (await shop('get', 'pods', '-l', 'app=py-serv', '-o', 'name')).split('\n');
  // Everything is ready, so the caller owns the cluster now.
  stack.move();
  return { ...practice, program, shop, webName: web.replace('pod/', '') };
}
