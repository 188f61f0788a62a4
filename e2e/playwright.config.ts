import { defineConfig } from '@playwright/test';
import { chromiumFlags, requireChromium } from '../scripts/chromium.ts';
import { nameInTheLan } from './support.ts';

/** Run by `npm run e2e`, which starts the servers and names them in the environment. */
export default defineConfig({
  outputDir: '../var/e2e',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 180_000,
  reporter: [['list']],
  use: {
    baseURL: process.env['YANXUN_E2E_DEMO_URL'] ?? '',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    trace: 'off',
    screenshot: 'only-on-failure',
    // Files kept for work without a network belong to the spec that is about them.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: requireChromium(),
      args: [...chromiumFlags, `--host-resolver-rules=MAP ${nameInTheLan} 127.0.0.1`],
    },
  },
});
