import { join } from 'node:path';
import { openDatabase } from '#platform/database/database.ts';
import { urlsOfRunning } from '#platform/embedded-postgres/socket.ts';
import { startServer } from '../child-server.ts';
import type { BenchResult } from './measure.ts';
import { measureFinalising } from './observe-finalising.ts';
import { measureGrowth } from './observe-growth.ts';
import { inTemporaryDirectory } from './temporary-directory.ts';

/**
 * A busy district on one demonstration: first 200 observers who finish 500 records a minute between them, then
 * lists and ledgers while the observations grow from one term's to a hundred terms'.
 */
export const benchObserve = (): Promise<BenchResult> =>
  inTemporaryDirectory(async (directory) => {
    const server = await startServer({ demo: true, directory });
    const database = openDatabase(urlsOfRunning(join(directory, 'demo', 'postgres')).url('yanxun'), {
      connections: 10,
    });
    try {
      const finalising = await measureFinalising(server, database);
      const growth = await measureGrowth(server, database);
      return {
        figures: { ...finalising.figures, ...growth.figures },
        ratios: { ...finalising.ratios, ...growth.ratios },
      };
    } finally {
      await database.close();
      await server.stop();
    }
  });
