import { activeEpisode, type CauseRecord, standingCauses } from '../../red-face/rules/red-face'
import { statusKind } from './lifecycle'
import type { Report } from './report'
import { clockOf } from './resumed'
import type { FamilyNow } from './step-facts'
import type { EarlierStint } from './stint'

/**
 * F3: an appeal is of one matter and stays there. What it disputes without an answer yet is kept back elsewhere as long as
 * it would be here, and may be disputed there: no ruling here reaches it.
 */
const asHandedOver = (cause: CauseRecord): CauseRecord => {
  const { appeal, ...rest } = cause
  if (!appeal) return cause
  return { ...rest, publicAt: Math.max(cause.publicAt, appeal.heldUntil), wasAppealed: false }
}

/** The open causes that go along when a report is merged (M1); its own stay ended with the merging. */
export const causesTakenAlong = ({
  merged,
  redFaces,
}: Pick<Report, 'merged' | 'redFaces'>): readonly CauseRecord[] => {
  const ended = redFaces[redFaces.length - 1]
  return merged && ended?.consent === 'merged' && ended.endedAt === merged.at
    ? standingCauses(ended).map(asHandedOver)
    : []
}

/** Who reports the parent too (M3): nobody where the branch declared it, or where its reporter has left. */
export const reporterTakenAlong = ({
  reporterKey,
  reporterLeftAt,
}: Pick<Report, 'reporterKey' | 'reporterLeftAt'>): string | null =>
  reporterLeftAt === undefined ? reporterKey : null

/** More units than these in a row leave nobody among the first who had a third of the time. */
const mostStints = 12

/** Who had it until it was merged, each since when on its clock (A2): one unit's times after one another are one. */
export const stintsTakenAlong = (child: Report): readonly EarlierStint[] => {
  const stints = child.merged ? (clockOf(child, child.merged.at).stints ?? []) : []
  return stints.filter(({ unit }, place) => unit.id !== stints[place - 1]?.unit.id).slice(-mostStints)
}

/** Only the unit that answers now speaks for the family: one that has passed it on has not kept it. */
export const acceptanceOf = ({
  status,
  stints,
  decline,
}: Pick<Report, 'status' | 'stints' | 'decline'>): FamilyNow['acceptedBy'] => {
  const stint = stints[stints.length - 1]
  // A decline proposed in time meets the accept time too, and is no acceptance (A1).
  const isTakenOn =
    statusKind(status) !== 'waiting' && status !== 'declined' && !(status === 'withdrawn' && decline)
  return isTakenOn && stint?.acceptedAt !== undefined && !stint.isSorting
    ? { unitId: stint.unit.id, at: stint.acceptedAt }
    : undefined
}

/**
 * What was done for the family, for a child that goes its own way (M4, M5). Nothing was done for a child that
 * the parent has not taken in, or has let go again: it has back what it came with.
 */
export const familyNow = (child: Report, parent: Report | undefined): Omit<FamilyNow, 'home'> => {
  if (!parent?.childReportIds.includes(child.id)) return { causes: causesTakenAlong(child) }
  const episode = activeEpisode(parent.redFaces)
  const acceptedBy = acceptanceOf(parent)
  return {
    ...(acceptedBy ? { acceptedBy } : {}),
    ...(parent.plan ? { plan: parent.plan } : {}),
    causes: episode ? standingCauses(episode).map(asHandedOver) : [],
  }
}
