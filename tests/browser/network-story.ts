import type { Browser, Locator } from 'playwright-core'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import {
  type BadNetwork,
  badNetwork,
  faultNames,
  type NetworkFault,
  networkFaults,
  spoiled,
} from './bad-network'
import { type Phone, pickUpPhone } from './phone'
import { type RunningProduct, signInAs } from './product'

/** What a page says of one request that met one fault. */
export interface NetworkRow {
  readonly request: string
  readonly fault: NetworkFault
  /** What stands on the page when ten seconds have passed. */
  readonly says: string
  /** What was typed before stands there still. */
  readonly isKept: boolean
}

export interface NetworkStory {
  readonly rows: readonly NetworkRow[]
  /** The requests that were spoiled, each in every way. */
  readonly requests: readonly string[]
  /** The steps that were sent, through every fault. */
  readonly meant: readonly string[]
  /** How often the matter has gone through each step, by its own trace. */
  readonly steps: Readonly<Record<string, number>>
  readonly reportCount: number
}

interface StoryOptions {
  /** What everybody meets first: the form, its sending, a list. The whole story goes on to the rating. */
  readonly isShort?: boolean
  readonly hear?: (row: NetworkRow) => void
}

const tenSeconds = 10_000
/** By then whoever waits for an answer is told that none has come. */
const untilGivenUp = 11_000
/** How often it is looked whether something is still being sent. */
const mostTurns = 600
const words = '网不好的那天，后巷的井盖响个不停'

/** A phone whose time can be moved on, on a network that does what it is told. */
const pickUpBadPhone = async (browser: Browser, url: string, persona: string) => {
  const phone = await pickUpPhone(browser, url)
  await phone.become(persona)
  await phone.page.clock.install()
  const network = await badNetwork(phone.page, phone.context)
  await phone.home()
  return { ...phone, network }
}

type BadPhone = Phone & { readonly network: BadNetwork }

/** Everything the page says about itself and not about a matter: states, alerts, errors, waiting buttons. */
const saying = '[role="status"], [role="alert"], [data-test="still-waiting"], .empty-state, .big-button--busy'

const saidBy = async ({ page }: BadPhone): Promise<string> => {
  const said = await page.locator(`:is(${saying}):visible`).allInnerTexts()
  const lines = said.map((one) => one.replace(/\s+/g, ' ').trim()).filter((one) => one !== '')
  return [...new Set(lines)].join(' | ')
}

const isHeldBack = (fault: NetworkFault): boolean => fault === 'silent' || fault === 'hung'

/** Ten seconds pass for the page; they need not pass for whoever watches. */
const waitTenSeconds = async (phone: BadPhone, fault: NetworkFault): Promise<string> => {
  await phone.network.hasSpoiled()
  if (!isHeldBack(fault)) {
    // What fails at once is asked for once more; only then it is said.
    const isSaid = phone.page.locator(
      ':is([role="alert"], [data-test="connection-notice"], [data-test="report-waiting"], .empty-state):visible',
    )
    await isSaid.first().waitFor()
  }
  await phone.page.clock.runFor(tenSeconds)
  if (!isHeldBack(fault)) {
    // Ten seconds pass at once, and a try that began in them seems to have been waited for; without a network it waits.
    const trying = phone.page.locator('.big-button--busy:visible, :text("服务还没有回应"):visible').first()
    if (fault !== 'offline') await trying.waitFor({ state: 'detached' })
    return saidBy(phone)
  }
  await phone.see('服务还没有回应')
  const says = await saidBy(phone)
  if (fault === 'silent') return says
  await phone.page.clock.runFor(untilGivenUp)
  await phone.see(/服务没有回应/)
  return `${says} ⇒ ${await saidBy(phone)}`
}

/** Sends the same words through every fault, the last one being that there is no network; when it is back they go. */
interface Sending {
  readonly request: string
  /** What the matter's trace calls it. */
  readonly step: string
  readonly press: string
  readonly typed?: string
  readonly done: () => Promise<void>
}

/** Opens a page while its requests meet each fault, and asks again when the network is well. */
interface Reading {
  readonly name: string
  readonly actions: readonly string[]
  readonly open: (fault: NetworkFault) => Promise<void>
  readonly leave: () => Promise<void>
  readonly shown: () => Promise<void>
}

