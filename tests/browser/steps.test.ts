import path from 'node:path'
import type { Browser } from 'playwright-core'
import { winterAt } from '../../cloudfunctions/contexts/calendar/rules/frozen-season'
import { defaultRuleBook } from '../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { dayMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { ownFolder } from '../support/own-folder'
import { laterThan } from '../support/time'
import { launchBrowser, type Phone, pickUpPhone } from './phone'
import { takePhotos } from './photos'
import { type RunningProduct, signInAs, startProduct } from './product'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

const secretary = '社区书记（演示）'
const gridWorker = '网格员（演示）'
const township = '萨拉齐镇（演示）'
const banner = '土默特右旗（演示）'

/** How far ahead the days lie that are asked for. */
const daysAskedFor = 7

describe('the steps beside the main job, each reached by tapping from home', () => {
  let folder = ''
  let product: RunningProduct
  let browser: Browser
  let resident: Phone
  let neighbour: Phone
  let staff: Phone
  let mud = ''

  beforeAll(async () => {
    folder = await ownFolder('steps')
    ;[mud = ''] = await takePhotos(folder, ['demo-lane-muddy-2'])
    product = await startProduct(path.join(folder, 'cloud'))
    browser = await launchBrowser()
    resident = await pickUpPhone(browser, product.url)
    neighbour = await pickUpPhone(browser, product.url)
    staff = await pickUpPhone(browser, product.url)
    await resident.become('居民（演示）甲')
    await neighbour.become('居民（演示）乙')
  })

  afterEach(() => {
    for (const phone of [resident, neighbour, staff]) {
      const seen = phone.complaints.splice(0)
      if (seen.length > 0) throw new Error(`a page complained:\n${seen.join('\n')}`)
    }
  })

  let sentCount = 0
  const sentBy = { 'resident-1': 0, 'resident-2': 0 }

  /** Moves the clock of the product; a page that is open would see its sign-in run out. */
  const passTime = async (ms: number): Promise<void> => {
    for (const phone of [resident, neighbour, staff]) await phone.page.goto('about:blank')
    await product.moveClock(ms)
  }

  /** What is reported here is not what is looked at: it goes the short way. Nobody may send more than five in ten minutes. */
  const report = async (
    who: 'resident-1' | 'resident-2',
    categoryId: string,
    text: string,
    metresEast = 0,
  ) => {
    sentBy[who] += 1
    if (sentBy[who] % 6 === 0) await passTime(10 * minuteMs)
    const call = await signInAs(product.url, who)
    sentCount += 1
    const answer = await call<{ ok: boolean; value: { reportId: string } }>('report.submit', {
      commandId: `7a1d6f30-7d0b-4d39-9a46-0000000000${String(sentCount).padStart(2, '0')}`,
      categoryId,
      text,
      photos: [],
      place: {
        point: { lng: 110.51071 + (metresEast * 1.18) / 100_000, lat: 40.562608 },
        words: '供销社往东',
      },
    })
    expect(answer).toMatchObject({ ok: true })
    return answer.value.reportId
  }

  /** Only then may work wait for the thaw (K6): in summer the clock is moved, after everything else. */
  const waitForWinter = async (): Promise<void> => {
    const isFrozenIn = (days: number): boolean =>
      winterAt(defaultRuleBook.frozenSeason, Date.now() + days * dayMs) !== undefined
    let days = 0
    while (!isFrozenIn(days) || !isFrozenIn(days + daysAskedFor)) days += 1
    if (days === 0) return
    await passTime(days * dayMs)
  }

  const openMine = async (phone: Phone, text: string): Promise<void> => {
    await phone.home()
    await phone.tapTab('我的')
    await phone.part('open-inbox').first().waitFor()
    await phone.part('report-row').filter({ hasText: text }).first().click()
    await phone.part('status-head').first().waitFor()
  }

  const openWork = async (as: string, tab: string, text: string, picture?: string): Promise<void> => {
    await staff.home()
    await staff.become(as)
    await staff.tapTab('我的')
    await staff.tap('open-queue')
    await staff.tap(`tab-${tab}`)
    const row = staff.part('report-row').filter({ hasText: text }).first()
    await staff.drawOut(row)
    if (picture) await staff.picture(picture)
    await row.click()
    await staff.see('办理轨迹')
  }

  /** The page offers one action first; the others wait in a sheet. */
  const act = async (action: string): Promise<void> => {
    await staff.part(`action-${action}`).or(staff.part('more-actions')).first().waitFor()
    if (!(await staff.part(`action-${action}`).first().isVisible())) await staff.tap('more-actions')
    await staff.tap(`action-${action}`)
    await staff.part('send-action').first().waitFor()
  }

  const write = (phone: Phone, name: string, words: string): Promise<void> =>
    phone.part(name).locator('textarea').first().fill(words)

  const pickDate = async (): Promise<void> => {
    const field = staff.part('pick-date').first()
    await field.fill(laterThan((await field.getAttribute('min')) ?? '', daysAskedFor))
  }

  /** The middle of the community, with which the map begins. */
  const pickPlace = async (phone: Phone): Promise<void> => {
    await phone.tap('place-on-map')
    await phone.pointAtMap()
    await phone.tap('pick-place')
    await phone.part('pick-place').first().waitFor({ state: 'detached' })
  }

  /** Holds the answers to one action back until the function it returns is called. */
  const holdAnswers = async (action: string): Promise<() => Promise<void>> => {
    let letGo = (): void => undefined
    const released = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await staff.page.route('**/*', async (route) => {
      if (route.request().postData()?.includes(action)) await released
      await route.continue()
    })
    return async () => {
      letGo()
      await staff.page.unrouteAll({ behavior: 'wait' })
    }
  }

  const send = async (): Promise<void> => {
    await staff.tap('send-action')
    await staff.see('办理轨迹')
  }

  const step = async (phone: Phone): Promise<void> => {
    await phone.tap('send-step')
    await phone.part('send-step').first().waitFor({ state: 'detached' })
    await phone.part('aftermath').first().waitFor()
  }

  test('the branch asks, the resident answers; K3: the branch lays a plan, and the resident reads it', async () => {
    const text = '后头那条巷子没有硬化，下雨出不了门'
    await report('resident-1', 'lane-hardening', text)
    await openWork(secretary, 'waiting', text)
    await act('accept')
    await send()
    await act('ask')
    await staff.picture('steps-ask')
    await write(staff, 'note', '施工那天，车能挪到广场吗？')
    const release = await holdAnswers('report.get')
    await send()
    // The step is answered with what may be done after it: the page waits for nothing else.
    await staff.part('more-actions').first().waitFor()
    expect(await staff.page.getByText('正在更新').locator('visible=true').count()).toBe(0)
    await release()

    await openMine(resident, text)
    await resident.part('question').first().waitFor()
    await resident.picture('steps-question')
    await resident.tap('action-answer')
    await write(resident, 'step-words', '能，提前一天说就行')
    await resident.picture('steps-answer')
    await step(resident)
    await resident.see('能，提前一天说就行')

    await openWork(secretary, 'working', text)
    await staff.see('能，提前一天说就行')
    await act('lay-plan')
    await write(staff, 'plan-text', '硬化一百二十米，四米宽')
    await write(staff, 'plan-budget', '十二万元，旗里“一事一议”资金')
    const day = staff.part('pick-date').first()
    await day.fill(laterThan((await day.getAttribute('min')) ?? '', -1))
    await staff.see(/请选.+之间的日子/)
    await pickDate()
    await staff.picture('steps-lay-plan')
    await send()

    await openMine(resident, text)
    await resident.part('plan').first().waitFor()
    await resident.picture('steps-plan')
  })

  test('declined by the branch, agreed by the township, appealed by the resident, upheld by the banner', async () => {
    const text = '邻居家的鸡老跑到我家院里'
    await report('resident-1', 'ordinary', text)
    await openWork(secretary, 'waiting', text)
    await act('decline')
    await staff.see('不予受理要上级同意')
    await staff.tap('send-action')
    await staff.part('form-trouble').first().waitFor()
    await staff.picture('steps-decline-missing')
    await staff.tap('reason-private-dispute')
    await write(staff, 'note', '两家邻里纠纷，已约人民调解')
    await send()

    await openWork(township, 'requests', text)
    await act('rule-on')
    await staff.tap('granted-yes')
    await staff.picture('steps-rule-on')
    await send()

    await openMine(resident, text)
    await resident.tap('action-appeal')
    await write(resident, 'step-words', '不是纠纷，是没有围栏，请村里修围栏')
    await resident.picture('steps-appeal')
    await step(resident)

    await openWork(banner, 'requests', text)
    await act('rule-on')
    await staff.tap('granted-yes')
    await write(staff, 'note', '围栏是村里修的，应当受理')
    await send()
    await openMine(resident, text)
    await resident.part('status-head').filter({ hasText: '受理' }).first().waitFor()
    await resident.see(/申诉成立/)
  })

  test('A6: the township gives it to another branch, with a public reason', async () => {
    const text = '水管在路口漏水，流了一地'
    await report('resident-1', 'utilities', text)
    await openWork(township, 'open', text)
    await act('reassign')
    const target = staff.page.locator('.choice-chips__chip:visible').filter({ hasText: '党支部' }).first()
    const name = (await target.locator('.choice-chips__label').textContent()) ?? ''
    await target.click()
    await write(staff, 'note', '漏水点在他们那一侧')
    await staff.picture('steps-reassign')
    await send()
    await openMine(resident, text)
    await resident.see(/漏水点在他们那一侧/)
    await resident.part('open-branch').filter({ hasText: name }).first().waitFor()
  })

  test('M4: merged by the branch, taken apart by the one whose report it is, and merged again by their word', async () => {
    const first = '垃圾桶满了三天没人清'
    const second = '垃圾桶又满出来了，招苍蝇'
    await report('resident-1', 'rubbish', first)
    await report('resident-2', 'rubbish', second, 20)
    await openWork(secretary, 'waiting', second)
    await act('merge')
    await staff.page.locator('.choice-chips__chip:visible').filter({ hasText: first }).first().click()
    await staff.picture('steps-merge')
    await send()

    await openMine(neighbour, second)
    await neighbour.tap('step-unmerge')
    await neighbour.picture('steps-unmerge')
    await step(neighbour)
    await neighbour.see(/拆开/)

    await openWork(secretary, 'waiting', second)
    await act('merge')
    const again = staff.page.locator('.choice-chips__chip:visible').filter({ hasText: first }).first()
    await again.filter({ hasText: '先问居民' }).waitFor()
    await again.click()
    await send()
    await staff.see(/等上报人说是不是同一件/)
    await openMine(neighbour, second)
    await neighbour.see(/还是同一件事吗/)
    await neighbour.picture('steps-asked-again')
    await neighbour.tap('action-agree')
    await neighbour.picture('steps-agree-merge')
    await step(neighbour)
    await neighbour.see(/记下了：是同一件事/)
    await neighbour.see(/和同一处的另一件一起办/)
  })

  test('F5: somebody says it is not mended, the township goes and sees, and the entry is cleared', async () => {
    const text = '停水两天了，一点水都没有'
    const reportId = await report('resident-1', 'utilities', text)
    const join = await signInAs(product.url, 'resident-2')
    await expect(
      join('report.support', { commandId: '7a1d6f30-7d0b-4d39-9a46-000000000099', reportId }),
    ).resolves.toMatchObject({ ok: true })

    const resolve = async (words: string): Promise<void> => {
      await act('resolve')
      await staff.tap('remedy-lasting')
      await write(staff, 'note', words)
      await send()
    }
    await openWork(secretary, 'waiting', text)
    await act('accept')
    await send()
    await resolve('换了一段水管，来水了')
    await openMine(resident, text)
    await resident.tap('action-rate')
    await resident.picture('steps-rate')
    await resident.tap('rate-solved-no')
    await resident.tap('rate-satisfaction-dissatisfied')
    await resident.tap('rate-contacted-no')
    await resident.picture('steps-rated')
    await resident.tap('send-rating')
    await resident.part('aftermath').first().waitFor()

    await openWork(secretary, 'working', text)
    await resolve('又换了总阀，家家都来水了')

    // Nobody but the parties knows of the entry yet; a yes is posted to whoever joined all the same.
    await openMine(resident, text)
    await resident.tap('action-rate')
    await resident.tap('rate-solved-yes')
    await resident.tap('rate-satisfaction-satisfied')
    await resident.tap('rate-contacted-yes')
    await resident.tap('send-rating')
    await resident.part('send-rating').first().waitFor({ state: 'detached' })

    // Whoever joined reads what everybody reads: the row is the latest that says so.
    await openMine(neighbour, '我也遇到')
    await neighbour.part('posting').first().waitFor()
    await neighbour.tap('action-answer-not-gone')
    await neighbour.addPhoto('answer-photo', mud)
    await neighbour.picture('steps-not-gone')
    await neighbour.tap('send-answer')
    await neighbour.part('send-answer').first().waitFor({ state: 'detached' })
    await neighbour.see(/上级到现场看/)

    await openWork(township, 'requests', text)
    await act('look')
    await staff.tap('finding-solved')
    await write(staff, 'note', '到三户看过，都有水，水压正常')
    await staff.picture('steps-look')
    await send()

    await openMine(resident, text)
    const state = resident.part('red-face-state').filter({ hasText: /已经了结/ })
    await state.first().waitFor()
    await resident.see('上级现场核实')
    await resident.picture('steps-cleared')
  })

  test('K9: the committee thinks a complaint is none, its reporter reads what comes of it and agrees', async () => {
    const text = '支部门口那盏路灯坏了，说了几回没人修'
    await report('resident-2', 'about-branch', text)
    await openWork(township, 'open', text)
    await act('reclassify')
    await staff.tap('category-street-lamp')
    await write(staff, 'note', '说的是灯，不是人')
    await staff.picture('steps-complaint-none')
    await send()
    await staff.see(/只等上报人一句话/)
    await staff.picture('steps-complaint-asked')

    await openMine(neighbour, text)
    await neighbour.see(/只等您一句话/)
    await neighbour.picture('steps-complaint-question')
    await neighbour.tap('action-agree')
    await neighbour.see(/改了就改不回来/)
    await neighbour.picture('steps-agree-complaint')
    await step(neighbour)
    await neighbour.see(/现在按一般诉求办/)
    await neighbour.part('open-branch').filter({ hasText: '后炭市社区党支部' }).first().waitFor()
    await openWork(secretary, 'waiting', text)
  })

  test('F3: the branch disputes a verdict, the resident is heard, the township looks and strikes it, the banner is asked', async () => {
    const text = '巷口路灯一闪一闪的，晚上看不清路'
    await report('resident-2', 'street-lamp', text)
    await openWork(secretary, 'waiting', text)
    await act('accept')
    await send()
    await act('resolve')
    await staff.tap('remedy-lasting')
    await write(staff, 'note', '换了灯泡')
    await send()
    await openMine(neighbour, text)
    await neighbour.tap('action-rate')
    await neighbour.tap('rate-solved-no')
    await neighbour.tap('rate-satisfaction-dissatisfied')
    await neighbour.tap('rate-contacted-yes')
    await neighbour.tap('send-rating')
    await neighbour.part('aftermath').first().waitFor()

    await openWork(secretary, 'working', text)
    await act('appeal-red-face')
    await write(staff, 'note', '灯已经亮了，居民看的是另一盏')
    await staff.picture('steps-dispute')
    await send()

    await openMine(neighbour, text)
    await neighbour.picture('steps-disputed')
    await neighbour.tap('action-say-to-appeal')
    await write(neighbour, 'step-words', '就是这一盏，风一吹还是闪')
    await neighbour.picture('steps-say-to-appeal')
    await step(neighbour)
    await neighbour.see('记下了您的话')

    await openWork(township, 'requests', text)
    await staff.see(/还没到现场看过/)
    await act('look')
    await staff.tap('finding-solved')
    await write(staff, 'note', '白天晚上各看一次，灯亮着')
    await send()
    await staff.see(/问了1位居民，都说了/)
    await act('rule-on')
    await staff.tap('granted-yes')
    await staff.picture('steps-strike')
    await send()

    await openMine(neighbour, text)
    await neighbour.picture('steps-struck')
    await neighbour.tap('action-appeal-struck')
    await write(neighbour, 'step-words', '来看的那天没有刮风')
    await neighbour.picture('steps-appeal-struck')
    await step(neighbour)
    await neighbour.see('申诉已经交到上一级')
    await openWork(banner, 'requests', text)
  })

  test('F: what a branch has listed and nobody reported is taken up by a resident', async () => {
    const text = '早市收摊以后，一地烂菜叶没人扫'
    await staff.home()
    await staff.become(secretary)
    await staff.tap('matter-row')
    await staff.tap('open-branch')
    await staff.tap('open-declare')
    await staff.tap('category-rubbish')
    // Words alone would be refused, so nothing but the map is offered.
    await staff.part('place-on-map').first().waitFor()
    expect(await staff.part('choose-community').count()).toBe(0)
    await pickPlace(staff)
    await write(staff, 'declare-text', text)
    await staff.picture('steps-declare')
    await staff.tap('send-declare')
    await staff.part('status-head').first().waitFor()

    await resident.home()
    await resident.tap('open-report')
    await resident.part('choose-community').filter({ hasText: '后炭市社区' }).first().waitFor()
    await pickPlace(resident)
    await resident.tap('category-rubbish')
    const row = resident.part('nearby-row').filter({ hasText: text }).first()
    // To the middle: the lower edge lies under the button that sends.
    await row.evaluate((shown) => shown.scrollIntoView({ block: 'center' }))
    await resident.picture('steps-take-up')
    await row.locator('[data-test="nearby-take-up"]').click()
    await resident.part('action-add-to').first().waitFor()
    await resident.picture('steps-taken-up')
  })

  test('L2, H2: the secretary hands the work to the grid worker, who does it, and she checks it', async () => {
    const text = '广场的排水口堵了，雨水排不走'
    await report('resident-2', 'ordinary', text)
    await openWork(secretary, 'waiting', text)
    await act('accept')
    await send()
    await act('dispatch')
    await staff.page.locator('.choice-chips__chip:visible').filter({ hasText: '网格员' }).first().click()
    await write(staff, 'note', '先掏干净，再看要不要换篦子')
    await staff.picture('steps-hand-over')
    await send()

    await openWork(gridWorker, 'mine', text, 'steps-mine')
    await staff.picture('steps-handed-over')
    await act('claim-fixed')
    await staff.tap('remedy-lasting')
    await write(staff, 'note', '掏干净了，换了新篦子')
    await send()

    await openWork(secretary, 'check', text)
    await staff.picture('steps-own-claim')
    await act('check')
    await staff.picture('steps-own-check')
    await send()
    await openMine(neighbour, text)
    await neighbour.see(/别人到现场核查过/)
    await neighbour.picture('steps-own-checked')
  })

  /** The number as somebody reads it on the page before them. */
  const spokenOn = async (phone: Phone, part: string): Promise<string> =>
    /\d{3}-\d{3}-\d{4}/.exec((await phone.part(part).first().textContent()) ?? '')?.[0] ?? 'no number'

  test('a matter has one number wherever its reporter and the staff meet it; to everybody else it has none', async () => {
    const text = '学校门口的斑马线磨没了'
    await report('resident-2', 'ordinary', text)
    await openMine(neighbour, text)
    const number = await spokenOn(neighbour, 'status-head')
    expect(number).toMatch(/^[1-9]/)
    await neighbour.page.goBack()
    await neighbour.part('report-row').filter({ hasText: number }).first().waitFor()
    await neighbour.tap('open-inbox')
    await neighbour.part('message-row').filter({ hasText: number }).first().waitFor()
    await neighbour.picture('steps-inbox-numbers')

    await openWork(secretary, 'waiting', number)
    await staff.see(text)
    await staff.see(number)

    await resident.home()
    const row = resident.part('matter-row').first()
    await row.waitFor()
    expect(await row.textContent()).not.toContain(number)
    await row.click()
    await resident.part('status-head').first().waitFor()
    expect(await spokenOn(resident, 'status-head')).toBe('no number')
  })

  const openQueue = async (as: string): Promise<void> => {
    await staff.home()
    await staff.become(as)
    await staff.tapTab('我的')
    await staff.tap('open-queue')
  }

  test('the head of the queue leads to what is late; opened anew, the page is still there, and 返回 leads to the queue', async () => {
    await openQueue(secretary)
    await staff.tap('overdue-count')
    const lateTab = staff.page.locator('[data-test="tab-overdue"][aria-selected="true"]:visible')
    await lateTab.waitFor()
    await staff.part('report-row').first().waitFor()
    const rows = await staff.part('report-row').allTextContents()
    expect(rows.filter((row) => !row.includes('已超期'))).toEqual([])
    await staff.page.reload()
    await lateTab.waitFor()
    await staff.part('report-row').first().click()
    await staff.see('办理轨迹')
    await staff.page.reload()
    await staff.see('办理轨迹')
    await staff.page.locator('.page-frame__back:visible').first().click()
    await staff.part('report-row').first().waitFor()
    expect(staff.page.url()).toContain('pages/staff/queue')
  })

  test('however many pages lie under it, 返回 shows the one before', async () => {
    await staff.home()
    await staff.tapTab('红脸榜')
    await staff.tap('red-face-row')
    await staff.part('open-branch').first().waitFor()
    const where = async () => {
      await staff.page.locator('.page-frame__title:visible').first().waitFor()
      return [staff.page.url(), await staff.page.locator('.page-frame__title:visible').allTextContents()]
    }
    const seen: unknown[] = []
    for (let round = 0; round < 6; round += 1) {
      seen.push(await where())
      await staff.tap('open-branch')
      await staff.tap('tab-red-face')
      await staff.part('red-face-row').first().waitFor()
      seen.push(await where())
      await staff.tap('red-face-row')
      await staff.part('open-branch').first().waitFor()
    }
    for (const before of seen.reverse()) {
      await staff.goBack()
      await staff.page.waitForURL(String((before as readonly unknown[])[0]))
      expect(await where()).toEqual(before)
    }
  })

  test('a bureau comes from home to its work, and reads what was asked of it instead of its own name', async () => {
    await staff.home()
    await staff.become('住建局（演示）')
    await staff.tap('open-queue')
    await staff.part('report-row').first().waitFor()
    const rows = await staff.part('report-row').allTextContents()
    expect(rows.filter((row) => !row.includes('派来：'))).toEqual([])
    expect(rows.filter((row) => row.includes('住房和城乡建设局'))).toEqual([])
  })

  test('K6: the ground is frozen: the secretary asks to wait for the thaw, the banner grants it, the page says until when', async () => {
    await waitForWinter()
    const text = '东头巷子还是土路，一化雪就陷车'
    await report('resident-2', 'lane-hardening', text)
    await openWork(secretary, 'waiting', text)
    await act('accept')
    await send()
    await act('suspend')
    await staff.tap('waits-for-thaw')
    await write(staff, 'note', '土冻了，混凝土打不成')
    await write(staff, 'plan', '开春就铺，钱已经在旗里')
    await pickDate()
    await staff.picture('steps-thaw')
    await send()
    await staff.see(/土冻住了，开春再干，挂账到/)

    await openWork(banner, 'requests', text)
    await act('rule-on')
    await staff.tap('granted-yes')
    await staff.picture('steps-grant-thaw')
    await send()
    await openMine(neighbour, text)
    await neighbour.part('status-head').filter({ hasText: '挂账到' }).first().waitFor()
    await neighbour.part('suspension').filter({ hasText: '土冻住了，开春再干' }).first().waitFor()
    await neighbour.picture('steps-thaw-told')
  })
})
