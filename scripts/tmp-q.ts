import pg from 'pg';
import { demoDatabaseUrl } from './bench/demo-database.ts';
const client = new pg.Client({ connectionString: await demoDatabaseUrl('/tmp/demo-var') });
await client.connect();
for (const q of process.argv.slice(2)) console.table((await client.query(q)).rows);
await client.end();
