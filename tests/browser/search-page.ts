/** The search page as its specs see it: what can be found, and where things stand. */
import { expect } from '@playwright/test';
import type { Locator, Page, TestInfo } from '@playwright/test';
import type { Decision, Determination } from '../../src/determinations/record.ts';
import { facetValues } from '../../src/facet-values.ts';
import { facet } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { determinationsOf } from './expectations.ts';

/** A decision of the site, which a search finds or does not find. */
export interface Item {
  record: Determination;
  decision: Decision;
  /** Counted from 1. */
  number: number;
}

/** All decisions of the site that is tested. */
export async function itemsOf({ project }: TestInfo): Promise<Item[]> {
  return (await determinationsOf(project.name)).flatMap((record) => record.decisions.map((decision, index) => ({ record, decision, number: index + 1 })));
}

/** Its values of a facet, with their ancestors. */
export function valuesOf({ record, decision }: Item, name: FacetName): string[] {
  return facetValues(facet(name), record, decision);
}

export const status = (page: Page): Locator => page.getByRole('status');
/** Those that hold all words; what holds only most of them stands in a list of its own. */
export const results = (page: Page): Locator => page.locator('[data-part="list"]').getByRole('article');
export const query = (page: Page): Locator => page.getByLabel('Treatment, drug, body part or case number');
export const facetOf = (page: Page, name: FacetName): Locator => page.locator(`[data-facet="${name}"]`);
export const checkbox = (page: Page, name: FacetName, value: string): Locator => page.locator(`input[name="${name}"][value="${value.replace(/["\\]/g, '\\$&')}"]`);

/** Opens a search and waits until it is answered. @param search the address's query, with its question mark */
export async function open(page: Page, search: string): Promise<void> {
  await page.goto(`search/${search}`);
  await answered(page);
}

export async function answered(page: Page): Promise<void> {
  await expect(status(page)).not.toBeEmpty();
  await expect(page.locator('[data-part="results"]')).not.toHaveAttribute('aria-busy');
}
