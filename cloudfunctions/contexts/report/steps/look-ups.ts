import { ok, type Result } from '../../../ground/result'
import type { CategoryId } from '../../category/rules/category'
import type { Partnership, UnitRef } from '../../organisation/rules/unit'
import type { Place } from '../../routing/rules/routing'
import type { Colleague } from '../rules/own-people'
import type { Report, Supporter } from '../rules/report'
import { type RequestKind, requestOf, sentTo } from '../rules/request'
import type { FamilyNow, MergeParent, Rerouting, UnitFacts } from '../rules/step-facts'

/** What a step may ask of the world before it is decided: all of it about one report, as things are now. */
export interface LookUps {
  /** Any unit, with what decides whether something may be handed to it (L2). */
  readonly unit: (unitId: string) => Promise<UnitFacts | undefined>
  /** A unit to which the report could go: of the same banner; anywhere, for what lies with the region. Refuses `unknown-unit`. */
  readonly target: (unitId: string) => Promise<Result<UnitFacts>>
  /** H4: the unit a complaint is about, and the one above it that gets the complaint. Refuses `unknown-unit`. */
  readonly aboveAccused: (
    unitId: string,
  ) => Promise<Result<{ readonly accused: UnitRef; readonly to: UnitFacts }>>
  /** The lowest unit above the report that has members; of a complaint, one that nobody of the accused sits in (H4). */
  readonly unitAbove: () => Promise<UnitFacts | undefined>
  /** Where it goes on when the unit that answers for it is no more (L1); nothing while that unit is there. */
  readonly home: () => Promise<{ readonly home?: UnitFacts }>
  readonly partnershipWith: (partnerId: string) => Promise<Partnership | undefined>
  /** The people of the unit that answers, with what decides whether the work may be theirs, or the check of it. */
  readonly colleagues: () => Promise<readonly Colleague[]>
  /** H3: whether the reporter belongs, or did while it ran, to a unit concerned. */
  readonly isReporterOurs: () => Promise<boolean>
  /** What is known of a matter into which this one is to be merged. */
  readonly mergeParent: (reportId: string) => Promise<MergeParent | undefined>
  /** What the family it lies in has come to (M4, M5). */
  readonly family: () => Promise<FamilyNow>
  /** Who of its supporters has been one for the longest. */
  readonly oldestSupporter: () => Promise<Supporter | undefined>
  /** K9: where it would go as a matter of another kind. */
  readonly rerouting: (categoryId: CategoryId) => Promise<Result<Rerouting>>
  /** Who would answer for it if it lay there; null where the rules find nobody. */
  readonly responsibleAt: (place: Place) => Promise<Result<UnitFacts | null>>
}

/** Where a report goes whose request is granted: to whom it was asked for, as that unit is now (L2), or home (L1). */
export const whereTo = async (
  report: Pick<Report, 'requests'>,
  kind: RequestKind,
  lookUps: Pick<LookUps, 'unit' | 'home'>,
): Promise<{ readonly home?: UnitFacts }> => {
  const request = requestOf(report.requests, kind)
  const to = request && sentTo(request)
  if (!to) return lookUps.home()
  const home = await lookUps.unit(to.id)
  return home ? { home } : {}
}

/** What a step is decided on that hands the report to the unit that was chosen. Refuses `unknown-unit`. */
export const toChosenUnit = async (
  { toUnitId, note }: { readonly toUnitId: string; readonly note: string },
  _report: Report,
  lookUps: LookUps,
): Promise<Result<{ readonly to: UnitFacts; readonly note: string }>> => {
  const to = await lookUps.target(toUnitId)
  return to.ok ? ok({ to: to.value, note }) : to
}
