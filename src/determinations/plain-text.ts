/** Every run of white space becomes one blank; characters that no reader can see but that reorder or cut text are dropped. */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\p{Noncharacter_Code_Point}/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}
