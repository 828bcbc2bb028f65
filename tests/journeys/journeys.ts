import { routes } from '../../client/routes'
import type { Cloud } from '../../local/cloudbase'
import type { PersonaId } from '../support/looks'
import type { Hand } from './hand'

/** One job, done by somebody of the demonstration from home to the page that says it is done. */
export interface Journey {
  readonly who: PersonaId
  /** What others have done before; what they hand over is known to whoever plays. */
  readonly before?: (cloud: Cloud) => Promise<Handed | undefined>
  readonly play: (hand: Hand, handed: Handed) => Promise<void>
}

/** What somebody holds in their hands besides the phone. */
export interface Handed {
  /** An address that a camera has read. */
  readonly scanned?: string
  /** What stands on a screen before them. */
  readonly code?: string
  readonly words?: string
}

const alleyWords = '我家门口这条巷子一下雨全是泥，老人出不了门'
const spot = { lng: 110.51071, lat: 40.562608 }
const townshipId = '150221104'
const branchId = '150221104004'

/** Sends a report as somebody who plays no part. */
const submit = async (cloud: Cloud, no: number, input: object): Promise<undefined> => {
  const { value } = (await cloud.invoke(
    'api',
    {
      action: 'report.submit',
      input: {
        commandId: `5b1f6a10-1c1e-4f6e-8f0a-0000000000${String(no).padStart(2, '0')}`,
        photos: [],
        ...input,
      },
    },
    { kind: 'wechat', openId: `journey-neighbour-${no}`, appId: 'wxlocal' },
  )) as { value: { ok: boolean } }
  if (!value.ok) throw new Error(`the report could not be sent: ${JSON.stringify(value)}`)
}

const lampWords = '灯一闪一闪的，亮不了几分钟就灭'

/** The counter has filed something for somebody, who holds the slip. */
const slipInHand = async (cloud: Cloud): Promise<Handed> => {
  const { value } = (await cloud.invoke(
    'api',
    {
      action: 'report.submitOnBehalf',
      input: {
        commandId: '5b1f6a10-1c1e-4f6e-8f0a-0000000000c0',
        unitId: branchId,
        hasConsented: true,
        printerId: 'another-device',
        categoryId: 'street-lamp',
        text: lampWords,
        place: { point: spot, words: '文化广场北侧' },
      },
    },
    { kind: 'custom', uid: 'journey-counter', customUserId: `counter-${branchId}` },
  )) as { value: { ok: boolean; value: { number: string; code: string } } }
  if (!value.ok) throw new Error(`nothing was filed: ${JSON.stringify(value)}`)
  const { number, code } = value.value
  return { scanned: `${routes.receipt}?number=${number}&code=${code.replace(' ', '')}` }
}

/** A computer shows its code to whoever stands before it. */
const computerShowsCode = async (cloud: Cloud): Promise<Handed> => {
  const { value } = (await cloud.invoke(
    'api',
    { action: 'signIn.begin', input: { device: 'Windows 电脑 · Edge', isPublic: false } },
    { kind: 'none' },
  )) as { value: { ok: boolean; value: { code: string; words: string } } }
  if (!value.ok) throw new Error(`no code was shown: ${JSON.stringify(value)}`)
  return { code: value.value.code, words: value.value.words }
}

const waterOut = (no: number): string => `从昨天晚上就停水了，第${no}户`

/** Water is out in so many houses; each wants to be told. */
const waterIsOut =
  (houses: number) =>
  async (cloud: Cloud): Promise<undefined> => {
    for (let no = 1; no <= houses; no += 1)
      await submit(cloud, no, {
        categoryId: 'utilities',
        text: waterOut(no),
        place: { point: spot, words: '供销社往东' },
      })
  }

/** The form, which by then knows where one lives. */
const openReport = async (hand: Hand): Promise<void> => {
  await hand.tap('.report-hero')
  await hand.see('.place-block__community', '后炭市社区')
}

const send = async (hand: Hand): Promise<void> => {
  await hand.tap('.big-button', '提交')
  await hand.see('.sent-panel')
}

const openQueue = async (hand: Hand): Promise<void> => {
  await hand.tapTab('我的')
  await hand.tap('.list-row', '工作台')
}

const openRow = async (hand: Hand, words?: string): Promise<void> => {
  await hand.tap('.queue-row', words)
  await hand.see('.timeline')
}

/** Opens the form of the step that the page offers first. */
const openForm = async (hand: Hand, label: string): Promise<void> => {
  await hand.tap('.big-button', label)
  await hand.see('.act-screen')
}

/** Opens the form of one of the steps that wait behind the first. */
const openOtherForm = async (hand: Hand, label: string): Promise<void> => {
  await hand.tap('.big-button', '更多操作')
  await hand.tap('.list-row', label)
  await hand.see('.act-screen')
}

/** Back on the matter, whatever the step has changed there has come. */
const sendForm = async (hand: Hand, label: string): Promise<void> => {
  await hand.tap('.big-button', label)
  await hand.see('.timeline')
}

/** What a secretary does with each new report: accept, write to the resident, hand it to who can mend it. */
const takeInHand = async (hand: Hand): Promise<void> => {
  await openForm(hand, '受理')
  await sendForm(hand, '受理')
  await openForm(hand, '联系居民')
  await hand.tap('.choice-chips__chip', '线上留言')
  await hand.type('textarea', '明天来看')
  await sendForm(hand, '记下联系情况')
  await openOtherForm(hand, '派单')
  await hand.tap('.choice-chips__chip', '住房和城乡建设局')
  await hand.type('textarea', '请修好')
  await sendForm(hand, '派单')
}

