import type { Self } from './components/built-in'
import { keepTemporary } from './files'
import { share } from './routing'
import { askDialog, askFiles } from './sheets'
import { nobody } from './wx/user'

const tell = (button: Self, name: string, detail: object): void => {
  button.triggerEvent(name, detail as never, { bubbles: false })
}

const phoneNumber = async (button: Self, name: string): Promise<void> => {
  const { isConfirmed } = await askDialog({
    title: '获取你的手机号',
    confirmText: '允许',
    cancelText: '拒绝',
  })
  tell(
    button,
    name.toLowerCase(),
    isConfirmed ? { errMsg: `${name}:ok`, code: 'local-phone-code' } : { errMsg: `${name}:fail user deny` },
  )
}

const avatar = async (button: Self): Promise<void> => {
  const [file] = await askFiles('image/*', 1)
  if (file) tell(button, 'chooseavatar', { avatarUrl: keepTemporary(file, '.png') })
}

/**
 * What a button does beyond its page.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/component/button.html
 */
export const buttonActions: Readonly<Record<string, (button: Self) => void>> = {
  share: (button) => share('button', { id: button.id, dataset: button.dataset }),
  getPhoneNumber: (button) => void phoneNumber(button, 'getPhoneNumber'),
  getRealtimePhoneNumber: (button) => void phoneNumber(button, 'getRealtimePhoneNumber'),
  getUserInfo: (button) => tell(button, 'getuserinfo', { errMsg: 'getUserInfo:ok', ...nobody }),
  chooseAvatar: (button) => void avatar(button),
  agreePrivacyAuthorization: (button) => tell(button, 'agreeprivacyauthorization', {}),
  contact: () => void askDialog({ title: '客服会话', confirmText: '知道了' }),
  feedback: () => void askDialog({ title: '意见反馈', confirmText: '知道了' }),
  openSetting: (button) => tell(button, 'opensetting', {}),
}
