/** SQLite's full-text search (FTS5, BM25, Porter stems) on the same records: the measure that this search has to beat. */
import { DatabaseSync } from 'node:sqlite';
import type { DecisionRecord } from '../../../scripts/bench/records.ts';
import { rankEach } from './ranker.ts';
import type { Ranker } from './ranker.ts';

/** Columns with their weights in BM25: the best for FTS5 of those that were tried on the test collection, so that the comparison does not rest on a bad choice. */
const COLUMNS = { caseId: 10, request: 6, rationale: 2, guidelines: 1, subject: 5, summary: 0.25 } as const;
const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

/** A query as FTS5 expressions: the first one's results come first, those of the next follow. None when no word is left. */
type Translate = (query: string) => string[];

/** FTS5 with queries in each of the ways that a careful publisher might hand them over. */
export function sqliteRankers(records: readonly DecisionRecord[]): Ranker[] {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE VIRTUAL TABLE decisions USING fts5(id UNINDEXED, ${NAMES.join(', ')}, tokenize='porter unicode61')`);
  const insert = database.prepare(`INSERT INTO decisions (id, ${NAMES.join(', ')}) VALUES (?, ${NAMES.map(() => '?').join(', ')})`);
  for (const record of records) insert.run(record.id, ...NAMES.map((name) => record[name]));
  // The first weight is that of the id, which is not indexed.
  const select = database.prepare(`SELECT id FROM decisions WHERE decisions MATCH ? ORDER BY bm25(decisions, 0, ${Object.values(COLUMNS).join(', ')}), id`);
  const ranker = (name: string, translate: Translate): Ranker =>
    rankEach(name, (query) => {
      const ids = new Set<string>();
      for (const expression of translate(query)) for (const row of select.all(expression)) ids.add(row['id'] as string);
      return [...ids];
    });
  return [
    ranker('FTS5, any word', (query) => joined(words(query), ' OR ')),
    ranker('FTS5, all words', (query) => joined(words(query), ' AND ')),
    ranker('FTS5, all words, then any', (query) => [...joined(words(query), ' AND '), ...joined(words(query), ' OR ')]),
    ranker('FTS5, operators and case numbers translated, then any word', (query) => [...translated(query), ...joined(words(query), ' OR ')]),
  ];
}

function words(query: string): string[] {
  return (query.match(/[\p{L}\p{N}]+/gu) ?? []).map(quoted);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', ' ')}"`;
}

function joined(parts: readonly string[], operator: string): string[] {
  return parts.length === 0 ? [] : [parts.join(operator)];
}

const FIELDS = new Map([['request', 'request'], ['rationale', 'rationale'], ['guideline', 'guidelines'], ['summary', 'summary'], ['drug', 'subject'], ['service', 'subject']]);
const TOKEN = /"[^"]*"|[()]|[^\s()"]+/g;

/** The operators of the search page in FTS5's own: all words, OR, NOT, NEAR, phrases, columns, and case numbers in the spelling of the records. */
function translated(query: string): string[] {
  const spelled = query.replace(/\bcm\s?(\d{2})[-–\s]?(\d{7})\b/gi, '"cm$1 $2"');
  let required = '';
  const excluded: string[] = [];
  const tokens: string[] = spelled.match(TOKEN) ?? [];
  for (let place = 0; place < tokens.length; place += 1) {
    const token = tokens[place]!;
    if (token === '(' || token === ')') required += ` ${token}`;
    else if (token === 'OR') required += ' OR';
    else if (token.startsWith('-') && token.length > 1) excluded.push(quoted(token.slice(1)));
    else if (tokens[place + 1] === 'NEAR' && tokens[place + 2] !== undefined) {
      required += and(required) + ` NEAR(${quoted(token)} ${quoted(tokens[place + 2]!)}, 10)`;
      place += 2;
    } else {
      const [, field, rest] = /^(\w+):(.+)$/.exec(token) ?? [undefined, '', token];
      const column = FIELDS.get(field!);
      const text = (column ? rest! : token).match(/[\p{L}\p{N}]+/gu)?.join(' ');
      if (text) required += `${and(required)} ${column ? `${column} : ` : ''}${quoted(text)}`;
    }
  }
  if (required.trim() === '') return [];
  return [`(${required.trim()})${excluded.map((word) => ` NOT ${word}`).join('')}`];
}

/** FTS5 wants AND to be written between an expression in brackets and another. */
function and(before: string): string {
  return before === '' || /(\(|OR)$/.test(before) ? '' : ' AND';
}
