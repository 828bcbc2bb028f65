import { useEffect } from 'react'

const isWeb = process.env.TARO_ENV === 'h5'

/** Taro's own tab bar tells its items apart by colour alone, and does not say what it is. */
const say = (bar: Element): void => {
  bar.setAttribute('role', 'navigation')
  bar.setAttribute('aria-label', '主要页面')
  const mark = () => {
    for (const item of bar.querySelectorAll('.weui-tabbar__item')) {
      const isHere = item.classList.contains('weui-bar__item_on')
      if (isHere) item.setAttribute('aria-current', 'page')
      else item.removeAttribute('aria-current')
    }
  }
  mark()
  new MutationObserver(mark).observe(bar, { subtree: true, childList: true, attributeFilter: ['class'] })
}

/** Makes the tab bar of the browser say what it is and which page is open. */
export const useTabBar = (isTab: boolean): void => {
  useEffect(() => {
    const bar = isWeb && isTab ? document.querySelector('taro-tabbar:not([role])') : null
    if (bar) say(bar)
  }, [isTab])
}
