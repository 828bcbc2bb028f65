import { routes } from '../../client/routes'
import { type StaffAction, staffSteps } from '../../client/words/staff-steps'
import type { Cloud } from '../../local/cloudbase'
import personas from '../../local/demo/public/personas.json'

/** Somebody of the demonstration. */
export type PersonaId =
  | 'resident-1'
  | 'resident-2'
  | 'secretary-150221104004'
  | 'counter-150221104004'
  | 'partner-150221-housing'
  | 'upper-150221104'
  | 'secretary-150421201207'
  | 'admin-150221'
  | 'admin-150221-second'

export const nameOf = (id: PersonaId): string => {
  const persona = personas.find((one) => one.id === id)
  if (!persona) throw new Error(`nobody is called ${id}`)
  return persona.name
}

/** What a walk through the pages needs of a phone; a selector is a class, here as in the mini-program. */
export interface LookingPhone {
  readonly become: (persona: PersonaId | undefined) => Promise<void>
  /** Opens the product anew, on home: from there on everything is reached by tapping. */
  readonly home: () => Promise<void>
  readonly tapTab: (label: string) => Promise<void>
  readonly goBack: () => Promise<void>
  /** An address that somebody handed on, or typed wrongly. */
  readonly open: (address: string) => Promise<void>
  /** Waits for the first element that has this class and says this. */
  readonly find: (selector: string, words?: string) => Promise<unknown>
  /** Of those with the class the first that says this, or the one at this place. */
  readonly tap: (selector: string, words?: string, at?: number) => Promise<void>
  /** What everything with this class says, from top to bottom. */
  readonly texts: (selector: string) => Promise<readonly string[]>
  readonly picture: (name: string) => Promise<void>
  /** Turns 大字版 on, on the page that has its switch. */
  readonly enlarge: () => Promise<void>
}

const reportedWords = '从昨天晚上就停水了，一点都没有'

/** A report that leaves a telephone number, from somebody who is no persona. */
export const reportWithPhone = async (cloud: Cloud): Promise<void> => {
  const sent = (await cloud.invoke(
    'api',
    {
      action: 'report.submit',
      input: {
        commandId: '6a0d5f30-7d0b-4d39-9a46-0d8f6f1b2a77',
        categoryId: 'utilities',
        text: reportedWords,
        photos: [],
        place: { point: { lng: 110.51071, lat: 40.562608 }, words: '供销社往东' },
        phone: '13800000000',
      },
    },
    { kind: 'wechat', openId: 'looks-neighbour-in-wechat', appId: 'wxlocal' },
  )) as { value: { ok: boolean } }
  if (!sent.value.ok) throw new Error('the report was not taken')
}

const secretary: PersonaId = 'secretary-150221104004'
const bureau: PersonaId = 'partner-150221-housing'
const township: PersonaId = 'upper-150221104'
const admin: PersonaId = 'admin-150221'
/** Nobody has reported anything here. */
const quietVillage = '建新村'

/** In whose queue, behind which tab, matters lie that offer the forms that the story does not show. */
const offers: readonly (readonly [who: PersonaId, tab: string, forms: readonly StaffAction[]])[] = [
  [secretary, '待受理', ['ask', 'return', 'transfer', 'note', 'reclassify', 'relocate', 'merge', 'decline']],
  [
    secretary,
    '办理中',
    [
      'contact',
      'resolve',
      'progress',
      'correct-summary',
      'lay-plan',
      'lay-evidence',
      'suspend',
      'extend',
      'declare-red-face',
      'appeal-red-face',
    ],
  ],
  [secretary, '待核查', ['recall']],
  [secretary, '挂账', ['resume']],
  [bureau, '待处置', ['send-back']],
  [township, '待分派', ['route']],
  [township, '待审批', ['rule-on', 'look', 'reassign', 'supervise', 'urge']],
]

const openQueue = async (phone: LookingPhone, tab?: string): Promise<void> => {
  await phone.home()
  await phone.tapTab('我的')
  await phone.tap('.list-row', '工作台')
  if (tab) await phone.tap('.segmented-tabs__tab', tab)
  await phone.find('.queue-row')
}

