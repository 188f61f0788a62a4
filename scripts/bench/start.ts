import { join } from 'node:path';
import { startServer } from '../child-server.ts';
import { type BenchResult, median, rounded } from './measure.ts';
import { inTemporaryDirectory } from './temporary-directory.ts';

const warmRuns = 5;
const coldRuns = 2;

/** From the start of the process to the first page served whole, in seconds. */
const startToPage = async (demo: boolean, directory: string): Promise<number> => {
  const begun = performance.now();
  const server = await startServer({ demo, directory });
  try {
    const page = await fetch(server.url, { headers: { accept: 'text/html' } });
    const text = await page.text();
    if (!page.ok || !text.includes('id="root"')) throw new Error(`no page was served: ${page.status}`);
    return (performance.now() - begun) / 1000;
  } finally {
    await server.stop();
  }
};

/** Cold: an empty data directory. Warm: the same once more. The web app was built before. */
export const benchStart = (): Promise<BenchResult> =>
  inTemporaryDirectory(async (directory) => {
    const cold: number[] = [];
    for (let run = 0; run < coldRuns; run += 1)
      cold.push(await startToPage(false, join(directory, `first-${run}`)));
    const warm: number[] = [];
    for (let run = 0; run < warmRuns; run += 1)
      warm.push(await startToPage(false, join(directory, 'first-0')));
    const demoCold = await startToPage(true, join(directory, 'demo'));
    const demoWarm = await startToPage(true, join(directory, 'demo'));
    return {
      figures: {
        coldSeconds: rounded(median(cold)),
        coldSecondsSlowest: rounded(Math.max(...cold)),
        warmSeconds: rounded(median(warm)),
        warmSecondsSlowest: rounded(Math.max(...warm)),
        demoColdSeconds: rounded(demoCold),
        demoWarmSeconds: rounded(demoWarm),
      },
      ratios: {
        warmToCold: rounded(median(warm) / median(cold)),
        demoColdToCold: rounded(demoCold / median(cold)),
      },
    };
  });
