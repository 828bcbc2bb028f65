type Named = readonly (readonly [pattern: RegExp, name: string])[]

const systems: Named = [
  [/Windows/, 'Windows 电脑'],
  [/iPhone/, '苹果手机'],
  [/iPad/, '苹果平板'],
  [/Macintosh/, '苹果电脑'],
  [/Android/, '安卓手机'],
  [/Linux/, 'Linux 电脑'],
]
/** In this order: each says that it is like those after it. */
const browsers: Named = [
  [/MicroMessenger/, '微信'],
  [/Edg\//, 'Edge'],
  [/Firefox/, '火狐'],
  [/Chrome/, 'Chrome'],
  [/Safari/, 'Safari'],
]

const nameIn = (named: Named, text: string): string | undefined =>
  named.find(([pattern]) => pattern.test(text))?.[1]

/** What a browser is, as one would say it, for the phone to show: Windows 电脑 · Edge. */
export const deviceName = (userAgent: string): string =>
  [nameIn(systems, userAgent) ?? '电脑', nameIn(browsers, userAgent)].filter(Boolean).join(' · ')