export const playNetworkStory = async (
  browser: Browser,
  { url, moveClock }: Pick<RunningProduct, 'url' | 'moveClock'>,
  { isShort = false, hear = () => undefined }: StoryOptions = {},
): Promise<NetworkStory> => {
  const rows: NetworkRow[] = []
  const meant: string[] = []
  const note = (row: NetworkRow): void => {
    rows.push(row)
    hear(row)
  }

  const sendThrough = async (phone: BadPhone, sending: Sending): Promise<void> => {
    const { page, network } = phone
    const { request, step, press, typed, done } = sending
    meant.push(step)
    for (const fault of networkFaults) {
      // So many tries in so short a time are refused, and it would wait longer than anybody here.
      if (fault === 'offline' && request === 'report.submit') await moveClock(10 * minuteMs)
      await network.spoil(fault, request)
      // What went wrong stands beside the button.
      await phone.part(press).locator('.big-button').first().click()
      const says = await waitTenSeconds(phone, fault)
      const fields = page.locator('textarea:visible')
      const values = await fields.evaluateAll((all) =>
        all.map((field) => (field as HTMLTextAreaElement).value),
      )
      note({ request, fault, says, isKept: typed === undefined || values.includes(typed) })
      // Without a network it waits for one, and is sent by itself.
      if (fault === 'offline') break
      // A sheet says it over the page.
      const giveUp = page.getByText('不等了', { exact: true }).locator('visible=true').last()
      const busy = page.locator('.big-button--busy:visible').first()
      for (let turn = 0; turn < mostTurns && (await busy.isVisible()); turn += 1) {
        // It may be over before it is given up.
        if (await giveUp.isVisible()) await giveUp.click({ timeout: 2_000 }).catch(() => undefined)
        else await new Promise((resolve) => setTimeout(resolve, 100))
      }
      await busy.waitFor({ state: 'detached' })
    }
    await network.mend()
    await done()
  }

  const readThrough = async (phone: BadPhone, reading: Reading): Promise<void> => {
    for (const fault of networkFaults) {
      // A page asks for its things together.
      await phone.network.spoil(
        fault,
        ...(reading.actions.length > 0 ? ['page.open', ...reading.actions] : []),
      )
      await reading.open(fault)
      const says = await waitTenSeconds(phone, fault)
      note({ request: reading.name, fault, says, isKept: true })
      await phone.network.mend()
      // What was only held back comes, and without a network it waits for one.
      if (fault !== 'offline' && fault !== 'silent')
        await phone.page.getByText('再试一次', { exact: true }).locator('visible=true').first().click()
      await reading.shown()
      await reading.leave()
    }
  }

  const see = (phone: BadPhone, name: string) => () => phone.part(name).first().waitFor()
  const write = (phone: BadPhone, name: string, text: string) =>
    phone.part(name).locator('textarea').first().fill(text)

  const asResident = await signInAs(url, 'resident-1')
  const ownReports = async () => {
    const { value } = await asResident<{ value: { rows: { id: string }[] } }>('report.mine', { limit: 50 })
    return value.rows.filter((row) => JSON.stringify(row).includes(words))
  }
  const phones: BadPhone[] = []
  const pickUp = async (persona: string): Promise<BadPhone> => {
    const phone = await pickUpBadPhone(browser, url, persona)
    phones.push(phone)
    return phone
  }

  const resident = await pickUp('居民（演示）甲')

  const reportIt = async (): Promise<void> => {
    await readThrough(resident, {
      name: 'report form',
      actions: ['category.list'],
      open: () => resident.tap('open-report'),
      shown: see(resident, 'submit-report'),
      leave: () => resident.goBack(),
    })
    await resident.tap('open-report')
    await resident.part('choose-community').filter({ hasText: '后炭市社区' }).first().waitFor()
    await resident.tap('place-on-map')
    await resident.pointAtMap()
    await resident.tap('pick-place')
    await resident.tap('category-ordinary')
    await write(resident, 'report-text', words)
    await sendThrough(resident, {
      request: 'report.submit',
      step: 'submitted',
      press: 'submit-report',
      typed: words,
      done: see(resident, 'sent-panel'),
    })
    await resident.tap('sent-home')
  }

  const ours = (phone: BadPhone): Locator => phone.part('report-row').filter({ hasText: words }).first()
  const openOurs = async (phone: BadPhone): Promise<void> => {
    await phone.drawOut(ours(phone))
    await ours(phone).click()
    await phone.see('办理轨迹')
  }
  const act = async (phone: BadPhone, action: string): Promise<void> => {
    await phone.part(`action-${action}`).or(phone.part('more-actions')).first().waitFor()
    if (!(await phone.part(`action-${action}`).first().isVisible())) await phone.tap('more-actions')
    await phone.tap(`action-${action}`)
    await phone.part('send-action').first().waitFor()
  }
  /** A form of staff: what is chosen in it, what is typed, sent through everything. */
  const sendForm = async (
    phone: BadPhone,
    form: {
      readonly action: string
      readonly request: string
      readonly step: string
      readonly choose?: string
      readonly typed: string
    },
  ): Promise<void> => {
    await act(phone, form.action)
    if (form.choose) await phone.tap(form.choose)
    await write(phone, 'note', form.typed)
    const done = () => phone.see('办理轨迹')
    await sendThrough(phone, { ...form, press: 'send-action', done })
  }
  const openTab = async (phone: BadPhone, tab?: string): Promise<void> => {
    await phone.home()
    await phone.tapTab('我的')
    // Home offers a partner the queue too.
    await phone.see('保密和规则')
    await phone.tap('open-queue')
    if (tab) await phone.tap(`tab-${tab}`)
    await phone.part('report-row').first().waitFor()
  }

  const handleIt = async (): Promise<void> => {
    const secretary = await pickUp('社区书记（演示）')
    const partner = await pickUp('住建局（演示）')
    await openTab(secretary)
    await secretary.goBack()
    await readThrough(secretary, {
      name: 'queue.list',
      actions: ['queue.list', 'queue.counts'],
      open: () => secretary.tap('open-queue'),
      shown: see(secretary, 'report-row'),
      leave: () => secretary.goBack(),
    })
    await openTab(secretary)
    await openOurs(secretary)
    await sendForm(secretary, {
      action: 'accept',
      request: 'report.accept',
      step: 'accepted',
      typed: '后巷井盖响',
    })
    await sendForm(secretary, {
      action: 'contact',
      request: 'report.contact',
      step: 'contacted',
      choose: 'channel-visit',
      typed: '上门看过了，这两天就来垫',
    })
    await sendForm(secretary, {
      action: 'progress',
      request: 'report.progress',
      step: 'progressed',
      typed: '量过井圈，差一个胶圈',
    })
    await sendForm(secretary, {
      action: 'dispatch',
      request: 'report.dispatch',
      step: 'dispatched',
      choose: 'target-150221-housing',
      typed: '请明天把井盖垫稳',
    })
    await openTab(partner, 'working')
    await openOurs(partner)
    await sendForm(partner, {
      action: 'claim-fixed',
      request: 'report.claimFixed',
      step: 'fix-claimed',
      choose: 'remedy-lasting',
      typed: '垫了胶圈，不响了',
    })
    await openTab(secretary, 'check')
    await openOurs(secretary)
    await sendForm(secretary, {
      action: 'check',
      request: 'report.check',
      step: 'resolved',
      typed: '去听过，不响了',
    })
  }

  const rateIt = async (): Promise<void> => {
    await resident.home()
    await resident.tapTab('我的')
    // Home has a row of the same matter.
    await resident.see('保密和规则')
    const openOwn = () => ours(resident).click()
    await readThrough(resident, {
      name: 'report.get',
      actions: ['report.get'],
      open: openOwn,
      shown: see(resident, 'status-head'),
      leave: () => resident.goBack(),
    })
    await openOwn()
    await resident.tap('action-rate')
    await resident.tap('rate-solved-yes')
    await resident.tap('rate-satisfaction-satisfied')
    await resident.tap('rate-contacted-no')
    const remark = '谢谢，晚上能睡了'
    await write(resident, 'rate-remark', remark)
    await sendThrough(resident, {
      request: 'report.rate',
      step: 'rated',
      press: 'send-rating',
      typed: remark,
      done: () => resident.part('send-rating').first().waitFor({ state: 'detached' }),
    })
    await resident.goBack()
  }

  /** A page behind the tab bar, as for somebody who opens the product on it. */
  const readTab = (name: string, tab: string | undefined, actions: readonly string[], row: string) =>
    readThrough(resident, {
      name,
      actions,
      open: async (fault) => {
        if (fault === 'offline') {
          // Nothing is loaded without a network: they come back to it from another page.
          await resident.tapTab('我的')
          await resident.page.locator('.page-frame__title:visible').filter({ hasText: '我的' }).waitFor()
          await resident.tapTab(tab ?? '首页')
          return
        }
        await resident.page.goto('about:blank')
        await resident.page.goto(url)
        if (tab) await resident.tapTab(tab)
      },
      shown: see(resident, row),
      leave: () => Promise.resolve(),
    })

  await reportIt()
  const reportId = (await ownReports())[0]?.id ?? ''
  if (!isShort) {
    await handleIt()
    await rateIt()
    await readTab('home', undefined, [], 'matter-row')
  }
  await readTab('redFace.list', '红脸榜', ['redFace.list'], 'red-face-row')

  const after = await asResident<{ value: { timeline: { kind: string; at: number }[] } }>('report.get', {
    reportId,
  })
  // A step may leave two lines, one for everybody and one for whom it concerns: both of one instant.
  const instants = new Map<string, Set<number>>()
  for (const { kind, at } of after.value.timeline) {
    instants.set(kind, (instants.get(kind) ?? new Set()).add(at))
  }
  const steps = Object.fromEntries([...instants].map(([kind, all]) => [kind, all.size]))
  const reportCount = (await ownReports()).length

  for (const phone of phones) {
    phone.forgive(spoiled)
    if (phone.complaints.length > 0) throw new Error(`a page complained:\n${phone.complaints.join('\n')}`)
    await phone.close()
  }
  return { rows, requests: [...new Set(rows.map(({ request }) => request))], meant, steps, reportCount }
}

