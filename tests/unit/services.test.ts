import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readService } from '../../scripts/understanding/services.ts';

/** Invented requests by the service that they are for, in words as they are printed in letters. */
const REQUESTS: Record<string, string[]> = {
  'Diagnostic Testing > Imaging/Radiology': [
    'Repeat MRI of the left ankle, 3 Tesla, without gadolinium',
    'Ultrasound of the right rotator cuff',
    'Flexion/extension films of the neck',
    'DEXA scan',
    '3-phase bone scan for CRPS',
    'CT myelogram lumbar',
    'MR arthrogram left hip under fluoroscopy',
    'Venous Doppler bilateral lower extremities',
    'Radiographs of the pelvis, two views',
    'Diagnostic ultrasound of the bilateral wrists',
    'Upright weight bearing MRI scan of the low back',
  ],
  'Diagnostic Testing > EMG/NCV/NCS': [
    'Electromyogram and nerve conduction velocity tests, both arms',
    'Electro-diagnostic studies of the legs',
    'NCV/EMG RUE',
    'VsNCT study of lower limbs',
  ],
  'Diagnostic Testing > Lab & Pathology': [
    'Urine drug screen, 4 per year',
    'Retrospective quantitative drug testing, DOS 3/1/15',
    'CBC, CMP, and lipid panel',
    'Serum testosterone',
    'Labs: hepatic and renal function every 6 months',
    'Cytochrome P450 genetic test for opioid metabolism',
    'Urine toxicology screening',
    'Urinalysis',
  ],
  'Diagnostic Testing > Other Diagnostic Tests': [
    'Polysomnography',
    '24-hour Holter monitor',
    'Computerized range of motion and muscle testing',
    'Pulmonary function tests',
    'Baseline FCE',
    'Treadmill stress test',
    'Videonystagmography for dizziness',
    'Pre-op EKG, chest X-ray and labs',
  ],
  'DMEPOS > DME': [
    'Purchase of a four-wheeled walker with seat',
    'Rental of CPM machine x 21 days',
    'Post-operative DVT compression pump with sleeves',
    'Associated surgical service: Game Ready cryotherapy unit, 14 day rental',
    'Orthopedic mattress, queen',
    'Cervical traction unit with pump, for home use',
    'Motorized scooter with lift',
    'Ergonomic chair and sit/stand desk',
    'Paraffin wax bath',
    'Shower chair with grab bars',
    'Solar Care FIR heating system',
    'Heat/cold unit',
    'Hospital bed rental and wheelchair',
    'Associated surgical service: Post-operative DME: crutches',
    'Exercise equipment',
    'Prescription eyeglasses',
  ],
  'DMEPOS > Electrical Stimulation': [
    'H-wave device, one month extension of rental',
    'Interferential stimulator with garment',
    'TENS/EMS unit, 2 lead',
    'Bone growth stimulator following fusion',
    'NMES unit purchase',
    'Purchase of an X-Force stimulator unit with 3 months of supplies and conductive garments x2',
    'Home H-wave unit',
  ],
  'DMEPOS > Prosthetics/Orthotics': [
    'Hinged knee brace',
    'LSO back brace (purchase)',
    'Custom molded foot orthotics, one pair',
    'Post-op shoulder immobilizer with abduction pillow',
    'CAM walker boot for the right foot',
    'Thumb spica splint',
    'Below-knee prosthesis replacement socket',
    'Lumbar support',
  ],
  'DMEPOS > Supplies': [
    'TENS electrodes, 12 months',
    'Replacement batteries and lead wires',
    'CPAP mask and tubing',
    'Wound care dressings and gauze',
    'Thigh high compression stockings, 2 pairs',
    'Adult diapers, 1 case per month',
    'Compression stockings for the leg',
  ],
  'Evaluation & Management > Dental Services': [
    'Root canal and crown, tooth #14',
    'Periodontal scaling, 4 quadrants',
    'Night guard for bruxism',
    'Referral to dentist',
    'TMJ splint',
  ],
  'Evaluation & Management > Medical Specialties': [
    'Pain management consultation for possible ESI',
    'Follow-up with primary treating physician in 4-6 weeks',
    'Neurology consultation',
    'Consult with internist for hypertension',
    'Referral to ENT for tinnitus',
    'Ophthalmology evaluation',
    'Podiatry referral',
    'Rheumatologist consult',
    'Urology evaluation and treatment',
    'Orthopedic re-evaluation within six weeks',
    'Follow-up visit with pain specialist',
    'Sleep study consultation',
  ],
  'Home Health > Home Health': [
    'Home health aide 4 hours a day, 5 days a week for 6 weeks',
    'RN visits for wound care at home',
    'Housekeeping assistance once weekly',
    'Home health care 8 hours daily x 7 days',
  ],
  'Injection > Facet Injection': [
    'Bilateral L3-4, L4-5 and L5-S1 medial branch blocks',
    'Radiofrequency ablation of left C4-C6',
    'Injection to the right C5-6, C6-7 facet joints',
    'Lumbar rhizotomy',
    'Left lumbar facet medial branch block L4-5, L5-S1, under IV sedation',
  ],
  'Injection > Injection': [
    'Caudal epidural steroid injection with sedation',
    'TFESI at left L4-5 under fluoroscopy',
    'Trigger point injections x 4 to the trapezius',
    'Ultrasound guided corticosteroid injection, left shoulder',
    'Right sacroiliac joint injection',
    'Botox 155 units for chronic migraine',
    'Retro: Toradol 60mg IM injection',
    'Stellate ganglion block x 3',
    'PRP injection to the elbow',
    'Vitamin B12 injection',
    'Outpatient right L4 and L5 selective nerve root block',
    'Genicular nerve block',
    'Kenalog 40 mg injection to the left knee',
    'Dry needling',
  ],
  'Pharmaceuticals > Opioids': [
    'OxyContin 20 mg #90',
    'Hydrocodone/APAP 10-325 mg tablets, quantity 120 with one refill',
    'Butrans patch 10mcg/hr #4',
    'Fentanyl 25 mcg transdermal patch, 10 patches',
    'Nucynta ER 100mg',
    'Percocet 5/325 for breakthrough pain',
    'Prospective request for 1 prescription of Norco 10/325mg #90 between 5/1/2014 and 6/30/2014',
  ],
  'Pharmaceuticals > NSAID': [
    'Motrin 800mg TID',
    'Anaprox DS 550mg #60',
    'Diclofenac sodium ER 100mg',
  ],
  'Pharmaceuticals > Muscle Relaxant': [
    'Zanaflex 4 mg at bedtime',
    'Soma 350mg #30',
    'Norflex ER',
    'Cyclobenzaprin 7.5 mg',
  ],
  'Pharmaceuticals > Anti-epilepsy drugs': [
    'Neurontin 600mg #90, refills: 2',
    'Lyrica 75 mg capsules',
    'Gabepentin 300mg #90',
  ],
  'Pharmaceuticals > Antidepressant': [
    'Cymbalta 60mg daily',
    'Trazodone 50mg qhs for sleep',
  ],
  'Pharmaceuticals > Benzodiazepines': [
    'Xanax 0.5mg #30',
    'Quazepam 15mg',
  ],
  'Pharmaceuticals > Sedative-hypnotics': [
    'Ambien 10mg #30',
    'Lunesta',
  ],
  'Pharmaceuticals > Proton Pump Inhibitors': [
    'Nexium 40mg',
  ],
  'Pharmaceuticals > H2 Blocker': [
    'Zantac 150 mg',
  ],
  'Pharmaceuticals > Topical Analgesics': [
    'Voltaren 1% gel 100g, 3 tubes',
    'Terocin patches #30',
    'Lidoderm patches, 5%',
    'Menthoderm gel 120 gm',
    'Terocin lotion 120ml',
    'Medrox patches',
  ],
  'Pharmaceuticals > Topical Compounds': [
    'Flurbiprofen 20%/baclofen 10%/cyclobenzaprine 4% cream 180 gm',
    'Compounded cream: gabapentin 10%, amitriptyline 10%, bupivacaine 5%',
    'Capsaicin 0.025%, flurbiprofen 15%, menthol 2%, camphor 2% 30gm',
    'Ketoprofen cream',
    'Gabapentin 10% in capsaicin solution liquid',
    'Amitriptyline 4%/dextromethorphan 10%/tramadol 20% ultraderm base',
    'Fluriflex 240g',
    'Cyclobenzaprine/ketamine/lidocaine transdermal',
  ],
  'Pharmaceuticals > AntiAnxiety': [
    'BuSpar 10mg',
  ],
  'Pharmaceuticals > Antiemetic': [
    'Zofran ODT 8mg #10',
    'Retrospective review of ondansetron 4 mg dispensed on 6/6/2012',
  ],
  'Pharmaceuticals > Antihypertensive': [
    'Lisinopril 20mg',
  ],
  'Pharmaceuticals > Antimigraine Agent': [
    'Imitrex 100mg at onset of headache',
  ],
  'Pharmaceuticals > Anti-infectives': [
    'Keflex 500 mg #28 post-operatively',
    'Post-operative antibiotics: Keflex 500mg',
  ],
  'Pharmaceuticals > GI Agents': [
    'Senokot-S #60',
    'Miralax powder',
  ],
  'Pharmaceuticals > Hormones': [
    'AndroGel 1.62% pump',
    'Testosterone cypionate injection 200mg/ml',
  ],
  'Pharmaceuticals > Impotence Agents': [
    'Cialis 20mg #10',
  ],
  'Pharmaceuticals > Misc Analgesics': [
    'Tylenol 500mg',
  ],
  'Pharmaceuticals > Nutritional Products': [
    'Theramine #90',
    'Vitamin D3 2000 IU',
    'Sentra PM #60',
    'Trepadone',
  ],
  'Pharmaceuticals > Stimulants': [
    'Nuvigil 150mg',
  ],
  'Pharmaceuticals > Statin': [
    'Lipitor 40 mg',
  ],
  'Pharmaceuticals > Antidiabetics': [
    'Metformin 500mg BID',
  ],
  'Pharmaceuticals > Antihistamine': [
    'Benadryl 25 mg',
  ],
  'Pharmaceuticals > Asthma medication': [
    'Albuterol inhaler',
  ],
  'Pharmaceuticals > Atypical Antipsychotic': [
    'Seroquel 50mg',
  ],
  'Pharmaceuticals > Barbiturates': [
    'Esgic #30',
  ],
  'Pharmaceuticals > Cannabinoids': [
    'Medical marijuana',
  ],
  'Pharmaceuticals > Corticosteroids': [
    'Medrol dose pack',
  ],
  'Pharmaceuticals > Viscosupplementation': [
    'Synvisc-One injection, left knee',
    'Series of 3 Orthovisc injections under ultrasound guidance',
    'Right knee Supartz injections, series of 5',
  ],
  'Pharmaceuticals > Opioid Antagonist': [
    'Narcan nasal spray 4mg',
  ],
  'Pharmaceuticals > Anti-coagulant': [
    'Lovenox 40 mg subcutaneous, 14 days',
  ],
  'Pharmaceuticals > Other Drugs': [
    'Plaquenil 200mg',
    'Botanical eye drops',
  ],
  'Programs > Programs': [
    'Functional restoration program, 80 hours',
    'Gym membership with pool for one year',
    'Medically supervised weight loss program',
    'Inpatient detoxification',
    'Work hardening, 10 visits',
    'Initial multidisciplinary evaluation for chronic pain program',
    'Referral for FRP evaluation',
    'Skilled nursing facility x 14 days',
  ],
  'Psych Services > Evaluation & Management': [
    'Psychiatric consultation',
    'Neuropsychological testing',
    'Psychological clearance for spinal cord stimulator trial',
    'Consult with psychologist',
  ],
  'Psych Services > Therapies': [
    'Cognitive behavioral therapy, 6 sessions',
    'Individual psychotherapy weekly x 12',
    'Biofeedback',
    '6 psychology sessions',
    'Cognitive behavioral therapy and biofeedback with a pain psychologist',
  ],
  'Rehabilitation > Acupuncture': [
    'Acupuncture with electrical stimulation and cupping, 2x4',
    'Electroacupuncture 6 visits neck',
    'Acupunture 2 times a week for 3 weeks',
  ],
  'Rehabilitation > Chiropractic': [
    'Chiropractic manipulation with physiotherapy modalities 2 x 6',
    '12 chiro visits, lower back',
  ],
  'Rehabilitation > Other Therapies': [
    'Massage therapy 1 x 8',
    'Extracorporeal shockwave therapy for plantar fasciitis',
    'Low level laser therapy, six treatments',
    'Speech therapy',
    'Hyperbaric oxygen, 20 dives',
    'Electrical stimulation x 6 sessions',
    'Myofascial release x 12',
  ],
  'Rehabilitation > Physical Therapy/Occupational Therapy (PT/OT)': [
    'Aquatic therapy twice weekly for six weeks',
    'PT 2x6 for L-spine',
    'Post-op OT, right hand, 12 visits',
    'Work-related hand therapy three times per week',
    'Home exercise program',
    'Additional postoperative physical therapy after left knee arthroscopic meniscectomy',
    'Physical therapy and acupuncture, 2 x 6',
    'Associated surgical service: physical therapy 12 visits',
    'Physcial therapy 12 visits',
  ],
  'Surgery > Adjunct Surgical Services': [
    'Associated surgical service: Assistant surgeon',
    'Pre-operative medical clearance with internist',
    'Associated surgical service: 3 day inpatient stay',
    'Assistant PA-C',
    'Surgical assistant',
    'Physician assistant',
  ],
  'Surgery > Arthroscopic Surgery': [
    'Left knee arthroscopy with partial medial meniscectomy and chondroplasty',
    'Arthroscopic rotator cuff repair, possible open',
    'Right shoulder subacromial decompression',
    'Left shoulder diagnostic arthroscopy, SAD, DCE, possible RCR',
  ],
  'Surgery > Non-arthroscopic Surgery': [
    'Total knee replacement, right',
    'Left carpal tunnel release',
    'ORIF of the distal radius',
    'Hardware removal, left ankle',
    'Inguinal hernia repair with mesh',
    'Right knee manipulation under anesthesia',
    'Right trigger thumb release',
    'Left ulnar nerve transposition at the elbow',
    'Autologous chondrocyte implantation, left knee',
  ],
  'Surgery > Spine': [
    'L4-5 and L5-S1 anterior lumbar interbody fusion with instrumentation',
    'ACDF C5-C7',
    'Spinal cord stimulator trial',
    'Lumbar microdiscectomy at L5-S1',
    'Intrathecal pump refill',
    'Kyphoplasty at T12',
    'Cervical hardware removal',
    'Spinal surgery',
  ],
  'Surgery > Surgical Consult': [
    'Consultation with hand surgeon',
    'Referral to neurosurgeon for lumbar fusion evaluation',
    'Orthopedic surgeon follow-up',
    'Consultation for gastric bypass surgery',
    'Evaluation for spine surgery',
  ],
  'Transportation > Transportation': [
    'Round-trip transportation to physical therapy',
    'Non-emergency medical transport',
    'Taxi service',
  ],
};

