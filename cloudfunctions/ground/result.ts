/**
 * An expected refusal: the caller did something the rules do not allow. It changes nothing.
 * `code` is stable and kebab-case, `message` is plain Chinese for the screen.
 */
export interface Refusal {
  readonly code: RefusalCode
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>>
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Refusal }

/** Every code the product can answer with, and what the screen says when nothing more precise is known. */
export const refusalMessages = {
  'invalid-input': '填写的内容有误，请检查后再提交',
  'unknown-action': '这个操作不存在，请更新小程序后再试',
  'sign-in-required': '请先登录再操作',
  'not-found': '没有找到，可能已被撤回或您无权查看',
  'not-allowed': '这一步不归您',
  'wrong-status': '这件事有了变化，现在这一步做不了',
  'stale-rev': '这件事刚刚有了新进展，请看过再办',
  'command-reused': '这次提交与之前的内容不一致，请重新提交',
  'place-outside-region': '这个位置不在内蒙古，请重新选择位置',
  'place-missing': '请在地图上选位置，或选好所在的社区（嘎查村）再用文字说明',
  'too-many': '操作太频繁，请过几分钟再试',
  'photo-unknown': '有照片没有传上来，请重新上传',
  'photo-not-an-image': '这个文件不是照片，请换一张',
  'photo-too-many-pixels': '照片太大了，请用手机相机普通画质重拍，或截小一点再传',
  'photo-too-large': '照片文件太大，请换一张小一点的',
  'photo-too-complex': '这张照片的格式太复杂，请用手机相机重拍一张',
  'photo-broken': '照片打不开，可能没有传完整，请重新拍一张',
  'unknown-unit': '没有这个单位，请重新选择',
  'unknown-category': '没有这个事项类别，请重新选择',
  'not-a-partner': '这个单位还不是本社区的共建单位，不能派遣',
  'no-reporter': '上报人已离开，没有可以联系的人',
  'already-rated': '您已经评价过这次办理了',
  'already-appealed': '您已经申诉过了',
  'already-asked': '已经问过了，等居民回答',
  'already-said': '您已经说过了',
  'nothing-asked': '没有要您回答的',
  'nothing-to-open': '没有新的留言',
  'nothing-to-deny': '还没有人联系过您',
  'phone-not-revealed': '请先点“查看电话”再打，打完再记',
  'words-required': '请写几句话',
  'too-many-today': '今天这样联系过多次了，请换个方式，或者明天再联系',
  'urged-already': '刚刚催过了，请过一阵再催',
  'unit-without-members': '这个单位还没有人可以接，请换一个',
  'unit-ends-soon': '这个单位在时限之前就要撤了，请换一个',
  'no-other-checker': '干活的人不能自己核查，本单位没有别人能核查，请换一个人或派给共建单位',
  'unknown-member': '本单位现在没有这个人，请重新选择',
  'handed-already': '这件事已经派给这个人了',
  confidential: '反映单位或干部的事要保密，不能这样办',
  'accused-unnamed': '先选好反映的是哪个单位，再交给它的上一级',
  'plan-laid': '已经报过计划了',
  'no-plan-needed': '这类事不用报计划',
  'same-category': '和现在的类别一样',
  'complaint-stays': '别的事不能改成反映单位或干部的事，请居民重新上报',
  'complaint-kept': '问过上报人了，没有同意改，还按反映单位或干部的事办',
  'complaint-answered': '已经答复过上报人的，不能再改类别',
  'extension-too-long': '延期不能超过原来的时限',
  'extension-limit': '已经延期过了，再延期要全体上报人同意',
  'suspension-in-all': '挂账的日子已经用完',
  'declined-once': '不予受理只能提一次',
  'evidence-too-soon': '刚刚放过证据，请过几天再放',
  'look-first': '这是居民的评价，要先到现场看过才能裁定',
  'hear-first': '要先听居民怎么说：居民说了，或者时间到了，才能撤销',
  'own-request': '自己提的申请不能自己批',
  'date-over': '日期已过，不能再同意',
  'not-eligible': '您办过或坐在办理单位里，这一步请别人来',
  'has-children': '已有别的诉求并进来，不能再并到别处，请反过来并',
  'not-same-matter': '不是同一处、同一类的事，不能并案',
  'never-again': '居民说过不是同一件事，不能再并到那里',
  'strike-open': '居民的评价刚被撤销，还可以申诉，过了申诉期再并案',
  'look-open': '居民对现场核实还可以申诉，过了申诉期再并案',
  'level-merges': '跨单位的，或已有上榜原因的，由街道（乡镇）来并案',
  'request-pending': '已有一个申请在等上级审批',
  'no-request': '没有等待审批的申请',
  'suspension-too-long': '挂账的时间太长，请改短日期',
  'no-thaw-needed': '这类事不用等开春，不能按“土冻住了”挂账',
  'ground-not-frozen': '土还没冻住，不能这样挂账',
  'once-a-winter': '这个冬天已经按“土冻住了”挂过一次账',
  'date-in-past': '日期要在今天以后',
  'evidence-not-new': '这张照片已经用过了，请拍一张新的',
  'checker-is-fixer': '谁办理的不能由谁核查，请换本单位其他同志核查',
  'merge-target': '只能并入正在办理的、更早的诉求',
  'already-supported': '您已经点过“我也遇到”了',
  'taken-up': '这件事已经有上报人了，您可以点“我也遇到”',
  'too-far': '离这件事太远，附近的居民才能当自己的事上报，您可以点“我也遇到”',
  'own-report': '这是您自己上报的诉求',
  'appeal-too-late': '已过申诉的期限，请重新上报',
  'no-active-entry': '这件诉求现在不在红脸榜上',
  'not-yet': '还没到可以做这一步的时间',
  'no-phone': '居民没有公开电话，请在线上联系',
  'unit-exists': '这个编码已经有单位了',
  'same-name': '上级下面已经有同名的单位',
  'unit-ended': '这个单位已经撤了，或者定了日子要撤',
  'unit-in-itself': '不能放到自己或自己的下级下面',
  'wrong-level': '层级接不上，请换一个单位',
  'something-left': '还有下级、人员、网格或共建关系，请先选由谁接手',
  'change-planned': '已经有一次改动在等生效，先撤回或等它生效',
  'nothing-to-change': '和现在的一样，没有要改的',
  'file-unknown': '文件没有传上来，请重新上传',
  'table-too-large': '文件太大，请分几份传',
  'table-too-long': '行数太多，请分几份传',
  'table-merged': '表里有合并的单元格，请取消合并再传',
  'table-other-kind': '文件的内容和名字对不上，请另存一份表格再传',
  'table-broken': '文件打不开，可能没有存完整，请重新存一份再传',
  'table-without-names': '没有找到“名称”一列，请指定哪一列是名称',
  'too-many-jobs': '本单位还有几件没办完，等办完再来',
  'job-given-up': '试了几次都没办成，已经停下，请重新来一次',
  'no-web-sign-in': '这里还没有开通电脑登录，请先在手机上办',
  'no-seat': '您的微信还没有单位，请单位的管理员给您发邀请',
  'phone-only': '请用手机微信来做，电脑上做不了',
  'code-over': '这个码过期了，请看电脑上的新码',
  'code-taken': '这个码已被别的手机扫过，请在电脑上换一个新码',
  'session-ended': '这台电脑上的登录已经结束，请再扫一次码',
  'unknown-code': '没有这个邀请码，请核对后再输',
  'invitation-taken': '这个邀请已经有人扫过了，请发邀请的人再发一个',
  'invitation-over': '这个邀请不能再用了，请再要一个',
  'not-accepted': '对方还没有点“是我”',
  'own-seat': '自己的职务要由别人来定',
  'second-person': '这个职务不能由发邀请的人自己确认，请别的管理员来确认',
  'second-person-again': '这个职务的任期只能改短，要延长请重新发邀请',
  'has-seat': '这个人在这个单位已经有这个职务',
  'no-such-seat': '这个单位没有这个职务，请换一个',
  'too-many-invitations': '这个单位没用的邀请太多了，请先收回一些',
  'date-order': '结束的日子要在开始之后',
  'seat-over': '这个职务到那时已经结束了',
  'seat-begun': '已经上任的，开始的日子不能改',
  'changed-too-often': '这个职务改得太多了，请结束后重新邀请',
  'beyond-agreement': '约定里没有这类事，请换一个单位，或请管理员改约定',
  'bond-exists': '这两个单位已经结成了包联共建',
  'bond-over': '这一条已经结束了',
  'bond-begun': '已经开始的，开始的日子不能改',
  'bond-changed-too-often': '这一条改得太多了，请结束它，再新加一条',
  'too-few-members': '只有自己不成联合体，请再选单位，或写上外面的单位',
  followed: '后面又有了改动，不能再撤销',
  'undo-too-late': '改动过去太久了，不能再撤销',
  'receipt-unknown': '编号或查询码不对，请照回执再输一遍',
  'complaint-elsewhere': '反映本单位的事不能在本单位窗口办，请到上一级的服务中心窗口',
  'no-receipt': '这件事没有能用的回执',
  'by-own-device': '这一步要本人用自己的手机来做',
  busy: '现在办理的人多，请稍后再试',
  internal: '系统出了问题，您的内容没有丢，请稍后再试',
} as const

export type RefusalCode = keyof typeof refusalMessages

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

/** A refusal value; the message defaults to the plain Chinese of its code. */
export const refuse = (
  code: RefusalCode,
  details?: Readonly<Record<string, unknown>>,
  message: string = refusalMessages[code],
): { readonly ok: false; readonly error: Refusal } => ({
  ok: false,
  error: details ? { code, message, details } : { code, message },
})

/** Refused for one answer of a form: it is said at that question. */
export const refuseAt = (field: string, code: RefusalCode, message: string = refusalMessages[code]) =>
  refuse(code, { fields: [{ field, why: message }] }, message)

/** Why something is refused, by its code alone. */
export const refusal = (code: RefusalCode): Refusal => refuse(code).error
