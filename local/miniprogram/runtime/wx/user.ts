import { apis } from './call'

/** What a program is told of whoever holds the phone. Source: https://developers.weixin.qq.com/community/develop/doc/00022c683e8a80b29bed2142b56c01 */
export const nobody = {
  userInfo: {
    nickName: '微信用户',
    avatarUrl: '',
    gender: 0,
    country: '',
    province: '',
    city: '',
    language: '',
  },
  rawData: '{"nickName":"微信用户"}',
  signature: '',
  encryptedData: '',
  iv: '',
} as const

export const userApis = apis({
  login: () => ({ code: `local-${Date.now()}` }),
  checkSession: () => ({}),
  getUserInfo: () => nobody,
  getUserProfile: () => nobody,
})
