/** Feeds in the Atom format (RFC 4287), as text. Knows the format and nothing of determinations. */
import { createHash } from 'node:crypto';
import { xmlText } from '../../src/xml.ts';

export interface FeedEntry {
  /** As stableId gives it. */
  id: string;
  title: string;
  /** ISO day. */
  day: string;
  /** An absolute address, or one from the root of the server. */
  address: string;
  categories: readonly { term: string; label: string }[];
  summary: string;
}

export interface Feed {
  id: string;
  title: string;
  subtitle: string;
  /** Of the last change, as an ISO day. */
  day: string;
  /** Who publishes it. */
  author: string;
  /** As of an entry. */
  address: { self: string; page: string };
  /** Each as entryXml gives it, in the order of the feed. */
  entries: readonly string[];
}

/** Namespace of the ids, made up once and for all. */
const NAMESPACE = Buffer.from('5f0a6d7e4c1b4f5e9b0d1c7a2e83f694', 'hex');

/**
 * A name as an absolute IRI that is the same wherever the site lies: `urn:uuid:` with a UUID of version 5 (RFC 9562), which is made of the name alone.
 * An address would change with the host, and readers would show every entry as new; a `tag:` IRI needs a domain, which not every publisher has; a
 * `urn:` with a word of our own would not be registered.
 */
export function stableId(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function entryXml({ id, title, day, address, categories, summary }: FeedEntry): string {
  return [
    '  <entry>',
    `    <id>${xmlText(id)}</id>`,
    `    <title type="text">${xmlText(title)}</title>`,
    `    <updated>${instant(day)}</updated>`,
    `    <link rel="alternate" type="text/html" href="${xmlText(address)}"/>`,
    ...categories.map(({ term, label }) => `    <category term="${xmlText(term)}" label="${xmlText(label)}"/>`),
    `    <summary type="text">${xmlText(summary)}</summary>`,
    '  </entry>',
    '',
  ].join('\n');
}

export function feedXml({ id, title, subtitle, day, author, address, entries }: Feed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `  <id>${xmlText(id)}</id>`,
    `  <title type="text">${xmlText(title)}</title>`,
    `  <subtitle type="text">${xmlText(subtitle)}</subtitle>`,
    `  <updated>${instant(day)}</updated>`,
    `  <author><name>${xmlText(author)}</name></author>`,
    `  <link rel="self" type="application/atom+xml" href="${xmlText(address.self)}"/>`,
    `  <link rel="alternate" type="text/html" href="${xmlText(address.page)}"/>`,
    ...entries.map((entry) => entry.slice(0, -1)),
    '</feed>',
    '',
  ].join('\n');
}

/** Letters have days; the format wants a moment. */
function instant(day: string): string {
  return `${xmlText(day)}T00:00:00Z`;
}
