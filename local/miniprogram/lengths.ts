/**
 * Lengths of the phone in what a browser knows: 750rpx are the width of the window, `vh` counts the page without the
 * bars around it. Source: https://developers.weixin.qq.com/miniprogram/dev/framework/view/wxss.html
 */
export const webLengths = (value: string): string =>
  /rpx|vh|safe-area/.test(value)
    ? value
        .replace(/(-?\d*\.?\d+)rpx\b/g, (_, count: string) => `calc(${count} * 100vw / 750)`)
        .replace(/(-?\d*\.?\d+)vh\b/g, (_, count: string) => `calc(${count} * var(--page-vh))`)
        .replace(/\b(?:env|constant)\(\s*safe-area-inset-(\w+)\s*(?:,[^)]*)?\)/g, 'var(--safe-area-$1)')
    : value