/** Opens the first of the forms that the matter on the page offers and that is still wanted. */
const openWanted = async (
  phone: LookingPhone,
  wanted: ReadonlySet<StaffAction>,
): Promise<StaffAction | undefined> => {
  await phone.find('.timeline')
  const beginsWith = (text: string) => [...wanted].find((one) => text.startsWith(staffSteps[one].label))
  const buttons = await phone.texts('.big-button')
  const first = buttons.findIndex((text) => beginsWith(text) !== undefined)
  if (first >= 0) {
    await phone.tap('.big-button', undefined, first)
    return beginsWith(buttons[first] ?? '')
  }
  if (!buttons.some((text) => text.startsWith('更多操作'))) return undefined
  await phone.tap('.big-button', '更多操作')
  await phone.find('.handle-screen__more')
  const others = await phone.texts('.handle-screen__more')
  const at = others.findIndex((text) => beginsWith(text) !== undefined)
  if (at >= 0) await phone.tap('.handle-screen__more', undefined, at)
  else await phone.tap('.sheet__close')
  return beginsWith(others[at] ?? '')
}

/** Every form of staff that somebody in the demonstration is offered. */
const lookAtForms = async (phone: LookingPhone): Promise<void> => {
  for (const [who, tab, forms] of offers) {
    const wanted = new Set(forms)
    await phone.become(who)
    await openQueue(phone, tab)
    for (let row = 0; wanted.size > 0; row += 1) {
      await phone.tap('.queue-row', undefined, row)
      for (let form = await openWanted(phone, wanted); form; form = await openWanted(phone, wanted)) {
        await phone.find('.act-screen')
        await phone.picture(`act-${form}`)
        wanted.delete(form)
        await phone.goBack()
      }
      await phone.goBack()
      await phone.find('.queue-row')
    }
  }
}

