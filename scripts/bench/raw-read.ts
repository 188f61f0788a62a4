/** `node raw-read.ts FILE`: reads every row of a table file and does nothing with it. */
import { readTablesAt } from '#platform/spreadsheet/read-tables.ts';

const [, , path] = process.argv;
if (path === undefined) throw new Error('usage: raw-read.ts FILE');
let rows = 0;
for await (const _ of readTablesAt(path)) rows += 1;
console.log(JSON.stringify({ rows }));
