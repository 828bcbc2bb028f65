import path from 'node:path'
import type { Cloud } from '../../local/cloudbase'
import { openProduct } from '../../local/product'
import { takePhotos } from '../browser/photos'
import { layDemonstration } from '../support/demonstration'
import { opened } from '../support/opened'
import { ownFolder } from '../support/own-folder'
import { letTimePass } from '../support/time'
import { type Person, type Phone, pickUpPhone, type Row } from './phone'

const dayMs = 86_400_000
/** A notice holds some working hours: longer than it runs over the longest holiday. */
const noticeMs = 12 * dayMs

const resident: Person = { openId: 'demo-resident-in-wechat' }
const visitor: Person = { openId: 'demo-visitor-in-wechat' }
const secretary: Person = { customUserId: 'secretary-150221104004' }
const bureau: Person = { customUserId: 'partner-150221-housing' }

/** 后炭市社区, in WeChat's own coordinates. */
const place = { name: '供销社往东第二条巷子', latitude: 40.5637, longitude: 110.5169 }
const words = '我家门口这条巷子一下雨全是泥，老人出不了门'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

describe('the main job in the compiled mini-program', () => {
  let folder = ''
  let cloud: Cloud
  let phone: Phone
  let mud = ''
  let concrete = ''
  let newConcrete = ''
  let reportId = ''
  /** The entry of the branch that resolved it (A3). */
  const entryId = () => `${reportId}:1:150221104004`

  beforeAll(async () => {
    folder = await ownFolder('weapp')
    ;[mud = '', concrete = '', newConcrete = ''] = await takePhotos(folder, [
      'demo-lane-muddy-1',
      'demo-lane-hardened-1',
      'demo-road-patched',
    ])
    await layDemonstration(path.join(folder, 'cloud'))
    cloud = await openProduct({
      port: 0,
      folder: path.join(folder, 'cloud'),
      isTimersOn: false,
      unindexedQueries: 'refuse',
    })
    opened(cloud.close)
    phone = await pickUpPhone(cloud)
  })

  afterEach(() => {
    expect(phone.complaints()).toEqual([])
  })

  const openQueue = async (person: Person, tab?: string): Promise<void> => {
    await phone.home(person)
    await phone.tapTab('我的')
    await phone.tap('.list-row', '工作台')
    if (tab) await phone.tap('.segmented-tabs__tab', tab)
    await phone.find('.queue-row')
  }

  /** Opens the story's report among those of whose report it is. */
  const openOwn = async (picture?: string): Promise<void> => {
    await phone.home(resident)
    await phone.tapTab('我的')
    await phone.find('.my-report-row')
    if (picture) await phone.picture(picture)
    await phone.tap('.my-report-row', words)
    await phone.find('.status-head')
  }

  /** Somebody who has never been here says where they live and opens the list of that community. */
  const openListAsVisitor = async (): Promise<void> => {
    await phone.home(visitor)
    await phone.tap('.greeting__place')
    await phone.find('.community-sheet__row')
    // The phone may know already where its people live: then the sheet opens there.
    if (await phone.has('.community-sheet__row', '包头市'))
      for (const area of ['包头市', '萨拉齐镇']) await phone.tap('.community-sheet__row', area)
    await phone.tap('.community-sheet__row', '后炭市社区')
    await phone.miss('.sheet')
    await phone.tap('.red-face-headline')
    await phone.find('.red-face-row')
  }

  /** What everybody reads of a report. */
  const summaryOf = async (id: string): Promise<string> => {
    const read = (await cloud.invoke(
      'api',
      { action: 'report.get', input: { reportId: id } },
      { kind: 'wechat', openId: 'demo-visitor-in-wechat', appId: 'wxlocal' },
    )) as { value: { value: { publicSummary: string } } }
    return read.value.value.publicSummary
  }

  /** Opens a matter of the list by its row, wherever in the list. Others of its kind and place may say the same. */
  const openEntry = async (id: string, cause: string): Promise<void> => {
    const summary = await summaryOf(id)
    const isAlike = ({ said }: Row): boolean => said.includes(summary) && said.includes(cause)
    for (let top = 0; top < 40_000; top += 1000) {
      for (let tried = 0; ; tried += 1) {
        await phone.scrollTo(top)
        const row = (await phone.rows('.red-face-row')).filter(isAlike)[tried]
        if (!row) break
        const isTapped = await row.tap().then(
          () => true,
          // Folded away meanwhile, it is met again from further down.
          () => false,
        )
        if (!isTapped) continue
        await phone.find('.ledger-chain__row')
        if (decodeURIComponent((await phone.query()).entryId ?? '') === `${id}:1:150221104004`) return
        await phone.goBack()
        await phone.find('.red-face-row')
      }
    }
    throw new Error(`no row of the list opens ${id}`)
  }

  const openFromQueue = async (person: Person, tab: string): Promise<void> => {
    await openQueue(person, tab)
    await phone.until(async () => {
      if (await phone.has('.queue-row', words)) return true
      await phone.scrollTo(1_000_000)
      return false
    }, `no row of ${tab} says ${words}`)
    await phone.tap('.queue-row', words)
    await phone.see('办理轨迹')
  }

  /** The page offers one action first; the others wait in a sheet. */
  const act = async (label: string, isFirst = true): Promise<void> => {
    if (isFirst) await phone.tap('.big-button', label)
    else {
      await phone.tap('.big-button', '更多操作')
      await phone.tap('.list-row', label)
    }
    await phone.find('.act-screen')
  }

  const choose = (label: string): Promise<void> => phone.tap('.choice-chips__chip', label)

  const send = async (label: string): Promise<void> => {
    await phone.tap('.big-button', label)
    await phone.see('办理轨迹')
  }

  /** `at` counts the places for photographs on the page, from 0. */
  const addPhoto = async (file: string, at = 0): Promise<void> => {
    await phone.holdPhoto(file)
    await phone.tap('.photo-picker__add', undefined, at)
    await phone.find('.photo-picker__add', '1/9', at)
    await phone.miss('.photo-picker__veil')
  }

  test('a resident photographs a muddy alley and learns at once who answers for it', async () => {
    await phone.home(resident)
    await phone.picture('home')
    await phone.tap('.report-hero')
    await addPhoto(mud)
    await phone.holdPlace(place)
    await phone.tap('.big-button', '在地图上指一下')
    await phone.tap('.category-block__chip', '巷道泥泞要硬化')
    await phone.type('textarea', words)
    await phone.find('.responsible-preview', '后炭市社区党支部')
    await phone.picture('report')
    await phone.tap('.big-button', '提交')
    await phone.find('.sent-panel__branch', '后炭市社区党支部')
    await phone.picture('report-sent')
    await phone.tap('.big-button', '查看进展')
    await phone.find('.status-head')
    reportId = (await phone.query()).reportId ?? ''
    expect(reportId).not.toBe('')
    await phone.picture('detail')
  })

  test('the secretary finds it on top of the queue, accepts it and writes to the resident', async () => {
    await openQueue(secretary)
    await phone.find('.queue-row', words)
    await phone.picture('queue')
    await phone.tap('.queue-row', words)
    await phone.see('办理轨迹')
    await phone.picture('handle')
    await act('受理')
    await phone.picture('act-accept')
    await send('受理')
    await act('联系居民')
    await choose('线上留言')
    await phone.type('textarea', '您好，我们明天上午来看现场。')
    await send('记下联系情况')
  })

  test('she dispatches it to the housing bureau, which reports it done with photographs', async () => {
    await act('派单', false)
    await choose('住房和城乡建设局')
    await phone.type('textarea', '请把这条巷子硬化，约一百二十米。')
    await phone.picture('act-dispatch')
    await send('派单')

    await openFromQueue(bureau, '待处置')
    await phone.picture('handle-partner')
    await act('报完成')
    await addPhoto(mud)
    await addPhoto(concrete, 1)
    await choose('根治')
    await phone.type('textarea', '铺了十五公分混凝土，养护三天。')
    await phone.picture('act-claim-fixed')
    await send('报完成')
  })

  test('the secretary checks it', async () => {
    await openFromQueue(secretary, '待核查')
    await act('不通过，返工', false)
    await phone.find('.before-after')
    await phone.picture('act-rework')
    await phone.goBack()
    await phone.see('办理轨迹')
    await act('核查通过')
    await phone.picture('act-check')
    await send('核查通过')
  })

  test('the resident gets a notice and says that it is not solved: the report reopens', async () => {
    await phone.home(resident)
    await phone.tapTab('我的')
    await phone.tap('.list-row', '消息')
    await phone.see('已办结，请您评价')
    await phone.picture('inbox')
    await phone.tap('.message-row', '已办结，请您评价')
    await phone.find('.status-head')
    expect((await phone.query()).reportId).toBe(reportId)
    await phone.tap('.big-button', '评价')
    await choose('没修好')
    await choose('不满意')
    await choose('联系过')
    await phone.picture('rate')
    await phone.tap('.big-button', '提交评价')
    await phone.find('.status-head', '退回')
    await openFromQueue(secretary, '办理中')
    await phone.see('没解决')
  })

  test('after the notice it stands on the public red-face list', async () => {
    // Nobody can tap to it yet; whoever is handed its address finds nothing either.
    await phone.open(`pages/public/red-face-entry?entryId=${entryId()}`, visitor)
    await phone.see('没有找到')
    await letTimePass(cloud, noticeMs)
    await openListAsVisitor()
    await phone.picture('red-face')
    await openEntry(reportId, '没解决')
    await phone.see('群众评价“没解决”')
    await phone.picture('red-face-entry')
  })

  test('one comes to it from the home page by tapping its row', async () => {
    await phone.home(resident)
    await phone.tap('.red-face-headline')
    await phone.find('.red-face-row')
    await openEntry(reportId, '没解决')
    await phone.see('群众评价“没解决”')
  })

  test('fixed again by the branch itself, the resident agrees and the entry is cleared', async () => {
    await openFromQueue(secretary, '办理中')
    await act('自办办结', false)
    await addPhoto(newConcrete, 1)
    await choose('根治')
    await phone.type('textarea', '把没铺到的二十米补上了。')
    await send('办结')

    await openOwn('mine')
    await phone.tap('.big-button', '评价')
    await choose('修好了')
    await choose('满意')
    await choose('联系过')
    await phone.tap('.big-button', '提交评价')
    await phone.find('.status-head', '居民说解决了')
    await phone.picture('detail-closed')

    await openListAsVisitor()
    await phone.tap('.segmented-tabs__tab', '已下榜')
    await phone.find('.red-face-row__cleared')
    await openEntry(reportId, '')
    await phone.see('已销号')
    await phone.picture('red-face-entry-cleared')
    await phone.tap('.list-row', '负责办这件事')
    await phone.find('.branch-head')
    await phone.picture('branch')
    await phone.goBack()
    await phone.tap('.list-row', '看全部台账')
    await phone.find('.ledger-head__print')
    await phone.picture('ledger')
  })

  test('a second report is left alone, the clock is moved, and it appears as overdue by itself', async () => {
    const sent = (await cloud.invoke(
      'api',
      {
        action: 'report.submit',
        input: {
          commandId: '3f0c8f2e-55b7-4c5e-9a3c-0d8f6f1b2a01',
          categoryId: 'utilities',
          text: '从昨天晚上就停水了，一点都没有',
          photos: [],
          place: { point: { lng: 110.51071, lat: 40.562608 }, words: '供销社往东' },
        },
      },
      { kind: 'wechat', openId: 'demo-neighbour-in-wechat', appId: 'wxlocal' },
    )) as { value: { ok: true; value: { reportId: string } } }
    expect(sent.value).toMatchObject({ ok: true })
    await letTimePass(cloud, 2 * dayMs)
    await openListAsVisitor()
    await openEntry(sent.value.value.reportId, '超时未受理')
    await phone.see('超时未受理')
    await phone.see('超期未办结')
    await phone.picture('red-face-overdue')
    await openQueue(secretary)
    await phone.find('.queue-head__overdue')
    await phone.find('.queue-row', '从昨天晚上就停水了')
    await phone.picture('queue-overdue')
  })

  test('of a long list only what is near the screen is kept, and the rest comes back', async () => {
    await openQueue(secretary, '已办')
    const [first] = await phone.texts('.queue-row__title')
    let top = 0
    await phone.until(async () => {
      top += 800
      await phone.scrollTo(top)
      return phone.has('.list-end', '到底了')
    }, 'the list does not end')
    const tab = await phone.find('.segmented-tabs__tab', '已办')
    const total = Number(/\d+/.exec(await tab.text())?.[0])
    const kept = async () => (await phone.texts('.queue-row__title')).length
    await phone.until(async () => (await kept()) < total, `all ${total} rows are kept`)
    await phone.scrollTo(0)
    await phone.find('.queue-row__title', first, 0)
  })

  test('whoever comes back from a report far down the list gets the list anew, as far as it was read', async () => {
    await openQueue(secretary, '已办')
    let last: string | undefined
    await phone.until(async () => {
      await phone.scrollTo(1_000_000)
      last = (await phone.texts('.queue-row__title')).at(-1)
      return last !== undefined && (await phone.has('.list-end', '到底了'))
    }, 'the list does not end')
    await phone.tap('.queue-row', last)
    await phone.see('办理轨迹')
    const lists = () => cloud.invocations().filter(({ event }) => event?.includes('queue.list'))
    const earlier = lists().at(-1)
    await phone.goBack()
    await phone.until(async () => lists().at(-1) !== earlier, 'the list is not read anew')
    const again = lists().find(({ at }) => at > (earlier?.at ?? 0))
    expect(again?.event).toContain('"limit":50')
    await phone.find('.queue-row', last)
  })
})
