/** `npm run generate`: writes the table types anew from the migrations. */
import { run } from './steps.ts';
import { startTestCluster } from './test-cluster.ts';

const cluster = await startTestCluster();
await run('kysely-codegen', ['--config-file', '.kysely-codegenrc.json'], cluster.environment).finally(
  cluster.stop,
);
