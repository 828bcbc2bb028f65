import { miniProgram } from '../mini-program'
import { currentPage } from '../routing'
import { report } from '../server-link'
import { askDialog } from '../sheets'
import { ApiFailure, apis, type Options, text } from './call'

/** What is remembered of the user's answers. */
const remembered = {
  get: (name: string): boolean | undefined => {
    const written = localStorage.getItem(`wx-consent:${name}`)
    return written === null ? undefined : written === 'true'
  },
  set: (name: string, isGiven: boolean): void => localStorage.setItem(`wx-consent:${name}`, String(isGiven)),
}

type Resolve = (answer: { event: 'exposureAuthorization' | 'agree' | 'disagree'; buttonId?: string }) => void
let ownDialog: ((resolve: Resolve, event: object) => void) | undefined

const isPrivacyChecked = (): boolean => miniProgram().app.__usePrivacyCheck__ === true

/**
 * Nothing private is read before its reader's privacy guide is agreed to.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html
 */
export const needPrivacy = async (name: string): Promise<void> => {
  if (!isPrivacyChecked() || remembered.get('privacy')) return
  const isAgreed = await new Promise<boolean>((resolve) => {
    if (ownDialog) {
      ownDialog(
        ({ event }) => {
          if (event !== 'exposureAuthorization') resolve(event === 'agree')
        },
        { referrer: name },
      )
    } else
      void askDialog({
        title: '用户隐私保护提示',
        content: '在使用前请阅读《小程序隐私保护指引》。同意后即可继续使用。',
        confirmText: '同意',
        cancelText: '拒绝',
      }).then(({ isConfirmed }) => resolve(isConfirmed))
  })
  if (!isAgreed) throw new ApiFailure('privacy permission is not authorized', 103)
  remembered.set('privacy', true)
}

const mustDeclare = new Set([
  'getFuzzyLocation',
  'getLocation',
  'onLocationChange',
  'startLocationUpdate',
  'chooseLocation',
  'choosePoi',
  'chooseAddress',
])

const refuse = (code: string, name: string, reason: string): ApiFailure => {
  report({
    kind: 'refused',
    code,
    reason: `wx.${name}: ${reason}`,
    page: currentPage()?.route ?? '',
    file: 'app.json',
  })
  return new ApiFailure(reason)
}

/**
 * Interfaces of places must be listed in app.json.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html#requiredPrivateInfos
 */
export const needDeclaration = (name: string): void => {
  if (!mustDeclare.has(name)) return
  const declared: readonly string[] = miniProgram().app.requiredPrivateInfos ?? []
  if (!declared.includes(name))
    throw refuse(
      'PRIVATE_INFO_UNDECLARED',
      name,
      'the api need to be declared in the requiredPrivateInfos field in app.json/ext.json',
    )
}

const scopes: Readonly<Record<string, { readonly asks: string; readonly mustDescribe?: boolean }>> = {
  'scope.userLocation': { asks: '获取你的位置信息', mustDescribe: true },
  'scope.userFuzzyLocation': { asks: '获取你的模糊位置信息', mustDescribe: true },
  'scope.writePhotosAlbum': { asks: '保存图片或视频到你的相册' },
  'scope.camera': { asks: '使用你的摄像头' },
  'scope.record': { asks: '使用你的麦克风' },
  'scope.addPhoneContact': { asks: '添加到手机通讯录' },
}

/** Source: https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/authorize.html */
export const needScope = async (scope: string, name: string): Promise<void> => {
  const known = scopes[scope]
  if (!known) throw new ApiFailure(`invalid scope ${scope}`)
  const words = miniProgram().app.permission?.[scope]?.desc
  if (known.mustDescribe && words === undefined)
    throw refuse('PERMISSION_UNDECLARED', name, `${scope} has no description in permission of app.json`)
  const answered = remembered.get(scope)
  if (answered) return
  if (answered === false) throw new ApiFailure('auth deny')
  const { isConfirmed } = await askDialog({
    title: `申请${known.asks}`,
    content: words ?? '',
    confirmText: '允许',
    cancelText: '拒绝',
  })
  remembered.set(scope, isConfirmed)
  if (!isConfirmed) throw new ApiFailure('auth deny')
}

const settings = () => ({
  authSetting: Object.fromEntries(
    Object.keys(scopes).flatMap((scope) => {
      const answered = remembered.get(scope)
      return answered === undefined ? [] : [[scope, answered]]
    }),
  ),
  subscriptionsSetting: { mainSwitch: true, itemSettings: {} },
})

/**
 * The page of settings that WeChat opens: what has been asked for, and whether it may.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/api/open-api/setting/wx.openSetting.html
 */
const openSettings = async (): Promise<ReturnType<typeof settings>> => {
  const asked = Object.entries(settings().authSetting)
  const lines = asked.map(([scope, may]) => `${scopes[scope]?.asks ?? scope}：${may ? '允许' : '不允许'}`)
  const { isConfirmed } = await askDialog({
    title: '设置',
    content: lines.join('\n') || '还没有申请过授权',
    confirmText: asked.length > 0 ? '全部允许' : '返回',
    ...(asked.length > 0 ? { cancelText: '返回' } : {}),
  })
  if (isConfirmed) for (const [scope] of asked) remembered.set(scope, true)
  return settings()
}

const subscribe = async ({ tmplIds }: Options): Promise<object> => {
  const ids = Array.isArray(tmplIds) ? (tmplIds as readonly string[]) : []
  if (ids.length === 0) throw new ApiFailure('TmplIds is empty', 10002)
  if (ids.length > 3) throw new ApiFailure('Templates count is over the max bounds', 20003)
  const { isConfirmed } = await askDialog({
    title: '发送以下消息',
    content: ids.join('\n'),
    confirmText: '允许',
    cancelText: '拒绝',
  })
  return Object.fromEntries(ids.map((id) => [id, isConfirmed ? 'accept' : 'reject']))
}

export const consentApis: Record<string, unknown> = {
  ...apis({
    getPrivacySetting: () => ({
      needAuthorization: isPrivacyChecked() && !remembered.get('privacy'),
      privacyContractName: '《小程序隐私保护指引》',
    }),
    requirePrivacyAuthorize: () => needPrivacy('requirePrivacyAuthorize'),
    openPrivacyContract: () =>
      askDialog({ title: '小程序隐私保护指引', confirmText: '知道了' }).then(() => ({})),
    authorize: ({ scope }) => needScope(text(scope), 'authorize'),
    getSetting: settings,
    openSetting: openSettings,
    requestSubscribeMessage: subscribe,
  }),
  onNeedPrivacyAuthorization: (given: typeof ownDialog) => {
    ownDialog = given
  },
}
