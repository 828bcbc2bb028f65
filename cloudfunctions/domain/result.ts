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
  'not-allowed': '您没有权限做这一步',
  'wrong-status': '这件诉求现在不能做这一步，请刷新后再看',
  'stale-rev': '这件诉求刚刚有了新进展，请刷新后再操作',
  'command-reused': '这次提交与之前的内容不一致，请重新提交',
  'place-outside-region': '这个位置不在内蒙古，请重新选择位置',
  'place-missing': '请在地图上选位置，或选好所在的社区（嘎查村）再用文字说明',
  'text-has-control-characters': '文字里有看不见的控制字符，请删掉后重新输入',
  'photo-required': '请至少拍一张照片',
  'photo-unknown': '有照片没有传上来，请重新上传',
  'photo-not-an-image': '这个文件不是照片，请换一张',
  'photo-too-many-pixels': '照片太大了，请用手机相机普通画质重拍，或截小一点再传',
  'photo-too-large': '照片文件太大，请换一张小一点的',
  'photo-too-complex': '这张照片的格式太复杂，请用手机相机重拍一张',
  'photo-broken': '照片打不开，可能没有传完整，请重新拍一张',
  'unknown-unit': '没有这个单位，请重新选择',
  'unknown-category': '没有这个事项类别，请重新选择',
  'not-a-partner': '这个单位还不是本社区的共建单位，不能派遣',
  'return-limit': '这件诉求已被退回三次，须由上级指定，不能再退',
  'request-pending': '已有一个申请在等上级审批',
  'no-request': '没有等待审批的申请',
  'suspension-too-long': '挂账最长九十天，请改短日期',
  'date-in-past': '日期要在今天以后',
  'evidence-required': '请至少上传一张办理后的照片',
  'evidence-not-new': '这张照片已经用过了，请拍一张新的',
  'checker-is-fixer': '谁办理的不能由谁核查，请换支部其他同志核查',
  'merge-target': '只能并入本支部正在办理的、更早的同类诉求；已在红脸榜上的不能并案',
  'already-supported': '您已经点过“我也遇到”了',
  'own-report': '这是您自己上报的诉求',
  'appeal-too-late': '已超过三十天，不能再申诉，请重新上报',
  'no-active-entry': '这件诉求现在不在红脸榜上',
  'not-yet': '还没到可以做这一步的时间',
  'no-phone': '居民没有公开电话，请在线上联系',
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