suite('the service of a request', () => {
  for (const [service, requests] of Object.entries(REQUESTS)) {
    for (const request of requests) {
      test(`${request} -> ${service}`, () => {
        const { category, subcategory } = readService(request);
        assert.equal(`${category} > ${subcategory}`, service);
      });
    }
  }
});

suite('which words decide', () => {
  const rows: [string, string, string][] = [
    ['the disputed portion of a modified request',
      'Chest x-ray and physical therapy were sought, which was the original request. The Claims Administrator authorized the x-ray. The remaining IMR eligible portion of the original request, Physical therapy is',
      'Rehabilitation > Physical Therapy/Occupational Therapy (PT/OT)'],
    ['the original request when the disputed portion names nothing',
      'Mobic 15mg #30 with 2 refills was the original request. Mobic 15mg #30 was authorized by the Claims Administrator. The remaining IMR eligible portion of the original request, two refills is',
      'Pharmaceuticals > NSAID'],
    ['the original request when all of it is left', 'Lumbar MRI was the original request. Nothing was authorized', 'Diagnostic Testing > Imaging/Radiology'],
    ['what follows a heading', 'Associated surgical service: cold therapy unit', 'DMEPOS > DME'],
    ['the first clause, not what the treatment is for', 'Physical therapy for the knee after total knee replacement', 'Rehabilitation > Physical Therapy/Occupational Therapy (PT/OT)'],
    ['the first clause that does not name a cause', 'Following lumbar fusion, transportation to office visits', 'Transportation > Transportation'],
    ['the last of a compound', 'Knee arthroscopy cold therapy unit', 'DMEPOS > DME'],
    ['a longer term over a shorter one in it', 'Functional capacity evaluation', 'Diagnostic Testing > Other Diagnostic Tests'],
    ['guidance by a picture is not a picture', 'Ultrasound-guided hip injection', 'Injection > Injection'],
    ['a cream of one pharmacy-mixed drug', 'Baclofen 5% in cream base 120 g', 'Pharmaceuticals > Topical Compounds'],
    ['a gel of a drug sold as a gel', 'Diclofenac gel', 'Pharmaceuticals > Topical Analgesics'],
    ['the same drug as a tablet', 'Diclofenac 75 mg tablets', 'Pharmaceuticals > NSAID'],
    ['an opioid patch stays an opioid', 'Buprenorphine transdermal patch', 'Pharmaceuticals > Opioids'],
    ['the brand of a drug in two classes', 'Silenor 6 mg', 'Pharmaceuticals > Sedative-hypnotics'],
    ['its other brand', 'Sinequan 25 mg', 'Pharmaceuticals > Antidepressant'],
    ['words split at the end of a line', 'Electro- myography of the legs', 'Diagnostic Testing > EMG/NCV/NCS'],
    ['numbers are no abbreviations', 'Ten sessions of massage', 'Rehabilitation > Other Therapies'],
  ];
  for (const [what, request, service] of rows) {
    test(what, () => {
      const { category, subcategory } = readService(request);
      assert.equal(`${category} > ${subcategory}`, service);
    });
  }
});

