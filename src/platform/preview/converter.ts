import { accessSync, constants } from 'node:fs';
import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { JobFailed } from '#platform/jobs/worker.ts';
import { type ChildLimits, type ChildOutcome, runLimited } from './limited-child.ts';

const converterLimits: ChildLimits = { seconds: 180, megabytes: 4_096, fileMegabytes: 300 };
const rendererLimits: ChildLimits = { seconds: 30, megabytes: 4_096, fileMegabytes: 20 };
/** Of a file that is converted, or drawn. */
const largestSource = 200 * 2 ** 20;

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * The program that turns Office files into PDF: the one that was set, none where `none` was set, else LibreOffice where
 * the machine has it; null where there is none.
 */
export const findConverter = (setting: string | null, path = process.env['PATH'] ?? ''): string | null => {
  if (setting === 'none') return null;
  const candidates =
    setting === null
      ? path
          .split(delimiter)
          .filter((folder) => folder !== '')
          .flatMap((folder) => ['soffice', 'libreoffice'].map((name) => join(folder, name)))
      : [setting];
  return candidates.find(isProgram) ?? null;
};

/** No macros, no updates of links, and a proxy that is nobody: also where the system cannot withhold the network. */
const profileSettings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
${[
  ['/org.openoffice.Office.Common/Security/Scripting', 'MacroSecurityLevel', '3'],
  ['/org.openoffice.Office.Common/Security/Scripting', 'DisableMacrosExecution', 'true'],
  ['/org.openoffice.Office.Common/Security/Scripting', 'DisableActiveContent', 'true'],
  ['/org.openoffice.Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', 'true'],
  ['/org.openoffice.Office.Writer/Content/Update', 'Link', '0'],
  ['/org.openoffice.Office.Calc/Content/Update', 'Link', '1'],
  ['/org.openoffice.Inet/Settings', 'ooInetProxyType', '2'],
  ['/org.openoffice.Inet/Settings', 'ooInetHTTPProxyName', '127.0.0.1'],
  ['/org.openoffice.Inet/Settings', 'ooInetHTTPProxyPort', '9'],
  ['/org.openoffice.Inet/Settings', 'ooInetHTTPSProxyName', '127.0.0.1'],
  ['/org.openoffice.Inet/Settings', 'ooInetHTTPSProxyPort', '9'],
]
  .map(
    ([path, name, value]) =>
      `<item oor:path="${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`,
  )
  .join('\n')}
</oor:items>
`;

export interface Work {
  /** Of the work alone, empty at first. */
  readonly folder: string;
  readonly source: string;
  readonly signal: AbortSignal;
}

const sizeAt = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.size ?? 0;

/** The result's path, or the reason why there is none. */
const resultOf = async (outcome: ChildOutcome, path: string): Promise<string> => {
  if (outcome.kind === 'timeout') throw new JobFailed('timeout');
  if (outcome.code !== 0 || (await sizeAt(path)) === 0)
    throw new JobFailed('broken', `it ended with ${outcome.code}`);
  return path;
};

/** The pages of an Office file as a PDF; gives its path in the folder. */
export const convertToPdf = async (
  converter: string,
  ending: string,
  { folder, source, signal }: Work,
  limits: ChildLimits = converterLimits,
): Promise<string> => {
  if ((await sizeAt(source)) > largestSource) throw new JobFailed('too-large');
  const profile = join(folder, 'profile');
  const result = join(folder, 'out');
  await mkdir(join(profile, 'user'), { recursive: true });
  await mkdir(result);
  await writeFile(join(profile, 'user', 'registrymodifications.xcu'), profileSettings);
  const name = ending === '' ? 'source' : `source.${ending}`;
  await copyFile(source, join(folder, name));
  const outcome = await runLimited({
    ...limits,
    folder,
    signal,
    command: [
      converter,
      '--headless',
      '--norestore',
      '--nolockcheck',
      '--nodefault',
      `-env:UserInstallation=${pathToFileURL(profile).href}`,
      '--convert-to',
      'pdf',
      '--outdir',
      result,
      join(folder, name),
    ],
  });
  return resultOf(outcome, join(result, 'source.pdf'));
};

/** The first page of a PDF as a small PNG; gives its path in the folder. */
export const drawFirstPage = async ({ folder, source, signal }: Work): Promise<string> => {
  if ((await sizeAt(source)) > largestSource) throw new JobFailed('too-large');
  const result = join(folder, 'page.png');
  const outcome = await runLimited({
    ...rendererLimits,
    folder,
    signal,
    command: [
      process.execPath,
      '--disable-wasm-trap-handler',
      '--max-old-space-size=512',
      fileURLToPath(new URL('./render-page.ts', import.meta.url)),
      source,
      result,
    ],
  });
  return resultOf(outcome, result);
};
