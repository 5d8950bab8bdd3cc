/**
 * Charts as plain data that a page writes as SVG, made at build time. This folder is the only one that knows Plot and the document it draws in.
 *
 * What Plot draws is taken apart before it leaves: the content security policy allows no style element or attribute, so colours and fonts come from
 * src/styles/statistics.css by class, and only the elements and attributes named here pass. Names from letters are in it as text alone, which the page
 * escapes like any other (src/components/statistics/Chart.astro).
 */
import { parseHTML } from 'linkedom';

/** What a chart is drawn in. One for all of them: it keeps nothing of a chart. */
export const { document } = parseHTML('<!doctype html><html><body></body></html>');

type Attributes = Record<string, string>;
export type MarkName = (typeof MARKS)[number];

/** Of a name that takes several. Their texts are the name's, to the last blank. */
interface Line {
  attributes: Attributes;
  text: string;
}

/** A picture: groups of marks. */
export interface Picture {
  /** Of the `svg` element. */
  attributes: Attributes;
  groups: { attributes: Attributes; marks: { name: MarkName; attributes: Attributes; text: string; lines: Line[] }[] }[];
}

const MARKS = ['path', 'rect', 'line', 'circle', 'text'] as const;
const ATTRIBUTES: ReadonlySet<string> = new Set([
  'viewBox', 'class', 'd', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'dx', 'dy', 'width', 'height', 'r', 'cx', 'cy', 'transform',
  'fill', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'text-anchor', 'data-room',
]);
/** Of numbers that a screen cannot show. Sizes in em are left alone: a tenth of them is seen. */
const LONG_NUMBER = /-?(?<!\d)\d+\.\d{2,}(?!\d|em)/g;

/**
 * What Plot has drawn. Its size is left to the style sheet.
 * @param label what is heard in place of the picture
 * @throws when Plot drew what this project does not know: a mistake of ours
 */
export function picture(chart: Element, label: string): Picture {
  // The style sheet gives the width, and the view box the height.
  const { width: _width, height: _height, ...attributes } = attributesOf(chart);
  return {
    attributes: { ...attributes, role: 'img', 'aria-label': label, focusable: 'false' },
    groups: partsOf(chart).map((group) => ({
      attributes: attributesOf(known(group, ['g'])),
      marks: partsOf(group).map((mark) => {
        const name = known(mark, MARKS).localName as MarkName;
        // A title inside a name would be heard beside the label, and repeats what the table says. What is in lines has one that says it whole.
        const title = mark.querySelector('title')?.textContent;
        const lines = linesOf(partsOf(mark).filter(({ localName }) => localName !== 'title'), title ?? '');
        const text = [...mark.childNodes].map((node) => (node.nodeType === document.TEXT_NODE ? (node.nodeValue ?? '') : '')).join('');
        return { name, attributes: attributesOf(mark), text, lines };
      }),
    })),
  };
}

/** Plot leaves out the blanks that it breaks at; with them the lines are the name as it is copied, found and translated. */
function linesOf(elements: readonly Element[], whole: string): Line[] {
  let end = 0;
  return elements.map((line) => {
    const text = line.textContent ?? '';
    end = whole.indexOf(text, end) + text.length;
    return { attributes: attributesOf(known(line, ['tspan'])), text: whole[end] === ' ' ? `${text} ` : text };
  });
}

function partsOf(element: Element): Element[] {
  return [...element.children].filter(({ localName }) => localName !== 'style');
}

function known(element: Element, names: readonly string[]): Element {
  if (!names.includes(element.localName)) throw new Error(`a chart has an element ${element.localName}`);
  return element;
}

function attributesOf(element: Element): Attributes {
  const attributes: Attributes = {};
  for (const { name, value } of element.attributes) {
    if (ATTRIBUTES.has(name)) attributes[name] = value.includes('.') ? value.replace(LONG_NUMBER, (number) => String(Math.round(Number(number) * 10) / 10)) : value;
  }
  return attributes;
}
