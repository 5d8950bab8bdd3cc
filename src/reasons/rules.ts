/**
 * How a kind of reason is known, as data. A rule holds where all that it names is found in a sentence; the sorter (sort.ts) says what the parts of a sentence are.
 * What lies between two words of a pattern has a bound, so that a long sentence takes time in proportion to its length.
 */
import type { DecisionOutcome } from '../determinations/record.ts';
import type { ReasonKind } from './kinds.ts';

export interface Rule {
  kind: ReasonKind;
  /** Found in what the sentence says is missing ("no documentation of ..."). */
  missing?: RegExp;
  /** Found in the sentence. */
  says?: RegExp;
  /** Found in the sentence too. */
  and?: RegExp;
  /** Not found in the sentence. */
  unless?: RegExp;
  /** Only in decisions that came out so: the same words are history in the others. */
  outcome?: DecisionOutcome;
  /** Whether a sentence that tells what a guideline says can be of the kind too. Else it must speak of this case. */
  guidelineText?: true;
}

/** Opens what is missing: what follows it is not there. */
export const NOT_THERE =
  /\b(?:no(?! (?:more|longer|less|further|greater|later)\b)|not(?! (?:only|limited|recommended|medically|necessary|necessarily|indicated|supported|appropriate|always|reasonable|addressed|be|in fact)\b)|nor|neither|lack(?:s|ed|ing)?|absen(?:t|ce)|without|unclear|uncertain|fail(?:s|ed)? to|never|yet to|cannot be considered|insufficient|inadequate)\b/gi;

/** Closes what is missing: what stands before it is not there. */
export const IS_NOT_THERE =
  /\b(?:is|are|was|were|been|be|has|have|had) (?:also )?not (?:been )?(?:\w+ly )?(?:documented|noted|provided|submitted|established|shown|demonstrated|clear|evident|apparent|specified|reported|described|included|completed|checked|present|identified|seen|mentioned|available|performed|obtained|substantiated|discussed|detailed|outlined)\b/gi;

/** Says that it is the record which lacks something. In a decision for the patient a bare "no" or "not" is as a rule no fault of the record, and only this counts. */
export const NOT_IN_RECORD = /\b(?:no|lack of|without|insufficient) (?:\w+ ){0,2}(?:documentation|evidence|indication|mention)\b|\b(?:records?|documentation|notes?|file|report)\b[^.]{0,30}\b(?:do(?:es)?|did) not (?:indicate|document|show|mention|provide|establish)\b|\bnot (?:been )?documented\b/i;

/** With these the sentence says that a reason is missing: what follows is what the reason would be for. */
export const REASON = /\b(?:rationale?|explanation|why)\b/i;

/** From here on the sentence says what the missing would be for, and no longer what is missing. */
export const WHAT_FOR =
  /\b(?:to|that would|which would|that might|would|and) (?:warrant|justify|require|necessitate)\b|\b(?:warranting|supporting)\b|\b(?:to|that would|which would|in order to) support (?!(?:the |that )?(?:patient|injured worker|worker|claimant|applicant|fail|objective|nerve|neuro|radicul|red[- ]flag|medication eff))|\b(?:prior|previous) to\b|\bas to the medical necessity\b|\bon (?:the )?(?:most )?recent\b|\bconsistent with the (?:request|guideline)|\bbefore (?:the|this)\b|,? (?:but|yet|because|since|so that|although|while|whereas)\b|, (?:(?:and|nor) )?(?:the|those|he|she|it|his|her|in|an) |;/i;

/** A guideline speaks in the sentence. */
export const GUIDELINE_TEXT =
  /\b(?:guidelines?|guidance|MTUS|ODG|ACOEM|chapter|it also)\b[^.]{0,90}\b(?:states?|stated|recommends?|notes?|indicates?|suggests?|advises?|provides?|says?|requires?|stipulates?|reserves?|expects?|confines?|considers?|cautions?|discuss(?:es)?|defines?|allows?|supports?|describe|agree|support (?!the request)|recommend|indicate|are|include)\b|\b(?:according to|as noted in|per|as per|regarding|pursuant to)\b[^.]{0,40}\b(?:guidelines?|MTUS|ODG|ACOEM|chapter)\b|\b(?:guidelines?|MTUS|ODG|ACOEM)\b[^.]{0,30}\bcriteria\b/i;