suite('drugs and body parts', () => {
  const rows: [string, string[], string[]][] = [
    ['Norco 10/325 mg #60', ['hydrocodone'], []],
    ['Hydrocodone/acetaminophen 5/325 mg', ['hydrocodone'], []],
    ['Tramadol (Ultram) 50 mg and Prilosec 20 mg', ['omeprazole', 'tramadol'], []],
    ['Botox injections for the neck', ['onabotulinumtoxina'], ['cervical spine']],
    ['MRI of the cervical and thoracic spine', [], ['cervical spine', 'thoracic spine']],
    ['Right L4-5, L5-S1 facet injection', [], ['lumbar spine']],
    ['Physical therapy for the low back and both knees', [], ['knee', 'lumbar spine']],
    ['X-ray of the spine', [], ['back']],
    ['Carpal tunnel release', [], ['wrist']],
    ['EMG of the bilateral upper extremities', [], ['upper extremity']],
  ];
  for (const [request, drugs, bodyParts] of rows) {
    test(request, () => {
      const reading = readService(request);
      assert.deepEqual([reading.drugs, reading.bodyParts], [drugs, bodyParts]);
    });
  }
});

suite('requests that do not decide', () => {
  test('a clear request leaves no doubt', () => {
    assert.equal(readService('MRI of the knee').doubt, undefined);
  });

  test('a name misspelled by a letter is read, and said', () => {
    const reading = readService('Naproxin 500 mg');
    assert.equal(reading.subcategory, 'NSAID');
    assert.deepEqual(reading.drugs, ['naproxen']);
    assert.match(reading.doubt ?? '', /"Naproxin" as "naproxen"/);
  });

  test('a general word is read, and said', () => {
    const reading = readService('Rental of a unit for 30 days');
    assert.equal(reading.category, 'DMEPOS');
    assert.match(reading.doubt ?? '', /general word/);
  });

  test('the rationale is asked when the request names nothing', () => {
    const reading = readService('Zorblax twice', { rationale: 'The worker asks for more acupuncture than the guideline allows.' });
    assert.equal(reading.subcategory, 'Acupuncture');
    assert.match(reading.doubt ?? '', /rationale/);
  });

  test('a dose makes an unknown name a drug', () => {
    const reading = readService('Zorblax 40 mg #30');
    assert.deepEqual([reading.category, reading.subcategory], ['Pharmaceuticals', 'Other Drugs']);
    assert.match(reading.doubt ?? '', /no known service/);
  });

  test('two services in one request are said', () => {
    assert.match(readService('Physical therapy and acupuncture').doubt ?? '', /also names "acupuncture"/);
  });

  for (const request of ['', ' ', ':', '???', 'was the original request', '\u0000', '\u{1f984}', 'x'.repeat(1000)]) {
    test(`every request gets a reading: ${JSON.stringify(request).slice(0, 30)}`, () => {
      const reading = readService(request);
      assert.ok(reading.category && reading.subcategory && reading.doubt);
    });
  }
});

test('time grows with the length of a request, not with its square', () => {
  const lengthy = (count: number): number => {
    const request = 'consult pain facet injection original request, was the original request ('.repeat(count);
    const start = performance.now();
    readService(request);
    return performance.now() - start;
  };
  lengthy(100);
  assert.ok(lengthy(2000) < 2000);
});
