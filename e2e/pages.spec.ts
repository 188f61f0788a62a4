import { expect, test } from '@playwright/test';
import { demoRoles } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { collectFaults, expectSound, openPage, pagesInNavigation, phone, signInAs } from './support.ts';

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
        for (const path of await pagesInNavigation(page)) {
          await openPage(page, path);
          await expect.soft(page.locator('h1').first(), `${path} has a heading`).toBeVisible();
          await expectSound(page, `${path} as ${role}`);
          expect(faults, `console of ${path} as ${role}`).toEqual([]);
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
