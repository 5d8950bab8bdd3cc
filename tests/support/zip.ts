/** Reads a ZIP archive from its directory, written from the format (PKWARE APPNOTE) and not from our writer. */
import assert from 'node:assert/strict';
import { crc32, inflateRawSync } from 'node:zlib';

/** The files of an archive: their names in order, with their texts. */
export function readZip(archive: Uint8Array): Map<string, string> {
  const bytes = Buffer.from(archive);
  const end = bytes.length - 22;
  assert.equal(bytes.readUInt32LE(end), 0x06054b50, 'the archive ends with its directory');
  const [count, size, start] = [bytes.readUInt16LE(end + 10), bytes.readUInt32LE(end + 12), bytes.readUInt32LE(end + 16)];
  assert.equal(start + size, end);
  const files = new Map<string, string>();
  let at = start;
  for (let index = 0; index < count; index += 1) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const [method, sum, packed, whole, nameLength] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24), bytes.readUInt16LE(at + 28)];
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    assert.equal(method, 8);
    assert.equal(bytes.readUInt32LE(local), 0x04034b50);
    // What stands before the file says the same as the directory.
    assert.deepEqual(bytes.subarray(local + 6, local + 30), bytes.subarray(at + 8, at + 32));
    assert.equal(bytes.toString('utf8', local + 30, local + 30 + nameLength), name);
    const content = inflateRawSync(bytes.subarray(local + 30 + nameLength, local + 30 + nameLength + packed));
    assert.equal(content.length, whole);
    assert.equal(crc32(content), sum);
    assert.ok(!files.has(name));
    files.set(name, content.toString('utf8'));
    at += 46 + nameLength;
  }
  assert.equal(at, end);
  return files;
}
