import { ok, refuse } from '../../../ground/result'
import { bannerOf } from '../../../ground/unit-path'
import { groupOf } from '../../category/rules/category'
import { helpsWith, type Unit } from '../../organisation/rules/unit'
import { routePlace } from '../../routing/shared/route-place'
import type { ReportPorts } from '../ports'
import { mergeParentOf } from '../rules/merging'
import type { Report } from '../rules/report'
import type { UnitFacts } from '../rules/step-facts'
import type { LookUps } from '../steps/look-ups'
import { participantPages } from './participants-of'
import {
  aboveAccused,
  asOfNow,
  colleaguesOf,
  factsOfUnit,
  familyOf,
  homeOf,
  isReporterOurs,
  supporterIn,
  unitAbove,
  unitFacts,
} from './standing-of'

/** What a step may ask of the world, answered from the database: each question costs its calls only when it is asked. */
export const lookUpsFor = (ports: ReportPorts, report: Report, now: number): LookUps => {
  const factsOf = (unit: Unit): Promise<UnitFacts> => unitFacts(ports, unit, now)
  const routed = routePlace(ports)

  return {
    unit: (unitId) => factsOfUnit(ports, unitId, now),
    target: async (unitId) => {
      const unit = await factsOfUnit(ports, unitId, now)
      const bannerId = bannerOf(report.unitPath)
      if (!unit || (bannerId !== null && bannerOf(unit.path) !== bannerId)) return refuse('unknown-unit')
      return ok(unit)
    },
    aboveAccused: (unitId) => aboveAccused(ports, unitId, { path: report.unitPath }, now, report.deadlines),
    unitAbove: () => unitAbove(ports, report.unitPath, now, report),
    home: async () => {
      const home = await homeOf(ports, report, now)
      return home ? { home } : {}
    },
    partnershipWith: async (partnerId) => {
      const agreed = (await ports.units.partnershipsOf(report.unitPath, now)).filter(
        (one) => one.partnerId === partnerId,
      )
      // With the community and with its township: either will do.
      return agreed.find((one) => helpsWith(one, groupOf(report.categoryId))) ?? agreed[0]
    },
    colleagues: () => colleaguesOf(ports, report, now),
    isReporterOurs: () => isReporterOurs(ports, report, now),
    mergeParent: async (reportId) => {
      const parent = await ports.reports.get(reportId)
      return parent && mergeParentOf(report, await asOfNow(ports, parent, now))
    },
    family: async () => {
      const { parentReportId } = report
      const parent = parentReportId === undefined ? undefined : await ports.reports.get(parentReportId)
      return familyOf(ports, report, parent, now)
    },
    oldestSupporter: async () => {
      await ports.participants.countedIn(report.id, report.supporters.countedIn)
      for await (const page of participantPages(ports.participants, report.id, 'supporter')) {
        for (const row of page) {
          const supporter = supporterIn(report, row)
          if (supporter) return supporter
        }
      }
      return undefined
    },
    rerouting: async (categoryId) => {
      const found = await routed(report.place, categoryId, now)
      if (!found.ok) return found
      const { decision, responsible, sorter } = found.value.outcome
      const units = await ports.units.getMany([...(responsible ? [responsible.id] : []), sorter.id])
      const facts = new Map(
        await Promise.all(units.map(async (unit) => [unit.id, await factsOf(unit)] as const)),
      )
      const sorts = facts.get(sorter.id)
      if (!sorts) return refuse('unknown-unit')
      return ok({ decision, responsible: (responsible && facts.get(responsible.id)) ?? null, sorter: sorts })
    },
    responsibleAt: async (place) => {
      const found = await routed(place, report.categoryId, now)
      if (!found.ok) return found
      const { responsible } = found.value.outcome
      const unit = responsible ? await ports.units.get(responsible.id) : undefined
      return ok(unit ? await factsOf(unit) : null)
    },
  }
}
