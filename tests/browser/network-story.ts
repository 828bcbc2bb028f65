import type { Browser } from 'playwright-core'
import {
  type BadNetwork,
  badNetwork,
  faultNames,
  type NetworkFault,
  networkFaults,
  spoiled,
} from './bad-network'
import { type Phone, pickUpPhone } from './phone'
import { signInAs } from './product'

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
  /** How often the matter has gone through each step, by its own trace. */
  readonly steps: Readonly<Record<string, number>>
  readonly reportCount: number
}

const tenSeconds = 10_000
const words = '网不好的那天，后巷的井盖响个不停'

/** A phone whose time can be moved on, on a network that does what it is told. */
const pickUpBadPhone = async (browser: Browser, url: string, persona: string) => {
  const phone = await pickUpPhone(browser, url)
  await phone.become(persona)
  await phone.page.clock.install()
  const network = await badNetwork(phone.page, phone.context)
  await phone.page.goto('about:blank')
  await phone.open('pages/home')
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

/** Ten seconds pass for the page; they need not pass for whoever watches. */
const waitTenSeconds = async (phone: BadPhone, fault: NetworkFault): Promise<void> => {
  await phone.network.hasSpoiled()
  if (fault !== 'silent') {
    // What fails at once is asked for once more; only then it is said.
    const isSaid = phone.page.locator(
      ':is([role="alert"], [data-test="connection-notice"], [data-test="report-waiting"], .empty-state):visible',
    )
    await isSaid.first().waitFor()
  }
  await phone.page.clock.runFor(tenSeconds)
  if (fault === 'silent') await phone.see('服务还没有回应')
}

export const playNetworkStory = async (browser: Browser, url: string): Promise<NetworkStory> => {
  const rows: NetworkRow[] = []
  const resident = await pickUpBadPhone(browser, url, '居民（演示）甲')
  const secretary = await pickUpBadPhone(browser, url, '社区书记（演示）')
  const partner = await pickUpBadPhone(browser, url, '住建局（演示）')
  const asResident = await signInAs(url, 'resident-1')

  /** Sends the same words through every fault, the last one being that there is no network; when it is back they go. */
  const sendThrough = async (
    phone: BadPhone,
    step: {
      readonly request: string
      readonly press: string
      readonly typed?: string
      readonly done: () => Promise<void>
    },
  ): Promise<void> => {
    const { page, network } = phone
    for (const fault of networkFaults) {
      await network.spoil(fault, step.request)
      // What went wrong stands beside the button.
      await phone.part(step.press).locator('.big-button').first().click()
      await waitTenSeconds(phone, fault)
      const typed = step.typed
      const isKept =
        typed === undefined ||
        (await page
          .locator('textarea:visible')
          .evaluateAll(
            (fields, text) => fields.some((field) => (field as HTMLTextAreaElement).value === text),
            typed,
          ))
      rows.push({ request: step.request, fault, says: await saidBy(phone), isKept })
      // Without a network it waits for one, and is sent by itself.
      if (fault === 'offline') break
      // A sheet says it over the page.
      const giveUp = page.getByText('不等了', { exact: true }).locator('visible=true').last()
      if (await giveUp.isVisible()) await giveUp.click()
      await page.locator('.big-button--busy:visible').first().waitFor({ state: 'detached' })
    }
    await network.mend()
    await step.done()
  }

  /** Opens a page while its requests meet each fault, and asks again when the network is well. */
  const readThrough = async (
    phone: BadPhone,
    page: {
      readonly name: string
      readonly actions: readonly string[]
      readonly open: () => Promise<void>
      readonly leave: () => Promise<void>
      readonly shown: () => Promise<void>
    },
  ): Promise<void> => {
    for (const fault of networkFaults) {
      await phone.network.spoil(fault, ...page.actions)
      await page.open()
      await waitTenSeconds(phone, fault)
      rows.push({ request: page.name, fault, says: await saidBy(phone), isKept: true })
      await phone.network.mend()
      if (fault !== 'offline' && fault !== 'silent')
        await phone.page.getByText('再试一次', { exact: true }).locator('visible=true').first().click()
      await page.shown()
      await page.leave()
    }
  }

  const tab = (phone: BadPhone, at: number) =>
    phone.page.locator('.weui-tabbar__item:visible').nth(at).click()
  const see = (phone: BadPhone, name: string) => () => phone.part(name).first().waitFor()
  const back = (phone: BadPhone) => phone.page.getByLabel('返回').locator('visible=true').first().click()
  const write = (phone: BadPhone, name: string, text: string) =>
    phone.part(name).locator('textarea').first().fill(text)

  // The resident reports.
  await resident.tap('open-report')
  await resident.part('choose-community').filter({ hasText: '后炭市社区' }).first().waitFor()
  await resident.tap('place-on-map')
  await resident.pointAtMap()
  await resident.tap('pick-place')
  await resident.tap('category-ordinary')
  await write(resident, 'report-text', words)
  await sendThrough(resident, {
    request: 'report.submit',
    press: 'submit-report',
    typed: words,
    done: see(resident, 'sent-panel'),
  })
  await resident.tap('sent-home')
  const mine = await asResident<{ value: { rows: { id: string; title?: string }[] } }>('report.mine', {})
  const [newest] = mine.value.rows
  const reportId = newest?.id ?? ''

  // The secretary's list and the matter.
  const openQueue = async () => {
    await tab(secretary, 2)
    await secretary.tap('open-queue')
  }
  await openQueue()
  await see(secretary, 'report-row')()
  await back(secretary)
  await readThrough(secretary, {
    name: 'queue.list',
    actions: ['queue.list', 'queue.counts'],
    open: () => secretary.tap('open-queue'),
    shown: see(secretary, 'report-row'),
    leave: () => back(secretary),
  })
  await secretary.tap('open-queue')
  const ours = (phone: BadPhone) => phone.part('report-row').filter({ hasText: words }).first()
  const openOurs = async (phone: BadPhone) => {
    const more = phone.page.locator('.list-end--more:visible').first()
    await ours(phone).or(more).first().waitFor()
    while (!(await ours(phone).isVisible())) await more.click()
    await ours(phone).click()
  }
  await openOurs(secretary)
  await secretary.see('办理轨迹')
  const act = async (phone: BadPhone, action: string) => {
    await phone.part(`action-${action}`).or(phone.part('more-actions')).first().waitFor()
    if (!(await phone.part(`action-${action}`).first().isVisible())) await phone.tap('more-actions')
    await phone.tap(`action-${action}`)
    await phone.part('send-action').first().waitFor()
  }
  const sent = (phone: BadPhone) => () => phone.see('办理轨迹')
  await act(secretary, 'accept')
  await sendThrough(secretary, { request: 'report.accept', press: 'send-action', done: sent(secretary) })
  await act(secretary, 'dispatch')
  await secretary.tap('target-150221-housing')
  const order = '请明天把井盖垫稳'
  await write(secretary, 'note', order)
  await sendThrough(secretary, {
    request: 'report.dispatch',
    press: 'send-action',
    typed: order,
    done: sent(secretary),
  })

  await tab(partner, 2)
  await partner.tap('open-queue')
  await partner.tap('tab-working')
  await openOurs(partner)
  await act(partner, 'claim-fixed')
  const done = '垫了胶圈，不响了'
  await write(partner, 'note', done)
  await partner.tap('remedy-lasting')
  await sendThrough(partner, {
    request: 'report.claimFixed',
    press: 'send-action',
    typed: done,
    done: sent(partner),
  })

  await back(secretary)
  await secretary.tap('tab-check')
  await openOurs(secretary)
  await act(secretary, 'check')
  const seen = '去听过，不响了'
  await write(secretary, 'note', seen)
  await sendThrough(secretary, {
    request: 'report.check',
    press: 'send-action',
    typed: seen,
    done: sent(secretary),
  })

  await tab(resident, 2)
  const openMine = async () => {
    await resident.part('report-row').filter({ hasText: words }).first().click()
  }
  await readThrough(resident, {
    name: 'report.get',
    actions: ['report.get'],
    open: openMine,
    shown: see(resident, 'status-head'),
    leave: () => back(resident),
  })
  await openMine()
  await resident.tap('action-rate')
  await resident.tap('rate-solved-yes')
  await resident.tap('rate-satisfaction-satisfied')
  await resident.tap('rate-contacted-no')
  const remark = '谢谢，晚上能睡了'
  await write(resident, 'rate-remark', remark)
  await sendThrough(resident, {
    request: 'report.rate',
    press: 'send-rating',
    typed: remark,
    done: () => resident.part('send-rating').first().waitFor({ state: 'detached' }),
  })
  await back(resident)

  for (const [at, name, actions, row] of [
    [0, 'home', [], 'matter-row'],
    [1, 'redFace.list', ['redFace.list'], 'red-face-row'],
  ] as const) {
    await readThrough(resident, {
      name,
      actions,
      // As somebody who opens it for the first time.
      open: async () => {
        await resident.page.goto('about:blank')
        await resident.page.goto(url)
        if (at > 0) await tab(resident, at)
      },
      shown: see(resident, row),
      leave: () => Promise.resolve(),
    })
  }

  const after = await asResident<{ value: { timeline: { kind: string }[] } }>('report.get', { reportId })
  const steps: Record<string, number> = {}
  for (const { kind } of after.value.timeline) steps[kind] = (steps[kind] ?? 0) + 1
  const all = await asResident<{ value: { rows: { id: string; title?: string }[] } }>('report.mine', {
    limit: 50,
  })
  const reportCount = all.value.rows.filter((row) => JSON.stringify(row).includes(words)).length

  for (const phone of [resident, secretary, partner]) {
    phone.forgive(spoiled)
    if (phone.complaints.length > 0) throw new Error(`a page complained:\n${phone.complaints.join('\n')}`)
    await phone.close()
  }
  return { rows, requests: [...new Set(rows.map(({ request }) => request))], steps, reportCount }
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
