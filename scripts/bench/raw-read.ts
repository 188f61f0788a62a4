/** `node raw-read.ts FILE`: reads every row of a sheet and does nothing with it; prints the number of rows. */
import { createReadStream } from 'node:fs';
import { readTables } from '#platform/spreadsheet/read-tables.ts';
