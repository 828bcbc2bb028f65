import { commands } from '../../client/features/handling/words'
import { routes } from '../../client/routes'
import type { Cloud } from '../../local/cloudbase'
import personas from '../../local/demo/public/personas.json'

/** Somebody of the demonstration. */
export type PersonaId =
  | 'resident-1'
  | 'secretary-150221104004'
  | 'partner-150221-housing'
  | 'upper-150221104'
  | 'secretary-150421201207'

export const nameOf = (id: PersonaId): string => {
  const persona = personas.find((one) => one.id === id)
  if (!persona) throw new Error(`nobody is called ${id}`)
  return persona.name
}

/** What a walk through the pages needs of a phone; a selector is a class, here as in the mini-program. */
export interface LookingPhone {
  readonly become: (persona: PersonaId | undefined) => Promise<void>
  readonly open: (url: string) => Promise<void>
  /** Waits for the first element that has this class and says this. */
  readonly find: (selector: string, words?: string) => Promise<unknown>
  readonly tap: (selector: string, words?: string) => Promise<void>
  readonly picture: (name: string) => Promise<void>
  /** Turns 大字版 on, on the page that has its switch. */
  readonly enlarge: () => Promise<void>
}

/** A report that leaves a telephone number, from somebody who is no persona. */
export const reportWithPhone = async (cloud: Cloud): Promise<string> => {
  const sent = (await cloud.invoke(
    'api',
    {
      action: 'report.submit',
      input: {
        commandId: '6a0d5f30-7d0b-4d39-9a46-0d8f6f1b2a77',
        categoryId: 'utilities',
        text: '从昨天晚上就停水了，一点都没有',
        photos: [],
        place: { point: { lng: 110.51071, lat: 40.562608 }, words: '供销社往东' },
        phone: '13800000000',
      },
    },
    { kind: 'wechat', openId: 'looks-neighbour-in-wechat', appId: 'wxlocal' },
  )) as { value: { ok: true; value: { reportId: string } } }
  return sent.value.value.reportId
}

/** These the story shows, filled in. */
const formsOfTheStory = ['accept', 'dispatch', 'claim-fixed', 'rework', 'check']

/** Every other form of staff: a page of its own, whether or not the step is offered now. */
const forms = Object.keys(commands).filter((form) => !formsOfTheStory.includes(form))

const secretary: PersonaId = 'secretary-150221104004'
const branchId = '150221104004'
/** Nobody has reported anything here. */
const quietVillage = '建新村'

/** Pages before anything happened, sheets, forms and mistakes: what the story does not show. */
export const lookAround = async (phone: LookingPhone, reportId: string): Promise<void> => {
  const { open, find, tap, picture } = phone

  await phone.become(undefined)
  await open(routes.home)
  await find('.empty-state', '先选您的社区')
  await picture('home-new')
  await tap('.big-button', '选社区')
  await find('.community-sheet__row')
  await picture('community-sheet')
  await tap('.sheet__close')
  await open(`${routes.redFaceEntry}?entryId=none:1:none`)
  await find('.empty-state', '没有打开')
  await picture('red-face-entry-missing')
  await open(`${routes.redFace}?unitId=${branchId}`)
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

  await phone.become('partner-150221-housing')
  await open(routes.mine)
  await find('.empty-state', '您还没有上报过')
  await picture('mine-empty')
  await tap('.list-row', '保密和规则')
  await find('.my-entries__about')
  await picture('about-sheet')
  await tap('.sheet__close')

  await phone.become('resident-1')
  await open(routes.home)
  await find('.red-face-headline')
  await picture('home-resident')
  await open(routes.mine)
  await find('.my-report-row')
  await picture('mine-resident')
  await tap('.my-report-row', '请您评价')
  await tap('.big-button', '评价')
  await find('.sheet__panel', '请您评价')
  await picture('rate-new')
  await tap('.sheet__close')
  await open(routes.mine)
  await tap('.my-report-row', '不同意可以申诉')
  await tap('.big-button', '申诉')
  await find('.sheet__panel', '申诉')
  await picture('appeal-sheet')
  await tap('.sheet__close')
  await open(routes.inbox)
  await find('.message-row')
  await picture('inbox-resident')
  await open(routes.report)
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
  await open(routes.queue)
  await find('.empty-state', '您还没有工作单位')
  await picture('queue-nobody')

  await phone.become(secretary)
  await open(routes.inbox)
  await tap('.segmented-tabs__tab', '我自己的')
  await find('.empty-state', '还没有消息')
  await picture('inbox-empty')
  await open(`${routes.queue}?unitId=${branchId}`)
  await find('.queue-row')
  await open(`${routes.handle}?reportId=${reportId}`)
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
  for (const form of forms) {
    await open(`${routes.act}?reportId=${reportId}&action=${form}`)
    await find('.act-screen')
    await picture(`act-${form}`)
  }
  await open(`${routes.declare}?unitId=${branchId}`)
  await find('.choice-chips__chip')
  await picture('declare')
  await open(`${routes.act}?reportId=${reportId}&action=decline`)
  await tap('.big-button', '报上级同意')
  await find('.form-row__error')
  await picture('act-missing')
  await phone.become('upper-150221104')
  await open(routes.queue)
  await tap('.segmented-tabs__tab', '待审批')
  await find('.queue-row')
  await picture('queue-upper')
  await tap('.queue-row')
  await tap('.big-button', '审批申请')
  await find('.act-screen')
  await picture('act-rule-on-asked')
  await phone.become('secretary-150421201207')
  await open(routes.queue)
  await find('.queue-screen__units')
  await picture('queue-two-units')
}

/** The main pages in 大字版. */
export const lookAtLargeType = async (phone: LookingPhone, reportId: string): Promise<void> => {
  const { open, find, picture } = phone
  await phone.become(secretary)
  await open(routes.mine)
  await find('.list-row', '大字版')
  await phone.enlarge()
  await find('.page-frame--large')
  await picture('mine-large')
  for (const [name, address, selector, words] of [
    ['home', routes.home, '.red-face-headline'],
    ['report', routes.report, '.place-block__community', '后炭市社区'],
    ['detail', `${routes.detail}?reportId=${reportId}`, '.status-head'],
    ['red-face', `${routes.redFace}?unitId=150221`, '.red-face-row'],
    ['inbox', routes.inbox, '.message-row'],
    ['queue', routes.queue, '.queue-row'],
    ['handle', `${routes.handle}?reportId=${reportId}`, '.timeline'],
    ['act-accept', `${routes.act}?reportId=${reportId}&action=accept`, '.act-screen'],
    ['branch', `${routes.branch}?unitId=${branchId}`, '.branch-head'],
    ['ledger', `${routes.ledger}?unitId=150221`, '.ledger-head__print'],
  ] as const) {
    await open(address)
    await find(selector, words)
    await picture(`${name}-large`)
  }
}
