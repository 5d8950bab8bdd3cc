/** The notices that the licences of others' code ask for, published with that code. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readAllowed } from '../../scripts/supply/allowed.ts';
import { siteOf } from './sites.ts';

test('licences.txt holds the notice of each package in the scripts, and the build found no other package there', async ({}, testInfo) => {
  const text = await readFile(join(siteOf(testInfo.project.name).out, 'licences.txt'), 'utf8');
  const notices = text.split(/^## /m).slice(1).map((notice) => ({ name: /^(\S+) - \S+ \(.+\)$/m.exec(notice)?.[1], copyright: /^Copyright \(c\) \d{4}/m.test(notice) }));
  const { published } = await readAllowed();
  expect(notices).toEqual(published.packages.map((name) => ({ name, copyright: true })));
});
