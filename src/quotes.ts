/**
 * The most telling words of reviewers who overturned a denial. What is telling is a rule, and the rule is the lists of cues below: a sentence that
 * says what the record shows of this patient, what was tried, or which criterion is met, says more than the verdict's formula or a guideline's own text.
 *
 * Nothing is shortened or joined that does not stand together in the letter, and of each decision at most one quotation is kept.
 */
import type { DecisionRow } from './corpus.ts';
import type { Paragraphs, Quotation } from './determinations/record.ts';
import { sentences } from './sentences.ts';

/** Words that make a sentence more or less telling. Each cue counts once a sentence. */
export interface Cue {
  weight: number;
  says: string;
  pattern: RegExp;
  /** It speaks of this case and not of cases in general. A sentence without such a cue is not quoted. */
  ofThisCase?: true;
}

export const CUES: readonly Cue[] = [
  { weight: 1, says: 'this patient', ofThisCase: true, pattern: /\b(?:in this case|patient|injured worker|claimant|applicant|employee|this (?:worker|individual|man|woman|type|limb|socket|wound)|here,|he|she|his|her)\b/i },
  { weight: 2, says: 'what the record holds', ofThisCase: true, pattern: /\b(?:records?|documentation|notes?|file|log|chart|clinical information)\b.{0,60}\b(?:shows?|reveals?|documents?|supports?|indicates?|reports?|contains?|establish(?:es|ed)?|describes?|confirms?|says|submitted|presented|reviewed)\b|\b(?:is|are|was|were|been|has|have) (?:\w+ly )?documented\b/i },
  { weight: 1, says: 'a measure', ofThisCase: true, pattern: /\b\d+(?:\.\d+)? ?\/ ?(?:5|10)\b|\b\d+(?:\.\d+)? (?:percent|degrees?|mm|cm)\b/i },
  { weight: 2, says: 'a reason drawn from the case', ofThisCase: true, pattern: /^(?:given|because|due to|based on|since|considering)\b|, given\b|\bthe current symptoms\b/i },
  { weight: 2, says: 'findings', pattern: /\b(?:positive|weakness|weak|weakened|deficits?|atrophy|wasting|numbness|swelling|spasms?|instability|radiculopathy|neuropathy|denervation|nonunion|tears?|fractured?|herniation|extrusion|stenosis|infection|wound|bleed(?:ing)?|bled|decreased sensation|(?:reduced|restricted|limited) (?:range|motion)|loss of|lost|compromise|dysfunction|impingement)\b/i },
  { weight: 2, says: 'beyond doubt', pattern: /\b(?:objective(?:ly)?|unequivocal|unmistakable|not in doubt|clear evidence|severe|high[- ]grade|full thickness|worsen(?:ed|ing)|progressive|quantifiable)\b/i },
  { weight: 1, says: 'how it was found', pattern: /\b(?:MRI|CT|X-?rays?|radiographs?|EMG|NCV|electrodiagnos\w+|imaging|scan|examination|exam|study|biopsy|ultrasound)\b/i },
  { weight: 1, says: 'what was tried', pattern: /\b(?:trial|tried|completed|underwent|conservative (?:care|treatment|therapy)|physical therapy|injections?|exercises?|splint\w*|medications?)\b/i },
  { weight: 2, says: 'that it failed', pattern: /\b(?:fail(?:ed|ure|s)|no (?:\w+ )?(?:improvement|relief|benefit|difference)|despite|(?:has|have|had|did) not (?:necessarily )?(?:respond(?:ed)?|improved?|help(?:ed)?|relieved?)|without (?:relief|improvement|benefit)|exhausted|persistent|persists?|given up|lack of progress|remains symptomatic)\b/i },
  { weight: 2, says: 'that it helped', pattern: /\b(?:functional improvement|objective improvement|improvement in|improved|reduced pain|pain (?:was|is|has been) (?:reduced|halved)|fell from|went from|has been halved|returned to work|continue to work)\b/i },
  { weight: 3, says: 'a criterion that is met', pattern: /\b(?:meets?|satisf(?:y|ies|ied)|fulfil(?:l|ls|led)|within the (?:guidelines?|recommend\w+|range)|inside the range|is supported by|in (?:line|accordance) with|would meet)\b/i },
  { weight: 3, says: 'an exception', pattern: /\b(?:exception(?:s|al)?|contraindicated|would not respond|would not be appropriate|unsafe|cannot (?:take|tolerate)|not tolerated|side effects|would (?:risk|reopen)|high risk|due to the severity|advanced age|comorbid\w*)\b/i },

  { weight: -6, says: 'the verdict’s formula', pattern: /\b(?:is|are|was|were|be)\b[^.]{0,50}\bmedically (?:necessary|reasonable|appropriate|indicated)\b|\bmedical necessity\b|\boriginal request\b|\bIMR[- ]eligible\b|\breversing\b/i },
  { weight: -6, says: 'a guideline’s own text', pattern: /\b(?:guidelines?|guidance|MTUS|ODG|ACOEM|chapter)\b[^.]{0,60}\b(?:states?|stated|recommends?|notes?|noted|indicates?|suggests?|advise[sd]?|advises|provide[sd]?|says?|requires?|clearly|considers?|discuss(?:es)?|discourages?|defines?|allows?|supports?|regards?|sorts?|does not|do not|relies|were cited|includes?)\b|\b(?:according to|as noted in|per|as per|regarding)\b[^.]{0,40}\b(?:guidelines?|MTUS|ODG|ACOEM|chapter)\b|\b(?:is|are) (?:not )?(?:\w+ly )?(?:recommended|accepted|indicated (?:for|if|in|when)|used)\b/i },
  { weight: -4, says: 'a rule and no fact', pattern: /\b(?:may|should|must|can) (?:not )?(?:be|include|help|cause|extend)\b|\bpatients\b|\bin general\b|\btypically\b|\bgenerally\b|\bcases? (?:where|in which)\b|\bif\b.{0,60}\b(?:is|are|persists?)\b|\bthe intended goal\b|\bwould be assessed\b/i },
  { weight: -4, says: 'what is missing or refused', pattern: /\b(?:not|no|nor|lack of|lacks) (?:been )?(?:medically necessary|documented|documentation|evidence|supported|established|indicated|recommended|certified)\b|\bdo(?:es)? not (?:document|indicate|show|support|meet|establish)\b/i },
  { weight: -6, says: 'what the denial said, which the reviewer does not', pattern: /\b(?:denial|denied|refusal|utilization review(?:er)?|UR|administrator)\b.{0,40}\b(?:reasoned|held|said|wrote|argued|stated|found|turned|bracketed|claimed|that)\b/i },
  { weight: -4, says: 'history alone', pattern: /\b\d+[- ]year[- ]old\b|\b(?:sustained|suffered|reported) (?:an? )?(?:\w+ )?injury\b|\bdate of injury\b|\bwas (?:bowling|injured)\b/i },
  { weight: -2, says: 'quoted or cut off', pattern: /["“”]|\.\.\.|…|^[a-z(]|:$/ },
];

/** A sentence with this much is quoted. */
const LEAST_SCORE = 3;
/** More is not told apart: between good ones the newer wins. */
const MOST_SCORE = 7;
/** Shorter sentences lean on their neighbours; longer ones are lists of findings or run together. */
const SHORTEST = 45;
const LONGEST = 340;

/** A quotation with its decision. */
export interface Quote extends Quotation {
  decision: DecisionRow;
}

/** How telling a sentence is. Nothing where it does not speak of this case. */
export function sentenceScore(sentence: string): number {
  const found = CUES.filter(({ pattern }) => pattern.test(sentence));
  return found.some(({ ofThisCase }) => ofThisCase) ? found.reduce((sum, { weight }) => sum + weight, 0) : 0;
}

/** The most telling sentence of a rationale, with its telling neighbour where both are short; the first of equals. Nothing where none tells anything. */
export function bestQuote(rationale: Paragraphs): Quotation | undefined {
  let best: Quotation | undefined;
  for (const paragraph of rationale) {
    const scored = sentences(paragraph).map((text) => ({ text, score: sentenceScore(text) }));
    for (const [index, { text, score }] of scored.entries()) {
      if (text.length < SHORTEST || text.length > LONGEST || score < LEAST_SCORE || score <= (best?.score ?? 0)) continue;
      const next = scored[index + 1];
      const joined = next && next.score >= LEAST_SCORE && `${text} ${next.text}`;
      // Only where they stand so in the letter, whatever white space lies between.
      best = { text: joined && joined.length <= LONGEST && paragraph.includes(joined) ? joined : text, score };
    }
  }
  return best && { text: best.text, score: Math.min(MOST_SCORE, best.score) };
}

/** Quotations on one page. */
const MOST_QUOTES = 5;

/**
 * The quotations of a list of decisions: most telling first, newest first among equals, one a case, and no formula twice.
 * @param decisions newest first
 */
export function chooseQuotes(decisions: readonly DecisionRow[], most: number = MOST_QUOTES): Quote[] {
  const found = decisions.flatMap((decision) => (decision.quote ? [{ decision, ...decision.quote }] : []));
  found.sort((a, b) => b.score - a.score);
  return chooseWords(found, ({ text }) => text, most);
}

/** The first words of a list, one of a case, and no formula twice. @param most at least 1 */
export function chooseWords<Words extends { decision: DecisionRow }>(words: Iterable<Words>, textOf: (words: Words) => string, most: number): Words[] {
  const chosen: Words[] = [];
  const cases = new Set<string>();
  const formulas = new Set<string>();
  for (const each of words) {
    const formula = formulaOf(textOf(each));
    if (cases.has(each.decision.case.id) || formulas.has(formula)) continue;
    cases.add(each.decision.case.id);
    formulas.add(formula);
    chosen.push(each);
    if (chosen.length === most) break;
  }
  return chosen;
}

/** What two sentences share that differ in numbers and marks alone. */
export function formulaOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}]+/gu, ' ').trim();
}
