/** Postal addresses: a street with its number, a post office box, a town with its state and ZIP code. */
import { publicAddresses } from './data.ts';
import type { Identifier } from './find.ts';
import { matchesOf, rare } from './rare.ts';
import type { RarePattern } from './rare.ts';

/** A blank, or a line's end. */
const GAP = String.raw`(?:[ ]{1,2}|,?[ ]?\n(?!\n))`;
const STATE = String.raw`(?:California|Calif\.?|CA|Ca\.?|C\.A\.|Nevada|NV|Arizona|AZ|Oregon|OR|Washington|WA|Texas|TX|New${GAP}Mexico|NM|New${GAP}York|NY|Utah|UT|Idaho|ID|Colorado|CO|Florida|FL|Illinois|IL|Hawaii|HI|Georgia|GA|Ohio|OH|Michigan|MI|Pennsylvania|PA|New${GAP}Jersey|NJ|Virginia|VA|Massachusetts|MA)`;
const ZIP = String.raw`(?<!\d)\d{5}(?:[-\u2010-\u2015]\n?\d{4})?(?![\d])`;
const WORD = String.raw`(?:\p{Lu}[\p{L}'\u2019.-]*|\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)|\d{1,3}(?=${GAP}(?:St|Ave|Street|Avenue)\b)|de|del|la|las|los|of|the)`;
const TOWN = String.raw`\p{Lu}[\p{L}'\u2019.-]+(?:[ ]\p{Lu}[\p{L}'\u2019.-]+){0,3}`;
const UNIT = String.raw`(?:,?${GAP}?(?:(?:Apt|Apartment|Unit|Suite|Ste|Space|Spc|Bldg|Building|Floor|Fl|Room|Rm|Lot|Trailer|Dept|Spc)\b\.?|#)${GAP}?#?[\p{L}\d-]{1,6})?`;
const TYPE = String.raw`(?:Street|St|Avenue|Ave|Av|Boulevard|Blvd|Road|Rd|Drive|Dr|Lane|Ln|Court|Ct|Circle|Cir|Place|Pl|Way|Terrace|Ter|Parkway|Pkwy|Highway|Hwy|Square|Sq|Plaza|Plz|Trail|Trl|Alley|Loop|Row|Crescent|Crossing|Path|Freeway|Expressway|Expwy|Ridge|Landing|Commons|Mall|Turnpike|STREET|AVENUE|AVE|BOULEVARD|BLVD|ROAD|RD|DRIVE|LANE|COURT|CIRCLE|PLACE|WAY|TERRACE|PARKWAY|PKWY|HIGHWAY|HWY|ST|LN)`;
const COMPASS = String.raw`(?:[NSEW]\.?|[NS]\.?[EW]\.?|North|South|East|West|Northeast|Northwest|Southeast|Southwest|NORTH|SOUTH|EAST|WEST)`;
const NUMBER = String.raw`(?<![\w./#$%-])(?<number>\d{1,6}(?:-\d{1,4})?(?:[ ]?1/2)?[A-Z]?)`;
const REST = String.raw`(?:,?${GAP}${TOWN})?(?:,?${GAP}${STATE}\b\.?)?(?:,?${GAP}${ZIP})?`;

