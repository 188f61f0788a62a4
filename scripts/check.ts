/** `npm run check`: types, lint, format, boundaries, unused code, generated files fresh. */
import { checkSteps } from './check-steps.ts';
import { inSteps } from './steps.ts';
import { startTestCluster } from './test-cluster.ts';

const cluster = await startTestCluster();
const passed = await inSteps(checkSteps(cluster.environment)).finally(cluster.stop);
process.exitCode = passed ? 0 : 1;
