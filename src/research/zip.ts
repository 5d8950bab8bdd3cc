/** A ZIP archive, as office documents are: each file packed by the browser's own compressor. Same files, same bytes: no clock. */

const UTF8_NAMES = 0x0800;
const DEFLATE = 8;
const VERSION = 20;
/** January 1, 1980, the first day that the format knows. */
const FIRST_DAY = 0x0021;

/** @param files names with forward slashes, in the order in which they stand in the archive */
export async function zip(files: readonly (readonly [name: string, text: string])[]): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const [name, text] of files) {
    const [path, bytes] = [new TextEncoder().encode(name), new TextEncoder().encode(text)];
    const packed = await deflated(bytes);
    const common = [...two(VERSION), ...two(UTF8_NAMES), ...two(DEFLATE), ...two(0), ...two(FIRST_DAY), ...four(crc32(bytes)), ...four(packed.length), ...four(bytes.length), ...two(path.length), ...two(0)];
    const header = Uint8Array.from([...four(0x04034b50), ...common, ...path]);
    directory.push(Uint8Array.from([...four(0x02014b50), ...two(VERSION), ...common, ...two(0), ...two(0), ...two(0), ...four(0), ...four(offset), ...path]));
    parts.push(header, packed);
    offset += header.length + packed.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Uint8Array.from([...four(0x06054b50), ...two(0), ...two(0), ...two(files.length), ...two(files.length), ...four(size), ...four(offset), ...two(0)]);
  return joined([...parts, ...directory, end]);
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer());
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function two(number: number): number[] {
  return [number & 0xff, (number >>> 8) & 0xff];
}

function four(number: number): number[] {
  return [...two(number & 0xffff), ...two(number >>> 16)];
}

/** The checksum of ISO 3309, bit by bit: documents are small. */
function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
