import { expect, type Page, test } from '@playwright/test';
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

const desk = { width: 1440, height: 900 };

/** What is measured at one width and then, on the same page, at the other: nothing but the style sheets differs. */
const atBothWidths = async (
  page: Page,
  where: string,
  measure: (page: Page, where: string) => Promise<void>,
): Promise<void> => {
  await measure(page, `${where} on a phone`);
  await page.setViewportSize(desk);
  await measure(page, `${where} on a desk`);
  await page.setViewportSize(phone.viewport);
};

test.use(phone);

/** Holds the same posts as the other member of the core group: the same pages. */
const sameAsAnother = 'core-reviewer';

for (const role of demoRoles.filter((one) => one !== sameAsAnother))
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
      await atBothWidths(
        page,
        where,
        path === '/' || seeEverything.includes(role) ? expectSound : expectToFit,
      );
      expect(faults, `console of ${where}`).toEqual([]);
    }
  });

test('the sign-in page is sound', async ({ page }) => {
  const faults = collectFaults(page);
  await page.goto('/');
  await page.getByRole('button').first().waitFor();
  await page.waitForLoadState('networkidle');
  await atBothWidths(page, 'sign-in', expectSound);
  // Being told that nobody is signed in is the browser's own entry for that answer.
  expect(faults.filter((fault) => !fault.includes('401'))).toEqual([]);
});
