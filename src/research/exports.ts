/** Every file that is made of an annex, by the end of its name. Loaded when the first is asked for. */
import type { Annex } from './annex.ts';
import { DOCX_TYPE, annexDocx } from './docx.ts';
import { annexMarkdown } from './markdown.ts';
import { annexCslJson, annexCsv, annexRis } from './tables.ts';

export type ExportFormat = 'docx' | 'md' | 'csv' | 'ris' | 'json';

export async function exported(annex: Annex, format: ExportFormat): Promise<Blob> {
  const text = (type: string, content: string): Blob => new Blob([content], { type: `${type};charset=utf-8` });
  switch (format) {
    case 'docx':
      return new Blob([await annexDocx(annex)], { type: DOCX_TYPE });
    case 'md':
      return text('text/markdown', annexMarkdown(annex));
    case 'csv':
      return text('text/csv', annexCsv(annex));
    case 'ris':
      return text('application/x-research-info-systems', annexRis(annex));
    case 'json':
      return text('application/vnd.citationstyles.csl+json', annexCslJson(annex));
  }
}
