/**
 * The reasons that reviewers give, as data: what each kind means, which side it speaks for, and examples. All sentences here are invented.
 * The rules that find them are in rules.ts; both are held to the examples and to sentences that were judged by hand (tests/reasons).
 */
import { VALUE_SEPARATOR } from '../determinations/record.ts';

/** Whether a reason says that something asked for is there (`met`), that it is not (`not met`), or speaks for no side. */
export type ReasonSide = 'met' | 'not met' | 'neither';

export interface Kind {
  /** In plain words, as a heading over quoted sentences. */
  name: string;
  /** What a sentence of the kind says. */
  says: string;
  side: ReasonSide;
  /** What is weighed. Kinds with the same criterion say that it is met, and that it is not. */
  criterion: string;
  /** Sentences of the kind, for `met` as in a decision that was overturned, else as in one that was upheld. */
  examples: readonly string[];
  /** Sentences that look alike and are not of the kind. */
  nearMisses: readonly string[];
}

/** In the order of a list: what speaks against a request, what speaks for it, and what speaks for no side. */
export const KINDS = {
  'earlier-care-not-tried': {
    name: 'Simpler care not tried first',
    says: 'The record does not show that simpler or first-line care was tried, failed or could not be tolerated.',
    side: 'not met',
    criterion: 'simpler care first',
    examples: ['There is no documentation that a walking program was tried and failed.', 'It is unclear what conservative care the gardener has had so far.', 'The notes do not show that tablets were not tolerated.'],
    nearMisses: ['The guideline recommends six weeks of conservative care before a scan.', 'Conservative care has included rest and a cane.', 'The request as written failed to name a body part.'],
  },
  'findings-not-shown': {
    name: 'Exam findings or symptoms not shown',
    says: 'The findings, symptoms or diagnosis that the treatment needs are absent, slight or not documented.',
    side: 'not met',
    criterion: 'findings',
    examples: ['There is no documentation of weakness or of any other neurological deficit.', 'The exam revealed no evidence of muscle spasms.', 'Signs of nerve compromise were not noted.', 'The findings in the notes do not support a boot.', 'There was only mild tenderness of the heel.', 'Reflexes, power and sensation are normal.'],
    nearMisses: ['Unequivocal findings of nerve compromise are sufficient evidence for a scan.', 'There is no rationale for a second scan of the nerve.', 'No red flag signs were identified.'],
  },
  'test-not-shown': {
    name: 'Imaging or test results missing',
    says: 'An image or a test that should support the treatment is missing, or does not support it.',
    side: 'not met',
    criterion: 'test results',
    examples: ['There were no x-rays of the toe in the file.', 'No electrodiagnostic studies were provided that confirm the diagnosis.', 'The nerve study of May was normal.', 'The MRI was unremarkable.'],
    nearMisses: ['There are no findings on exam to support an MRI of the toe.', 'X-rays may be needed when symptoms persist.', 'The notes do not reveal the laboratory that made the drops.'],
  },
  'improvement-not-shown': {
    name: 'No improvement shown from treatment so far',
    says: 'The record does not show that the treatment given so far has relieved pain or improved function.',
    side: 'not met',
    criterion: 'improvement from treatment so far',
    examples: ['There was no documentation of functional improvement with the first eight lessons.', 'The file lacks evidence of pain relief from the drops.', 'Efficacy of the earlier visits has not been established.', 'The drops have not helped.', 'The disability score has not moved since spring.'],
    nearMisses: ['Further visits are recommended with documented functional improvement.', 'If there is no improvement after three weeks, the plan should be changed.', 'There is no documentation of a spasm that might benefit from the drops.'],
  },
  'risk-not-shown': {
    name: 'No special risk shown',
    says: 'The patient is not shown to have the risk or history that the treatment or test is meant for.',
    side: 'not met',
    criterion: 'risk',
    examples: ['There is no indication that the gardener is at high risk for a stomach bleed.', 'The chart has no history of peptic ulcer.', 'The gardener is otherwise healthy.'],
    nearMisses: ['The tablets are recommended for patients at risk for bleeding.', 'There is a lack of rationale for the test.'],
  },
  'no-red-flag': {
    name: 'No red flags',
    says: 'There is no red flag: no sign of a fracture, infection, tumor or other emergency.',
    side: 'not met',
    criterion: 'red flags',
    examples: ['There are no red flags in the notes.', 'The records do not indicate an infection or another red-flag condition.'],
    nearMisses: ['Imaging is appropriate when red flags are present.', 'Most back problems get well once red flags are ruled out.'],
  },
  'safety-checks-not-shown': {
    name: 'Safety checks of a drug not shown',
    says: 'Screening or monitoring that an opioid or another risky drug needs is not documented.',
    side: 'not met',
    criterion: 'safety checks',
    examples: ['There is no evidence of a urine drug screen in the past year.', 'A CURES report was not checked.', 'An opioid risk assessment was not completed.'],
    nearMisses: ['The guideline recommends a drug screen before opioids are started.', 'Providers should monitor aberrant behavior.'],
  },
  'next-step-not-shown': {
    name: 'No surgery or other next step planned',
    says: 'Nothing is planned, such as surgery, that would depend on the requested test or visit.',
    side: 'not met',
    criterion: 'next step',
    examples: ['There is no indication that the patient is a candidate for surgery.', 'The notes contain no discussion of surgery that would depend on the scan.', 'The scan would not change the plan of treatment.', 'He is not a candidate for surgery.', 'There are no plans for surgery.'],
    nearMisses: ['Imaging is for patients who would consider surgery an option.', 'The surgery is not medically necessary.'],
  },
  'no-reason-given': {
    name: 'The provider gave no reason',
    says: 'The treating provider does not say why the treatment is needed or what it is meant to reach.',
    side: 'not met',
    criterion: 'the provider’s reason',
    examples: ['There was no clear rationale for a second pair of boots.', 'It is unclear why the gardener would need a cream and not a tablet.', 'The physician did not explain how the pillow would help.'],
    nearMisses: ['The provider explains why a second pair is needed.', 'The rationale for the exercises is that movement helps.', 'In this case there is no deficit to explain.'],
  },
  'request-unclear': {
    name: 'The request is incomplete or unclear',
    says: 'The request does not say the amount, the time, the body part or another thing that it must say.',
    side: 'not met',
    criterion: 'the request itself',
    examples: ['The request did not specify a quantity.', 'The request as written fails to name a body part.', 'It is unclear if this is a first request or a refill.'],
    nearMisses: ['The request is for six visits in three weeks.', 'The records do not specify how far she can walk.'],
  },
  'not-documented': {
    name: 'Something else not documented',
    says: 'The record lacks something else that is needed, such as a note, the medicines taken or the number of visits.',
    side: 'not met',
    criterion: 'the record',
    examples: ['The list of current medicines was not provided.', 'The documentation did not note the number of lessons completed to date.'],
    nearMisses: ['There was no documentation of functional improvement.', 'Based on the lack of information, the request is not medically necessary.'],
  },
  'exceeds-recommended': {
    name: 'More than is recommended',
    says: 'The number, dose or duration asked for is more than the guideline recommends.',
    side: 'not met',
    criterion: 'amount',
    examples: ['The request for twenty lessons exceeds the recommended number.', 'Nine months of drops are in excess of the guidelines.', 'Two hundred patches outstrip a month of daily use.'],
    nearMisses: ['When the number of visits exceeds the guideline, exceptional factors should be noted.', 'Visits should not exceed eighteen.'],
  },
  'not-for-long-use': {
    name: 'Not recommended for long use',
    says: 'The guideline recommends the treatment for a short time only.',
    side: 'not met',
    criterion: 'amount',
    examples: ['Long-term use of these drops is not recommended.', 'The tablets are recommended only for a short course.', 'It is not recommended for longer than three weeks.'],
    nearMisses: ['The patient has taken the drops since June.', 'Long-term goals are stated.'],
  },
  'guideline-against': {
    name: 'The guideline recommends against it',
    says: 'A guideline does not recommend the treatment, at all or for such a patient.',
    side: 'not met',
    criterion: 'what the guideline recommends',
    examples: ['The invented guideline does not recommend magnets for the elbow.', 'Magnet therapy is not recommended.'],
    nearMisses: ['Magnets are not recommended as a primary treatment, but a trial may be considered.', 'The guideline recommends a trial of six visits.', 'The MTUS has no recommendation on magnets.'],
  },
  'weak-evidence': {
    name: 'Not proven to help',
    says: 'Studies do not show that the treatment or test helps, or it is called experimental.',
    side: 'not met',
    criterion: 'evidence',
    examples: ['There is insufficient evidence from trials to support magnets.', 'Magnet therapy is considered experimental.'],
    nearMisses: ['There is no evidence that the patient has tried a cane.', 'Studies show a benefit of walking.'],
  },
  'harm-outweighs': {
    name: 'Risk of harm or of false findings',
    says: 'The treatment or test may do harm or mislead, and that weighs against it.',
    side: 'not met',
    criterion: 'harm',
    examples: ['The risks of the tablets outweigh what they do for sleep.', 'A scan made so early leads to false-positive findings.'],
    nearMisses: ['The patient is at high risk for a stomach bleed.', 'The drug has no effect on sleep.'],
  },
  'already-done': {
    name: 'Already done, approved or asked for twice',
    says: 'The same care was given or approved already, or the request repeats another.',
    side: 'not met',
    criterion: 'repetition',
    examples: ['The request is a duplicate of the one for August.', 'She has already completed a full course of lessons.', 'To approve it again would be redundant.'],
    nearMisses: ['The exam was a repeat of the findings in June.', 'The patient completed a questionnaire.'],
  },
  'other-care-enough': {
    name: 'Other care is enough',
    says: 'A home program, a cheaper drug or other simpler care would do.',
    side: 'not met',
    criterion: 'other care',
    examples: ['By now this patient should be independent in a home exercise program.', 'An over-the-counter cream would be sufficient.', 'A cane would suffice.'],
    nearMisses: ['Home exercise can include work with elastic bands.', 'Over-the-counter drugs were tried and failed.'],
  },
  'wrong-condition': {
    name: 'Not for this body part or condition',
    says: 'The treatment is not indicated for the body part or the diagnosis that this patient has.',
    side: 'not met',
    criterion: 'body part or condition',
    examples: ['The patient has not been diagnosed with any of these conditions.', 'The patches are not recommended for use on the elbow.'],
    nearMisses: ['The patient was diagnosed with a sprained toe.', 'Patches are recommended for nerve pain.'],
  },
  'dependent-refused': {
    name: 'Goes with care that was refused',
    says: 'It belongs to an operation or another request that is itself not approved.',
    side: 'not met',
    criterion: 'the care it goes with',
    examples: ['As the surgery is not medically necessary, the sling is not medically necessary either.', 'Since the injection is not supported, the sedation is not indicated.', 'The knee replacement has been refused, and the bed was for it.'],
    nearMisses: ['Therefore the surgery is not medically necessary.', 'The sling goes with a surgery that was approved.'],
  },
  'no-exception': {
    name: 'No exceptional reason',
    says: 'Nothing exceptional is shown that would call for going beyond the guideline.',
    side: 'not met',
    criterion: 'exceptional factors',
    examples: ['There were no exceptional factors that would warrant more lessons.', 'No extenuating circumstances are noted.'],
    nearMisses: ['Exceptional factors should be noted when the number is higher.', 'There is an exceptional reason to go further.'],
  },
  'no-part-approval': {
    name: 'A part cannot be approved',
    says: 'A smaller amount might be appropriate, but the request cannot be changed in this review.',
    side: 'not met',
    criterion: 'the request itself',
    examples: ['There is no provision to modify the request.', 'Unfortunately the review has no provision for modification of the request.'],
    nearMisses: ['The request was modified to six visits by the administrator.', 'Activity modification was advised.'],
  },
  'not-medical-care': {
    name: 'Not medical care',
    says: 'The thing asked for is not medical treatment.',
    side: 'not met',
    criterion: 'medical nature',
    examples: ['A garden chair is not medical in nature.', 'The club is for personal convenience and not medical treatment.'],
    nearMisses: ['The chair is not medically necessary.', 'Medical treatment was not given.'],
  },
  'criteria-not-met': {
    name: 'The guideline’s criteria are not met',
    says: 'The patient or the request as a whole does not meet the guideline or is not supported by it.',
    side: 'not met',
    criterion: 'the guideline as a whole',
    examples: ['The criteria for this scan have not been met.', 'The request fails to meet the guidelines.', 'The guidelines do not support the request.'],
    nearMisses: ['The criteria for this scan are a fall and a fever.', 'The request is not medically necessary.'],
  },
  'earlier-care-failed': {
    name: 'Simpler care was tried first',
    says: 'Simpler or first-line care was tried, and did not help enough or could not be tolerated.',
    side: 'met',
    criterion: 'simpler care first',
    examples: ['The patient has completed a course of physical therapy with no improvement.', 'Six weeks of conservative care have failed.'],
    nearMisses: ['A scan is for patients who have failed conservative care.', 'There is no evidence that conservative care has failed.'],
  },
  'findings-shown': {
    name: 'Exam findings or symptoms support it',
    says: 'Findings, symptoms or a diagnosis of this patient support the treatment.',
    side: 'met',
    criterion: 'findings',
    examples: ['The patient has weakness of the left ankle.', 'On examination there was decreased sensation of the toes.', 'The applicant has been symptomatic for seven weeks.'],
    nearMisses: ['Patients with weakness should be seen by a specialist.', 'There is no weakness of the ankle.'],
  },
  'test-shown': {
    name: 'Imaging or test results support it',
    says: 'An image or a test of this patient supports the treatment.',
    side: 'met',
    criterion: 'test results',
    examples: ['The MRI showed a torn ligament of the toe.', 'X-rays of 06/02/2016 revealed a fracture that has not healed.'],
    nearMisses: ['An MRI may show a tear of the ligament.', 'An MRI was requested.'],
  },
  'improvement-shown': {
    name: 'Treatment so far has helped',
    says: 'The treatment given so far has relieved pain or improved function.',
    side: 'met',
    criterion: 'improvement from treatment so far',
    examples: ['Functional improvement from the first eight sessions has been documented.', 'She is taking the tablets with improvement in pain.'],
    nearMisses: ['Six visits are recommended to establish functional improvement.', 'There was no improvement with the tablets.'],
  },
  'risk-shown': {
    name: 'The patient has a special risk',
    says: 'The patient has the age, illness or other risk that the treatment or test is meant for.',
    side: 'met',
    criterion: 'risk',
    examples: ['Based on his diabetes and hypertension, a test before surgery would be appropriate.', 'The test is appropriate for a patient of advanced age.'],
    nearMisses: ['Tests are indicated for patients with diabetes.', 'There was no indication of diabetes.'],
  },
  'red-flag-shown': {
    name: 'Red flags',
    says: 'There is a red flag: a sign of a fracture, infection, tumor or other emergency.',
    side: 'met',
    criterion: 'red flags',
    examples: ['The records document red flags, namely fever and loss of weight.', 'The patient has a red-flag condition.'],
    nearMisses: ['Imaging is appropriate when red flags are present.', 'There are no red flags.'],
  },
  'safety-checks-shown': {
    name: 'Safety checks of a drug were done',
    says: 'Screening or monitoring that an opioid or another risky drug needs is documented.',
    side: 'met',
    criterion: 'safety checks',
    examples: ['The urine drug screen of June was consistent with what was prescribed.', 'There is no aberrant behavior, and an opioid agreement is on file.'],
    nearMisses: ['A urine drug screen should be obtained once a year.', 'There is no urine drug screen.'],
  },
  'needed-for-next-step': {
    name: 'Needed for the next step',
    says: 'It is needed to find the cause, or to plan or prepare surgery or other treatment.',
    side: 'met',
    criterion: 'next step',
    examples: ['The result would guide further treatment.', 'The scan is needed to clarify the cause of her pain.'],
    nearMisses: ['Imaging should be reserved for cases in which surgery is considered.', 'Surgery was done in June.'],
  },
  'within-recommended': {
    name: 'Within what is recommended',
    says: 'The number, dose or duration asked for is within what the guideline recommends, or short.',
    side: 'met',
    criterion: 'amount',
    examples: ['The requested number of visits is within the guidelines.', 'The drops are prescribed for a period of one month.'],
    nearMisses: ['Within the records there is a note of two visits.', 'The guideline recommends six visits over two weeks.'],
  },
  'dependent-approved': {
    name: 'Goes with care that is approved or planned',
    says: 'It belongs to an operation or other care that is approved or planned.',
    side: 'met',
    criterion: 'the care it goes with',
    examples: ['The patient has been approved to undergo surgery of the toe.', 'Given that he is to undergo a repair, a sling is appropriate.'],
    nearMisses: ['The claims administrator authorized six visits.', 'A sling is recommended for patients after surgery.'],
  },
  exception: {
    name: 'Exceptional reason',
    says: 'Something special about this patient calls for going beyond the usual rule.',
    side: 'met',
    criterion: 'exceptional factors',
    examples: ['Due to the severity of the tear, waiting longer would not be appropriate.', 'This kind of break would not respond to rest.'],
    nearMisses: ['There are no exceptional factors.', 'When visits exceed the guideline, exceptional factors should be noted.'],
  },
  'denial-mistaken': {
    name: 'The denial was mistaken',
    says: 'The utilization review rests on a mistake, or was made outside of the reviewer’s field.',
    side: 'met',
    criterion: 'the denial',
    examples: ['The utilization reviewer’s statement that no scan was made is false.', 'The denial was made by a physician outside of their area of expertise.'],
    nearMisses: ['The utilization review denied six visits.', 'The scan showed a false tear.'],
  },
  'criteria-met': {
    name: 'The guideline’s criteria are met',
    says: 'The patient or the request as a whole meets the guideline or is supported by it.',
    side: 'met',
    criterion: 'the guideline as a whole',
    examples: ['The patient meets the criteria for a scan.', 'The request is supported by the guideline.'],
    nearMisses: ['The patient does not meet the criteria for a scan.', 'Patients who meet these criteria may have a scan.'],
  },
  'guideline-silent': {
    name: 'The guideline says nothing of it',
    says: 'The guideline that comes first is silent on the treatment or does not apply, so that other evidence is used.',
    side: 'neither',
    criterion: 'which guideline applies',
    examples: ['The MTUS does not address magnets.', 'The guidelines are silent on this request.', 'The MTUS does not apply, so the ODG was used.'],
    nearMisses: ['The MTUS does not recommend magnets.', 'The chart is silent on this.'],
  },
  'taper-advised': {
    name: 'Not to be stopped at once',
    says: 'The drug is not to be stopped abruptly, or it is to be reduced step by step.',
    side: 'neither',
    criterion: 'how to stop a drug',
    examples: ['This decision is not a recommendation to stop the tablets abruptly.', 'Weaning is recommended for this patient.'],
    nearMisses: ['Most guidelines describe tapering of opioids.', 'She stopped working abruptly.'],
  },
} as const satisfies Readonly<Record<string, Kind>>;

/** The id of a kind: stable, for addresses and files. */
export type ReasonKind = keyof typeof KINDS;

/** All ids, in the order of a list. */
export const REASON_KINDS = Object.keys(KINDS) as readonly ReasonKind[];

/** The first step of a reason's facet value. */
export const SIDE_NAMES: Readonly<Record<ReasonSide, string>> = { 'not met': 'Against the request', met: 'For the request', neither: 'For neither side' };

/** A kind as a facet value: `Against the request > No red flags`. */
export function reasonValue(kind: ReasonKind): string {
  return `${SIDE_NAMES[KINDS[kind].side]}${VALUE_SEPARATOR}${KINDS[kind].name}`;
}
