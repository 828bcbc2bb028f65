import { invitationDays } from '../../cloudfunctions/contexts/people/rules/sending'
import { chinaDateOn, dayMs } from '../../cloudfunctions/ground/instant'
import type { LookingPhone, PersonaId } from './looks'
import { laterThan } from './time'

/** A phone on which one also types. */
export interface PeoplePhone
  extends Pick<LookingPhone, 'home' | 'tapTab' | 'goBack' | 'find' | 'tap' | 'texts' | 'picture'> {
  readonly become: (persona: PersonaId) => Promise<void>
  /** Taps the first of these that says no more than this, or begins so: 是我 is a part of 不是我, and 单位 of many a row. */
  readonly tapOnly: (selector: string, words: string, mayGoOn: boolean) => Promise<void>
  readonly type: (selector: string, words: string) => Promise<void>
  /** Chooses a day where one is asked for, `YYYY-MM-DD`. */
  readonly pickDay: (day: string) => Promise<void>
}

interface Cast {
  readonly admin: PeoplePhone
  readonly other: PeoplePhone
}

const branchName = '后炭市社区党支部'
const townshipName = '萨拉齐镇'
const tail = '4471'

const press = (phone: PeoplePhone, words: string): Promise<void> => phone.tapOnly('.big-button', words, false)
/** The row whose title begins so. */
const tapRow = (phone: PeoplePhone, title: string): Promise<void> => phone.tapOnly('.list-row', title, true)

const openMine = async (phone: PeoplePhone, who: PersonaId): Promise<void> => {
  await phone.become(who)
  await phone.home()
  await phone.tapTab('我的')
  await phone.find('.list-row', '大字版')
}

const openCoverage = async (admin: PeoplePhone, who: PersonaId = 'admin-150221'): Promise<void> => {
  await openMine(admin, who)
  await admin.tap('.list-row', '设置')
  await admin.find('.card__title', '土默特右旗')
  await admin.tap('.list-row', '人')
  await admin.find('.coverage-row')
}

const openUnits = async (admin: PeoplePhone): Promise<void> => {
  await openMine(admin, 'admin-150221')
  await admin.tap('.list-row', '设置')
  await admin.find('.card__title', '土默特右旗')
  await tapRow(admin, '单位')
}

/** From the banner down to the branch. */
const openBranch = async (admin: PeoplePhone): Promise<void> => {
  await openCoverage(admin)
  await admin.tap('.segmented-tabs__tab', '全部')
  await admin.tap('.coverage-row__body', townshipName)
  await admin.find('.people-row')
  await admin.tap('.link-text', '看下面的单位')
  await admin.find('.empty-state', '下面的单位都有人')
  await admin.tap('.segmented-tabs__tab', '全部')
  await admin.tap('.coverage-row__body', branchName)
  await admin.find('.people-row')
}

/** Sends one invitation from the unit's page; answers its code. */
const invite = async (admin: PeoplePhone, role: string, name: string, pictures: boolean): Promise<string> => {
  await admin.tap('.big-button', '发邀请')
  await admin.tap('.choice-chips__chip', role)
  await admin.type('.text-box__input', name)
  if (pictures) await admin.picture('invite')
  await admin.tap('.big-button', '发出邀请')
  await admin.find('.invite-slip__code')
  if (pictures) await admin.picture('invitation-code')
  const [code = ''] = await admin.texts('.invite-slip__code')
  expect(code).toMatch(/^[0-9A-Z]{4} [0-9A-Z]{4}$/)
  return code
}

/** Types a code that somebody has given them. */
const comeWith = async (other: PeoplePhone, who: PersonaId, code: string): Promise<void> => {
  await openMine(other, who)
  await other.tap('.list-row', '有邀请码')
  await other.type('.text-box__input', code)
  await other.tap('.big-button', '下一步')
}

const accept = async (other: PeoplePhone): Promise<void> => {
  await other.find('.facts__value')
  await other.type('.text-box__input', tail)
  await press(other, '是我')
  await other.find('.card__title', '等对方认人')
}

