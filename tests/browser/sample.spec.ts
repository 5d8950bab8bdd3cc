/** What holds for the sample alone. */
import { expect, test } from '@playwright/test';
import { casePath } from '../../src/urls.ts';
import { determinationsOf } from './expectations.ts';

test('every kind of page says that the letters are invented', async ({ page }, testInfo) => {
  const [record] = await determinationsOf(testInfo.project.name);
  for (const path of ['', 'search/', 'about/', 'services/', 'cases/', casePath(record!.id), 'no-such-page/']) {
    await page.goto(path);
    await expect(page.getByRole('complementary', { name: 'About this site' }), path).toContainText('invented');
  }
});
