import { inflateRawSync } from 'node:zlib'

/** What is said of a file in the directory at the end of an archive. */
interface Entry {
  readonly name: string
  readonly method: number
  readonly packedBytes: number
  readonly at: number
}

const endMark = 0x06054b50
const entryMark = 0x02014b50
/** The directory lies at the end, behind it a remark of at most 64 KB. */
const mostRemark = 65_557
const mostEntries = 2_000

/** The files of an archive by what its directory says; undefined where it has none that can be read. */
const entriesOf = (bytes: Buffer): readonly Entry[] | undefined => {
  let end = bytes.length - 22
  for (const first = Math.max(0, bytes.length - mostRemark); end >= first; end -= 1)
    if (bytes.readUInt32LE(end) === endMark) break
  if (end < 0 || bytes.readUInt32LE(end) !== endMark) return undefined
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  if (count > mostEntries) return undefined
  const entries: Entry[] = []
  for (let no = 0; no < count; no += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entryMark) return undefined
    const nameBytes = bytes.readUInt16LE(at + 28)
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameBytes),
      method: bytes.readUInt16LE(at + 10),
      packedBytes: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    })
    at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

/**
 * The files of an archive, unpacked, by name; undefined where it is none, is damaged, or holds more than so many bytes:
 * what the directory says of that is not believed, unpacking stops there.
 */
export const unpackBounded = (bytes: Buffer, mostBytes: number): ReadonlyMap<string, Buffer> | undefined => {
  const files = new Map<string, Buffer>()
  let left = mostBytes
  try {
    for (const { name, method, packedBytes, at } of entriesOf(bytes) ?? []) {
      const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
      const packed = bytes.subarray(from, from + packedBytes)
      if (method !== 0 && method !== 8) return undefined
      // A bound of nothing would be none.
      const file = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, left) })
      left -= file.byteLength
      if (left < 0) return undefined
      files.set(name, file)
    }
  } catch {
    return undefined
  }
  return files.size > 0 ? files : undefined
}