const rowsOf = async (phone: PeoplePhone, who: PersonaId): Promise<string> => {
  await openMine(phone, who)
  // All of the page is answered together: with what they have reported, or that it is nothing, their seats are there.
  await phone.find('.my-report-row, .empty-state')
  return (await phone.texts('.list-row')).join('\n')
}

/** Leaves the unit's page and comes back to it: it asks anew. */
const comeBack = async (admin: PeoplePhone): Promise<void> => {
  await admin.goBack()
  await admin.tap('.coverage-row__body', branchName)
  await admin.find('.invitation__tail', tail)
}

/** A grid worker is invited, comes, is confirmed, and leaves again. */
export const inviteAndEnd = async ({ admin, other }: Cast): Promise<void> => {
  await openCoverage(admin)
  await admin.picture('people')
  await openBranch(admin)
  await admin.picture('unit-people')
  const code = await invite(admin, '网格员', '新网格员', true)

  await comeWith(other, 'resident-2', 'K7Q2')
  await other.find('.people-trouble', '邀请码不对')
  await other.type('.text-box__input', code.toLowerCase().replace(' ', '-'))
  await other.tap('.big-button', '下一步')
  await other.find('.facts__value', branchName)
  await other.picture('invited')
  await other.type('.text-box__input', '12')
  await press(other, '是我')
  await other.find('.form-row__error', '请写手机尾号')
  await accept(other)
  await other.picture('invited-waiting')

  // Whoever comes second is told that it is taken.
  await comeWith(other, 'resident-1', code)
  await other.find('.people-trouble', '已经有人扫过了')
  await other.picture('invited-taken')
  expect(await rowsOf(other, 'resident-1')).not.toContain('有单位邀请您')

  await openMine(other, 'resident-2')
  await other.tap('.list-row', '有单位邀请您')
  await other.find('.card__title', '等对方认人')
  await comeBack(admin)
  await admin.picture('confirm-person')
  await press(admin, '就是他')
  await admin.find('.people-row__who', '新网格员')
  await other.tap('.big-button', '看看好了没有')
  await other.find('.notice__title', `${branchName}网格员`)
  await other.picture('invited-seated')
  await other.tap('.big-button', '去工作台')
  await other.find('.segmented-tabs__tab', '待受理')

  // At the next call the seat counts no more.
  await admin.tap('.people-row', '新网格员')
  await admin.find('.facts__value', tail)
  await admin.tap('.list-row', '离任')
  await admin.find('.leaving')
  await admin.picture('leaving')
  await press(admin, '离任')
  await admin.find('.section__title', '离任的')
  await admin.tap('.people-row', '新网格员')
  await admin.tap('.list-row', '看经过')
  await admin.find('.timeline__title', '定了离任')
  await admin.picture('seat-history')
  expect(await rowsOf(other, 'resident-2')).not.toContain('工作台')

  // It was a mistake: what was done last is taken back, and back again.
  await admin.tap('.sheet__close')
  await admin.tap('.people-row', '新网格员')
  await admin.tap('.list-row', '撤回上一步')
  await press(admin, '撤回')
  await admin.find('.section__title', '在这里的人')
  await openMine(other, 'resident-2')
  await other.find('.list-row', '工作台')
  await admin.tap('.people-row', '新网格员')
  await admin.tap('.list-row', '离任')
  await admin.find('.leaving')
  await press(admin, '离任')
  await admin.find('.section__title', '离任的')
}

/** One secretary goes and the next one comes; what leaves with them is shown first. */
export const handOver = async ({ admin, other }: Cast): Promise<void> => {
  await openBranch(admin)
  await admin.tap('.people-row', '社区书记（演示）')
  await admin.find('.list-row', '交接')
  await admin.picture('seat')
  await admin.tap('.list-row', '交接')
  await admin.find('.leaving', '待受理')
  await admin.type('.text-box__input', '新书记')
  await admin.picture('hand-over')
  await press(admin, '交接')
  await admin.find('.invite-slip__code')
  const [code = ''] = await admin.texts('.invite-slip__code')
  expect(await rowsOf(other, 'secretary-150221104004')).not.toContain('工作台')

  await comeWith(other, 'resident-2', code)
  await accept(other)
  await comeBack(admin)
  await press(admin, '就是他')
  await admin.find('.people-row__who', '新书记')
  await openMine(other, 'resident-2')
  await other.tap('.list-row', '工作台')
  await other.find('.queue-row')
}

