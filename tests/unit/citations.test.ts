import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readCitations } from '../../scripts/understanding/citations.ts';
import type { Citation } from '../../scripts/understanding/citations.ts';

/** A citation on one line: "SOURCE > Chapter year § section § section". */
function show({ source, chapter, year, sections }: Citation): string {
  const title = `${source}${chapter === null ? '' : ` > ${chapter}`}${year === null ? '' : ` ${year}`}`;
  return [title, ...sections].join(' § ');
}

/** Invented lines in the wordings of 2013 to 2025, each with its citations. */
const LINES: readonly (readonly [line: string, ...citations: string[]])[] = [
  // 2016 on: titles with years
  ['Decision based on MTUS Low Back Complaints 2004, Section(s): Physical Methods, Table 12-8.', 'MTUS > Low Back Complaints 2004 § Physical Methods § Table 12-8'],
  ['Decision based on MTUS General Approaches 2004, Section(s): Prevention, and Ankle and Foot Complaints 2004.', 'MTUS > General Approaches 2004 § Prevention', 'MTUS > Ankle and Foot Complaints 2004'],
  ['Decision based on MTUS Postsurgical Treatment 2009, Section(s): Shoulder, Knee, and Shoulder Complaints 2004, Section(s): Surgical Considerations.', 'MTUS > Postsurgical Treatment 2009 § Shoulder § Knee', 'MTUS > Shoulder Complaints 2004 § Surgical Considerations'],
  ['Decision based on MTUS Postsurgical Treatment 2009, Section(s): Forearm, Wrist, & Hand.', 'MTUS > Postsurgical Treatment 2009 § Forearm, Wrist, & Hand'],
  ['Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Opioids, Weaning of Medications, and Low Back Complaints 2004, Section(s): Initial Care.', 'MTUS > Chronic Pain Medical Treatment 2016 § Opioids § Weaning of Medications', 'MTUS > Low Back Complaints 2004 § Initial Care'],
  ['Decision based on MTUS Chronic Pain Medical Treatment 2009, Section(s): Opioids, dosing, Opioids, long-term assessment, Weaning of Medications.', 'MTUS > Chronic Pain Medical Treatment 2009 § Opioids, dosing § Opioids, long-term assessment § Weaning of Medications'],
  ['Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Functional restoration programs (FRPs), Chronic pain programs, early intervention.', 'MTUS > Chronic Pain Medical Treatment 2016 § Functional restoration programs (FRPs) § Chronic pain programs, early intervention'],
  ['Decision based on MTUS Chronic Pain Medical Treatment 2016 Guidelines, Section(s): NSAIDs, GI symptoms & cardiovascular risk, Ketamine.', 'MTUS > Chronic Pain Medical Treatment 2016 § NSAIDs, GI symptoms & cardiovascular risk § Ketamine'],
  ['Decision based on MTUS Opioid Treatment 2016, Section(s): 1.2 Opioids for Acute Pain: Start, Dose, 4.1 Tapering Opioids: Indications.', 'MTUS > Opioid Treatment 2016 § 1.2 Opioids for Acute Pain: Start, Dose § 4.1 Tapering Opioids: Indications'],
  ['Decision based on MTUS Knee Complaints 2004 and Chronic Pain Medical Treatment 2016.', 'MTUS > Knee Complaints 2004', 'MTUS > Chronic Pain Medical Treatment 2016'],
  ['Decision based on MTUS Stress-Related Conditions 2004, Section(s): Treatment.', 'MTUS > Stress-Related Conditions 2004 § Treatment'],
  ['Decision based on MTUS Eye Complaints 2004.', 'MTUS > Eye Complaints 2004'],
  ['Decision based on MTUS Elbow Disorders (Revised 2007), Section(s): Lateral Epicondylalgia.', 'MTUS > Elbow Disorders 2007 § Lateral Epicondylalgia'],
  // 2018 on: chapters of ACOEM that the MTUS adopted
  ['Decision based on MTUS Low Back Disorders 2019, Section(s): Magnetic Resonance Imaging, and Chronic Pain 2017, Section(s): Opioids.', 'MTUS > Low Back Disorders 2019 § Magnetic Resonance Imaging', 'MTUS > Chronic Pain 2017 § Opioids'],
  ['Decision based on MTUS Hand, Wrist, and Forearm Disorders 2019, Section(s): Carpal Tunnel Syndrome, Electrodiagnostic Studies.', 'MTUS > Hand, Wrist, and Forearm Disorders 2019 § Carpal Tunnel Syndrome § Electrodiagnostic Studies'],
  ['Decision based on MTUS Workplace Mental Health: Depressive Disorders 2020, Section(s): Cognitive Behavioral Therapy.', 'MTUS > Workplace Mental Health: Depressive Disorders 2020 § Cognitive Behavioral Therapy'],
  ['Decision based on MTUS Workplace Mental Health: Posttraumatic Stress Disorder and Acute Stress Disorder 2018, Section(s): Psychological Treatment.', 'MTUS > Workplace Mental Health: Posttraumatic Stress Disorder and Acute Stress Disorder 2018 § Psychological Treatment'],
  ['Decision based on MTUS Traumatic Brain Injury 2017, and Cervical and Thoracic Spine Disorders 2018, Section(s): Physical Therapy.', 'MTUS > Traumatic Brain Injury 2017', 'MTUS > Cervical and Thoracic Spine Disorders 2018 § Physical Therapy'],
  ['Decision based on MTUS Low Back Disorders Guideline (ACOEM February 24, 2016), Section(s): Acupuncture.', 'MTUS > Low Back Disorders 2016 § Acupuncture'],
  ['Decision based on MTUS Temporomandibular Joint Disorders 2024, Section(s): Splints, and Low Back Disorders 2020.', 'MTUS > Temporomandibular Joint Disorders 2024 § Splints', 'MTUS > Low Back Disorders 2020'],
  ['Decision based on MTUS Opioids 2017, Section(s): Acute Pain.', 'MTUS > Opioids 2017 § Acute Pain'],
  ['Decision based on MTUS Opioids Guideline (ACOEM April 20, 2017).', 'MTUS > Opioids 2017'],
  ['Decision based on MTUS Antiemetics 2017. Decision based on Non-MTUS Citation ODG Drug Formulary.', 'MTUS > Antiemetics 2017', 'ODG > Drug Formulary'],
  ['Decision based on MTUS COVID-19 2021, Section(s): Pulmonary Rehabilitation.', 'MTUS > COVID-19 2021 § Pulmonary Rehabilitation'],
  ['Decision based on MTUS Low Back 2019.', 'MTUS > Low Back Disorders 2019'],
  ['Decision based on MTUS Shoulder Disorders 2016, Knee Disorders 2019, Section(s): X-rays.', 'MTUS > Shoulder Disorders 2016', 'MTUS > Knee Disorders 2019 § X-rays'],
  ['Decision based on MTUS Work-Related Asthma 2016, and Interstitial Lung Disease 2019, Section(s): Diagnosis.', 'MTUS > Work-Related Asthma 2016', 'MTUS > Interstitial Lung Disease 2019 § Diagnosis'],
  ['Decision based on MTUS Initial Approaches to Treatment 2017, Section(s): Physical Methods; and Cornerstones of Disability Prevention and Management 2011.', 'MTUS > Initial Approaches to Treatment 2017 § Physical Methods', 'MTUS > Cornerstones of Disability Prevention and Management 2011'],
  ['Decision based on MTUS Hip and Groin Disorders 2019. Decision based on Non-MTUS Citation ODG by MCG, Hip & Pelvis.', 'MTUS > Hip and Groin Disorders 2019', 'ODG > Hip & Pelvis'],
  // 2014 and 2015: "ACOEM Chapter n", "Page(s):", no years
  ['Decision based on MTUS ACOEM Chapter 8 Neck and Upper Back Complaints Page(s): 177-178, 182.', 'MTUS > Neck and Upper Back Complaints § pages 177-178, 182'],
  ['Decision based on MTUS ACOEM Chapter 9 Shoulder Complaints Page(s): Chapter 9 Shoulder, Initial Care, pages 203-204.', 'MTUS > Shoulder Complaints § Chapter 9 Shoulder, Initial Care, pages 203-204'],
  ['Decision based on MTUS Chronic Pain Treatment Guidelines Opioids Page(s): 74-96.', 'MTUS > Chronic Pain Medical Treatment § Opioids § pages 74-96'],
  ['Decision based on MTUS ACOEM Practice Guidelines, Chapter 12 Low Back Page(s): 303-305.', 'MTUS > Low Back Complaints § pages 303-305'],
  ['Decision based on MTUS Postsurgical Treatment Guidelines.', 'MTUS > Postsurgical Treatment'],
  ['Decision based on MTUS Acupuncture Treatment Guidelines.', 'MTUS > Acupuncture Treatment'],
  ['Decision based on MTUS Chapter 13 Knee Complaints Page(s): 341-343.', 'MTUS > Knee Complaints § pages 341-343'],
  ['Decision based on MTUS ACOEM Chapter 2 General Approach to Initial Assessment and Documentation, Chapter 3 Initial Approaches to Treatment, Chapter 12 Low Back Complaints, Chronic Pain Treatment Guidelines. Decision based on Non-MTUS Citation Official Disability Guidelines.', 'MTUS > General Approach to Initial Assessment and Documentation', 'MTUS > Initial Approaches to Treatment', 'MTUS > Low Back Complaints', 'MTUS > Chronic Pain Medical Treatment', 'ODG'],
  ['Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 303-305, Chronic Pain Treatment Guidelines Opioids Page(s): 78, 80.', 'MTUS > Low Back Complaints § pages 303-305', 'MTUS > Chronic Pain Medical Treatment § Opioids § pages 78, 80'],
  ['Decision based on MTUS Chronic Pain Treatment Guidelines 8 C.C.R. 9792.20 - 9792.26 MTUS (Effective July 18, 2009) Page(s): 68 of 127.', 'MTUS > Chronic Pain Medical Treatment 2009 § page 68'],
  ['Decision based on MTUS Chronic Pain Treatment Guidelines NSAIDs (non-steroidal anti-inflammatory drugs); Opioids, criteria for use Page(s): 67-73; 76.', 'MTUS > Chronic Pain Medical Treatment § NSAIDs (non-steroidal anti-inflammatory drugs) § Opioids, criteria for use § pages 67-73; 76'],
  ['Decision based on MTUS Chronic Pain Treatment Guidelines Weaning of Medications, Opioids, criteria for use, Tramadol (Ultram) Page(s): 124, 76-80, 113.', 'MTUS > Chronic Pain Medical Treatment § Weaning of Medications § Opioids, criteria for use § Tramadol (Ultram) § pages 124, 76-80, 113'],
  ['Decision based on MTUS ACOEM Chapter 3 Initial Approaches to Treatment Page(s): 48, and Postsurgical Treatment Guidelines.', 'MTUS > Initial Approaches to Treatment § page 48', 'MTUS > Postsurgical Treatment'],
  ['Decision based on MTUS General Approaches, Shoulder Complaints, Postsurgical Treatment Guidelines.', 'MTUS > General Approaches', 'MTUS > Shoulder Complaints', 'MTUS > Postsurgical Treatment'],
  ['Decision based on MTUS ACOEM Chapter 11 Forearm, Wrist, and Hand Complaints Page(s): 258-262, 270-271; Table 11-7.', 'MTUS > Forearm, Wrist, and Hand Complaints § pages 258-262, 270-271 § Table 11-7'],
  ['Decision based on MTUS ACOEM Chapter 7 Independent Medical Examinations and Consultations Page(s): 127.', 'MTUS > Independent Medical Examinations and Consultations § page 127'],
  ['Decision based on MTUS ACOEM Chapter 15 Stress Related Conditions Page(s): 398-404.', 'MTUS > Stress-Related Conditions § pages 398-404'],
  ['Decision based on MTUS Chronic Pain Medical Treatment Guidelines, section on Opioids, pages 76-78, 88-89.', 'MTUS > Chronic Pain Medical Treatment § Opioids § pages 76-78, 88-89'],
  ['Decision based on MTUS Chronic Pain Medical Treatment Guidelines, and ACOEM Chapter 12, Low Back Complaints.', 'MTUS > Chronic Pain Medical Treatment', 'MTUS > Low Back Complaints'],
  // ODG
  ['Decision based on Non-MTUS Citation ODG-TWC Low Back Procedure Summary last updated 03/31/2014.', 'ODG > Low Back'],
  ["Decision based on Non-MTUS Citation Official Disability Guidelines (ODG) Treatment in Workers' Compensation, Shoulder Chapter, Diagnostic ultrasound.", 'ODG > Shoulder § Diagnostic ultrasound'],
  ['Decision based on Non-MTUS Citation ODG Treatment Index, 11th Edition (web), 2014, Knee Chapter, Hyaluronic acid injections.', 'ODG > Knee & Leg 2014 § Hyaluronic acid injections'],
  ['Decision based on Non-MTUS Citation ODG, Low Back Chapter, Lumbar supports; ODG, Pain Chapter, TENS.', 'ODG > Low Back § Lumbar supports', 'ODG > Pain § TENS'],
  ['Decision based on Non-MTUS Citation Official Disability Guidelines (ODG) Mental Illness & Stress, Cognitive therapy for depression.', 'ODG > Mental Illness & Stress § Cognitive therapy for depression'],
  ['Decision based on Non-MTUS Citation ODG Stress/Mental Chapter: Office visits.', 'ODG > Mental Illness & Stress § Office visits'],
  ['Decision based on Non-MTUS Citation Official Disability Guidelines: Neck Chapter, Low Back Chapter, Pain Chapter, Acupuncture.', 'ODG > Neck & Upper Back § Acupuncture', 'ODG > Low Back § Acupuncture', 'ODG > Pain § Acupuncture'],
  ['Decision based on Non-MTUS Citation ODG Knee & Leg Chapter/Walking aids (canes, crutches, braces, orthoses, & walkers).', 'ODG > Knee & Leg § Walking aids (canes, crutches, braces, orthoses, & walkers)'],
  ['Decision based on Non-MTUS Citation ODG, Diabetes Chapter, Glucose monitoring.', 'ODG > Diabetes § Glucose monitoring'],
  ['Decision based on Non-MTUS Citation ODG Pulmonary Chapter, CT (computed tomography).', 'ODG > Pulmonary § CT (computed tomography)'],
  ['Decision based on Non-MTUS Citation ODG Infectious Diseases Chapter, Bone & joint infections: osteomyelitis, acute.', 'ODG > Infectious Diseases § Bone & joint infections: osteomyelitis, acute'],
  ['Decision based on Non-MTUS Citation ODG (2015), Hip & Pelvis Chapter, Total hip arthroplasty.', 'ODG > Hip & Pelvis 2015 § Total hip arthroplasty'],
  ['Decision based on Non-MTUS Citation ODG Cervical and Thoracic Spine, MRI.', 'ODG > Neck & Upper Back § MRI'],
  ['Decision based on Non-MTUS Citation ODG, Carpal Tunnel Syndrome Chapter and Forearm, Wrist & Hand Chapter, Splints.', 'ODG > Carpal Tunnel Syndrome § Splints', 'ODG > Forearm, Wrist, & Hand § Splints'],
  ['Decision based on Non-MTUS Citation Official Disability Guidelines, Lumbar & Thoracic (Acute & Chronic), Traction.', 'ODG > Low Back § Traction'],
  ['Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Pain Chapter, Urine Drug Testing, last updated October 6, 2014.', 'ODG > Pain § Urine Drug Testing'],
  ['Decision based on Non-MTUS Citation ODG Elbow (Acute & Chronic) Chapter, Tennis elbow; Shoulder.', 'ODG > Elbow § Tennis elbow', 'ODG > Shoulder'],
  ['Decision based on Non-MTUS Citation ODG Fitness For Duty Chapter, Guidelines for performing an FCE.', 'ODG > Fitness for Duty § Guidelines for performing an FCE'],
  ['Decision based on Non-MTUS Citation Official Disability Guidelines (ODG): Hip/Pelvis; Knee/Leg.', 'ODG > Hip & Pelvis', 'ODG > Knee & Leg'],
  ['Decision based on Non-MTUS Citation ODG Aquatic therapy, Knee Chapter.', 'ODG > Knee & Leg § Aquatic therapy'],
  ['Decision based on Non-MTUS Citation ODG Lumbar supports.', 'ODG > Low Back § Lumbar supports'],
  ['Decision based on Non-MTUS Citation ODG Pain management.', 'ODG § Pain management'],
  ['Decision based on Non-MTUS Citation Low Back Chapter, Traction.', 'ODG > Low Back § Traction'],
  // ACOEM outside the MTUS
  ['Decision based on Non-MTUS Citation ACOEM 3rd edition, Low Back Disorders, Lumbar supports.', 'ACOEM > Low Back Disorders § Lumbar supports'],
  ['Decision based on Non-MTUS Citation ACOEM Practice Guidelines, 2nd Edition (2004), Chapter 12, Low Back Complaints, pages 303-305.', 'ACOEM > Low Back Complaints 2004 § Chapter 12 § pages 303-305'],
  ['Decision based on Non-MTUS Citation American College of Occupational and Environmental Medicine (ACOEM) Hip and Groin Disorders, MRI.', 'ACOEM > Hip and Groin Disorders § MRI'],
  ['Decision based on Non-MTUS Citation ODG, Neck & Upper Back (updated 8/4/14), Facet joint diagnostic blocks; ACOEM, 3rd Edition, Cervical and Thoracic Spine Disorders.', 'ODG > Neck & Upper Back § Facet joint diagnostic blocks', 'ACOEM > Cervical and Thoracic Spine Disorders'],
  ['Decision based on Non-MTUS Citation ACOEM Guidelines, Chapter 7.', 'ACOEM > Independent Medical Examinations and Consultations § Chapter 7'],
  // others, and nothing
  ['Decision based on Non-MTUS Citation Aetna Clinical Policy Bulletin: Hospital beds.', 'other § Aetna Clinical Policy Bulletin: Hospital beds'],
  ['Decision based on Non-MTUS Citation ODG Hernia Chapter. Medscape, Inguinal hernia.', 'ODG > Hernia', 'other § Medscape, Inguinal hernia'],
  ['Decision based on Non-MTUS Citation ODG Low Back, Hospital length of stay (LOS); Milliman Care Guidelines.', 'ODG > Low Back § Hospital length of stay (LOS)', 'other § Milliman Care Guidelines'],
  ['Decision based on Non-MTUS Citation Other Medical Treatment Guideline or Medical Evidence: http://www.example.org/page.html.', 'other § http://www.example.org/page.html'],
  ['Decision based on Non-MTUS Citation http://www.example.org/a, https://www.example.org/b.', 'other § http://www.example.org/a', 'other § https://www.example.org/b'],
  ['The Claims Administrator did not cite any medical evidence for its decision.', 'none'],
  ['The Claims Administrator did not cite any evidence basis for its decision', 'none'],
  ['No guidelines were cited.', 'none'],
  ['None', 'none'],
  ['A text about nothing in particular', 'other § A text about nothing in particular'],
  // 2013: sentences
  ['The Claims Administrator based its decision on the Chronic Pain Medical Treatment Guidelines (May, 2009), which is part of the Medical Treatment Utilization Schedule (MTUS).', 'MTUS > Chronic Pain Medical Treatment 2009'],
  ['The Claims Administrator based its decision on the Low Back Complaints (ACOEM Practice Guidelines, 2nd Edition (2004), Chapter 12), which is part of the MTUS, and the Official Disability Guidelines (ODG), Low Back Chapter, a Medical Treatment Guideline (MTG), which is not part of the MTUS.', 'MTUS > Low Back Complaints 2004', 'ODG > Low Back'],
  ['The Expert Reviewer based his/her decision on the MTUS Chronic Pain Medical Treatment Guidelines, Opioids, pages 74-96, which are part of the MTUS.', 'MTUS > Chronic Pain Medical Treatment § Opioids § pages 74-96'],
  ['The Claims Administrator based its decision on the ACOEM Practice Guidelines, Chapter 9, which is part of the MTUS.', 'MTUS > Shoulder Complaints'],
  ['The Expert Reviewer found that no section of the MTUS was applicable. The Expert Reviewer based his/her decision on the Official Disability Guidelines, Knee & Leg Chapter, Game Ready accelerated recovery system.', 'ODG > Knee & Leg § Game Ready accelerated recovery system'],
  ['The Expert Reviewer based his/her decision on the Medical Treatment Utilization Schedule (MTUS), Acupuncture Medical Treatment Guidelines, and the Official Disability Guidelines, Neck Chapter.', 'MTUS > Acupuncture Treatment', 'ODG > Neck & Upper Back'],
  ['MTUS Chronic Pain Medical Treatment Guidelines state that a taper is wise when work was not resumed. The records are silent. ODG recommends the same.', 'MTUS > Chronic Pain Medical Treatment', 'ODG'],
  ['CA MTUS Chronic Pain Medical Treatment Guidelines, Tramadol, page 113.', 'MTUS > Chronic Pain Medical Treatment § Tramadol § page 113'],
  ['MTUS/ACOEM Guidelines, Chapter 9, Shoulder Complaints, pages 207-208', 'MTUS > Shoulder Complaints § pages 207-208'],
  ['ODG, Pain chapter, Insomnia treatment', 'ODG > Pain § Insomnia treatment'],
];

