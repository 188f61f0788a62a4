import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const candidates = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const find = (): string | undefined =>
  candidates.find((path) => path !== undefined && path !== '' && existsSync(path));

const isDebianRoot = (): boolean => existsSync('/etc/debian_version') && process.getuid?.() === 0;

const installCommand = 'apt-get update && apt-get install -y chromium fonts-noto-cjk';

/** The machine's Chromium; installed from Debian's packages when root may do so, else the one command is named. */
export const requireChromium = (): string => {
  const found = find();
  if (found !== undefined) return found;
  if (isDebianRoot()) {
    console.log(`Chromium is missing; installing it: ${installCommand}`);
    execFileSync('sh', ['-c', installCommand], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    const installed = find();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    `The browser specs need Chromium. Install it with: sudo sh -c '${installCommand}'\n` +
      'or name an installed one: CHROMIUM_PATH=/path/to/chromium npm test',
  );
};

/** Flags under which Chromium runs in a container and asks nothing of the network. */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