/** What a page has to say: whose fault it is in words that the others never have, and what one can do. */
const wordsFor: Readonly<Record<NetworkFault, RegExp>> = {
  silent: /服务还没有回应.*再试一次/,
  hung: /服务还没有回应.*⇒.*服务没有回应.*(再试|再按|再发)/,
  failing: /服务出了故障.*(再试|再按|再发)/,
  refused: /连不上服务.*(再试|再按|自动发)/,
  cut: /连不上服务.*(再试|再按|自动发)/,
  offline: /没有网.*(有网|连上了)/,
}

const reasons: readonly RegExp[] = [/服务还没有回应/, /服务出了故障/, /连不上服务/, /没有网/]

/** Nothing, when every page has said what it has to, nothing typed was lost, and each intention was carried out once. */
export const networkFaultsIn = ({ rows, requests, meant, steps, reportCount }: NetworkStory) => {
  const found: string[] = []
  for (const { request, fault, says, isKept } of rows) {
    const what = `${request}, ${faultNames[fault]}`
    const given = reasons.filter((reason) => reason.test(says))
    if (!wordsFor[fault].test(says) || given.length !== 1) found.push(`${what}: it says “${says}”`)
    if (!isKept) found.push(`${what}: what was typed is gone`)
  }
  for (const fault of networkFaults) {
    const seen = rows.filter((row) => row.fault === fault).length
    if (seen !== requests.length) found.push(`${faultNames[fault]}: seen ${seen} of ${requests.length} times`)
  }
  for (const step of meant)
    if (steps[step] !== 1) found.push(`${step}: carried out ${steps[step] ?? 0} times`)
  if (reportCount !== 1) found.push(`${reportCount} reports were made`)
  return found
}

/** As a table for people. */
export const networkTable = (rows: readonly NetworkRow[]): string =>
  ['| request | what happens to it | what the page says after 10 s | typed words kept |', '|---|---|---|---|']
    .concat(
      rows.map(
        ({ request, fault, says, isKept }) =>
          `| ${request} | ${faultNames[fault]} | ${says.replaceAll('|', '·')} | ${isKept ? 'yes' : 'NO'} |`,
      ),
    )
    .join('\n')
