/** Reads XML as strictly as an aggregator does. */
import { XMLParser } from 'fast-xml-parser';
import type { X2jOptions } from 'fast-xml-parser';

/** @throws where the text is not well-formed */
export function parseXml(xml: string, options: X2jOptions): unknown {
  // Numbers stay as they are written, and blanks in texts too.
  return new XMLParser({ trimValues: false, parseTagValue: false, parseAttributeValue: false, htmlEntities: true, ...options }).parse(xml, true);
}
