/** What a publisher of this site would change, in one place. */

interface Site {
  name: string;
  /** Beside the name, and in the home page's title. */
  tagline: string;
  description: string;
  /** Where to report an error or a privacy problem. Both may be missing: the about page then says so. */
  contact: { email?: string; url?: string };
  /** Letters are about people: until the publisher decides otherwise, search engines are asked to stay out (src/robots.ts says so too). */
  indexable: boolean;
  licence: { name: string; covers: string };
  /** Shown under the search box of the home page. */
  exampleSearches: readonly string[];
}

export const SITE: Site = {
  name: 'IMR Search',
  tagline: 'California independent medical review decisions',
  description: 'Search what independent doctors decided about treatment that was denied in California workers’ compensation, and why.',
  contact: {},
  indexable: false,
  licence: { name: 'MIT licence', covers: 'The software of this site is free to use under the' },
  exampleSearches: ['lumbar MRI', 'hydrocodone', 'knee arthroscopy', 'acupuncture', 'TENS unit', 'home health care'],
};
