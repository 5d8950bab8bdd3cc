/** The page of a case as those use it who cite it: link, copy, save, print, and go on to the next decision on the same service. */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { pdfText } from '../../scripts/letters/pdf.ts';
import { citation, decisionAddress, shortRequest } from '../../src/citation.ts';
import type { CitedDecision } from '../../src/citation.ts';
import { citationBibtex, citationCslJson, citationRis } from '../../src/citation-formats.ts';
import { compareText, guidelineValue, serviceValue } from '../../src/determinations/record.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { FEWEST_FOR_SHARE, intervalText, overturnedPercent, splitOutcomes } from '../../src/outcomes.ts';
import { caseJsonPath, casePath, decisionAnchor, decisionPath } from '../../src/urls.ts';
import { dayText } from '../../src/words.ts';
import { LOOKS, clipboardText, determinationsOf, expectAccessible, expectNoSidewaysScroll, offerDocuments } from './expectations.ts';

let records: Determination[] = [];
test.beforeEach(async ({}, testInfo) => {
  records = await determinationsOf(testInfo.project.name);
});

const largest = (): Determination => records.reduce((most, record) => (record.decisions.length > most.decisions.length ? record : most));

/** A decision of a letter, as it is cited. @param number counted from 1 */
function cited({ id, caseNumber, decisionDate, decisions }: Determination, number: number): CitedDecision {
  const { request, outcome } = decisions[number - 1]!;
  return { id, caseNumber, decisionDate, number, request, outcome };
}

/** Opens the way to cite a decision of the page. */
async function openCitation(page: Page, number: number) {
  const decision = page.locator(`#${decisionAnchor(number)}`);
  await decision.getByText('Cite this decision').click();
  return decision;
}

test('a decision has a link to itself that can be seen and says which it is, on a phone too', async ({ page, baseURL }) => {
  const record = largest();
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto(casePath(record.id));
  const link = page.locator('#decision-2').getByRole('link', { name: 'Link to decision 2', exact: true });
  await expect(link).toBeVisible();
  await expect(link).toHaveText('Link to decision 2', { useInnerText: true });
  await link.click();
  await expect(page).toHaveURL(new URL(decisionPath(record.id, 2), baseURL).href);
});

test('copies the citation, with the address under which the page is read, and says so', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-write']);
  const record = largest();
  await page.goto(casePath(record.id));
  const decision = await openCitation(page, 2);
  await decision.getByRole('button', { name: /^Copy citation/ }).click();
  await expect(decision.getByRole('status')).toHaveText('Copied');
  const expected = citation(cited(record, 2), baseURL!);
  expect(await clipboardText(page)).toBe(expected);
  await expect(decision.getByText(expected)).toBeVisible();
});

test('selects the citation where the browser does not let it be copied', async ({ page, baseURL }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  const record = largest();
  await page.goto(casePath(record.id));
  const decision = await openCitation(page, 1);
  await decision.getByRole('button', { name: /^Copy citation/ }).click();
  await expect(decision.getByRole('status')).toContainText('The citation is selected.');
  expect(await page.evaluate(() => getSelection()!.toString())).toBe(citation(cited(record, 1), baseURL!));
});

