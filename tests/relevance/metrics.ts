/** How good a ranking is, against judged grades. Pure. */

/** Grades by decision; a decision without one has 0. */
export type Grades = ReadonlyMap<string, number>;

/**
 * Normalised discounted cumulated gain of the first `depth` results, 0 to 1. The gain is exponential, 2^grade - 1, so that one decision
 * that answers weighs as three related ones; rank r, from 1, is discounted by log2(r + 1) (Järvelin and Kekäläinen 2002, with the gain of Burges et al. 2005).
 * A decision that is listed twice counts once, at its first place.
 * @param ranking best first
 * @throws when nothing is relevant: such a topic cannot be measured
 */
export function ndcg(ranking: readonly string[], grades: Grades, depth: number): number {
  const ideal = discounted([...grades.values()].sort((a, b) => b - a), depth);
  if (ideal === 0) throw new Error('nothing is relevant');
  return discounted(gradesOf(ranking, grades), depth) / ideal;
}

/**
 * Share of the relevant decisions, of whatever grade above 0, among the first `depth` results.
 * @throws as ndcg
 */
export function recall(ranking: readonly string[], grades: Grades, depth: number): number {
  const relevant = [...grades.values()].filter((grade) => grade > 0).length;
  if (relevant === 0) throw new Error('nothing is relevant');
  return gradesOf(ranking, grades).slice(0, depth).filter((grade) => grade > 0).length / relevant;
}

function gradesOf(ranking: readonly string[], grades: Grades): number[] {
  return [...new Set(ranking)].map((decision) => grades.get(decision) ?? 0);
}

function discounted(grades: readonly number[], depth: number): number {
  return grades.slice(0, depth).reduce((sum, grade, index) => sum + (2 ** grade - 1) / Math.log2(index + 2), 0);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
