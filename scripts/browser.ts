import { type Browser, type BrowserContext, chromium } from '@playwright/test';
import { chromiumFlags, requireChromium } from './chromium.ts';

/** The machine's own Chromium, without a window; closed whatever happens. */
export const withBrowser = async <Result>(work: (browser: Browser) => Promise<Result>): Promise<Result> => {
  const browser = await chromium.launch({ executablePath: requireChromium(), args: [...chromiumFlags] });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
};

export const phoneScreen = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;
export const deskScreen = { viewport: { width: 1440, height: 900 } } as const;

/** A browser profile of its own, holding the session behind `cookie`. */
export const contextWith = async (
  browser: Browser,
  screen: typeof phoneScreen | typeof deskScreen,
  session: { readonly url: string; readonly cookie: string },
  deviceScaleFactor = 1,
): Promise<BrowserContext> => {
  const context = await browser.newContext({
    ...screen,
    deviceScaleFactor,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const [name = '', value = ''] = session.cookie.split('=', 2);
  await context.addCookies([{ name, value, url: session.url, httpOnly: true, sameSite: 'Lax' }]);
  return context;
};
