/**
 * <save-decision>: its button comes after all that the page needs to be read, because a reader keeps a decision after having read it. CSS keeps its place.
 * Most readers have no research folder: what keeps one is loaded when there is one, or when the first button is pressed.
 */
import { href } from '../../base.ts';
import { folderKey } from '../../research/key.ts';
import { element } from '../../search/page/dom.ts';
import { saveWords } from './save-words.ts';

const load = (): Promise<unknown> => import('./save-button.ts');
const whenIdle = (act: () => void): unknown => ('requestIdleCallback' in globalThis ? requestIdleCallback(act, { timeout: 1000 }) : setTimeout(act, 200));

/** Whether the browser has a folder, as far as it says. */
function hasFolder(): boolean {
  try {
    return localStorage.getItem(folderKey(href(''))) !== null;
  } catch {
    return false;
  }
}

/** A button that becomes the whole one, and is pressed then, when a reader presses it. */
function offer(place: HTMLElement): void {
  const button = element('button', { type: 'button', class: 'button button--quiet save-decision__button' }, ...saveWords(false, true, place.dataset['decision'] ?? ''));
  let isLoading = false;
  button.addEventListener('click', async () => {
    // Pressed again while it loads, it would take out what it has kept.
    if (isLoading) return;
    isLoading = true;
    await load().finally(() => (isLoading = false));
    const whole = place.querySelector('button');
    if (!whole || whole === button) return;
    whole.focus();
    whole.click();
  });
  place.append(button);
}

whenIdle(() => {
  const places = [...document.querySelectorAll<HTMLElement>('save-decision')];
  // On the page of a case all are whole. In a list there is more to press, and results come and go.
  const ofCase = places.length > 0 && places.every((place) => place.dataset['whole'] !== undefined);
  if (hasFolder() || !ofCase) {
    void load();
    return;
  }
  places.forEach(offer);
  // Another tab has begun one.
  addEventListener('storage', ({ key }) => key === folderKey(href('')) && void load());
});
