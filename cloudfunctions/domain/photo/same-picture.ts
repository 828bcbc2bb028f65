/** A picture's greys are kept in a square of this many samples a side. */
export const digestSide = 32

/** What of a cleaned photo is kept to know the picture again. */
export interface PictureDigest {
  /** SHA-256 of the re-encoded bytes, hex: equal when the same file came in twice. */
  readonly exact: string
  /** The picture's greys from left to right, top to bottom, stretched to the square, two hex digits each. */
  readonly grey: string
}

/** How much may be cut off at an edge before it is another picture, as a share of the side. */
const mostCut = 0.08
/** Largest difference of one sixteenth's square (4 × 4 samples), in parts of the picture's own contrast. */
const mostDifference = 0.33
/** A picture of less contrast is compared as if it had this much: its noise is not its content. */
const leastContrast = 24

/** Shares cut off at left, top, right and bottom. */
type Cut = readonly [number, number, number, number]
const uncut: Cut = [0, 0, 0, 0]

const greysOf = ({ grey }: PictureDigest): Float64Array =>
  Float64Array.from({ length: digestSide * digestSide }, (_, at) =>
    Number.parseInt(grey.slice(at * 2, at * 2 + 2), 16),
  )

const within = (at: number): number => Math.min(digestSide - 1, Math.max(0, at))

/** Grey between the samples, by the four around it. */
const greyAt = (greys: Float64Array, column: number, row: number): number => {
  const [x, y] = [within(column), within(row)]
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [right, bottom] = [within(left + 1), within(top + 1)]
  const [toRight, toBottom] = [x - left, y - top]
  const grey = (sampleX: number, sampleY: number) => greys[sampleY * digestSide + sampleX] ?? 0
  return (
    (grey(left, top) * (1 - toRight) + grey(right, top) * toRight) * (1 - toBottom) +
    (grey(left, bottom) * (1 - toRight) + grey(right, bottom) * toRight) * toBottom
  )
}

interface Difference {
  readonly mean: number
  /** Of the worst square. */
  readonly worst: number
}

/** `part` laid over `whole` without its cut edges, both made equally light; `step` 2 takes every other sample. */
const differenceOf = (part: Float64Array, whole: Float64Array, cut: Cut, step: 1 | 2): Difference => {
  const side = digestSide / step
  const [left, top, right, bottom] = cut
  const ours = new Float64Array(side * side)
  const theirs = new Float64Array(side * side)
  let [ourSum, theirSum] = [0, 0]
  for (let at = 0; at < ours.length; at += 1) {
    const column = (at % side) * step
    const row = Math.floor(at / side) * step
    const our = part[row * digestSide + column] ?? 0
    const their = greyAt(
      whole,
      left * digestSide + (1 - left - right) * (column + 0.5) - 0.5,
      top * digestSide + (1 - top - bottom) * (row + 0.5) - 0.5,
    )
    ours[at] = our
    theirs[at] = their
    ourSum += our
    theirSum += their
  }
  const [ourMean, theirMean] = [ourSum / ours.length, theirSum / theirs.length]
  let [common, ourSpread, theirSpread] = [0, 0, 0]
  for (let at = 0; at < ours.length; at += 1) {
    const our = (ours[at] ?? 0) - ourMean
    const their = (theirs[at] ?? 0) - theirMean
    common += our * their
    ourSpread += our * our
    theirSpread += their * their
  }
  // Brighter or harder, but never by more than half: a plain wall is not a street seen in fog.
  const gain = theirSpread === 0 ? 1 : Math.min(1.5, Math.max(1 / 1.5, common / theirSpread))
  const contrast = Math.max(leastContrast, Math.sqrt(ourSpread / ours.length))
  const squareSide = 4 / step
  const squares = new Float64Array(64)
  let mean = 0
  for (let at = 0; at < ours.length; at += 1) {
    const difference = (ours[at] ?? 0) - ourMean - gain * ((theirs[at] ?? 0) - theirMean)
    mean += Math.abs(difference)
    const square = Math.floor(Math.floor(at / side) / squareSide) * 8 + Math.floor((at % side) / squareSide)
    squares[square] = (squares[square] ?? 0) + difference / (squareSide * squareSide)
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

const isPartOf = (part: Float64Array, whole: Float64Array): boolean =>
  differenceOf(part, whole, bestCut(part, whole), 1).worst <= mostDifference

/**
 * F5: whether two photos show the same picture: the same file, or one that was re-encoded, resized, made a
 * little lighter or darker, or cropped by up to 8 % a side. Two photos of one place with something changed in a
 * part of the frame are two pictures. Plain frames, dark ones too, are all the same picture: they show nothing.
 * Nearly the same shot taken twice counts as one.
 */
export const isSamePicture = (one: PictureDigest, other: PictureDigest): boolean => {
  if (one.exact === other.exact) return true
  const [ours, theirs] = [greysOf(one), greysOf(other)]
  if (differenceOf(ours, theirs, uncut, 1).worst <= mostDifference) return true
  return isPartOf(ours, theirs) || isPartOf(theirs, ours)
}

/** One bit a field of eight by eight: is it clearly lighter than the one to its right (the last: the first)? */
const lookOf = (digest: PictureDigest): readonly boolean[] => {
  const greys = greysOf(digest)
  const side = digestSide / 8
  const fields = new Float64Array(64)
  greys.forEach((grey, at) => {
    const field = Math.floor(Math.floor(at / digestSide) / side) * 8 + Math.floor((at % digestSide) / side)
    fields[field] = (fields[field] ?? 0) + grey / (side * side)
  })
  return Array.from(fields, (grey, at) => grey - (fields[at % 8 === 7 ? at - 7 : at + 1] ?? 0) > 4)
}

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
