import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fchmodSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { applicationUserName } from './server-user.ts';

export const superuser = 'postgres';
export const ownerRole = 'yanxun';
export const port = 5432;

const settingsFile = 'yanxun.conf';

/**
 * Given on the command line, where neither a file nor ALTER SYSTEM can change them: durable writes,
 * and no way in but the socket.
 */
export function fixedSettings(dataDirectory: string, socketDirectory: string): string[] {
  const fixed = {
    config_file: join(dataDirectory, settingsFile),
    listen_addresses: '',
    port,
    unix_socket_directories: socketDirectory,
    unix_socket_permissions: '0700',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
  };
  return Object.entries(fixed).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Written anew at every start, so that they follow the machine and the user the application runs as. */
export function writeSettings(dataDirectory: string, binaries: Binaries): void {
  replace(join(dataDirectory, settingsFile), renderSettings(binaries));
  replace(join(dataDirectory, 'pg_hba.conf'), 'local all all peer map=yanxun\n');
  replace(
    join(dataDirectory, 'pg_ident.conf'),
    `yanxun "${applicationUserName().replaceAll('"', '""')}" all\n`,
  );
}

function renderSettings(binaries: Binaries): string {
  const megabytes = Math.min(totalmem(), process.constrainedMemory() || Infinity) / 2 ** 20;
  const hasStatements = ['so', 'dylib'].some((ending) =>
    existsSync(join(binaries.home, 'lib', 'postgresql', `pg_stat_statements.${ending}`)),
  );
  const settings = {
    shared_buffers: `${within(64, megabytes / 8, 1024)}MB`,
    effective_cache_size: `${within(256, megabytes / 2, 16_384)}MB`,
    work_mem: `${within(4, megabytes / 256, 32)}MB`,
    maintenance_work_mem: `${within(32, megabytes / 32, 256)}MB`,
    max_connections: 80,
    max_wal_size: '1GB',
    wal_compression: 'on',
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    shared_preload_libraries: hasStatements ? 'pg_stat_statements' : '',
    logging_collector: 'on',
    log_directory: 'log',
    log_filename: 'postgresql-%a.log',
    log_rotation_age: '1d',
    log_truncate_on_rotation: 'on',
    log_min_duration_statement: '2s',
    log_parameter_max_length: 0,
    log_lock_waits: 'on',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  return [
    '# Written anew at every start. To change a setting for good: ALTER SYSTEM SET …',
    "include 'postgresql.conf'",
    ...lines,
    '',
  ].join('\n');
}

function within(least: number, value: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), most));
}

/**
 * Readable whatever the umask, and never written through a link that the server's user, who is less
 * trusted than root, may have put there.
 */
function replace(path: string, content: string): void {
  const draft = `${path}.${randomUUID()}`;
  const handle = openSync(draft, 'wx');
  writeFileSync(handle, content);
  fchmodSync(handle, 0o644);
  closeSync(handle);
  renameSync(draft, path);
}
