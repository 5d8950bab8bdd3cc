/** An engine's rankings, scored on the test collection. */
import { gradesByTopic, readJudgements } from './collection.ts';
import type { Topic } from './collection.ts';
import { mean, ndcg, recall } from './metrics.ts';
import type { Ranker } from './rankers/ranker.ts';

export interface Score {
  topic: Topic;
  ranking: readonly string[];
  /** nDCG@10. */
  ndcg: number;
  /** recall@20. */
  recall: number;
}

export async function scoreRanker(ranker: Ranker, topics: readonly Topic[]): Promise<Score[]> {
  const grades = gradesByTopic(readJudgements());
  const rankings = await ranker.rank(topics.map(({ query }) => query));
  return topics.map((topic) => {
    const ranking = rankings.get(topic.query) ?? [];
    return { topic, ranking, ndcg: ndcg(ranking, grades.get(topic.id)!, 10), recall: recall(ranking, grades.get(topic.id)!, 20) };
  });
}

/** The mean over queries: each counts the same, however many decisions answer it. */
export function total(scores: readonly Score[], figure: 'ndcg' | 'recall'): number {
  return mean(scores.map((score) => score[figure]));
}
