import path from 'node:path'
import type { Browser } from 'playwright-core'
import { ownFolder } from '../support/own-folder'
import { launchBrowser, type Phone, pickUpPhone } from './phone'
import { takePhotos } from './photos'
import { type RunningProduct, signInAs, startProduct } from './product'

const dayMs = 86_400_000
/** A notice holds some working hours: longer than it runs over the longest holiday. */
const noticeMs = 12 * dayMs

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

describe('the main job, with real clicks', () => {
  let folder = ''
  let product: RunningProduct
  let browser: Browser
  let resident: Phone
  let secretary: Phone
  let partner: Phone
  let mud = ''
  let concrete = ''
  let newConcrete = ''

  beforeAll(async () => {
    folder = await ownFolder('story')
    ;[mud = '', concrete = '', newConcrete = ''] = await takePhotos(folder, [
      'demo-lane-muddy-1',
      'demo-lane-hardened-1',
      'demo-road-patched',
    ])
    product = await startProduct(path.join(folder, 'cloud'))
    browser = await launchBrowser()
    resident = await pickUpPhone(browser, product.url)
    secretary = await pickUpPhone(browser, product.url)
    partner = await pickUpPhone(browser, product.url)
    await resident.become('居民（演示）甲')
    await secretary.become('社区书记（演示）')
    await partner.become('住建局（演示）')
  })

  afterEach(() => {
    for (const phone of [resident, secretary, partner]) {
      const seen = phone.complaints.splice(0)
      if (seen.length > 0) throw new Error(`a page complained:\n${seen.join('\n')}`)
    }
  })

  /** What the browser itself notes of a request whose server has gone, and nothing else. */
  const serverWasGone =
    /^(Failed to load resource: |WebSocket connection to \S+ failed: .*)net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)$/

  /** Addresses of pictures serve for an hour: pages that were open before the move start afresh. */
  const moveClock = async (ms: number): Promise<void> => {
    for (const phone of [resident, secretary, partner]) await phone.page.goto('about:blank')
    await product.moveClock(ms)
  }

  const words = '我家门口这条巷子一下雨全是泥，老人出不了门'
  let reportId = ''
  /** The entry of the branch that resolved it (A3). */
  const entryId = () => `${reportId}:1:150221104004`

  const openQueue = async (phone: Phone): Promise<void> => {
    await phone.home()
    await phone.tapTab('我的')
    await phone.tap('open-queue')
    await phone.part('report-row').first().waitFor()
  }

  /** Opens the story's report on a staff phone from the queue's tab. */
  const openFromQueue = async (phone: Phone, tab: string): Promise<void> => {
    await openQueue(phone)
    await phone.tap(`tab-${tab}`)
    const row = phone.part('report-row').filter({ hasText: words }).first()
    // Due in ninety days, it lies behind what is due sooner.
    await phone.drawOut(row)
    await row.click()
    await phone.see('办理轨迹')
  }

  /** Opens the story's report among those of whose report it is. */
  const openOwn = async (picture?: string): Promise<void> => {
    await resident.home()
    await resident.tapTab('我的')
    const row = resident.part('report-row').filter({ hasText: words }).first()
    await row.waitFor()
    if (picture) await resident.picture(picture)
    await row.click()
    await resident.part('status-head').first().waitFor()
  }

  /** Somebody who has never been here says where they live and opens the list of that community. */
  const openListAsVisitor = async (): Promise<Phone> => {
    const visitor = await pickUpPhone(browser, product.url)
    await visitor.tap('choose-home')
    for (const area of ['包头市', '萨拉齐镇', '后炭市社区'])
      await visitor.part('community-row').filter({ hasText: area }).first().click()
    await visitor.tap('red-face-headline')
    await visitor.part('red-face-row').first().waitFor()
    return visitor
  }

  /** What everybody reads of a report. */
  const summaryOf = async (id: string): Promise<string> => {
    const call = await signInAs(product.url, 'resident-1')
    const read = await call<{ value: { publicSummary: string } }>('report.get', { reportId: id })
    return read.value.publicSummary
  }

  /** Opens a matter of the list by its row. Others of the same kind and place may say the same. */
  const openEntry = async (phone: Phone, id: string): Promise<void> => {
    const rows = phone.part('red-face-row').filter({ hasText: await summaryOf(id) })
    // What was listed last weighs least.
    await phone.drawOut(phone.page.locator('.list-end:visible').filter({ hasText: '到底了' }))
    for (let at = 0; at < (await rows.count()); at += 1) {
      await rows.nth(at).click()
      await phone.part('ledger-row').first().waitFor()
      if (decodeURIComponent(phone.page.url()).includes(`entryId=${id}:1:150221104004`)) return
      await phone.goBack()
      await phone.drawOut(rows.nth(at))
    }
    throw new Error(`no row of the list opens ${id}`)
  }

  /** The page offers one action first; the others wait in a sheet. */
  const act = async (phone: Phone, action: string, isFirst = true): Promise<void> => {
    if (!isFirst) await phone.tap('more-actions')
    await phone.tap(`action-${action}`)
    await phone.part('send-action').first().waitFor()
  }

  const send = async (phone: Phone): Promise<void> => {
    await phone.tap('send-action')
    await phone.see('办理轨迹')
  }

  test('a resident photographs a muddy alley and learns at once who answers for it, why, and by when', async () => {
    await resident.home()
    await resident.part('matter-row').first().waitFor()
    await resident.picture('home')
    await resident.tap('open-report')

    await resident.addPhoto('report-photos', mud)
    await resident.tap('place-on-map')
    await resident.page.locator('.leaflet-container:visible').first().waitFor()
    await resident.pointAtMap()
    await resident.picture('place-picker')
    await resident.tap('pick-place')
    await resident.tap('category-lane-hardening')
    await resident.part('report-text').locator('textarea').fill(words)
    await resident.part('responsible-preview').filter({ hasText: '后炭市社区党支部' }).first().waitFor()
    await resident.picture('report')
    await resident.tap('submit-report')

    await resident.part('sent-panel').first().waitFor()
    await expect(resident.part('sent-branch').first().textContent()).resolves.toBe('后炭市社区党支部')
    await resident.see(/这里属于后炭市社区/)
    await resident.see('最晚受理')
    await resident.picture('report-sent')
    await resident.tap('sent-open')
    await resident.see('后炭市社区党支部')
    reportId = /reportId=([\w-]+)/.exec(resident.page.url())?.[1] ?? ''
    expect(reportId).not.toBe('')
    await resident.part('status-head').first().waitFor()
    await resident.picture('detail')
  })

  test('the secretary finds it on top of the queue, accepts it and writes to the resident', async () => {
    await openQueue(secretary)
    await expect(secretary.part('report-row').first().textContent()).resolves.toContain(words)
    await secretary.picture('queue')
    await secretary.part('report-row').first().click()
    await secretary.see('办理轨迹')
    await secretary.page.locator('.leaflet-container:visible').first().waitFor()
    await secretary.picture('handle')
    await act(secretary, 'accept')
    await secretary.picture('act-accept')
    await send(secretary)
    await act(secretary, 'contact')
    await secretary.tap('channel-message')
    await secretary.part('note').locator('textarea').fill('您好，我们明天上午来看现场。')
    await send(secretary)
  })

  test('she dispatches it to the housing bureau, which reports it done with photographs before and after', async () => {
    await act(secretary, 'dispatch', false)
    await secretary.tap('target-150221-housing')
    await secretary.part('note').locator('textarea').fill('请把这条巷子硬化，约一百二十米。')
    await secretary.picture('act-dispatch')
    await send(secretary)

    await openFromQueue(partner, 'working')
    await partner.picture('handle-partner')
    await act(partner, 'claim-fixed')
    await partner.addPhoto('photos-before', mud)
    await partner.addPhoto('photos-after', concrete)
    await partner.tap('remedy-lasting')
    await partner.part('note').locator('textarea').fill('铺了十五公分混凝土，养护三天。')
    await partner.picture('act-claim-fixed')
    await send(partner)
  })

  test('the secretary, not the fixer, checks it', async () => {
    await expect(partner.part('action-check').count()).resolves.toBe(0)
    await openFromQueue(secretary, 'check')
    await act(secretary, 'rework', false)
    await secretary.picture('act-rework')
    await secretary.goBack()
    await act(secretary, 'check')
    await secretary.picture('act-check')
    await send(secretary)
  })

  test('the resident gets a notice and says that it is not solved: the report reopens', async () => {
    await resident.home()
    await resident.tapTab('我的')
    await resident.tap('open-inbox')
    await resident.see('已办结，请您评价')
    await resident.picture('inbox')
    await resident.part('message-row').filter({ hasText: '已办结，请您评价' }).first().click()
    await resident.see(words)
    await resident.tap('action-rate')
    await resident.tap('rate-solved-no')
    await resident.tap('rate-satisfaction-dissatisfied')
    await resident.tap('rate-contacted-yes')
    await resident.picture('rate')
    await resident.tap('send-rating')
    await resident.part('send-rating').first().waitFor({ state: 'detached' })
    await resident.part('status-head').first().waitFor()
    await openFromQueue(secretary, 'working')
    await secretary.see('没解决')
  })

  test('after the notice it stands on the public red-face list', async () => {
    // Nobody can tap to it yet; whoever is handed its address finds nothing either.
    const visitor = await pickUpPhone(browser, product.url)
    await visitor.open(`pages/public/red-face-entry?entryId=${entryId()}`)
    await visitor.see('没有找到')
    await visitor.close()
    await moveClock(noticeMs)
    const later = await openListAsVisitor()
    await later.picture('red-face')
    await openEntry(later, reportId)
    await later.see('群众评价“没解决”')
    await later.picture('red-face-entry')
    expect(later.complaints).toEqual([])
    await later.close()
  })

  test('one comes to it from the home page by tapping its row', async () => {
    await resident.home()
    await resident.tap('red-face-headline')
    await openEntry(resident, reportId)
    await resident.see('群众评价“没解决”')
  })

  test('fixed again by the branch itself, the resident agrees and the entry is cleared; the ledger keeps both', async () => {
    await openFromQueue(secretary, 'working')
    await act(secretary, 'resolve', false)
    await secretary.addPhoto('photos-after', newConcrete)
    await secretary.tap('remedy-lasting')
    await secretary.part('note').locator('textarea').fill('把没铺到的二十米补上了。')
    await send(secretary)

    await openOwn('mine')
    await resident.tap('action-rate')
    await resident.tap('rate-solved-yes')
    await resident.tap('rate-satisfaction-satisfied')
    await resident.tap('rate-contacted-yes')
    await resident.tap('send-rating')
    await resident.part('send-rating').first().waitFor({ state: 'detached' })
    await resident.part('status-head').filter({ hasText: '居民说解决了' }).first().waitFor()
    await resident.picture('detail-closed')

    const visitor = await openListAsVisitor()
    await visitor.tap('tab-cleared')
    await openEntry(visitor, reportId)
    await visitor.part('ledger-row').nth(2).waitFor()
    await visitor.see('已销号')
    await visitor.picture('red-face-entry-cleared')
    await visitor.tap('open-branch')
    await visitor.part('rates').first().waitFor()
    await visitor.picture('branch')
    await visitor.goBack()
    await visitor.tap('open-ledger')
    await visitor.part('ledger-head').first().waitFor()
    await visitor.picture('ledger')
    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })

  test('a second report is left alone, the clock is moved, and it appears as overdue by itself', async () => {
    const call = await signInAs(product.url, 'resident-2')
    const sent = await call<{ ok: true; value: { reportId: string } }>('report.submit', {
      commandId: '3f0c8f2e-55b7-4c5e-9a3c-0d8f6f1b2a01',
      categoryId: 'utilities',
      text: '从昨天晚上就停水了，一点都没有',
      photos: [],
      place: { point: { lng: 110.51071, lat: 40.562608 }, words: '供销社往东' },
    })
    expect(sent).toMatchObject({ ok: true })
    await moveClock(2 * dayMs)

    const visitor = await openListAsVisitor()
    await openEntry(visitor, sent.value.reportId)
    await visitor.see('超时未受理')
    await visitor.see('超期未办结')
    await visitor.picture('red-face-overdue')
    expect(visitor.complaints).toEqual([])
    await visitor.close()

    await openQueue(secretary)
    await secretary.part('overdue-count').first().waitFor()
    await secretary.part('report-row').filter({ hasText: '从昨天晚上就停水了' }).first().waitFor()
    await secretary.picture('queue-overdue')
  })

  test('the server is killed in the middle of the story: nothing acknowledged is missing', async () => {
    const call = await signInAs(product.url, 'resident-1')
    const texts = Array.from({ length: 8 }, (_, index) => `路灯第${index + 1}盏不亮`)
    const acknowledged: string[] = []
    const sending = texts.map(async (text, index) => {
      const answer = await call<{ ok: boolean; value?: { reportId: string } }>('report.submit', {
        commandId: `5d1f6a10-1c1e-4f6e-8f0a-00000000000${index}`,
        categoryId: 'ordinary',
        text,
        photos: [],
        place: { point: { lng: 110.51071, lat: 40.562608 }, words: '' },
      }).catch(() => undefined)
      if (answer?.ok && answer.value) acknowledged.push(answer.value.reportId)
      if (acknowledged.length === 3) await product.kill()
    })
    await Promise.all(sending)
    expect(acknowledged.length).toBeGreaterThanOrEqual(3)

    product = await startProduct(path.join(folder, 'cloud'))
    const again = await signInAs(product.url, 'resident-1')
    for (const id of [...acknowledged, reportId]) {
      const answer = await again<{ ok: boolean; value?: { text: string } }>('report.get', { reportId: id })
      expect(answer).toMatchObject({ ok: true, value: { text: expect.any(String) } })
    }
    // The pages that are still open talked to a server that was gone; anything else they say counts.
    for (const phone of [resident, secretary, partner]) phone.forgive(serverWasGone)
  })
})
