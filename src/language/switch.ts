/**
 * The switch in the header. Without script it leads to the page in Spanish; with script the page that is open is translated in place. Only a reader who
 * chose Spanish downloads the dictionary.
 */
import { LANGUAGE_PARAMETER, chosenLanguage, keepLanguage } from './choice.ts';

const root = document.documentElement;
const link = document.querySelector<HTMLAnchorElement>('a[data-language]');

if (root.lang === 'es') {
  // Who opens the page in Spanish goes on in Spanish.
  keepLanguage('es');
  link?.addEventListener('click', () => keepLanguage('en'));
} else {
  if (chosenLanguage() === 'es') void toSpanish(true);
  link?.addEventListener('click', (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (root.lang === 'es') toEnglish();
    else {
      keepLanguage('es');
      void toSpanish(false);
    }
  });
}

/** @param opening the page has just been opened, and the browser may still be on its way to the place that the address names */
async function toSpanish(opening: boolean): Promise<void> {
  let moved = false;
  for (const kind of ['wheel', 'touchmove', 'keydown', 'pointerdown']) addEventListener(kind, () => (moved = true), { once: true, passive: true });
  const { translatePage } = await import('./translate.ts');
  translatePage(document, opening && !moved);
  if (!link) return;
  link.textContent = 'English';
  link.lang = link.hreflang = 'en';
}

/** The page as it was made comes back by loading it again. */
function toEnglish(): void {
  keepLanguage('en');
  const address = new URL(location.href);
  address.searchParams.delete(LANGUAGE_PARAMETER);
  if (address.href === location.href) location.reload();
  else location.replace(address);
}
