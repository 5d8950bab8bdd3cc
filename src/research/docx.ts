/**
 * The annex as a Word document (ECMA-376, WordprocessingML): a table of the decisions, then each with its citation, the reviewer's reasons as a quotation, and
 * the reader's note set apart. Few parts, written by hand: headings, table and page numbers are Word's own, so that the reader can go on with it. Pure.
 */
import { oneLine } from '../citation.ts';
import type { Decision } from '../determinations/record.ts';
import { xmlText } from '../xml.ts';
import { annexDay, annexEntries, entryName, guidelineLines, outcomeText, serviceText } from './annex.ts';
import type { Annex, AnnexEntry } from './annex.ts';
import { REASONS_TITLE, exportedReasons } from './reasons.ts';
import { zip } from './zip.ts';

export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const CONTENT = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** Widths of the table's columns, in twentieths of a point: together the text's width on a letter page. */
const COLUMNS: readonly [title: string, width: number][] = [['No.', 600], ['Case', 1750], ['Decision', 1010], ['Date', 1500], ['Request', 2900], ['Outcome', 1600]];
/** Letter, with margins of an inch. */
const PAGE = '<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>';

/** The bytes of the document. The same annex gives the same bytes. */
export function annexDocx(annex: Annex): Promise<Uint8Array<ArrayBuffer>> {
  const links = new Links();
  const body = documentBody(annex, links);
  return zip([
    ['[Content_Types].xml', CONTENT_TYPES],
    ['_rels/.rels', relationships([['rId1', `${RELATIONSHIPS}/officeDocument`, 'word/document.xml'], ['rId2', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml']])],
    ['docProps/core.xml', `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xmlText(oneLine(annex.title))}</dc:title><dc:language>en-US</dc:language></cp:coreProperties>`],
    ['word/document.xml', `${HEAD}<w:document xmlns:w="${WORD}" xmlns:r="${RELATIONSHIPS}"><w:body>${body}<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>${PAGE}</w:sectPr></w:body></w:document>`],
    ['word/styles.xml', STYLES],
    ['word/settings.xml', `${HEAD}<w:settings xmlns:w="${WORD}"><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`],
    ['word/footer1.xml', `${HEAD}<w:ftr xmlns:w="${WORD}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>${run('Page ')}${field('PAGE')}${run(' of ')}${field('NUMPAGES')}</w:p></w:ftr>`],
    ['word/_rels/document.xml.rels', relationships([['rId1', `${RELATIONSHIPS}/styles`, 'styles.xml'], ['rId2', `${RELATIONSHIPS}/settings`, 'settings.xml'], ['rId3', `${RELATIONSHIPS}/footer`, 'footer1.xml'], ...links.all])],
  ]);
}

/** Addresses that the document leads to. Word keeps them apart from the text. */
class Links {
  readonly all: [id: string, type: string, target: string, outside: true][] = [];

  add(address: string): string {
    const id = `rId${this.all.length + 4}`;
    this.all.push([id, `${RELATIONSHIPS}/hyperlink`, address, true]);
    return id;
  }
}

function documentBody(annex: Annex, links: Links): string {
  const parts = [paragraph('Title', run(annex.title)), paragraph(undefined, run('Date: ____________________')), paragraph('Heading1', run('Decisions')), table(annex)];
  for (const { name, entries } of annex.groups) {
    parts.push(paragraph('Heading1', run(name === '' ? 'The decisions one by one' : name)));
    for (const entry of entries) parts.push(...entryParagraphs(entry, links));
  }
  return parts.join('');
}

function table(annex: Annex): string {
  const cell = (width: number, style: string, text: string): string => `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${paragraph(style, run(text))}</w:tc>`;
  const row = (cells: readonly string[], { titles = false } = {}): string =>
    `<w:tr><w:trPr><w:cantSplit/>${titles ? '<w:tblHeader/>' : ''}</w:trPr>${cells.map((text, index) => cell(COLUMNS[index]![1], titles ? 'TableTitle' : 'TableText', text)).join('')}</w:tr>`;
  const grid = COLUMNS.map(([, width]) => `<w:gridCol w:w="${width}"/>`).join('');
  const look = '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="9360" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>';
  return `<w:tbl><w:tblPr>${look}</w:tblPr><w:tblGrid>${grid}</w:tblGrid>${row(COLUMNS.map(([title]) => title), { titles: true })}${annexEntries(annex).map((entry) => row(cells(entry))).join('')}</w:tbl>`;
}

function cells({ place, caseId, number, said, remark }: AnnexEntry): string[] {
  return [String(place), caseId, String(number), ...(said ? [annexDay(said), said.cited.request, outcomeText(said)] : ['', remark, ''])];
}

function entryParagraphs(entry: AnnexEntry, links: Links): string[] {
  const { place, said, note, remark } = entry;
  const labelled = (label: string, ...runs: readonly string[]): string => paragraph(undefined, run(`${label}: `, { bold: true }), ...runs);
  const parts = [paragraph('Heading2', run(`${place}. ${entryName(entry)}`))];
  if (remark !== '') parts.push(paragraph(undefined, run(remark, { bold: true })));
  if (said) {
    const { decision, citation, address } = said;
    parts.push(
      labelled('Citation', run(citation)),
      labelled('Request', run(decision.request)),
      labelled('Outcome', run(outcomeText(said))),
      labelled('Service', run(serviceText(decision))),
      paragraph('Label', run('Guidelines the reviewer cited')),
      ...guidelineLines(decision).map((line) => paragraph('Guideline', run(line))),
      paragraph('Label', run('The reviewer’s rationale')),
      ...decision.rationale.map((text) => paragraph('Quote', run(text))),
      ...reasonParagraphs(decision),
      labelled('Source', `<w:hyperlink r:id="${links.add(address)}">${run(address, { style: 'Hyperlink' })}</w:hyperlink>`),
    );
  }
  const lines = note.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  if (lines.length > 0) parts.push(paragraph('NoteTitle', run('Note')), ...lines.map((line) => paragraph('Note', run(line))));
  return parts;
}

/** Each kind with its sentences, in the reviewer's words. */
function reasonParagraphs(decision: Decision): string[] {
  const reasons = exportedReasons(decision);
  if (reasons.length === 0) return [];
  return [
    paragraph('Label', run(REASONS_TITLE)),
    ...reasons.flatMap(({ name, side, sentences }) => [paragraph('Reason', run(name, { bold: true }), run(` (${side})`)), ...sentences.map((sentence) => paragraph('Quote', run(sentence)))]),
  ];
}

function paragraph(style: string | undefined, ...runs: readonly string[]): string {
  return `<w:p>${style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${runs.join('')}</w:p>`;
}

function run(text: string, { bold = false, style }: { bold?: boolean; style?: string } = {}): string {
  const look = `${style === undefined ? '' : `<w:rStyle w:val="${style}"/>`}${bold ? '<w:b/>' : ''}`;
  return `<w:r>${look === '' ? '' : `<w:rPr>${look}</w:rPr>`}<w:t xml:space="preserve">${xmlText(text.replace(/[\t\r\n]+/g, ' '))}</w:t></w:r>`;
}

function field(name: 'PAGE' | 'NUMPAGES'): string {
  return `<w:fldSimple w:instr=" ${name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>`;
}

function relationships(all: readonly (readonly [id: string, type: string, target: string, outside?: true])[]): string {
  const one = ([id, type, target, outside]: (typeof all)[number]): string => `<Relationship Id="${id}" Type="${type}" Target="${xmlText(target)}"${outside ? ' TargetMode="External"' : ''}/>`;
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all.map(one).join('')}</Relationships>`;
}

const CONTENT_TYPES = `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
  ['/word/document.xml', `${CONTENT}.document.main+xml`],
  ['/word/styles.xml', `${CONTENT}.styles+xml`],
  ['/word/settings.xml', `${CONTENT}.settings+xml`],
  ['/word/footer1.xml', `${CONTENT}.footer+xml`],
  ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
].map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`).join('')}</Types>`;

/** A style of paragraphs. */
function style(id: string, name: string, paragraphLook: string, textLook: string, { after = 'Normal' } = {}): string {
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:next w:val="${after}"/><w:qFormat/><w:pPr>${paragraphLook}</w:pPr><w:rPr>${textLook}</w:rPr></w:style>`;
}

const LINE = 'w:val="single" w:sz="4" w:space="0" w:color="999999"';

const STYLES = `${HEAD}<w:styles xmlns:w="${WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>${[
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
  '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>',
  '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0B3A6E"/><w:u w:val="single"/></w:rPr></w:style>',
  style('Title', 'Title', '<w:spacing w:after="240"/><w:jc w:val="center"/>', '<w:b/><w:sz w:val="36"/><w:szCs w:val="36"/>'),
  style('Heading1', 'heading 1', '<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="30"/><w:szCs w:val="30"/>'),
  style('Heading2', 'heading 2', '<w:keepNext/><w:spacing w:before="300" w:after="120"/><w:outlineLvl w:val="1"/>', '<w:b/><w:sz w:val="26"/><w:szCs w:val="26"/>'),
  style('Label', 'Label', '<w:keepNext/><w:spacing w:after="60"/>', '<w:b/>'),
  style('Guideline', 'Guideline', '<w:spacing w:after="60"/><w:ind w:left="360"/>', ''),
  style('Reason', 'Reason', '<w:keepNext/><w:spacing w:after="60"/><w:ind w:left="360"/>', '', { after: 'Quote' }),
  style('Quote', 'Quote', '<w:ind w:left="720" w:right="720"/>', ''),
  style('NoteTitle', 'Note Title', `<w:keepNext/><w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="767A80"/></w:pBdr><w:spacing w:before="120" w:after="60"/><w:ind w:left="240"/>`, '<w:b/>', { after: 'Note' }),
  style('Note', 'Note', `<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="767A80"/></w:pBdr><w:ind w:left="240"/>`, '<w:i/>', { after: 'Note' }),
  style('TableText', 'Table Text', '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="20"/><w:szCs w:val="20"/>', { after: 'TableText' }),
  style('TableTitle', 'Table Title', '<w:keepNext/><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>', '<w:b/><w:sz w:val="20"/><w:szCs w:val="20"/>', { after: 'TableText' }),
  style('Footer', 'footer', '<w:jc w:val="center"/>', '<w:sz w:val="20"/><w:szCs w:val="20"/>', { after: 'Footer' }),
  `<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`,
  `<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top ${LINE}/><w:left ${LINE}/><w:bottom ${LINE}/><w:right ${LINE}/><w:insideH ${LINE}/><w:insideV ${LINE}/></w:tblBorders></w:tblPr></w:style>`,
].join('')}</w:styles>`;
