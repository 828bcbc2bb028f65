import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import type { Cloud } from '../../local/cloudbase'
import {
  launchBrowser,
  openWindow,
  pickUpPhone as pickUpBrowser,
  type Phone as Screen,
} from '../browser/phone'
import { openDemonstration } from '../support/open-demonstration'
import { type Person, type Phone, pickUpPhone } from './phone'

const counterPerson: Person = { customUserId: 'counter-150221104004' }
const neighbour: Person = { customUserId: 'resident-2' }
const secretaryId = 'secretary-150221104004'
const story = '150221104004'
const words = '灯一闪一闪的，亮不了几分钟就灭'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

interface Seen {
  readonly id: string
  readonly rev: number
  readonly number: string | null
  readonly status: string
}

describe('a counter reports for somebody, who follows it by the slip', () => {
  let cloud: Cloud
  let browser: Browser
  let counter: Screen
  let holder: Screen
  let phone: Phone
  let slip = { number: '', code: '' }

  beforeAll(async () => {
    cloud = await openDemonstration('counter')
    browser = await launchBrowser()
    counter = await pickUpBrowser(browser, cloud.url)
    holder = await pickUpBrowser(browser, cloud.url)
    phone = await pickUpPhone(cloud)
  })

  afterEach(() => {
    expect([...phone.complaints(), ...counter.complaints.splice(0), ...holder.complaints.splice(0)]).toEqual(
      [],
    )
  })

  const asStaff = async <T>(action: string, input: object): Promise<T> => {
    const { value } = await cloud.invoke(
      'api',
      { action, input },
      {
        kind: 'custom',
        uid: `uid-${secretaryId}`,
        customUserId: secretaryId,
      },
    )
    const answer = value as { readonly ok: boolean; readonly value: T }
    if (!answer.ok) throw new Error(`${action}: ${JSON.stringify(answer)}`)
    return answer.value
  }
  /** What the branch has in hand under this number. */
  const find = async (number: string): Promise<Seen> => {
    for (const tab of ['waiting', 'working', 'done']) {
      const { rows } = await asStaff<{ readonly rows: readonly Seen[] }>('queue.list', {
        unitId: story,
        tab,
        limit: 50,
      })
      const row = rows.find((one) => one.number === number)
      if (row) return asStaff<Seen>('report.get', { reportId: row.id })
    }
    throw new Error(`the branch has no ${number}`)
  }
  const take = async (number: string, action: string, input: object): Promise<void> => {
    const { id: reportId, rev } = await find(number)
    await asStaff(action, { commandId: randomUUID(), reportId, rev, ...input })
  }
  const shownSlip = async (screen: Screen): Promise<typeof slip> => ({
    number: ((await screen.part('slip-number').textContent()) ?? '').replaceAll('-', ''),
    code: ((await screen.part('slip-code').textContent()) ?? '').replace(' ', ''),
  })
  /** Types into one of several fields of the mini-program. */
  const typeInto = async (selector: string, at: number, said: string): Promise<void> => {
    const field = await phone.find(selector, undefined, at)
    await (field as typeof field & { input: (words: string) => Promise<void> }).input(said)
  }
  const openCounter = async (): Promise<void> => {
    await counter.home()
    await counter.tapTab('我的')
    await counter.tap('open-counter')
    await counter.part('counter-text').waitFor()
  }
  const fill = async (said: string): Promise<void> => {
    await counter.part('counter-text').locator('textarea').fill(said)
    await counter.tap('category-street-lamp')
    await counter.part('place-words').locator('textarea, input').first().fill('文化广场北侧')
  }

  test('three questions, and what was read aloud: without it nothing is sent', async () => {
    await counter.become('窗口（演示）')
    await openCounter()
    await fill(words)
    await counter.tap('submit-on-behalf')
    await counter.part('counter-missing').waitFor()
    await counter.picture('steps-counter-missing')
    await counter.tap('leaves-phone')
    await counter.part('counter-phone').locator('input').fill('13800000001')
    await counter.tap('consent')
    // What is put away is there again.
    await counter.tap('keep-for-later')
    await counter.tap('open-counter')
    await counter.part('counter-phone').waitFor()
    await counter.page.getByText('存着，下次打开接着写').waitFor({ state: 'hidden' })
    await counter.picture('counter')
    await counter.tap('submit-on-behalf')
    await counter.part('slip').waitFor()
    slip = await shownSlip(counter)
    expect(slip).toEqual({
      number: expect.stringMatching(/^\d{10}$/),
      code: expect.stringMatching(/^\w{6}$/),
    })
    await counter.picture('slip')
    await counter.tap('next-one')
    expect(await counter.part('counter-text').locator('textarea').inputValue()).toBe('')
  })

  test('what is printed is black, as wide as the roll, and nothing but the slip', async () => {
    await counter.tap('open-filed')
    await counter.part(`filed-${slip.number}`).waitFor()
    await counter.picture('steps-filed-here')
    await counter.tap(`filed-${slip.number}`)
    await counter.part('reprint').waitFor()
    await counter.picture('steps-reprint')
    await counter.tap('reprint')
    await counter.part('slip').waitFor()
    const old = slip
    slip = await shownSlip(counter)
    expect(slip.number).toBe(old.number)
    expect(slip.code).not.toBe(old.code)
    await counter.page.emulateMedia({ media: 'print' })
    for (const hidden of ['.page-frame__header', '.page-frame__action', '.notice'])
      expect(await counter.page.locator(`${hidden}:visible`).count()).toBe(0)
    const colours = await counter.page.evaluate(() =>
      [...document.querySelectorAll('.slip, .slip *')].map((one) => getComputedStyle(one).color),
    )
    expect(new Set(colours)).toEqual(new Set(['rgb(0, 0, 0)']))
    const pages = (await counter.page.pdf({ preferCSSPageSize: true })).toString('latin1')
    // 58 mm in points.
    const [, width = ''] = /MediaBox\s*\[\s*0\s+0\s+([\d.]+)/.exec(pages) ?? []
    expect(Math.round(Number(width))).toBe(164)
    await counter.page.emulateMedia({ media: 'screen' })
    // The old code is worth nothing any more.
    await holder.open(`pages/receipt/follow?number=${old.number}&code=${old.code}`)
    await holder.see('编号或查询码不对')
    await holder.picture('steps-receipt-wrong')
  })

  test('the slip’s address opens the matter, on any phone and without an account', async () => {
    await holder.home()
    await holder.open(`pages/receipt/follow?number=${slip.number}&code=${slip.code}`)
    await holder.see(words)
    await holder.see('服务中心窗口代办')
    await holder.part('action-add-to').waitFor()
    await holder.picture('receipt-matter')
  })

  test('the branch handles it, and whoever holds the slip says whether it is mended', async () => {
    await take(slip.number, 'report.accept', {})
    await take(slip.number, 'report.contact', { channel: 'visit', note: '去看过了' })
    await take(slip.number, 'report.resolve', { note: '换了灯', before: [], after: [], remedy: 'lasting' })
    await holder.home()
    await holder.tapTab('我的')
    await holder.tap('open-receipt')
    await holder.part('receipt-number').waitFor()
    await holder.picture('receipt')
    await holder.part('receipt-number').locator('input').fill(slip.number)
    await holder.part('receipt-code').locator('input').fill(slip.code.toLowerCase())
    await holder.part('open-by-receipt').locator('.big-button').click()
    await holder.see('换了灯')
    await holder.part('action-rate').locator('.big-button').click()
    await holder.tap('rate-solved-yes')
    await holder.tap('rate-satisfaction-satisfied')
    await holder.tap('rate-contacted-yes')
    await holder.picture('steps-receipt-rate')
    await holder.part('send-rating').locator('.big-button').click()
    await holder.see('谢谢您的评价')
    expect((await find(slip.number)).status).toBe('closed')
  })

  test('a neighbour who guesses is told nothing, in WeChat too', async () => {
    await phone.home(neighbour)
    await phone.tapTab('我的')
    await phone.tap('.list-row', '凭回执查')
    await phone.find('.text-box__input')
    await phone.picture('receipt')
    await phone.type('.text-box__input', slip.number)
    await typeInto('.text-box__input', 1, 'AAAAAA')
    await phone.tap('.big-button', '查')
    await phone.see('编号或查询码不对')
  })

  test('in WeChat the counter shows the slip, and the holder opens it by what was scanned', async () => {
    await phone.home(counterPerson)
    await phone.tapTab('我的')
    await phone.tap('.list-row', '窗口代办')
    await phone.type('.text-box__area', '井盖响得睡不着')
    await phone.tap('.category-block__chip', '路灯')
    await typeInto('.field', 1, '卫生院门口')
    await phone.tap('.choice-chips__chip', '不留')
    await phone.tap('.counter-form__consent')
    await phone.picture('counter')
    await phone.tap('.big-button', '提交，打回执')
    await phone.find('.slip')
    await phone.picture('slip')
    const [code = ''] = await phone.texts('.slip__code')
    const facts = await phone.texts('.slip__value')
    const number = (facts[0] ?? '').replaceAll('-', '')
    const address = `https://here.test/?receipt#/pages/receipt/follow?number=${number}&code=${code.replace(' ', '')}`
    await phone.open(`/pages/receipt/follow?q=${encodeURIComponent(address)}`, neighbour)
    await phone.see('井盖响得睡不着')
    await phone.picture('receipt-matter')
  })

  test('a poster fills in the place where it hangs', async () => {
    await openCounter()
    await counter.tap('open-poster')
    await counter.part('poster').waitFor()
    await counter.picture('poster')
    await phone.home(counterPerson)
    await phone.tapTab('我的')
    await phone.tap('.list-row', '窗口代办')
    await phone.tap('.list-row', '上报海报')
    await phone.see('请在电脑上打开网页版来打印')
    await phone.picture('poster')
    const passer = await pickUpBrowser(browser, cloud.url)
    await passer.become('居民（演示）乙')
    await passer.open(`pages/matter/report?unitId=${story}&lng=110.51071&lat=40.562608`)
    await passer.part('place-move').waitFor()
    await passer.tap('category-street-lamp')
    await passer.see('由后炭市社区党支部负责')
    expect(passer.complaints).toEqual([])
    await passer.close()
    // What WeChat's own camera has read comes whole.
    const read = `https://here.test/?report#/pages/matter/report?unitId=${story}&lng=110.51071&lat=40.562608`
    await phone.open(`/pages/matter/report?q=${encodeURIComponent(read)}`, neighbour)
    await phone.find('.place-block__key', '换个位置')
  })

  test('at a desk it is the same page', async () => {
    const desk = await openWindow(browser, cloud.url)
    await desk.become('窗口（演示）')
    await desk.tapTab('我的')
    await desk.tap('open-counter')
    await desk.part('counter-text').waitFor()
    await desk.picture('steps-counter-desk')
    expect(desk.complaints).toEqual([])
    await desk.close()
  })
})
