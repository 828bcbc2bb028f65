import { digestSide, type PictureDigest } from '../../../ground/picture-digest'

/** How much may be cut off at an edge before it is another picture, as a share of the side. */
const mostCut = 0.08

/** Largest difference of one sixteenth's square (4 × 4 samples), in parts of the picture's own contrast. */
const mostDifference = 0.28

/** A picture of less contrast is compared as if it had this much: its noise is not its content. */
const leastContrast = 24

/** Shares cut off at left, top, right and bottom. */
type Cut = readonly [number, number, number, number]

const uncut: Cut = [0, 0, 0, 0]

/** Worked out once for each digest, however many others it is compared with. */
const once = <T extends object>(of: (digest: PictureDigest) => T): ((digest: PictureDigest) => T) => {
  const known = new WeakMap<PictureDigest, T>()
  return (digest) => {
    const found = known.get(digest) ?? of(digest)
    known.set(digest, found)
    return found
  }
}

const greysOf = once(({ grey }) =>
  Float64Array.from({ length: digestSide * digestSide }, (_, at) =>
    Number.parseInt(grey.slice(at * 2, at * 2 + 2), 16),
  ),
)

/** Where along one side samples are taken: the sample before each place and the share of the one behind it. */
const placesAlong = (cutBefore: number, cutBehind: number, step: number) => {
  const count = digestSide / step
  const before = new Int32Array(count)
  const shares = new Float64Array(count)
  for (let at = 0; at < count; at += 1) {
    const place = cutBefore * digestSide + (1 - cutBefore - cutBehind) * (at * step + 0.5) - 0.5
    const kept = Math.min(digestSide - 1, Math.max(0, place))
    const sample = Math.min(digestSide - 2, Math.floor(kept))
    before[at] = sample
    shares[at] = kept - sample
  }
  return { before, shares }
}

interface Difference {
  readonly mean: number
  /** Of the worst square. */
  readonly worst: number
}

/** `part` laid over `whole` without its cut edges, both made equally light; `step` 2 takes every other sample. */
const differenceOf = (part: Float64Array, whole: Float64Array, cut: Cut, step: 1 | 2): Difference => {
  const side = digestSide / step
  const columns = placesAlong(cut[0], cut[2], step)
  const rows = placesAlong(cut[1], cut[3], step)
  const ours = new Float64Array(side * side)
  const theirs = new Float64Array(side * side)
  let ourSum = 0
  let theirSum = 0
  for (let row = 0; row < side; row += 1) {
    const upper = (rows.before[row] ?? 0) * digestSide
    const down = rows.shares[row] ?? 0
    for (let column = 0; column < side; column += 1) {
      const corner = upper + (columns.before[column] ?? 0)
      const right = columns.shares[column] ?? 0
      // Grey between the samples, by the four around it.
      const above = (whole[corner] ?? 0) * (1 - right) + (whole[corner + 1] ?? 0) * right
      const below =
        (whole[corner + digestSide] ?? 0) * (1 - right) + (whole[corner + digestSide + 1] ?? 0) * right
      const their = above * (1 - down) + below * down
      const our = part[(row * digestSide + column) * step] ?? 0
      ours[row * side + column] = our
      theirs[row * side + column] = their
      ourSum += our
      theirSum += their
    }
  }
  const ourMean = ourSum / ours.length
  const theirMean = theirSum / theirs.length
  let common = 0
  let ourSpread = 0
  let theirSpread = 0
  for (let at = 0; at < ours.length; at += 1) {
    const our = (ours[at] ?? 0) - ourMean
    const their = (theirs[at] ?? 0) - theirMean
    common += our * their
    ourSpread += our * our
    theirSpread += their * their
  }
  // Brightness and contrast are adjusted by at most half: else a plain wall would match a street in fog.
  const gain = theirSpread === 0 ? 1 : Math.min(1.5, Math.max(1 / 1.5, common / theirSpread))
  const contrast = Math.max(leastContrast, Math.sqrt(ourSpread / ours.length))
  const squareSide = 4 / step
  const squares = new Float64Array(64)
  let mean = 0
  for (let row = 0; row < side; row += 1) {
    const firstSquare = Math.floor(row / squareSide) * 8
    for (let column = 0; column < side; column += 1) {
      const at = row * side + column
      const difference = (ours[at] ?? 0) - ourMean - gain * ((theirs[at] ?? 0) - theirMean)
      mean += Math.abs(difference)
      const square = firstSquare + Math.floor(column / squareSide)
      squares[square] = (squares[square] ?? 0) + difference / (squareSide * squareSide)
    }
  }
  return {
    mean: mean / ours.length / contrast,
    worst: squares.reduce((worst, one) => Math.max(worst, Math.abs(one)), 0) / contrast,
  }
}