/** Every counted journey, by its key in the report of `npm run journeys`. A new one is a new entry here. */
export const journeys = {
  report: {
    who: 'resident-1',
    play: async (hand) => {
      await openReport(hand)
      await hand.takePhoto()
      await hand.pointOnMap()
      await hand.tap('.category-block__chip', '巷道泥泞要硬化')
      await hand.type('textarea', alleyWords)
      await send(hand)
    },
  },
  'report-no-photo': {
    who: 'resident-1',
    play: async (hand) => {
      await openReport(hand)
      await hand.pointOnMap()
      await hand.tap('.category-block__chip', '巷道泥泞要硬化')
      await hand.type('textarea', alleyWords)
      await send(hand)
    },
  },
  'report-danger': {
    who: 'resident-1',
    play: async (hand) => {
      await openReport(hand)
      await hand.tap('.category-block__chip', '危险')
      await hand.see('.emergency-calls')
      await hand.type('textarea', '路口的井盖没了')
      await send(hand)
    },
  },
  'report-no-village': {
    who: 'resident-1',
    play: async (hand) => {
      await openReport(hand)
      await hand.tap('.place-block__community')
      await hand.tap('.community-sheet__row', '说不清')
      await hand.type('input', '国道边上加油站对面')
      await hand.tap('.category-block__chip', '垃圾')
      await hand.type('textarea', '垃圾堆满了')
      await send(hand)
    },
  },
  'on-behalf': {
    who: 'counter-150221104004',
    play: async (hand) => {
      await hand.tapTab('我的')
      await hand.tap('.list-row', '窗口代办')
      await hand.type('textarea', lampWords)
      await hand.tap('.category-block__chip', '路灯')
      await hand.type('input', '文化广场北侧')
      await hand.tap('.choice-chips__chip', '不留')
      await hand.tap('.counter-form__consent')
      await hand.tap('.big-button', '提交，打回执')
      await hand.see('.slip')
    },
  },
  'follow-by-receipt': {
    who: 'resident-1',
    before: slipInHand,
    play: async (hand, { scanned = '' }) => {
      await hand.scan(scanned)
      await hand.see('.page-frame__body', lampWords)
      await hand.tap('.big-button', '催办')
      await hand.see('.timeline', '催')
    },
  },
  'sign-in-web': {
    who: 'secretary-150221104004',
    before: computerShowsCode,
    play: async (hand, { code = '', words = '' }) => {
      await hand.tapTab('我的')
      await hand.tap('.list-row', '登录电脑')
      await hand.type('input', code)
      await hand.tap('.big-button', '下一步')
      await hand.tap('.choice-chips__chip', words)
      await hand.tap('.big-button', '是我在登录')
      await hand.see('.computers__row')
    },
  },
  rate: {
    who: 'resident-1',
    play: async (hand) => {
      await hand.tap('.my-report-row', '请您评价')
      await hand.tap('.big-button', '评价')
      await hand.tap('.choice-chips__chip', '修好了')
      await hand.tap('.choice-chips__chip', '满意')
      await hand.tap('.choice-chips__chip', '联系过')
      await hand.tap('.big-button', '提交评价')
      await hand.see('.status-head', '居民说解决了')
    },
  },
  'secretary-one': {
    who: 'secretary-150221104004',
    before: waterIsOut(1),
    play: async (hand) => {
      await openQueue(hand)
      await openRow(hand, waterOut(1))
      await takeInHand(hand)
    },
  },
  'secretary-ten': {
    who: 'secretary-150221104004',
    before: waterIsOut(10),
    play: async (hand) => {
      await openQueue(hand)
      for (let no = 1; no <= 10; no += 1) {
        await openRow(hand, waterOut(no))
        await takeInHand(hand)
        if (no < 10) await hand.goBack()
      }
    },
  },
  'partner-one': {
    who: 'partner-150221-housing',
    play: async (hand) => {
      await openQueue(hand)
      await openRow(hand)
      await openForm(hand, '报完成')
      await hand.tap('.choice-chips__chip', '根治')
      await hand.type('textarea', '修好了')
      await sendForm(hand, '报完成')
    },
  },
  'township-route': {
    who: 'upper-150221104',
    before: (cloud) =>
      submit(cloud, 1, {
        categoryId: 'rubbish',
        text: '国道边上垃圾堆满了',
        place: { namedUnitId: townshipId, words: '国道边上加油站对面' },
      }),
    play: async (hand) => {
      await openQueue(hand)
      await openRow(hand, '国道边上垃圾堆满了')
      await openForm(hand, '指定责任单位')
      await hand.tap('.choice-chips__chip', '后炭市社区党支部')
      await sendForm(hand, '指定')
    },
  },
  'township-rule': {
    who: 'upper-150221104',
    play: async (hand) => {
      await openQueue(hand)
      await hand.tap('.segmented-tabs__tab', '待审批')
      await openRow(hand)
      await openForm(hand, '审批申请')
      await hand.tap('.choice-chips__chip', '同意')
      await sendForm(hand, '提交审批')
    },
  },
  invite: {
    who: 'admin-150221',
    play: async (hand) => {
      await hand.tapTab('我的')
      await hand.tap('.list-row', '设置')
      await hand.tap('.list-row', '人')
      await hand.tap('.list-row', '本单位的人')
      await hand.tap('.big-button', '发邀请')
      await hand.tap('.choice-chips__chip', '上级党委经办')
      await hand.type('input', '小郝')
      await hand.tap('.big-button', '发出邀请')
      await hand.see('.invite-slip__code')
    },
  },
} satisfies Record<string, Journey>

export type JourneyName = keyof typeof journeys
