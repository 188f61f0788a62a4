/** `npm run e2e [-- file …]`: the browser specs alone. */
import { browserSpecs } from './browser-specs.ts';

process.exitCode = (await browserSpecs(process.argv.slice(2))) ? 0 : 1;
