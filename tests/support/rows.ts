import path from 'node:path'
import type { Browser, Locator, Request } from 'playwright-core'
import { type Build, type OpenBuild, openBuild } from '../checks/pages/builds'
import { layDemonstration } from './demonstration'
import { opened } from './opened'
import { ownFolder } from './own-folder'

/** How long something may take to appear: longer than any machine that works at all. */
const patienceMs = 180_000

interface Row {
  readonly id?: string
  readonly title?: string
  readonly summary?: string
  readonly reportId?: string | null
  readonly facts?: { readonly reportId: string } | null
}

/** A list that one comes to by tapping, and what its rows are. */
interface List {
  readonly name: string
  readonly action: string
  readonly row: string
  /** What a row calls its matter; a message is called after what happened, a row of the ledger after its kind. */
  readonly title?: string
  /** What a row opens, as the page asks for it; a row that opens nothing has none. */
  readonly opens: (row: Row) => string | null | undefined
}

const matters = { action: 'report.recent', row: '.matter-row', title: '.matter-row__title' } as const
const entries = { action: 'redFace.list', row: '.red-face-row', title: '.red-face-row__summary' } as const
const own = { action: 'report.mine', row: '.my-report-row', title: '.my-report-row__title' } as const
const work = { action: 'queue.list', row: '.queue-row', title: '.queue-row__title' } as const
const messages = { action: 'inbox.list', row: '.message-row:has([class*=chevron-right])' } as const
const ledger = {
  action: 'ledger.list',
  row: '.ledger-chain__row:not(.ledger-chain__row--hidden)',
} as const
const byId = ({ id }: Row) => id
const byReport = ({ reportId }: Row) => reportId
const byFacts = ({ facts }: Row) => facts?.reportId

