import path from 'node:path'
import type { Browser } from 'playwright-core'
import { dayMs } from '../../cloudfunctions/ground/instant'
import { ownFolder } from '../support/own-folder'
import { launchBrowser, type Phone, pickUpPhone } from './phone'
import { type RunningProduct, signInAs, startProduct } from './product'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

interface Matter {
  readonly rev: number
  readonly resolveDueAt: number
  readonly requests: readonly { readonly no: number; readonly kind: string }[]
  readonly timeline: readonly { readonly kind: string; readonly text: string }[]
}

type Caller = Awaited<ReturnType<typeof signInAs>>

describe('an answer that was lost', () => {
  let product: RunningProduct
  let browser: Browser
  let resident: Phone
  let staff: Phone
  let asResident: Caller
  let asSecretary: Caller
  let asTownship: Caller
  let commandCount = 0

  beforeAll(async () => {
    const folder = await ownFolder('lost-answers')
    product = await startProduct(path.join(folder, 'cloud'))
    browser = await launchBrowser()
    resident = await pickUpPhone(browser, product.url)
    staff = await pickUpPhone(browser, product.url)
    await resident.become('居民（演示）甲')
    await staff.become('社区书记（演示）')
    asResident = await signInAs(product.url, 'resident-1')
    asSecretary = await signInAs(product.url, 'secretary-150221104004')
    asTownship = await signInAs(product.url, 'upper-150221104')
  })

  const commandId = (): string => {
    commandCount += 1
    return `5b2e7c11-2f3d-4a6b-8c9d-0000000000${String(commandCount).padStart(2, '0')}`
  }

  const report = async (text: string, more: object = {}): Promise<string> => {
    const answer = await asResident<{ value: { reportId: string } }>('report.submit', {
      commandId: commandId(),
      categoryId: 'ordinary',
      text,
      photos: [],
      place: { point: { lng: 110.51071, lat: 40.562608 }, words: '供销社往东' },
      ...more,
    })
    return answer.value.reportId
  }

  const read = async (as: Caller, reportId: string): Promise<Matter> =>
    (await as<{ value: Matter }>('report.get', { reportId })).value

  const step = async (as: Caller, action: string, reportId: string, input: object = {}): Promise<void> => {
    const { rev } = await read(as, reportId)
    const answer = await as<{ ok: boolean; error?: unknown }>(action, {
      commandId: commandId(),
      reportId,
      rev,
      ...input,
    })
    expect(answer.error).toBeUndefined()
  }

  /** How often the trace says so to staff, by its own words or by what was written. */
  const howOften = async (reportId: string, said: string): Promise<number> => {
    const { timeline } = await read(asSecretary, reportId)
    return timeline.filter(({ kind, text }) => kind === said || text.includes(said)).length
  }

  /** The server carries it out and its answer never arrives; everything after these so many is well. */
  const loseAnswers = async ({ page }: Phone, action: string, count = Number.POSITIVE_INFINITY) => {
    let lost = 0
    await page.route('**/*', async (route) => {
      if (lost >= count || !route.request().postData()?.includes(`"${action}"`)) return route.continue()
      lost += 1
      await route.fetch()
      await route.abort('failed')
    })
  }

  const cut = /^Failed to load resource: net::ERR_FAILED$/

  const openDetail = async (phone: Phone, reportId: string): Promise<void> => {
    await phone.page.goto('about:blank')
    await phone.open(`pages/matter/detail?reportId=${reportId}`)
    await phone.part('status-head').first().waitFor()
  }

  const openForm = async (reportId: string, action: string): Promise<void> => {
    await staff.page.goto('about:blank')
    await staff.open(`pages/staff/act?reportId=${reportId}&action=${action}`)
    await staff.part('send-action').first().waitFor()
  }

  const write = (phone: Phone, name: string, words: string): Promise<void> =>
    phone.part(name).locator('textarea').first().fill(words)

  const written = (phone: Phone, name: string): Promise<string> =>
    phone.part(name).locator('textarea').first().inputValue()

  const backToMatter = (phone: Phone): Promise<void> =>
    phone.part('send-action').first().waitFor({ state: 'detached' })

  test('of what a resident adds: the page is left and entered again, the same words are one step', async () => {
    const reportId = await report('门口的灯杆歪了')
    await openDetail(resident, reportId)
    await resident.tap('action-add-to')
    await write(resident, 'step-words', '昨晚又歪了一点')
    await loseAnswers(resident, 'report.add')
    await resident.tap('send-step')
    await resident.see(/不会重复/)
    await resident.page.unrouteAll({ behavior: 'wait' })
    expect(await howOften(reportId, '昨晚又歪了一点')).toBe(1)

    await openDetail(resident, reportId)
    await resident.see('昨晚又歪了一点')
    await resident.tap('action-add-to')
    await expect(written(resident, 'step-words')).resolves.toBe('昨晚又歪了一点')
    await resident.tap('send-step')
    await resident.part('aftermath').first().waitFor()
    expect(await howOften(reportId, '昨晚又歪了一点')).toBe(1)

    // What was answered is done: the same words again are said again.
    await resident.tap('action-add-to')
    await write(resident, 'step-words', '昨晚又歪了一点')
    await resident.tap('send-step')
    await resident.part('send-step').first().waitFor({ state: 'detached' })
    expect(await howOften(reportId, '昨晚又歪了一点')).toBe(2)
    resident.forgive(cut)
  })

  test('of a step of staff: something else happens meanwhile, the same words are one step', async () => {
    const reportId = await report('井盖响个不停')
    await step(asSecretary, 'report.accept', reportId, { publicSummary: '井盖响动大' })
    await openForm(reportId, 'note')
    await write(staff, 'note', '明天去看')
    await loseAnswers(staff, 'report.note')
    await staff.part('send-action').locator('.big-button').first().click()
    await staff.see(/不会重复/)
    await staff.page.unrouteAll({ behavior: 'wait' })
    await step(asResident, 'report.add', reportId, { words: '夜里更响', photos: [] })

    await openForm(reportId, 'note')
    await expect(written(staff, 'note')).resolves.toBe('明天去看')
    await staff.part('send-action').locator('.big-button').first().click()
    await backToMatter(staff)
    expect(await howOften(reportId, '明天去看')).toBe(1)
    staff.forgive(cut)
  })

  test('of a look at a telephone number: the next press is another look, and shows it', async () => {
    const reportId = await report('巷口的水管漏了', { phone: '13800000000' })
    await step(asSecretary, 'report.accept', reportId, { publicSummary: '水管漏水' })
    await openForm(reportId, 'contact')
    await staff.tap('see-phone')
    await loseAnswers(staff, 'report.revealPhone', 1)
    await staff.tap('reveal-phone')
    await staff.see(/没有取到号码，再看一次/)
    await staff.tap('reveal-phone')
    await staff.see(/13800000000/)
    await staff.page.unrouteAll({ behavior: 'wait' })
    expect(await howOften(reportId, 'phone-revealed')).toBe(2)
    staff.forgive(cut)
  })

  test('what was chosen for one request is not chosen for another', async () => {
    const reportId = await report('村口的桥栏杆松了')
    await step(asSecretary, 'report.accept', reportId, { publicSummary: '桥栏杆松动' })
    const { resolveDueAt } = await read(asSecretary, reportId)
    await step(asSecretary, 'report.extend', reportId, {
      reason: '材料没到',
      resolveDueAt: resolveDueAt + 2 * dayMs,
    })
    await step(asSecretary, 'report.suspend', reportId, {
      reason: '等焊工',
      plan: '下周来',
      untilAt: resolveDueAt + 2 * dayMs,
      isSeasonal: false,
    })
    await staff.home()
    await staff.become('萨拉齐镇（演示）')
    await openForm(reportId, 'rule-on')
    await staff.tap('granted-yes')
    await write(staff, 'note', '这一项同意')
    const [first] = (await read(asTownship, reportId)).requests
    await step(asTownship, 'report.ruleOn', reportId, {
      request: first?.kind,
      requestNo: first?.no,
      isGranted: false,
      note: '',
    })
    await openForm(reportId, 'rule-on')
    await staff.see('那一项已经有结果了')
    await expect(staff.page.locator('[data-test^="granted-"][aria-checked="true"]').count()).resolves.toBe(0)
    await expect(written(staff, 'note')).resolves.toBe('')
  })
})
