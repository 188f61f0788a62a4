import { expect, test } from '@playwright/test';
import { demoRoles } from '../src/modules/accounts/demo-sign-in/contract.ts';
import {
  collectFaults,
  expectSound,
  expectToFit,
  openPage,
  pagesInNavigation,
  phone,
  signInAs,
} from './support.ts';

/** Between them they see every page there is; the other roles' pages are the same with less on them. */
const seeEverything = ['principal', 'research-officer', 'leading-group', 'system', 'security', 'audit'];

for (const [width, setup] of [
  ['phone', phone],
  ['desktop', {}],
] as const)
  test.describe(width, () => {
    test.use(setup);

    for (const role of demoRoles)
      test(`every page of ${role} is sound`, async ({ page }) => {
        const faults = collectFaults(page);
        await signInAs(page, role);
        const paths = await pagesInNavigation(page);
        // The more pages a role has, the longer the walk: the limit is one for each page.
        test.setTimeout(paths.length * 60_000);
        for (const path of paths) {
          const where = `${path} as ${role}`;
          await openPage(page, path);
          await expect(page.locator('h1').first(), `${where} has a heading`).toBeVisible();
          if (path === '/' || seeEverything.includes(role)) await expectSound(page, where);
          else await expectToFit(page, where);
          expect(faults, `console of ${where}`).toEqual([]);
        }
      });

    test('the sign-in page is sound', async ({ page }) => {
      const faults = collectFaults(page);
      await page.goto('/');
      await page.getByRole('button').first().waitFor();
      await page.waitForLoadState('networkidle');
      await expectSound(page, 'sign-in');
      // Being told that nobody is signed in is the browser's own entry for that answer.
      expect(faults.filter((fault) => !fault.includes('401'))).toEqual([]);
    });
  });
