/** What the button of a `<save-decision>` says. */
import { element } from '../../search/page/dom.ts';

/** @param number of the decision, where the button says in full what it does */
export function saveWords(saved: boolean, whole: boolean, number: string): (string | HTMLElement)[] {
  const hidden = (words: string): HTMLElement => element('span', { class: 'visually-hidden' }, words);
  if (saved) return ['Saved ', hidden('in the research folder. Press to take it out.')];
  return whole ? ['Save to research folder ', hidden(`decision ${number}`)] : ['Save ', hidden('to the research folder')];
}