describe('readCitations', () => {
  for (const [line, ...citations] of LINES) {
    test(line.slice(0, 120), () => assert.deepEqual(readCitations(line).map(show), citations));
  }

  test('reads nothing from empty text', () => {
    assert.deepEqual(readCitations(''), []);
    assert.deepEqual(readCitations(' \n\t '), []);
  });

  test('takes line breaks and double blanks as one blank', () => {
    assert.deepEqual(
      readCitations('Decision  based on MTUS Low Back\nComplaints 2004, Section(s): Special\n Studies.').map(show),
      ['MTUS > Low Back Complaints 2004 § Special Studies'],
    );
  });

  test('puts repeated citations of a chapter together', () => {
    assert.deepEqual(
      readCitations('Decision based on Non-MTUS Citation ODG, Pain Chapter, Opioids; ODG, Pain Chapter, Weaning.').map(show),
      ['ODG > Pain § Opioids § Weaning'],
    );
  });
});

describe('readCitations on any text', () => {
  const pieces = fc.constantFrom(
    'MTUS', 'ODG', 'ACOEM', 'Non-MTUS Citation', 'Decision based on', 'Low Back', 'Complaints', 'Pain', 'Chapter', '12', '2004', ', and ', ', ',
    '; ', '. ', ' ', '(', ')', '/', ' - ', 'Section(s):', 'Page(s):', 'updated', '12/20/2016', 'which is part of the MTUS', 'Opioids', 'http://a.b/c', 'UpToDate', '&',
  );
  const anyLine = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.array(pieces, { maxLength: 60 }).map((words) => words.join(' ')));

  test('gives well-formed citations and never throws', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        const citations = readCitations(line);
        assert.equal(citations.length === 0, line.trim() === '');
        for (const { source, chapter, year, sections } of citations) {
          assert.ok(['MTUS', 'ODG', 'ACOEM', 'other', 'none'].includes(source));
          assert.ok(chapter === null || chapter.trim() !== '');
          assert.ok(year === null || (Number.isInteger(year) && year >= 1900 && year < 2100));
          assert.ok(sections.every((section) => section.trim() !== ''));
          if (source === 'other' || source === 'none') assert.equal(chapter, null);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('survives long repetitions', () => {
    for (const unit of ['(', ')', ', and ', '2016, ', 'ODG (', 'Shoulder, ', 'Section(s): ', 'Low Back Complaints 2004, ']) {
      assert.ok(readCitations(`Decision based on MTUS ${unit.repeat(2_000)} x`).length > 0);
    }
  });
});