test('by keyboard: opens the citation, copies it, and comes to its files', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-write']);
  const record = largest();
  await page.goto(casePath(record.id));
  const decision = page.locator('#decision-1');
  await decision.locator('summary', { hasText: 'Cite this decision' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(decision.getByRole('button', { name: /^Copy citation/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(decision.getByRole('status')).toHaveText('Copied');
  expect(await clipboardText(page)).toBe(citation(cited(record, 1), baseURL!));
  for (const format of ['RIS', 'BibTeX', 'CSL-JSON']) {
    await page.keyboard.press('Tab');
    await expect(decision.getByRole('link', { name: `${format} file of decision 1` })).toBeFocused();
  }
});

const FILES = [
  ['RIS', 'ris', citationRis],
  ['BibTeX', 'bib', citationBibtex],
  ['CSL-JSON', 'json', citationCslJson],
] as const;

/** Saves each file of a decision and gives back what it holds. */
async function savedFiles(page: Page, record: Determination, number: number): Promise<string[]> {
  await page.goto(casePath(record.id));
  const decision = await openCitation(page, number);
  const texts: string[] = [];
  for (const [format, ending] of FILES) {
    const [download] = await Promise.all([page.waitForEvent('download'), decision.getByRole('link', { name: `${format} file of decision ${number}` }).click()]);
    expect(download.suggestedFilename()).toBe(`${record.id.toLowerCase()}-decision-${number}.${ending}`);
    texts.push(await readFile(await download.path(), 'utf8'));
  }
  return texts;
}

test('saves the citation for reference managers', async ({ page, baseURL }) => {
  const record = largest();
  expect(await savedFiles(page, record, 2)).toEqual(FILES.map(([, , write]) => write(cited(record, 2), baseURL!)));
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the citation can be read and saved; there is no button that does nothing', async ({ page, baseURL }) => {
    const record = largest();
    // The build of this site does not know where it will be published.
    const home = new URL(baseURL!).pathname;
    expect(await savedFiles(page, record, 1)).toEqual(FILES.map(([, , write]) => write(cited(record, 1), home)));
    const decision = page.locator('#decision-1');
    await expect(decision.getByText(citation(cited(record, 1), home))).toBeVisible();
    await expect(decision.getByRole('button')).toHaveCount(0);
  });
});

/** All decisions on a service, in the order of its list. */
function onService(service: string): { record: Determination; number: number }[] {
  return records
    .toSorted((a, b) => compareText(b.decisionDate ?? '', a.decisionDate ?? '') || compareText(a.id, b.id))
    .flatMap((record) => record.decisions.flatMap((decision, index) => (serviceValue(decision.service) === service ? [{ record, number: index + 1 }] : [])));
}

test('says how decisions on the same service went, and leads to the one before and the one after', async ({ page }) => {
  test.setTimeout(120_000);
  const several = new Map<string, Determination>([['largest', largest()]]);
  for (const record of records) for (const { service } of record.decisions) several.set(serviceValue(service), several.get(serviceValue(service)) ?? record);
  let few = 0;
  for (const record of new Set(several.values())) {
    await page.goto(casePath(record.id));
    // All at once: a question of the page for each word would take most of the time.
    const shown = await page.locator('.decision').evaluateAll((all) =>
      all.map((decision) => ({
        numbers: decision.querySelector('.decision__service-numbers p')!.textContent!.replace(/\s+/g, ' ').trim(),
        ways: ['prev', 'next'].map((rel) => [...decision.querySelectorAll(`a[rel="${rel}"]`)].map((link) => ({ href: link.getAttribute('href')!, words: link.textContent! }))),
      })),
    );
    expect(shown).toHaveLength(record.decisions.length);
    for (const [index, { service }] of record.decisions.entries()) {
      const list = onService(serviceValue(service));
      const split = splitOutcomes(list.map((other) => other.record.decisions[other.number - 1]!));
      if (split.total < FEWEST_FOR_SHARE) few += 1;
      const overturned = `How decisions on ${service.subcategory} went here: ${split.overturned} of ${split.total} overturned`;
      const { numbers, ways } = shown[index]!;
      expect(numbers).toContain(
        split.total === 1 ? `This is the only decision on ${service.subcategory} here.` : split.total < FEWEST_FOR_SHARE ? `${overturned}. Fewer than ${FEWEST_FOR_SHARE} decisions are too few` : `${overturned} (${overturnedPercent(split)}%, 95% interval ${intervalText(split)}).`,
      );
      const place = list.findIndex((other) => other.record.id === record.id && other.number === index + 1);
      for (const [way, other] of [list[place - 1], list[place + 1]].entries()) {
        expect(ways[way]).toHaveLength(other ? 1 : 0);
        if (!other) continue;
        const [link] = ways[way]!;
        expect(link!.href).toMatch(new RegExp(`/${decisionPath(other.record.id, other.number)}$`));
        const { request, outcome } = other.record.decisions[other.number - 1]!;
        for (const words of [shortRequest(request), outcome === 'upheld' ? 'Upheld' : 'Overturned', other.record.decisionDate ? dayText(other.record.decisionDate) : 'No date']) expect(link!.words).toContain(words);
      }
    }
  }
  expect(few).toBeGreaterThan(0);
});

test('from decision to decision on a service comes back to where it began', async ({ page, baseURL }) => {
  const { record, number } = onService(serviceValue(largest().decisions[0]!.service))[0]!;
  await page.goto(decisionPath(record.id, number));
  await page.locator(`#${decisionAnchor(number)} a[rel="next"]`).click();
  await expect(page.locator('.decision:target')).toBeVisible();
  await page.locator('.decision:target a[rel="prev"]').click();
  await expect(page).toHaveURL(new URL(decisionPath(record.id, number), baseURL).href);
});

test('both sides’ citations lead to the pages of their guidelines', async ({ page }) => {
  const reviewers = new Set(records.flatMap(({ decisions }) => decisions.flatMap(({ guidelines }) => guidelines.flatMap((guideline) => [guideline.source as string, guidelineValue(guideline)]))));
  const sides = [
    ['.decision__reviewer-guideline', ({ guidelines }: Determination['decisions'][number]) => guidelines],
    ['.decision__claims-administrator-guideline', ({ claimsAdministratorGuidelines }: Determination['decisions'][number]) => claimsAdministratorGuidelines],
  ] as const;
  const kinds = { own: 0, source: 0, none: 0 };
  const titles = new Map<string, string>();
  await offerDocuments(page);
  for (const record of records.slice(0, 20)) {
    await page.goto(casePath(record.id));
    /** The addresses of each citation, by decision, side and place. */
    const shown = await page.locator('.decision').evaluateAll(
      (all, names) => all.map((decision) => names.map((name) => [...decision.querySelectorAll(`${name} .citations > li`)].map((item) => [...item.querySelectorAll('a')].map((link) => link.getAttribute('href')!)))),
      sides.map(([name]) => name),
    );
    for (const [index, decision] of record.decisions.entries()) {
      for (const [at, [, citations]] of sides.entries()) {
        for (const [place, guideline] of citations(decision).entries()) {
          const links = shown[index]![at]![place]!;
          const own = reviewers.has(guidelineValue(guideline));
          const kind = guideline.source === 'none' || !reviewers.has(guideline.source) ? 'none' : own ? 'own' : 'source';
          kinds[kind] += 1;
          expect(links).toHaveLength(kind === 'none' ? 0 : 1);
          if (kind === 'none') continue;
          const address = links[0]!;
          const title = titles.get(address) ?? (await page.evaluate(async (href) => (await window.loadDocument(href)).querySelector('h1')!.textContent!, address));
          titles.set(address, title);
          expect(title).toBe(kind === 'source' ? guideline.source : (guideline.chapter ?? (guideline.source === 'other' ? 'Other source' : guideline.source)));
        }
      }
    }
  }
  expect(kinds.own).toBeGreaterThan(0);
});

test('says where the letter came from, and offers the case as data', async ({ page, baseURL }) => {
  for (const record of [largest(), records.find(({ notes }) => notes && notes.length > 0) ?? largest()]) {
    await page.goto(casePath(record.id));
    const source = page.getByRole('region', { name: 'Source' });
    for (const words of [record.source.file, record.source.sha256, record.source.layout, ...(record.notes ?? ['Nothing was noted for this letter.'])]) await expect(source).toContainText(words);
    await expect(source).toContainText(/determination|Report of/);
    const json = new URL(caseJsonPath(record.id), baseURL).pathname;
    await expect(source.getByRole('link', { name: 'This case as JSON' })).toHaveAttribute('href', json);
    await expect(page.locator('head link[rel="alternate"][type="application/json"]')).toHaveAttribute('href', json);
    await expect(source.getByRole('link', { name: /Report a privacy problem/ })).toHaveAttribute('href', new RegExp(`^(mailto:.*${record.id}|${new URL(baseURL!).pathname}about/#report$)`));
  }
});

test('tells machines what the page says: the case, its decisions and their addresses, and the way from home', async ({ page, baseURL }) => {
  const record = largest();
  await page.goto(casePath(record.id));
  const blocks = (await page.locator('script[type="application/ld+json"]').allTextContents()).map((text) => JSON.parse(text) as Record<string, unknown>);
  const found = blocks.find((block) => block['@type'] === 'CreativeWork')!;
  const home = new URL(baseURL!).pathname;
  expect(found).toMatchObject({ identifier: record.caseNumber, dateCreated: record.decisionDate, isBasedOn: { name: record.source.file } });
  const parts = found.hasPart as { url: string; about: string; abstract: string }[];
  expect(parts.map(({ url, about, abstract }) => [url, about, abstract])).toEqual(
    record.decisions.map(({ request, outcome }, index) => [decisionAddress({ id: record.id, number: index + 1 }, home), request, outcome === 'upheld' ? 'Denial upheld.' : 'Denial overturned.']),
  );
  const steps = blocks.find((block) => block['@type'] === 'BreadcrumbList')!.itemListElement as { position: number; name: string; item?: string }[];
  const shown = page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('listitem');
  expect(steps.map(({ name }) => name)).toEqual(await shown.allInnerTexts());
  expect(steps.map(({ position }) => position)).toEqual(steps.map((_step, index) => index + 1));
  expect(steps.flatMap(({ item }) => item ?? [])).toEqual(await shown.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))));
});

