/** `npm run generate`: writes the table types anew from the migrations. */
import { run } from './steps.ts';
import { withTestCluster } from './test-cluster.ts';

await withTestCluster((environment) =>
  run('kysely-codegen', ['--config-file', '.kysely-codegenrc.json'], environment),
);