/** A rule for cases in general, and no fact of this one. */
export const GENERAL =
  /\b(?:patients|applicants|workers|people|individuals|cases? (?:where|in which|of)|those (?:who|with|that)|providers|unless|generally|typically|majority of guidelines)\b|\b(?:may|should|can|must) (?:not )?(?:also )?(?:be|include|help|cause|extend|identify|carry)\b|\b(?:is|are) recommended (?:if|when|to)\b|^\W{0,3}(?:if|when)\b|(?:\b(?:however|moreover),|:) (?:if|when)\b/i;

/** The sentence speaks of this case, even if it names a guideline or a rule as well. */
export const OF_THIS_CASE =
  /\bin (?:this|the) (?:case|patient|claimant|individual)\b|\bhere,|\b(?:this|the|that) (?:\d+[- ]year[- ]old |current |present )?(?:patient|injured worker|worker|claimant|applicant|employee|individual|man|woman)(?:['’]s)?\b|\b(?:medical|clinical|submitted|provided|available|reviewed?|presented) (?:records?|documentation|notes?|documents|information|file|report)\b|(?<!\bregarding |\bregard to )\b(?:the|this|that|these) (?:records?|documentation|notes?|file|chart|physical|exam(?:ination)?|requests?|requested|current|treating|attending|requesting|provider|physician|original)\b|^(?:the )?patient\b|\b(?:she|he|her|his)\b|\brecords provided\b|\boriginally requested\b/i;

/** All rules. A kind has as many as it needs, and each finds one of the kind's examples. */
export const RULES: readonly Rule[] = [
  // What is missing. The general kind comes last: sort.ts drops it beside another.
  { kind: 'no-exception', missing: /\b(?:exceptional|extenuating|compelling|extraordinary|unique|special) (?:\w+ )?(?:factors?|circumstances?|facts?|reasons?)\b/i },
  {
    kind: 'no-reason-given',
    missing: /\b(?:rationale?|explanations?|explain\w* (?:why|how|the need)|justification|(?:a|any|functional) goals?|reasons? (?:for|why|as)|why|treatment goals?|goals of)\b|\bhow (?!many|long|often|much)\w+\b|\bestablish the need\b/i,
    unless: /\bexceptional|\bobjective findings\b/i,
  },
  { kind: 'findings-not-shown', says: /\bfindings\b[^.]{0,30}\b(?:do|does|did) not (?:provide|support)\b/i },
  {
    kind: 'earlier-care-not-tried',
    missing: /\bconservative\b|\bfirst[- ]line\b|\b(?:fail(?:ed|ure)|trial(?:ed)?|tri(?:ed|al))\b|\btolerat(?:e|ed|ing)\b|\bintoleran\w+|\bunable to (?:use|take|tolerate)\b|\bnon-?opioid\b|\bstrengthening\b|\bstrength training\b|\bphysical therapy (?:was|has been) (?:started|attended|tried|completed)\b|\bpreviously attended\b|\bto improve with (?:conservative|treatment|therapy)\b/i,
    unless: /\bclinical trial\b|\bfunctional improvement\b|\bfailure to improve\b|\bdue to the severity\b/i,
  },
  {
    kind: 'improvement-not-shown',
    missing: /\b(?:functional|objective|clinical|symptomatic|sustained|significant|measurable|documented) (?:\w+ )?(?:improvements?|benefits?|gains?|progress\w*)\b|\bimprovements? (?:in|with|from|of|to)\b|(?<!\b(?:might|may|would|could) )\bbenefits? (?:from|with|of|that)\b|(?<!\bmight )\bbenefi(?:ting|cial)\b|\bmeaningful improvement\b|\befficacy\b|\beffective(?:ness)?\b|\bpain (?:relief|reduction|control)\b|\b(?:decreased?|reduction|relief) (?:in|of) (?:\w+ )?pain\b|\bresponse to\b|\bincreased? (?:in )?(?:a )?function|\bclinical progression\b|\bevidence of improvement\b|\bmade progress\b/i,
    unless: /\bno benefit (?:over|beyond)\b|\bconservative\b|\bstrength|\bstudies\b|\b(?:available|insufficient) evidence\b|\bscientific\b|\bliterature\b/i,
  },
  {
    kind: 'improvement-not-shown',
    says: /\b(?:had|has|have|did) not (?:alleviated?|helped?|improved?|relieved?|benefit\w*)\b/i,
    outcome: 'upheld',
    unless: /\bnot improved? in\b/i,
  },
  {
    kind: 'improvement-not-shown',
    says: /\b(?:scores?|function|restrictions?)\b[^.]{0,60}\b(?:has not moved|(?:is|was|are|were|remains?|stayed) (?:unchanged|the same)|remains? \d)/i,
    outcome: 'upheld',
  },
  {
    kind: 'no-red-flag',
    missing: /\bred[- ]flags?\b|\bserious spinal pathology\b|\bcauda equina\b|\b(?:tumou?r|cancer|infection|fracture)\b/i,
    unless: /\bstates? that in the absence\b|\butilization review/i,
  },
  {
    kind: 'risk-not-shown',
    missing: /\b(?:at|high|increased|intermediate) (?:\w+ )?risk\b|\brisk factors?\b|\b(?:gastrointestinal|GI|peptic|ulcers?|dyspepsia|gastritis|bleeding)\b|\bNSAID use\b|\bcomorbid\w*/i,
  },
  { kind: 'risk-not-shown', says: /\b(?:is|are|was|were) (?:in good health|otherwise healthy)\b/i, outcome: 'upheld' },
  {
    kind: 'safety-checks-not-shown',
    missing: /\baberrant\b|\bdrug screen\w*|\bCURES\b|\brisk assessment\b|\b(?:pain|opioid|narcotic) (?:agreement|contract)\b|\bside effects?\b|\badverse (?:effects?|events?|side)\b|\bscreening\b|\bmonitored for\b|\b(?:continued|sufficient|ongoing) monitoring\b|\b(?:four|4) A\b|\bdiversion\b/i,
    unless: /\b(?:at|high) risk\b/i,
  },
  {
    kind: 'next-step-not-shown',
    missing: /\bcandidates? for (?:\w+ ){0,3}(?:surg\w+|operati\w+)|\b(?:discussion|consideration|consider\w*|contemplat\w*|plans?|planned|willingness)\b[^.]{0,50}\b(?:surg\w+|operati\w+|invasive|procedure)|\bhow (?:\S+ ){1,5}(?:will|would) (?:change|alter|influence|affect)\b/i,
  },
  {
    kind: 'next-step-not-shown',
    says: /\bwould not (?:\w+ )?(?:change|alter|affect)\b[^.]{0,30}\b(?:care|management|treatment|plan)\b|\bleave (?:the )?(?:management|treatment)\b|\bthan anything that would (?:change|alter)\b|\bnobody has proposed\b|\bsurgery is not in view\b/i,
    outcome: 'upheld',
  },
  { kind: 'next-step-not-shown', says: /\bnot[^.]{0,20}\ba candidate for surg/i },
  { kind: 'next-step-not-shown', says: /\bno (?:plans?|indication)s?\b[^.]{0,30}\bsurg/i, unless: /\bmedically necessary\b/i },
  {
    kind: 'findings-not-shown',
    missing: /\b(?:neurolog\w+|deficits?|radicul\w+|compromise|spasms?|weakness|instability|sensory|dysfunction|(?<!\bflag )signs?|such finding|seizures?|insult|impairment|neuropath\w+|dermatom\w+|functional limitations?|objective findings|(?:physical )?exam(?:ination)? (?:findings|to substantiate)|physical exam to|internal derangement|depression|carpal tunnel|flare|mechanical symptoms|swelling|atrophy|effusion|witnessed|diagnosed with|severe injury|pain affecting|abnormal findings)\b/i,
    unless: /\bstrengthening\b.{0,40}\bdysfunction\b|\bimprovement|\butilization review/i,
  },
  {
    kind: 'findings-not-shown',
    says: /\bonly (?:\w+ ){0,3}(?:tenderness|swelling|pain|findings|symptoms)\b|\bexam(?:ination)? (?:was|is) (?:relatively |essentially |completely )?(?:benign|normal|unremarkable)\b/i,
    outcome: 'upheld',
  },
  { kind: 'findings-not-shown', says: /\b(?:strength|power|reflexes|sensation)(?:,| and)[^.]{0,60}\b(?:normal|intact)\b/i, outcome: 'upheld' },
  { kind: 'test-not-shown', says: /\b(?:study|scans?|recording|studies)\b[^.]{0,60}\b(?:was|were) (?:\w+ ){0,3}normal\b/i, outcome: 'upheld' },
  {
    kind: 'test-not-shown',
    says: /\b(?:imaging|MRI|x-?rays?|EMG|NCV|NCS) (?:was|were|is|are) (?:relatively |essentially |completely )?(?:benign|normal|unremarkable|negative)\b/i,
    outcome: 'upheld',
  },
  {
    kind: 'test-not-shown',
    missing: /\b(?:radiographs?|x-?rays?|electrodiagnostic (?:studies|testing|evidence)|imaging (?:studies|study|evidence|findings|reports?)|(?:MRI|CT|EMG|NCV|NCS) (?:or|and|studies|study|reports?|findings|evidence|results?|was|were|being)|test results? (?:was|were|that)|sleep study|laborator(?:y|ies) (?:studies|results?|tests?)|plain (?:films?|radiographs?))\b/i,
    unless: /\bred[- ]flags?\b|\brationale?\b|\btrain\w*\b/i,
  },
  {
    kind: 'not-documented',
    missing: /./,
    says: /\b(?:no|lack of|lacks|without|insufficient) (?:\w+ ){0,3}(?:documentation|evidence|information|indication|mention|discussion|notes|details|support)\b|\b(?:not|fail\w* to) (?:\w+ )?(?:documented?|noted?|provided?|mention|included?|specif(?:y|ied)|submitted|listed|appear from|apparent from)\b|\bunclear how (?:many|long)\b|\bcould not be established\b/i,
    unless: /\b(?:medically necessary|above mentioned|such documentation|medical necessity|not (?:clinically )?indicated|not (?:be )?supported)\b/i,
  },
  {
    kind: 'request-unclear',
    says: /\bunclear (?:of )?what body part\b|\bunspecified (?:type|number|amount|quantity) of\b|\brequest\w*\b[^.]{0,60}\b(?:did not|does not|do not|fails? to|failed to|not) (?:\w+ )?(?:specify|indicate|include|identify|state|list|define|name)\b|\b(?:unclear|uncertain|not clear) (?:if|whether) (?:this|it|the request) (?:is|was) (?:an? )?(?:first|initial|new|refill|ongoing|continu)|\b(?:frequency|duration|quantity|dose|dosage|body part)\b[^.]{0,50}\bnot (?:\w+ )?(?:specified|provided|indicated|noted|stated|listed)\b|\bno endpoint\b/i,
  },

  // What speaks against the request.
  {
    kind: 'exceeds-recommended',
    says: /\bexceed(?:s|ed|ing)?\b|\bin excess of\b|\bmore than (?:the )?(?:guidelines?|recommended|what is recommended)\b|\babove the (?:guideline|recommended)/i,
    and: /\b(?:guidelines?|recommend\w*|MTUS|ODG|ACOEM|allowed|maximum)\b/i,
    unless: /\bwhen treatment duration\b|\bshould not exceed\b|\bfactors\b[^.]{0,60}\bexceed|\bexplain\w* why\b|\brisk/i,
    outcome: 'upheld',
  },
  { kind: 'exceeds-recommended', says: /\bexceed\w* (?:that|the|any) need\b|\boutstrip\w*/i, outcome: 'upheld' },
  {
    kind: 'not-for-long-use',
    says: /\b(?:long[- ]?term|(?:chronic|prolonged|ongoing) (?:use|usage|treatment))\b[^.]{0,30}\bnot (?:be )?(?:recommended|supported|advised|indicated)\b|\bnot (?:recommended|indicated|advised|supported|intended) (?:to be used )?(?:for )?(?:longer|long[- ]?term|chronic use|prolonged|more than \d)|\b(?:only|limited|restricted)\b[^.]{0,30}\bshort(?:[- ]term)? (?:course|use|period|time)|\bshortest (?:possible|duration)\b|\bfor short[- ]term use\b|\blimit the use to\b|\bfor long[- ]?term\/chronic\b/i,
    outcome: 'upheld',
    guidelineText: true,
  },
  {
    kind: 'guideline-against',
    says: /\bnot (?:generally |routinely |usually |currently )?(?:be )?(?:recommended?|advised)\b|\bgenerally not necessary\b|\bnot (?:generally|routinely|usually) indicated\b|\bshould not routinely\b|(?<!\b(?:makes?|has|have) )\bno recommendations?\b(?! regarding)|\bdo(?:es)? not (?:recommend|support|endorse|advocate)\b|\badvises? against\b|\bunfavorable\b|\brecommends? against\b/i,
    unless: /\bnot (?:recommended|advised)[^.]{0,30}\b(?:longer|long[- ]?term|chronic use|primary|more than)\b|\blong[- ]?term use\b|\bdo(?:es)? not support (?:the|this) request|\brecords?\b|\bdocumentation\b|\bshould not necessarily\b|\bfirst[- ]line\b|^\W*(?:if|when)\b|\bavailable evidence\b/i,
    outcome: 'upheld',
    guidelineText: true,
  },
  {
    kind: 'weak-evidence',
    says: /\b(?:no|little|insufficient|limited|conflicting|inconclusive|inadequate|low|poor|lack of)\b[^.]{0,30}\b(?:evidence|studies|data|testing)\b[^.]{0,40}\b(?:trials?|studies|recommend|efficacy|effectiveness|utilize|long[- ]term|use of|for use|its use|their use|the use)\b|\bevidence does not support\b|\bliterature evidence\b|\bno peer[- ]reviewed literature\b|\bunproven\b|\bexperimental\b|\binvestigational\b|\bnot (?:yet )?been (?:shown|proven|proved) to\b|\bunder study\b|\bdiagnostic value\b[^.]{0,60}\blow\b|\bshows? no benefit\b|\bno significant long[- ]term\b|\bno lasting benefit\b|\bhas no proven\b|\btoo little to\b|\bnot been adequately studied\b/i,
    unless: /\bpatient\b|\brecords?\b|\b(?:provided|submitted)\b/i,
    outcome: 'upheld',
    guidelineText: true,
  },
  {
    kind: 'harm-outweighs',
    says: /\brisks?\b[^.]{0,40}\boutweigh|\bfalse[- ]?positive\b|\bdiagnostic confusion\b|\bcontraindicated\b|\bcan lead to\b|\brebound headache\b|\bcontraindication\b|\bmight mislead\b|\bincidental (?:\w+ )?(?:changes|findings)\b|\badds exposure\b|\bharmful\b|\bdrug interactions?\b/i,
    unless: /\b(?:lack of|no)\b[^.]{0,40}\bcontraindicat/i,
    outcome: 'upheld',
    guidelineText: true,
  },
  {
    kind: 'already-done',
    says: /\bduplicat\w+|\bredundan\w+|\balready (?:been )?(?:\w+ )?(?:completed|received|authorized|approved|undergone|performed|had)\b|\bcompleted a (?:full|partial) course\b|\bat the same time is not\b/i,
    outcome: 'upheld',
  },
  {
    kind: 'other-care-enough',
    says: /\bhome exercise|\bself-directed\b|\bover[- ]the[- ]counter\b|\bhome program\b/i,
    and: /\b(?:sufficient|adequate|independent\w*|transition\w*|supervis\w+|well versed|cannot (?:perform|be addressed)|no longer need|should have|established)\b/i,
    unless: /\bpatients\b|\bcan include\b|\bguided therapy\b|\bimprovement levels\b/i,
    outcome: 'upheld',
  },
  {
    kind: 'other-care-enough',
    says: /\b(?:should come first|would suffice|is the better (?:\w+ )?(?:bridge|choice|course)|are the better (?:\w+ )?(?:bridge|choice|course)|better served by)\b/i,
    outcome: 'upheld',
  },
  {
    kind: 'wrong-condition',
    says: /\bno recommendations?\b[^.]{0,60}\bfor the \w+|\bnot (?:been )?(?:diagnosed with|have (?:a |any )?(?:diagnosis|of these))|\bnot recommended for (?:use )?(?:on|for|in) the\b|\bcomplaints of\b[^.]{0,60}\bbut not\b|\bno (?:\S+ ){1,4}complaints\b|\bnot indications for\b|\bnot supported for the\b|\bis none of these\b|\bpoor reason for\b/i,
    outcome: 'upheld',
    guidelineText: true,
  },
  {
    kind: 'dependent-refused',
    says: /\b(?:as|since|because|given|if)\b[^.]{0,120}\bnot (?:medically necessary|supported|certified|approved|indicated|recommended)\b[^.]{0,160}\b(?:not|nor|neither|also|likewise)\b/i,
    unless: /\bgiven the above\b/i,
    outcome: 'upheld',
  },
  {
    kind: 'dependent-refused',
    says: /\b(?:surg\w+|operation|replacement|procedure|arthroscopy|injection)\b[^.]{0,60}\b(?:not being approved|(?:is|was|has been|itself) (?:refused|unsupported|not approved)|no longer planned)\b/i,
    outcome: 'upheld',
  },
  {
    kind: 'no-part-approval',
    says: /\bno provision (?:for|to) modif\w+|\bcannot (?:be )?modif\w+|\b(?:un|not )able to modify\b|\bnot (?:allowed|permitted) to modify\b/i,
    outcome: 'upheld',
  },
  {
    kind: 'not-medical-care',
    says: /\bnot (?:primarily |considered )?medical (?:in nature|treatment|care|equipment)\b|\bnon-?medical\b|\bpersonal (?:comfort|convenience)\b/i,
    outcome: 'upheld',
  },
  {
    kind: 'criteria-not-met',
    says: /\b(?:do(?:es)? not|fails? to|failed to|did not) (?:\w+ )?(?:meet|satisfy|fulfil)\b|\bfails criteri\w+\b|\bno indications? for\b[^.]{0,60}\b(?:is|are) met\b|\b(?:criteria|requirements|guidelines|indications)\b[^.]{0,80}\bnot (?:been )?(?:met|satisfied|fulfilled)\b|\bnot (?:be )?supported by (?:the )?(?:\w+ )?guidelines?\b|\bguidelines? do(?:es)? not support (?:the|this) request\b|\bnot (?:be )?(?:clinically )?indicated\b[^.]{0,40}\b(?:in this case|for this (?:patient|worker)|here)\b|\b(?:records?|documentation|information)\b[^.]{0,60}\bdo(?:es)? not support\b/i,
    unless: /\bif the patient fails\b|\bshould not meet\b|\bpatients\b|^\W*if\b/i,
    outcome: 'upheld',
    guidelineText: true,
  },

  // What speaks for the request.
  {
    kind: 'criteria-met',
    says: /\b(?:meets?|satisf(?:y|ies|ied)|fulfil(?:s|ls|led)?)\b[^.]{0,60}\b(?:criteria|guidelines?|requirements?|recommendations?|standards?|indications?)\b|\bsupported by (?:the )?(?:\w+ )?(?:guidelines?|MTUS|ODG|ACOEM)\b|\b(?:records?|documentation|information)\b[^.]{0,60}\b(?:do|does) support\b|\bsupportive of\b|\b(?:compatible|consistent|in line|in accordance|accords?) with\b[^.]{0,80}\b(?:MTUS|ODG|ACOEM|guidelines?)\b|\bas (?:were|was|is|are)\b[^.]{0,10}\bpresent here\b|\bwould support\b[^.]{0,80}\bcase such as this\b|\bguideline\w*\b[^.]{0,40}\bsupports? (?:the|this) request\b/i,
    unless: /\b(?:patients|applicants) who\b|\bnot meet\b|\bfails? to meet\b|\bnot supported\b/i,
    outcome: 'overturned',
    guidelineText: true,
  },
  {
    kind: 'earlier-care-failed',
    says: /\b(?:fail(?:ed|ure)|no improvement|without (?:relief|improvement|benefit)|despite|not (?:responded|improved)|already (?:had|tried|undergone|completed)|no relief|not tolerated|lack of progress|given up because|(?:records?|notes?) (?:report|show|document|indicate)s? (?:\w+ )?conservative care)\b/i,
    and: /\b(?:given up|conservative|first[- ]line|therapy|medications?|injections?|NSAIDs?|splint\w*|exercises?|bracing|treatments?|lack of progress)\b/i,
    unless: /\bnot (?:undergone|had|indicate|been documented)\b|\bevidence that\b|\bbenefit from\b/i,
    outcome: 'overturned',
  },
  {
    kind: 'improvement-shown',
    says: /\b(?:improv(?:ement|ed|ing)|benefit(?:ed)?|helping|relie(?:f|ved)|quantifiable clinical change|reduced pain)\b/i,
    and: /\b(?:treatments?|therapy|sessions|visits|medications?|tablets?|mg|taking|use)\b/i,
    unless: /\bwould be assessed\b|\binitial trial\b|\b(?:no|not|without|lack of) (?:\w+ )?(?:improvement|improved|relief|benefit)\b|\bnecessarily improved\b|\bwould benefit\b|\black of\b/i,
    outcome: 'overturned',
  },
  {
    kind: 'red-flag-shown',
    says: /\b(?:has|have|had|documents?|presence of|with|there (?:is|are|was|were)|emergence of) (?:a |an |several )?red[- ]flags?\b/i,
    outcome: 'overturned',
  },
  {
    kind: 'safety-checks-shown',
    says: /\b(?:drug screen\w*|CURES|opioid agreement|pain contract|aberrant behaviou?r|risk assessment)\b/i,
    and: /\b(?:consistent|compliant|compliance|appropriate|no aberrant|on file|signed|reviewed|completed|checked|negative|low risk)\b/i,
    outcome: 'overturned',
  },
  {
    kind: 'test-shown',
    says: /\b(?:MRI|x-?rays?|CT|imaging|EMG|NCS|NCV|radiographs?|scan|ultrasound|study|studies)\b[^.]{0,60}\b(?:reveal\w*|show(?:s|ed|n)?|indicated|demonstrat\w*|confirm(?:s|ed)?|found|documented)\b|\bfindings on (?:the )?(?:imaging|MRI|x-?rays?)\b/i,
    unless: /\bmay\b|\b(?:utilization|UR) review/i,
    outcome: 'overturned',
  },
  {
    kind: 'findings-shown',
    says: /\b(?:positive(?! direction)|weak(?:ness)?|deficits?|decreased (?:\w+ )?(?:sensation|strength|grip|motion)|numbness|tingling|(?:limited|limitation|restricted|reduced) (?:\w+ ){0,7}(?:motion|work)|limitation with|instability|unstable|radiculopathy|neuropathy|tenderness|spasms?|swelling|edema|symptomatic|difficulty|unable to|problems with|neurologic\w* (?:deficit|dysfunction|pain|abnormal\w*|compromise)|paresthesias?|objective findings|physical exam findings)\b|\b(?:she|he|patient|claimant|worker|applicant) (?:\w+ ){0,3}(?:had|has|was having|complained of|reported|reports|complains of) (?:\w+ ){0,4}pain\b/i,
    unless: /\b(?:no|not|without|normal|free of) (?:\w+ ){0,3}(?:weakness|deficits?|numbness|tenderness|spasms?|swelling|instability)\b|\bnot due to\b|\bcould be due to\b|\b(?:as|due) to (?:the )?severity\b|\butilization review\w*\b|\bwas requested\b|\bclaims administrator\b|\bgiven up\b|\bconsistent with a\b|\bmaneuver\b/i,
    outcome: 'overturned',
  },
  { kind: 'findings-shown', says: /\bsymptomatic for\b|\bduration of\b[^.]{0,50}\b(?:symptoms|pain|paresthesias)\b/i, outcome: 'overturned' },
  {
    kind: 'risk-shown',
    says: /\b(?:\d+ years of age|(?:advanced|older|patient['’]s) age|comorbid\w*|hypertension|diabet\w+|obes\w+|risk factors?|at (?:high|increased|intermediate) risk|history of (?:\w+ )?(?:ulcer|bleeding))\b/i,
    unless: /\bshould be\b|\bno (?:\w+ )?indication\b/i,
    outcome: 'overturned',
  },
  {
    kind: 'needed-for-next-step',
    says: /\b(?:would|will|may|could|to) (?:further )?(?:guide|change|direct|affect|alter)\b[^.]{0,30}\b(?:management|treatment|care|surgery)\b|\bclarify the (?:cause|diagnosis|anatomy|source)\b|\brule out\b|\bprior to (?:the |this |her |his )?(?:injection|surgery|procedure)\b|\bdecision[- ]making (?:may|would|will|could)\b|\bwill identify\b/i,
    outcome: 'overturned',
  },
  {
    kind: 'within-recommended',
    says: /\b(?:within|below|under|not exceed|only|fewer than|less than)\b[^.]{0,40}\b(?:guidelines?|recommend\w+|range|limits?)\b/i,
    and: /\b(?:visits?|sessions|number|dose|quantity|amount|duration|request\w*|weeks?)\b/i,
    outcome: 'overturned',
  },
  {
    kind: 'within-recommended',
    says: /\b(?:prescribed|requested|asked for|given)\b[^.]{0,30}\b(?:one|a|single|two|short)[- ](?:month|week|term|period|course|period of one)\b|\bfor a (?:short|limited) (?:time|period|course)\b/i,
    outcome: 'overturned',
  },
  {
    kind: 'dependent-approved',
    says: /\b(?:has|have|had|was|were|been) (?:been )?(?:approved|authorized|certified|scheduled) (?:to|for)\b|\bis to undergo\b|\bimmediate post-?operative\b|\bsupported (?:the )?surg\w+|\b(?:repair|surgery|operation|procedure) (?:includes|involves|requires)\b|\bsurgery (?:is|was|has been) (?:supported|approved|authorized|certified|medically necessary)\b/i,
    unless: /\bclaims administrator\b/i,
    outcome: 'overturned',
  },
  {
    kind: 'exception',
    says: /\bdue to the (?:severity|complexity)\b|\bwould not respond to\b|\bexceptional (?:case|reason|circumstance|factor)s? (?:is|are|exist)|\bwhy a home exercise program is not\b|\bspecial circumstances\b|\bexceed guideline recommendations by only\b/i,
    unless: /\bno (?:exceptional|special)\b/i,
    outcome: 'overturned',
  },
  {
    kind: 'denial-mistaken',
    says: /\bthe record says otherwise\b|\bdenial (?:reasoned|held|said|argued)\b[^.]{0,80}\bbut\b|\b(?:utilization review\w*|UR|denial|prior review\w*)\b[^.]{0,120}\b(?:false|incorrect|mistaken|wrong|erroneous|in error|outside (?:of )?(?:his|her|their|the) (?:\w+ )?(?:area|field|expertise|scope))\b/i,
    outcome: 'overturned',
    guidelineText: true,
  },

  // What speaks for no side.
  {
    kind: 'guideline-silent',
    says: /\b(?:MTUS|ODG|ACOEM|guidelines?)\b[^.]{0,60}\b(?:(?:is |are )?silent\b|do(?:es)? not (?:specifically |directly )?(?:address|apply|discuss|speak|mention|cover|comment)|not (?:specifically )?addressed|(?:makes?|has|have) no (?:mention|recommendation)s?)\b|\bnot addressed by (?:the )?(?:MTUS|ACOEM|ODG)\b/i,
    unless: /\bdoes not support\b/i,
    guidelineText: true,
  },
  {
    kind: 'taper-advised',
    says: /\b(?:decision|determination)\b[^.]{0,80}\b(?:stop|discontinu\w+)\b[^.]{0,60}\babrupt\w*|\badvised to consult\b[^.]{0,80}\btaper\w*|\b(?:weaning|taper(?:ing)?) (?:is|was|of [^.]{1,30} is) (?:recommended|advised|warranted|appropriate|indicated)\b|\bshould be (?:weaned|tapered)\b/i,
    guidelineText: true,
  },
];