/** An admin’s seat takes two persons: who invited cannot confirm, and is told so. */
export const twoPersons = async ({ admin, other }: Cast): Promise<void> => {
  const openOwn = async (who: PersonaId): Promise<void> => {
    await openCoverage(admin, who)
    await admin.tap('.list-row', '本单位的人')
    await admin.find('.people-row')
  }
  await openOwn('admin-150221')
  const code = await invite(admin, '组织管理', '新管理员', false)
  await comeWith(other, 'resident-1', code)
  await accept(other)
  await other.find('.notice__body', '不能一个人说了算')

  await openOwn('admin-150221')
  await admin.find('.invitation__hint', '不能一个人说了算')
  expect((await admin.texts('.big-button')).map((text) => text.trim())).not.toContain('就是他')
  await admin.picture('two-persons')
  await openOwn('admin-150221-second')
  await press(admin, '就是他')
  await admin.find('.people-row__who', '新管理员')
  await openMine(other, 'resident-1')
  await other.find('.list-row', '设置')
}

const squadName = '雨季排涝突击队临时党支部'
const squadDays = 20
/** Whoever has handed their branch over and has no seat any more. */
const leader: PersonaId = 'secretary-150221104004'

/** A squad is called together and its secretary invited; with its last day the desk and the seat are gone by themselves. */
export const squad = async (
  { admin, other }: Cast,
  now: () => number,
  passTime: (ms: number) => Promise<void>,
): Promise<void> => {
  await openUnits(admin)
  await admin.type('.search-box__input', `${townshipName}党委`)
  await admin.tap('.units__unit', `${townshipName}党委`)
  await admin.tap('.list-row', '新建下级')
  await admin.type('.text-box__input', squadName)
  await admin.tap('.choice-chips__chip', '临时党组织')
  await press(admin, '新建下级')
  await admin.find('.card__title', squadName)
  await admin.tap('.list-row', '撤销或合并')
  await admin.tap('.choice-chips__chip', '直接撤')
  await admin.tap('.choice-chips__chip', '选个日子')
  await admin.pickDay(laterThan(chinaDateOn(now()), squadDays))
  await press(admin, '撤销')
  await admin.find('.notice__title', '要撤销')

  await admin.tap('.list-row', '这里的人')
  await admin.find('.notice__body', '职务也到那时结束')
  await admin.find('.empty-state', '这里还没有人')
  const code = await invite(admin, '支部书记', '突击队书记', false)
  await comeWith(other, leader, code)
  await accept(other)
  // Whoever has come is seen beside the code.
  await press(admin, '就是他')
  await admin.find('.people-row__who', '突击队书记')
  await press(admin, '发好了，收起来')
  await admin.picture('squad-people')
  await openMine(other, leader)
  await other.tap('.list-row', '工作台')
  await other.find('.segmented-tabs__tab', '待受理')

  await passTime(squadDays * dayMs)
  expect(await rowsOf(other, leader)).not.toContain('工作台')
  await openUnits(admin)
  await admin.type('.search-box__input', squadName)
  await admin.tap('.units__unit', squadName)
  await admin.tap('.list-row', '这里的人')
  await admin.find('.notice__body', '职务也跟着结束了')
  await admin.find('.section__title', '离任的')
  expect((await admin.texts('.big-button')).map((text) => text.trim())).not.toContain('发邀请')
}

/** A code that is late, and one that was taken back, say so and what to do. */
export const tooLate = async (
  { admin, other }: Cast,
  passTime: (ms: number) => Promise<void>,
): Promise<void> => {
  await openBranch(admin)
  const withdrawn = await invite(admin, '网格员', '收回的人', false)
  await admin.tap('.text-action', '收回邀请')
  await comeWith(other, 'secretary-150221104004', withdrawn)
  await other.find('.people-trouble', '收回')
  await openBranch(admin)
  const late = await invite(admin, '网格员', '来晚的人', false)
  await passTime(invitationDays * dayMs)
  await comeWith(other, 'secretary-150221104004', late)
  await other.find('.people-trouble', '过期了')
  await other.picture('invited-late')
}