test('printed, a case is an exhibit: each page says which case and which page, and nothing on it is for screens', async ({ page, baseURL }) => {
  const record = largest();
  await page.goto(casePath(record.id));
  const pages = (await pdfText(await page.pdf({ format: 'Letter', preferCSSPageSize: true }))).text.split('\f');
  expect(pages.length).toBeGreaterThan(2);
  for (const [index, text] of pages.entries()) {
    expect(text).toContain(`Page ${index + 1} of ${pages.length}`);
    const [head] = text.split('\n').filter((line) => line.trim() !== '' && !/^Sample site:/.test(line.trim()));
    for (const words of [`IMR Case No. ${record.caseNumber}`, `Decided ${dayText(record.decisionDate!)}`, record.source.file]) expect(head).toContain(words);
  }
  // Lines break where the paper ends.
  const all = pages.join('\n').replace(/\s+/g, '');
  const printed = (text: string): string => text.replace(/\s+/g, '');
  for (const [index, { request }] of record.decisions.entries()) {
    expect(all).toContain(printed(`Decision ${index + 1} of ${record.decisions.length}`));
    expect(all).toContain(printed(request));
    expect(all).toContain(printed(citation(cited(record, index + 1), baseURL!)));
  }
  for (const address of [new URL(casePath(record.id), baseURL).href, record.source.sha256]) expect(all).toContain(address);
  for (const words of ['Skip to main content', 'All cases', 'Copy citation', 'BibTeX', 'Link to decision', 'Previous on', 'Next on', 'How decisions on', 'Report a privacy problem', 'in this case', 'not an official site']) {
    expect(all.toLowerCase()).not.toContain(printed(words).toLowerCase());
  }
  // A heading is never the last thing on its page.
  for (const text of pages) {
    const body = text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !/^Page \d+ of \d+$/.test(line));
    expect(body.at(-1)).not.toMatch(/^(Decision \d+ of \d+|Why: the reviewer’s rationale|Guidelines the .* cited.*|Clinical case summary|Source|The reviewer)$/);
  }
});

test('stays below 50 kB over the wire with all that it asks for, with many decisions', async ({ page }) => {
  const bodies: Promise<Buffer>[] = [];
  page.on('response', (response) => bodies.push(response.body()));
  await page.goto(casePath(largest().id), { waitUntil: 'networkidle' });
  expect(bodies.length).toBeGreaterThan(2);
  const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(50_000);
});

test('accessible in light and dark, wide and narrow, with open citations: a case with many decisions', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto(casePath(largest().id));
  await page.locator('.decision details').evaluateAll((all) => all.forEach((details) => ((details as HTMLDetailsElement).open = true)));
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
});
