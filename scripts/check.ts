/** `npm run check`: types, lint, format, boundaries, unused code, generated files fresh. */
import { checkSteps } from './check-steps.ts';
import { inSteps } from './steps.ts';
import { withTestCluster } from './test-cluster.ts';

const passed = await withTestCluster((environment) => inSteps(checkSteps(environment)));
process.exitCode = passed ? 0 : 1;