/** Pages before anything happened, sheets, forms and mistakes: what the story does not show. */
export const lookAround = async (phone: LookingPhone): Promise<void> => {
  const { home, tapTab, goBack, open, find, tap, picture } = phone

  await phone.become(undefined)
  await home()
  await find('.empty-state', '先选您的社区')
  await picture('home-new')
  await tap('.big-button', '选社区')
  await find('.community-sheet__row')
  await picture('community-sheet')
  await tap('.sheet__close')
  await tapTab('红脸榜')
  await tap('.red-face-board__area')
  for (const area of ['包头市', '土默特右旗', '萨拉齐镇', '后炭市社区']) await tap('.area-sheet__row', area)
  await find('.red-face-board__area', '后炭市社区')
  await tap('.segmented-tabs__tab', '已下榜')
  await find('.red-face-screen')
  await picture('red-face-cleared')
  await tap('.red-face-board__help')
  await find('.rules-sheet')
  await picture('rules-sheet')
  await tap('.sheet__close')
  await tap('.red-face-board__area')
  await find('.area-sheet__row')
  await picture('area-sheet')
  await tap('.area-sheet__row--up')
  await tap('.area-sheet__row', quietVillage)
  await find('.red-face-board--clear')
  await tap('.segmented-tabs__tab', '在榜')
  await find('.empty-state', '现在没有事在榜上')
  await picture('red-face-clear')
  // What somebody handed on may be gone.
  await open(`${routes.redFaceEntry}?entryId=none:1:none`)
  await find('.empty-state', '没有打开')
  await picture('red-face-entry-missing')
  await open(routes.unknown)
  await find('.empty-state', '没有这一页')
  await picture('unknown')

  await phone.become(bureau)
  await home()
  await tapTab('我的')
  await find('.empty-state', '您还没有上报过')
  await picture('mine-empty')
  await tap('.list-row', '保密和规则')
  await find('.my-entries__about')
  await picture('about-sheet')
  await tap('.sheet__close')

  await phone.become('resident-1')
  await home()
  await find('.red-face-headline')
  await picture('home-resident')
  await tapTab('我的')
  await find('.my-report-row')
  await picture('mine-resident')
  await tap('.my-report-row', '请您评价')
  await tap('.big-button', '评价')
  await find('.sheet__panel', '请您评价')
  await picture('rate-new')
  await tap('.sheet__close')
  await goBack()
  await tap('.my-report-row', '不予受理')
  await tap('.big-button', '申诉')
  await find('.sheet__panel', '申诉')
  await picture('appeal-sheet')
  await tap('.sheet__close')
  await goBack()
  await tap('.list-row', '消息')
  await find('.message-row')
  await picture('inbox-resident')
  await home()
  await tap('.report-hero')
  await find('.category-block__chip')
  await picture('report-new')
  await tap('.big-button', '提交')
  await find('.form-row__error')
  await picture('report-missing')
  await tap('.category-block__chip--danger')
  await find('.emergency-calls')
  await picture('report-danger')
  await open(`${routes.detail}?reportId=none`)
  await find('.empty-state', '没有打开')
  await picture('detail-missing')
  // A colleague's address in the hands of somebody who does not work here.
  await open(routes.queue)
  await find('.empty-state', '您还没有工作单位')
  await picture('queue-nobody')

  await phone.become(secretary)
  await home()
  await tapTab('我的')
  await tap('.list-row', '消息')
  await tap('.segmented-tabs__tab', '我自己的')
  await find('.empty-state', '还没有消息')
  await picture('inbox-empty')
  await openQueue(phone)
  await tap('.queue-row', reportedWords)
  await tap('.big-button', '更多操作')
  await find('.sheet__panel', '更多操作')
  await picture('more-actions')
  await tap('.sheet__close')
  await tap('.list-row', '打电话给居民')
  await find('.sheet__panel', '看居民的电话')
  await picture('phone-sheet')
  await tap('.big-button', '看电话')
  await find('.big-button', '拨打')
  await picture('phone-sheet-open')
  await tap('.sheet__close')
  await tap('.big-button', '更多操作')
  await tap('.handle-screen__more', staffSteps.decline.label)
  await tap('.big-button', staffSteps.decline.send)
  await find('.form-row__error')
  await picture('act-missing')
  await home()
  await tap('.red-face-headline')
  await tap('.red-face-row')
  await tap('.list-row', '负责办这件事')
  await tap('.list-row', '列出群众最不满意的事')
  await find('.choice-chips__chip')
  await picture('declare')
  await lookAtForms(phone)
  await phone.become(township)
  await openQueue(phone, '待审批')
  await picture('queue-upper')
  await phone.become('secretary-150421201207')
  await openQueue(phone)
  await find('.queue-screen__units')
  await picture('queue-two-units')
  await phone.become(admin)
  await home()
  await tapTab('我的')
  await tap('.list-row', '设置')
  await find('.card__title', '土默特右旗')
  await picture('settings')
}

/** The main pages in 大字版. */
export const lookAtLargeType = async (phone: LookingPhone): Promise<void> => {
  const { home, tapTab, goBack, find, tap } = phone
  const picture = (name: string) => phone.picture(`${name}-large`)
  await phone.become(secretary)
  await home()
  await tapTab('我的')
  await find('.list-row', '大字版')
  await phone.enlarge()
  await find('.page-frame--large')
  await picture('mine')
  await tap('.list-row', '消息')
  await find('.message-row')
  await picture('inbox')
  await goBack()
  await tap('.list-row', '工作台')
  await find('.queue-row')
  await picture('queue')
  await tap('.queue-row', reportedWords)
  await find('.timeline')
  await picture('handle')
  await tap('.big-button', staffSteps.accept.label)
  await find('.act-screen')
  await picture('act-accept')

  await home()
  await find('.red-face-headline')
  await picture('home')
  await tap('.report-hero')
  await find('.place-block__community', '后炭市社区')
  await picture('report')
  await goBack()
  await tap('.matter-row')
  await find('.status-head')
  await picture('detail')
  await goBack()
  await tap('.red-face-headline')
  await find('.red-face-row')
  await picture('red-face')
  await tap('.list-row', '红脸台账')
  await find('.ledger-head__print')
  await picture('ledger')
  await goBack()
  await tap('.red-face-row')
  await tap('.list-row', '负责办这件事')
  await find('.branch-head')
  await picture('branch')
}