/** The cut under which `part` resembles `whole` most, searched in ever smaller steps; at most 128 tries. */
const bestCut = (part: Float64Array, whole: Float64Array): Cut => {
  let best: Cut = uncut
  let least = differenceOf(part, whole, best, 2).mean
  for (const step of [0.04, 0.02, 0.01, 0.005]) {
    for (let round = 0; round < 4; round += 1) {
      let hasImproved = false
      for (let edge = 0; edge < 4; edge += 1) {
        for (const change of [step, -step]) {
          const cut = best.map((share, at) =>
            at === edge ? Math.min(mostCut, Math.max(0, share + change)) : share,
          ) as unknown as Cut
          const { mean } = differenceOf(part, whole, cut, 2)
          if (mean < least) {
            least = mean
            best = cut
            hasImproved = true
          }
        }
      }
      if (!hasImproved) break
    }
  }
  return best
}

const isAlike = (part: Float64Array, whole: Float64Array, cut: Cut): boolean =>
  differenceOf(part, whole, cut, 1).worst <= mostDifference

/**
 * F5: whether two photos show the same picture: the same file, or one that was re-encoded, resized, made a
 * little lighter or darker, or cropped by up to 8 % a side. Two photos of one place with something changed in a
 * part of the frame are two pictures. Plain frames, dark ones too, are all the same picture: they show nothing.
 * Nearly the same shot taken twice counts as one.
 */
export const isSamePicture = (one: PictureDigest, other: PictureDigest): boolean => {
  if (one.exact === other.exact) return true
  const [ours, theirs] = [greysOf(one), greysOf(other)]
  if (isAlike(ours, theirs, uncut) || isAlike(theirs, ours, uncut)) return true
  return isAlike(ours, theirs, bestCut(ours, theirs)) || isAlike(theirs, ours, bestCut(theirs, ours))
}

/** One bit a field of eight by eight: is it clearly lighter than the one to its right (the last: the first)? */
const lookOf = once((digest): readonly boolean[] => {
  const greys = greysOf(digest)
  const side = digestSide / 8
  const fields = new Float64Array(64)
  greys.forEach((grey, at) => {
    const field = Math.floor(Math.floor(at / digestSide) / side) * 8 + Math.floor((at % digestSide) / side)
    fields[field] = (fields[field] ?? 0) + grey / (side * side)
  })
  return Array.from(fields, (grey, at) => grey - (fields[at % 8 === 7 ? at - 7 : at + 1] ?? 0) > 4)
})

/**
 * Words under which a picture can be looked up among many: its bytes, and its look in four parts of sixteen
 * bits. Re-encoded and resized copies share one at least; other pictures may share one too.
 */
export const pictureKeys = (digest: PictureDigest): readonly string[] => {
  const look = lookOf(digest)
  const parts = [0, 1, 2, 3].map((part) => {
    const bits = look.slice(part * 16, part * 16 + 16).map((bit) => (bit ? '1' : '0'))
    return `${part}-${Number.parseInt(bits.join(''), 2).toString(16)}`
  })
  return [digest.exact.slice(0, 32), ...parts]
}

/** In how many of 64 fields two pictures differ by look; a quick guess, good for ordering. */
export const lookDistance = (one: PictureDigest, other: PictureDigest): number => {
  const [ours, theirs] = [lookOf(one), lookOf(other)]
  return ours.reduce((count, bit, at) => count + (bit === theirs[at] ? 0 : 1), 0)
}
