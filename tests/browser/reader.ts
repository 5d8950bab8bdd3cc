/**
 * Somebody who does a task on the site, and how long that would take a practised reader: counted by the keystroke-level model of Card, Moran and Newell (1980),
 * with reading added, and the machine's own time.
 */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { answered } from './search-page.ts';

/** Seconds: a key (of somebody who does not type for a living; a thumb is slower), pointing, deciding what to do next, reading a screen. */
const SECONDS = { key: 0.28, thumbKey: 0.5, point: 1.1, decide: 1.35, read: 4 };

/** Somebody at the page; each step takes its time. */
export class Reader {
  readonly page: Page;
  readonly phone: boolean;
  readonly #began = performance.now();
  #seconds = 0;

  constructor(page: Page, phone: boolean) {
    [this.page, this.phone] = [page, phone];
  }

  async type(field: Locator, text: string): Promise<void> {
    this.#seconds += SECONDS.decide + SECONDS.point + (text.length + 1) * (this.phone ? SECONDS.thumbKey : SECONDS.key);
    await field.fill(text);
    await field.press('Enter');
  }

  /** Writes into a field and leaves it. */
  async write(field: Locator, text: string): Promise<void> {
    this.#seconds += SECONDS.decide + SECONDS.point + text.length * (this.phone ? SECONDS.thumbKey : SECONDS.key);
    await field.fill(text);
    await field.blur();
  }

  async click(what: Locator): Promise<void> {
    this.#seconds += SECONDS.decide + SECONDS.point;
    await what.click();
  }

  /** To the page before this one. */
  async back(): Promise<void> {
    this.#seconds += SECONDS.decide + SECONDS.point;
    await this.page.goBack();
  }

  /** On a phone the filters are folded. */
  async tick(box: Locator): Promise<void> {
    const fold = this.page.locator('[data-part="filters"] > summary');
    if (this.phone && !(await box.isVisible())) await this.click(fold);
    await this.click(box);
    await answered(this.page);
  }

  async search(text: string): Promise<void> {
    await this.type(this.page.getByRole('main').getByRole('searchbox').first(), text);
    await this.page.waitForURL(/\/(?:search|cases)\//);
  }

  read(screens = 1): void {
    this.#seconds += screens * SECONDS.read;
  }

  /** Ends the task. @param limit seconds that it may take @returns those that it took */
  done(limit: number): number {
    const all = this.#seconds + (performance.now() - this.#began) / 1000;
    expect(all, 'seconds').toBeLessThan(limit);
    return all;
  }
}
