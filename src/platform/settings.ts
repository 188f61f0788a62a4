import { resolve } from 'node:path';

/** Settings of one running process, read once from the environment. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** An external PostgreSQL (15+); `null` starts the embedded one under `dataDirectory`. */
  readonly databaseUrl: string | null;
  readonly dataDirectory: string;
  /** The address people type, when it differs from host and port; `https:` turns Secure cookies on. */
  readonly publicUrl: string | null;
  /** How many reverse proxies in front may be believed about the caller's address. */
  readonly trustedProxies: number;
  /** The program that makes PDF of Office files; `null`: LibreOffice where the machine has it; `none`: no program. */
  readonly converter: string | null;
  readonly demo: boolean;
}

const toPort = (text: string | undefined, fallback: number): number => {
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT 应是 0 到 65535 之间的整数，现在是“${text}”。`);
  return port;
};

export const readSettings = (
  environment: Readonly<Record<string, string | undefined>>,
  options: { demo: boolean },
): Settings => {
  const directory = resolve(environment['YANXUN_VAR'] ?? 'var');
  return {
    host: environment['HOST'] ?? '127.0.0.1',
    port: toPort(environment['PORT'], options.demo ? 3100 : 3000),
    databaseUrl: options.demo ? null : environment['DATABASE_URL'] || null,
    dataDirectory: options.demo ? resolve(directory, 'demo') : directory,
    publicUrl: environment['PUBLIC_URL'] || null,
    trustedProxies: Number(environment['TRUSTED_PROXIES'] ?? 0),
    converter: environment['YANXUN_SOFFICE'] || null,
    demo: options.demo,
  };
};