/** The lists in what the server answered, however deep they are wrapped, each under what asked for it. */
const listsIn = (value: unknown, action: string): readonly (readonly [string, readonly Row[]])[] => {
  if (typeof value === 'string') return /^\s*[{[]/.test(value) ? listsIn(JSON.parse(value), action) : []
  if (typeof value !== 'object' || value === null) return []
  const part = value as { rows?: readonly Row[]; action?: string; answer?: unknown }
  if (Array.isArray(part.rows)) return [[action, part.rows]]
  // A page that asked for all its things together.
  if (part.action !== undefined && part.answer !== undefined) return listsIn(part.answer, part.action)
  return Object.values(value).flatMap((inner) => listsIn(inner, action))
}

/**
 * What a row says of its matter and the page that it opens says again, whoever reads them: what it is called (by who
 * reads the reporter's own words, both as they do and as everybody does), when it was reported, and its number.
 */
const sharedWords = async (row: Locator, title?: string): Promise<readonly string[]> => {
  // A message is called after what happened, and keeps the number that its reader may not know any more.
  if (!title) return []
  const called = (await row.locator(title).textContent()) ?? ''
  const facts = await row.locator('.fact-line__fact').allTextContents()
  const reported = facts.filter((fact) => /\d上报$/.test(fact)).map((fact) => fact.replace('上报', ''))
  return [called, ...reported, ...facts.filter((fact) => fact.startsWith('编号'))]
}

const askedFor = (request: Request): string | undefined =>
  /(?:report\.get|redFace\.get|page\.open)\b.*?(?:reportId|entryId)\W+([\w:-]+)/.exec(
    request.postData() ?? '',
  )?.[1]

/**
 * Opens every row of the first page of every list, or of those alone that only this person has, and finds its own
 * matter behind it.
 */
const openEveryRow = async (
  open: OpenBuild,
  { isPublicToo }: { readonly isPublicToo: boolean },
): Promise<Readonly<Record<string, number>>> => {
  const { page } = open
  page.setDefaultTimeout(patienceMs)
  const counts: Record<string, number> = {}
  const answered = new Set<string>()
  const known: Row[] = []
  const asked: string[] = []
  page.on('request', (request) => {
    const id = askedFor(request)
    if (id) asked.push(id)
  })
  page.on('response', async (response) => {
    const action = /(?:report|redFace|queue|inbox|ledger)\.(?:recent|list|mine)\b|page\.open\b/.exec(
      response.request().postData() ?? '',
    )?.[0]
    if (!action) return
    for (const [asked, rows] of listsIn(await response.text().catch(() => ''), action)) {
      answered.add(asked)
      known.push(...rows)
    }
  })

  const shown = (selector: string, words = '') =>
    page.locator(`:is(${selector}):visible`).filter({ hasText: words })
  const tap = (selector: string, words?: string): Promise<void> => shown(selector, words).first().tap()
  const back = (): Promise<void> => tap('.page-frame__back, .wx-navigation-back')
  const tab = (words: string): Promise<void> => tap('.weui-tabbar__item, .wx-tab', words)
  const choose = async (words: string): Promise<void> => {
    if ((await shown('.segmented-tabs__tab--chosen', words).count()) > 0) return
    answered.clear()
    await tap('.segmented-tabs__tab', words)
    await shown('.segmented-tabs__tab--chosen', words).waitFor()
  }

  /** The list on the screen. */
  const openRows = async ({ name, action, row, title, opens }: List): Promise<void> => {
    // Whoever is nobody is told so without a question to the server.
    const signIn = shown('.empty-state', '登录以后')
    await until(
      async () => answered.has(action) || (await signIn.isVisible()),
      `${name}: no answer to ${action}`,
    )
    if (await signIn.isVisible()) {
      counts[name] = 0
      return
    }
    await shown(`${row}, .empty-state`).first().waitFor()
    await shown('.skeleton').first().waitFor({ state: 'detached' })
    const rows = shown(row)
    const opened: string[] = []
    const count = await rows.count()
    for (let at = 0; at < count; at += 1) {
      const one = rows.nth(at)
      const shared = await sharedWords(one, title)
      asked.length = 0
      await one.tap()
      await shown('.status-head, .entry-screen__head, .handle-screen').waitFor()
      await shared
        .reduce((page, words) => page.filter({ hasText: words }), shown('.page-frame__body'))
        .waitFor()
      const [id] = asked
      if (!id) throw new Error(`${name}: row ${at + 1} “${shared.join(' · ')}” asks for nothing`)
      const [called] = title ? shared : []
      const isItsOwn = known.some(
        (each) => opens(each) === id && (!title || (each.title ?? each.summary) === called),
      )
      if (!isItsOwn) throw new Error(`${name}: row ${at + 1} “${shared.join(' · ')}” opens ${id}`)
      opened.push(id)
      await back()
      await rows.first().waitFor()
    }
    // A message tells of its matter again and again; any other list names each once.
    if (title) expect({ name, opened: [...new Set(opened)] }).toEqual({ name, opened })
    counts[name] = opened.length
  }

  const until = async (isSo: () => boolean | Promise<boolean>, what: string): Promise<void> => {
    for (const end = Date.now() + patienceMs; !(await isSo()); ) {
      if (Date.now() > end) throw new Error(what)
      await page.waitForTimeout(100)
    }
  }

  await open.startOver()
  await shown('.matter-row, .empty-state').first().waitFor()
  if (isPublicToo && (await shown('.red-face-headline').count()) > 0) {
    await openRows({ name: '首页 身边的事', ...matters, opens: byId })
    await tap('.red-face-headline')
    await openRows({ name: '红脸榜 在榜', ...entries, opens: byId })
    await choose('已下榜')
    await openRows({ name: '红脸榜 已下榜', ...entries, opens: byId })
    await tap('.list-row', '红脸台账')
    // Above the banners it is the list of theirs.
    const ledgers = shown('.card', '各旗县的台账').locator('.list-row')
    await shown('.ledger-chain__row, .empty-state').or(ledgers).first().waitFor()
    const isOfMany = (await ledgers.count()) > 0
    if (isOfMany) await ledgers.first().tap()
    await openRows({ name: '红脸台账', ...ledger, opens: byFacts })
    await back()
    if (isOfMany) await back()
    await choose('在榜')
    await tap('.red-face-row')
    await tap('.list-row', '负责办这件事')
    await openRows({ name: '支部 正在办', ...matters, opens: byId })
    await choose('红脸榜')
    await openRows({ name: '支部 红脸榜', ...entries, opens: byId })
    await choose('全部')
    await openRows({ name: '支部 全部', ...matters, opens: byId })
    await back()
    await back()
  }

  answered.clear()
  await tab('我的')
  await openRows({ name: '我的', ...own, opens: byId })
  await tap('.list-row', '消息')
  await openRows({ name: '消息', ...messages, opens: byReport })
  await back()
  if ((await shown('.list-row', '工作台').count()) === 0) return counts

  answered.clear()
  await tap('.list-row', '工作台')
  await shown('.segmented-tabs__tab').first().waitFor()
  const units = await shown('.queue-screen__units .choice-chips__chip').allInnerTexts()
  for (const [at, unit] of (units.length > 0 ? units : ['']).entries()) {
    if (at > 0) {
      answered.clear()
      await tap('.queue-screen__units .choice-chips__chip', unit.split('\n')[0])
      await until(() => answered.has('queue.list'), `${unit}: no list`)
    }
    const tabs = await shown('.segmented-tabs__tab').allInnerTexts()
    for (const text of tabs) {
      const [label = ''] = text.split('\n')
      await choose(label)
      await openRows({ name: `工作台 ${unit.split('\n')[0]} ${label}`, ...work, opens: byId })
    }
  }
  return counts
}

interface Roles {
  /** Who opens theirs with `EVERY_ROLE=1`, as `npm run check:rows` asks for. */
  readonly all: readonly string[]
  /** Who opens theirs in every test run; the first of them what is everybody's too. */
  readonly few: readonly string[]
}

/** Tests of one build: each of these people opens every row of their lists. */
export const opensEveryRow = (build: Build, launch: () => Promise<Browser>, { all, few }: Roles): void =>
  describe('every row of every list', () => {
    // Some hundreds of rows take minutes: the limit ends what hangs, not what is slow.
    jest.setTimeout(1_800_000)
    let folder = ''
    let browser: Browser

    beforeAll(async () => {
      folder = await ownFolder('rows')
      await layDemonstration(path.join(folder, 'seed'))
      browser = await launch()
    })

    test.each(process.env.EVERY_ROLE ? all : few)('opens its own matter, by tapping: %s', async (role) => {
      const seed = path.join(folder, 'seed')
      const open = await openBuild({ browser, build, role, seed, folder: path.join(folder, role) })
      const close = opened(open.close)
      const isPublicToo = Boolean(process.env.EVERY_ROLE) || role === few[0]
      const counts = await openEveryRow(open, { isPublicToo })
      expect(open.takeComplaints()).toEqual([])
      expect(counts).toHaveProperty('我的')
      await close()
    })
  })
