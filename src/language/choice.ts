/** The reader's language, kept in the browser alone. */

export type Language = 'en' | 'es';

const KEY = 'language';
/** In the address, for links that keep the language where nothing can be stored. */
export const LANGUAGE_PARAMETER = 'lang';

/** What the address asks for, else what was chosen before, else English. */
export function chosenLanguage(): Language {
  const asked = new URLSearchParams(location.search).get(LANGUAGE_PARAMETER);
  if (asked === 'es' || asked === 'en') {
    keepLanguage(asked);
    return asked;
  }
  try {
    return localStorage.getItem(KEY) === 'es' ? 'es' : 'en';
  } catch {
    return 'en';
  }
}

/** Remembers it over pages and visits. Where storage is refused the choice holds for this page. */
export function keepLanguage(language: Language): void {
  try {
    if (language === 'en') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, language);
  } catch {
    // Private windows of some browsers refuse.
  }
}
