/** The test collection: queries, and which decisions of the sample answer them. How they were judged is said in README.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const KINDS = ['abbreviation', 'topic', 'phrase', 'misspelling', 'reason', 'case', 'question', 'operator'] as const;
export type Kind = (typeof KINDS)[number];

export interface Topic {
  id: string;
  kind: string;
  /** As a reader types it. */
  query: string;
  /** What the reader wants to find, in words: by this the decisions were judged. */
  need: string;
}

export interface Judgement {
  topic: string;
  /** `CM00-0000117.2`: the second decision of that case. */
  decision: string;
  /** 1 related and useful, 2 decides exactly what is asked. */
  grade: number;
}

/** Reads topics.tsv: a line of headings, then `topic kind query need` with tabs between. */
export function readTopics(): Topic[] {
  return lines('topics.tsv').slice(1).map((line) => {
    const [id, kind, query, need, ...more] = line.split('\t');
    if (need === undefined || more.length > 0) throw new Error(`topics.tsv: not four columns: ${line}`);
    return { id: id!, kind: kind!, query: query!, need };
  });
}

/** Reads qrels.txt, as trec_eval does: `topic 0 decision grade` with blanks between. What is not listed has grade 0. */
export function readJudgements(): Judgement[] {
  return lines('qrels.txt').map((line) => {
    const match = /^(\S+) 0 (\S+) (\d+)$/.exec(line);
    if (!match) throw new Error(`qrels.txt: not "topic 0 decision grade": ${line}`);
    return { topic: match[1]!, decision: match[2]!, grade: Number(match[3]) };
  });
}

/** Grades of each topic, by its id. */
export function gradesByTopic(judgements: readonly Judgement[]): Map<string, Map<string, number>> {
  const byTopic = new Map<string, Map<string, number>>();
  for (const { topic, decision, grade } of judgements) {
    const grades = byTopic.get(topic) ?? new Map<string, number>();
    byTopic.set(topic, grades.set(decision, grade));
  }
  return byTopic;
}

function lines(file: string): string[] {
  return readFileSync(join(import.meta.dirname, file), 'utf8').split('\n').filter((line) => line !== '');
}
