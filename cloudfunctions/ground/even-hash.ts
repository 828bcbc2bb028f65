/** Into which of so many pieces of one size an id falls (FNV-1a): the same one for good. */
export const pieceOf = (id: string, pieces: number): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  return (hash >>> 0) % pieces
}
