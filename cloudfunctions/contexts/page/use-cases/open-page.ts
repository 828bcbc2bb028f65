import { begun } from '../../../ground/begun'
import { ok, type Result } from '../../../ground/result'
import { bannerOf } from '../../../ground/unit-path'
import type { Session } from '../../organisation/rules/session'
import { firstTab } from '../../report/rules/first-tab'
import { readingRoles } from '../../report/rules/standing'
import {
  type AnsweredTo,
  type OutputOf,
  type ParsedInputOf,
  type Question,
  questions,
  type SentTo,
} from '../contract'
import type { PagePorts } from '../ports'
import { firstRows, type OpenedPage } from '../rules/page-questions'

type Opened = ParsedInputOf<'page.open'>

/** Asks one question of the page; undefined where it is refused. What is asked twice is asked once. */
type Asks = <Q extends Question>(action: Q, input: SentTo<Q>) => Promise<AnsweredTo<Q> | undefined>

type Plan = (ask: Asks, opened: Opened, session: Session) => Promise<unknown>

/** Where the caller is at home: chosen on the device, else as `me.get` says. */
const homeOf = async (ask: Asks, { unitId }: Opened): Promise<string | undefined> =>
  unitId ?? (await ask('me.get', {}))?.homeUnit?.id

/** The area that the lists are about: the one chosen, else the banner where the caller is at home, else the region. */
const areaOf = async (ask: Asks, { unitId }: Opened): Promise<string | undefined> => {
  if (unitId !== undefined) return unitId
  const homeId = (await ask('me.get', {}))?.homeUnit?.id
  const home = homeId === undefined ? undefined : await ask('unit.get', { unitId: homeId })
  return (home && bannerOf(home.unit.path)) ?? undefined
}

/** What a page asks about one report, once it is there. */
const rulesOf = (ask: Asks, report: { readonly branchId: string; readonly submittedUnder: string }) =>
  ask('rules.get', { unitId: report.branchId, submittedUnder: report.submittedUnder })

/** What the pages of the client ask when they open, in their own words: a question that is put otherwise is asked again. */
const plans: Readonly<Record<OpenedPage, Plan>> = {
  home: async (ask, opened) => {
    const mine = begun(ask('report.mine', { limit: firstRows.homeMine }))
    const unitId = await homeOf(ask, opened)
    await Promise.all([
      mine,
      ...(unitId === undefined
        ? []
        : [
            ask('unit.get', { unitId }),
            ask('redFace.list', { unitId, tab: 'public', limit: firstRows.homeRedFaces }),
            ask('report.recent', { unitId, limit: firstRows.homeRecent }),
          ]),
    ])
  },

  redFace: async (ask, opened) => {
    const unitId = await areaOf(ask, opened)
    const list = (of: string) => ask('redFace.list', { unitId: of, tab: 'public', limit: firstRows.list })
    if (unitId !== undefined) await Promise.all([ask('unit.children', { unitId }), list(unitId)])
    else {
      const region = await ask('unit.children', {})
      if (region) await list(region.unit.id)
    }
  },

  mine: (ask) =>
    Promise.all([ask('me.get', {}), ask('people.mine', {}), ask('report.mine', { limit: firstRows.list })]),

  report: async (ask, opened) => {
    const unitId = await homeOf(ask, opened)
    await (unitId === undefined
      ? ask('category.list', {})
      : Promise.all([ask('unit.get', { unitId }), ask('category.list', { unitId })]))
  },

  detail: async (ask, { reportId }) => {
    const report = reportId === undefined ? undefined : await ask('report.get', { reportId })
    if (report) await rulesOf(ask, { ...report, branchId: report.branch.id })
  },

  redFaceEntry: async (ask, { entryId }) => {
    const detail = entryId === undefined ? undefined : await ask('redFace.get', { entryId })
    if (!detail) return
    const { entry, submittedUnder, canAnswer } = detail
    await Promise.all([
      rulesOf(ask, { branchId: entry.branch.id, submittedUnder }),
      canAnswer ? ask('report.get', { reportId: entry.reportId }) : undefined,
    ])
  },

  branch: async (ask, { unitId }) => {
    if (unitId === undefined) return
    await Promise.all([
      ask('me.get', {}),
      ask('unit.get', { unitId }),
      ask('report.recent', { unitId, isOpen: true, limit: firstRows.list }),
    ])
  },

  queue: async (ask, { unitId: asked, tab }, { memberships }) => {
    const me = begun(ask('me.get', {}))
    const seats = memberships.filter(({ role }) => readingRoles.includes(role))
    const seat = seats.find(({ unitId }) => unitId === asked) ?? seats[0]
    if (seat) {
      const { unitId, role } = seat
      const list = (of: Tab) => ask('queue.list', { unitId, tab: of, limit: firstRows.list })
      const chosen = tabs.find((one) => one === tab)
      const [counts] = await Promise.all([ask('queue.counts', { unitId }), list(chosen ?? firstTab(role))])
      const first = counts?.tabs[0]?.tab
      if (first && counts.tabs.every((one) => one.tab !== chosen)) await list(first)
    }
    await me
  },

  handle: async (ask, { reportId }) => {
    const report = reportId === undefined ? undefined : await ask('report.get', { reportId })
    if (report?.point && report.routing.cellId) await ask('grid.cells', { unitId: report.branch.id })
  },
}

type Tab = SentTo<'queue.list'>['tab']
const tabs: readonly Tab[] = questions['queue.list'].input.shape.tab.options

/** All that a page asks first, each question answered as if it had been asked alone. */
export const openPage =
  (ports: PagePorts) =>
  async (session: Session, opened: Opened): Promise<Result<OutputOf<'page.open'>>> => {
    const asked = new Map<string, { action: Question; input: object; answer: Promise<Result<unknown>> }>()

    const ask: Asks = async <Q extends Question>(action: Q, input: SentTo<Q>) => {
      const key = `${action} ${JSON.stringify(input)}`
      const one = asked.get(key) ?? { action, input, answer: ports.ask(session, action, input) }
      asked.set(key, one)
      const answer = await one.answer
      // It has just been parsed as the action's own contract says.
      return answer.ok ? (answer.value as AnsweredTo<Q>) : undefined
    }

    await plans[opened.page](ask, opened, session)
    const answers = [...asked.values()].map(async ({ action, input, answer }) => ({
      action,
      input,
      answer: await answer,
    }))
    return ok({ answers: await Promise.all(answers) })
  }
