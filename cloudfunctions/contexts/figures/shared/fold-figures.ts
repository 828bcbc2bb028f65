import { sideBySide } from '../../../ground/side-by-side'
import { lastOf } from '../../../ground/unit-path'
import { type ClockMemory, isGivenUpOn } from '../../../journal/clock-memory'
import type { SoFar } from '../../../journal/duties'
import type { Reports } from '../../report/ports'
import type { KeptFigures, KeptSection } from '../ports'
import { foldedUp, isSame } from '../rules/fold'

interface FoldPorts {
  readonly figures: Pick<
    KeptFigures,
    | 'changed'
    | 'get'
    | 'below'
    | 'setBelow'
    | 'markFolded'
    | 'keepMoves'
    | 'noteFolded'
    | 'noteFirstFolded'
    | 'recountProgress'
  >
  readonly reports: Pick<Reports, 'unsettled' | 'waitingSince'>
  readonly deadlineMemory: Pick<ClockMemory, 'failing'>
  readonly outboxMemory: Pick<ClockMemory, 'failing'>
}

/** How many changed sections are looked at together, and how many of those above them are written side by side. */
const piece = 200
const atOnce = 10
/** Beyond so many a section forgets its older moves, down to half. */
const mostMoves = 400
/** So many of them are looked at in one run; the next goes on. */
const mostLookedAt = 1000

/** The report a move was told for, of which it was the entry `rev.place` of the outbox. */
const reportOf = (key: string): string => key.split('.').slice(0, -2).join('.')

/**
 * Takes what has changed in the sections of units up to the sections above, level by level. What lies below a unit is
 * worked out from all of its children as they are, under compare-and-set: cut off, doubled or side by side it ends in
 * the same figures.
 */
export const foldFigures = ({ figures, reports, deadlineMemory, outboxMemory }: FoldPorts) => {
  /** A move that still stands in an outbox may be told again: it is not forgotten before. */
  const forgetMoves = async (section: KeptSection): Promise<void> => {
    if (section.moves.length <= mostMoves) return
    const older = section.moves.slice(0, Math.min(mostLookedAt, section.moves.length - mostMoves / 2))
    const ids = [...new Set(older.map(reportOf))]
    const unsettled = await reports.unsettled(ids, ids.length)
    const waiting = new Set(unsettled.flatMap(({ id, moved }) => moved.map((entry) => `${id}.${entry.id}`)))
    await figures.keepMoves(
      section,
      section.moves.filter((key, place) => place >= older.length || waiting.has(key)),
    )
  }

  /** Whether the section above contains its children as they are now. */
  const foldInto = async (aboveId: string, children: readonly KeptSection[]): Promise<boolean> => {
    const above = await figures.get(aboveId)
    const all = await figures.below(aboveId)
    const below = foldedUp(all)
    const section = above ?? {
      id: aboveId,
      rev: 0,
      above: children[0]?.above.slice(0, -1) ?? [],
      isChanged: false,
      moves: [],
      own: {},
      below: {},
    }
    // A section in which nothing has been counted itself has no path: what lies below it says where it lies.
    const placed = { ...section, above: children[0]?.above.slice(0, -1) ?? section.above }
    const isUpToDate = above !== undefined && isSame(above.below, below) && isSamePath(above, placed)
    if (!isUpToDate && !(await figures.setBelow(placed, below))) return false
    const changed = new Set(children.map(({ id }) => id))
    await Promise.all(all.filter(({ id }) => changed.has(id)).map(figures.markFolded))
    return true
  }

  const isSamePath = (one: KeptSection, other: KeptSection): boolean =>
    one.above.join(' ') === other.above.join(' ')

  /** Whether anything could be done for these, which lie at one depth. */
  const foldLevel = async (level: readonly KeptSection[]): Promise<boolean> => {
    const byAbove = new Map<string | null, KeptSection[]>()
    for (const section of level) {
      const aboveId = lastOf(section.above)
      byAbove.set(aboveId, [...(byAbove.get(aboveId) ?? []), section])
    }
    let hasProgress = false
    await sideBySide([...byAbove], atOnce, async ([aboveId, children]) => {
      if (aboveId === null) await Promise.all(children.map(figures.markFolded))
      if (aboveId === null || (await foldInto(aboveId, children))) hasProgress = true
      await Promise.all(children.map(forgetMoves))
    })
    return hasProgress
  }

  /** Reports that have failed for so long that the figures of all others wait for them no longer. */
  const givenUpOn = async ({ hasFailed }: SoFar): Promise<readonly string[]> => {
    if (!hasFailed) return []
    const failing = await Promise.all([deadlineMemory.failing(), outboxMemory.failing()])
    return [
      ...new Set(
        failing
          .flat()
          .filter(isGivenUpOn)
          .map(({ id }) => id),
      ),
    ].sort()
  }

  /**
   * Up to when everything is in the figures: up to now, or to what is the oldest of all that is still owed; what lacks
   * for good is named instead. Until every report has been counted for the first time, and what that left has been
   * worked off, nothing is said.
   */
  const note = async (
    now: number,
    { isComplete, hasFailed }: SoFar,
    lacking: readonly string[],
  ): Promise<void> => {
    const isBehind = !isComplete || hasFailed
    const asOf = isBehind ? Math.min(now, (await reports.waitingSince(now, lacking)) ?? now) : now
    if (await figures.noteFolded(asOf)) return
    const counting = await figures.recountProgress()
    if (isComplete && counting && counting.part !== 'reports') await figures.noteFirstFolded(asOf)
  }

  return async (now: number, mayGoOn: () => boolean, soFar: SoFar) => {
    let folded = 0
    const figuresLack = await givenUpOn(soFar)
    while (mayGoOn()) {
      const changed = await figures.changed(piece)
      const [first] = changed
      if (!first) {
        await note(now, soFar, figuresLack)
        break
      }
      // The deepest come first; what is folded into the level above is met there in its turn.
      const level = changed.filter(({ above }) => above.length === first.above.length)
      if (!(await foldLevel(level))) break
      folded += level.length
    }
    return { folded, figuresLack }
  }
}