const STREETS: readonly RarePattern[] = [
  // 1200 North Invented Street, Apt. 4, Fresno, CA 93700
  rare(new RegExp(String.raw`[ \n]${TYPE}\b`), String.raw`${NUMBER}${GAP}(?<street>(?:${COMPASS}${GAP})?(?:${WORD}${GAP}){1,4}?${TYPE})\b\.?(?:${GAP}${COMPASS}(?![\p{L}]))?${UNIT}(?<rest>${REST})`, 'gu'),
  // 88 Calle Inventada, 450 Via del Norte, 900 Broadway, 7 Avenue of the Stars, 12345 Highway 49, 300 County Road 12
  rare(
    /Calle|Camin|V[i\u00ed]a|Aven|Paseo|Rancho|Vista|Corte|Plaza|Rue|Broadway|Embarcadero|Highway|Hwy|Route|Rte|Road/,
    String.raw`${NUMBER}${GAP}(?<street>(?:${COMPASS}${GAP})?(?:(?:Calle|Camino|Via|V\u00eda|Avenida|Paseo|Rancho|Vista|Caminito|Corte|Plaza|Rue)${GAP}(?:${WORD}${GAP}?){1,3}|Broadway\b|The${GAP}Embarcadero\b|Avenue${GAP}(?:of${GAP}(?:the${GAP})?)?${WORD}|(?:State${GAP}|County${GAP}|US${GAP})?(?:Highway|Hwy\.?|Route|Rte\.?|Road)${GAP}\d{1,3}[A-Z]?))${UNIT}(?<rest>${REST})`,
    'gu',
  ),
];
const BOX = rare(new RegExp(String.raw`\b(?:P\.?[ \n]?O\.?[ \n]?|Post${GAP}Office${GAP}|PMB${GAP}?)(?:Box|BOX|box|Drawer)?${GAP}?#?\d|\b(?:Rural${GAP}Route|R\.?R\.?|Star${GAP}Route|HC)[ ]#?\d`), String.raw`\b(?:P\.?[ \n]?O\.?[ \n]?|Post${GAP}Office${GAP}|PMB${GAP}?)(?:Box|BOX|box|Drawer)?${GAP}?#?\d{1,7}${UNIT}${REST}|\b(?:Rural${GAP}Route|R\.?R\.?|Star${GAP}Route|HC)[ ]#?\d{1,3},?${GAP}Box${GAP}\d{1,5}${REST}`, 'gu');
const TOWN_WITH_ZIP = rare(new RegExp(String.raw`${STATE}\b\.?,?${GAP}\d{5}`), String.raw`(?<![\p{L}'\u2019.-])${TOWN},?${GAP}${STATE}\b\.?,?${GAP}${ZIP}`, 'gu');
/** A ZIP code alone, or a number with a street's name alone, counts only where the words before say what it is. */
const ZIP_WITH_CUE = new RegExp(String.raw`\b(?:zip|postal)(?:[ -]?code)?\b[^\d\n]{0,20}(?<value>${ZIP})`, 'giu');
const LIVES_AT = rare(/\b(?:resid(?:es|ed|ing|ence)|liv(?:es|ed|ing)|address|mailed|moved|located|home)\b[^\d\n.;]{0,30}\d/, String.raw`\b(?:resid(?:es|ed|ing|ence)|liv(?:es|ed|ing)|mailing address|home address|address|mailed|moved|located|home)\b[^\d\n.;]{0,30}(?:(?<= at )|(?<= to )|(?<= is )|(?<=: ?)|(?<= of ))(?<value>\d{1,6}${GAP}(?:${COMPASS}${GAP})?\p{Lu}[\p{L}'\u2019.]+(?:${GAP}\p{Lu}[\p{L}'\u2019.]+){0,3}${UNIT}${REST})`, 'gu');

export const ADDRESS_PATTERNS: readonly (RegExp | RarePattern)[] = [...STREETS, BOX, TOWN_WITH_ZIP, ZIP_WITH_CUE, LIVES_AT];

/** What is counted or measured, and is no house. */
const NOT_A_STREET = /\b(?:mg|ml|mcg|tablets?|capsules?|visits?|sessions?|weeks?|months?|days?|hours?|units?|views|levels?|physical|therapy|pain|grams?|x|mri|ct|emg|chapter|chronic|medical|treatment|guidelines?|section|page|table|official|disability|complaints|unlisted|steroid|injections?|steps?|step|minutes?|minute|meters?|foot|point|points|way)\b/i;

/** Streets, boxes and towns with their ZIP codes. */
export function findAddresses(text: string): Identifier[] {
  const { addresses } = publicAddresses();
  const found: Identifier[] = [];
  const add = (start: number, value: string): void => {
    const bare = value.replace(/\s+/g, ' ').toLowerCase();
    if (addresses.some((address) => bare.startsWith(address.toLowerCase()))) return;
    found.push({ kind: 'address', start, end: start + value.trimEnd().length });
  };
  for (const pattern of STREETS) {
    for (const match of matchesOf(text, pattern)) {
      const { street = '', rest = '' } = match.groups!;
      // "on 6 Smith Dr." is a street, "12 Visits Dr. Smith" and a title before a name are none.
      const town = /\d{5}|,/.test(rest);
      if (NOT_A_STREET.test(street.replace(/\s\S+$/, ' ')) || (/\bDr\.?$/.test(street) && rest !== '' && !town && /^\s/.test(rest) && /Dr\./.test(match[0]))) continue;
      if (/^(?:19|20)\d{2}$/.test(match.groups!.number!) && /\bDr$/.test(street) && !town) continue;
      // Without a comma or a ZIP code the words after a street are the sentence's.
      add(match.index, town ? match[0] : match[0].slice(0, match[0].length - rest.length));
    }
  }
  for (const match of matchesOf(text, BOX)) add(match.index, match[0]);
  for (const match of matchesOf(text, TOWN_WITH_ZIP)) add(match.index, match[0]);
  for (const pattern of [ZIP_WITH_CUE, LIVES_AT]) for (const match of matchesOf(text, pattern)) add(match.index + match[0].lastIndexOf(match.groups!.value!), match.groups!.value!);
  return found;
}
