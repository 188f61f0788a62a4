import { migrate } from '#platform/database/migrate.ts';
import { startCluster } from '#platform/embedded-postgres/cluster.ts';
import { ensureDatabase } from '#platform/embedded-postgres/database.ts';

/** Settings of the environment by which tests and generators find the cluster. */
interface TestCluster {
  readonly environment: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** A cluster of its own under ./var with the migrated template from which every test file copies its database. */
const startTestCluster = async (): Promise<TestCluster> => {
  const cluster = await startCluster({ dataDirectory: 'var/test', log: console.log });
  await ensureDatabase(cluster, 'yanxun_template');
  await migrate(cluster.url('yanxun_template'), 'migrations');
  return {
    environment: {
      YANXUN_TEST_CLUSTER: cluster.url('postgres'),
      DATABASE_URL: cluster.url('yanxun_template'),
    },
    stop: cluster.stop,
  };
};

/** Does something while the cluster runs, and stops it whatever comes of it. */
export const withTestCluster = async <Result>(
  work: (environment: Readonly<Record<string, string>>) => Promise<Result>,
): Promise<Result> => {
  const cluster = await startTestCluster();
  try {
    return await work(cluster.environment);
  } finally {
    await cluster.stop();
  }
};
