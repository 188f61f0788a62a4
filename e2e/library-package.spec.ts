import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { newId } from '../src/platform/ids.ts';
import { collectFaults, expectSound, openPage, phone, signInAs } from './support.ts';

const as = async (page: Page, role: DemoRole, path: string): Promise<void> => {
  await signInAs(page, role);
  await openPage(page, path);
};

const bring = (page: Page, name: string, buffer: Buffer): Promise<void> =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/zip', buffer });

/** The package as another district would have made it: the same design under an id that nobody has here. */
const fromElsewhere = (bytes: Buffer, title: string): Buffer => {
  const parts = unzipSync(bytes);
  const list = JSON.parse(strFromU8(parts['manifest.json'] ?? new Uint8Array()));
  const [one] = list.items;
  const path = `${one.folder}/item.json`;
  const item = JSON.parse(strFromU8(parts[path] ?? new Uint8Array()));
  item.id = newId();
  item.title = title;
  Object.assign(one, { id: item.id, title });
  const text = strToU8(JSON.stringify(item));
  parts[path] = text;
  for (const file of list.files)
    if (file.path === path)
      Object.assign(file, { size: text.length, sha256: createHash('sha256').update(text).digest('hex') });
  parts['manifest.json'] = strToU8(JSON.stringify(list));
  return Buffer.from(zipSync(parts));
};

test.describe('on a phone', () => {
  test.use(phone);

  test('what a search found goes out as a package, and one from elsewhere comes in once', async ({
    page,
  }) => {
    const faults = collectFaults(page);
    await as(page, 'core-member', '/library');
    await page.getByLabel('只看有生活情境的').check();
    await expect(page.locator('.link-list a').first()).toBeVisible();
    await page.getByRole('link', { name: '下载资源包' }).click();
    await expect(page.getByRole('link', { name: /^下载资源包（\d+ 份）$/ })).toBeVisible();
    await expectSound(page, 'the page of a package');
    await page.getByRole('checkbox').nth(1).check();
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载资源包（1 份）' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/^研训资源包.*（1份）\.zip$/);
    const bytes = await readFile(await download.path());

    await as(page, 'research-officer', '/library/packages');
    await bring(page, '坏包.zip', bytes.subarray(0, bytes.length - 200));
    await expect(page.getByRole('alert')).toContainText('没有传完整');
    await bring(page, '本区的包.zip', bytes);
    await expect(page.getByRole('button', { name: '没有要写入的' })).toBeDisabled();
    const title = `外区的课${Date.now().toString(36)}`;
    const other = fromElsewhere(bytes, title);
    await bring(page, '外区的包.zip', other);
    const apply = page.getByRole('button', { name: '导入这 1 份' });
    await expect(apply).toBeVisible();
    await expectSound(page, 'the preview of a package');
    await apply.click();
    await expect(page.getByText('已写入 1 份。')).toBeVisible();
    await openPage(page, `/library?subject=all&q=${encodeURIComponent(title)}`);
    await page.getByRole('link', { name: title }).click();
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await openPage(page, '/library/packages');
    await bring(page, '外区的包再来一次.zip', other);
    await expect(page.getByRole('button', { name: '没有要写入的' })).toBeDisabled();
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  });
});
