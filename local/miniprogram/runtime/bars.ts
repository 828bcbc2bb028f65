import type { PageConfig } from '../package'
import { device } from './device'
import { miniProgram } from './mini-program'
import { type Caller, createRoot } from './render'

/** The bars that WeChat draws around a page. */
export interface Bars {
  readonly draw: () => void
  readonly setTitle: (title: string) => void
  readonly setColours: (front: string, back: string) => void
  /** Of the window behind the page. */
  readonly setBackground: (colour: string) => void
  readonly tabBar: () => Caller | null
  readonly showRefreshing: (isRefreshing: boolean) => void
  readonly remove: () => void
}

interface Badge {
  readonly text?: string
  readonly isDot?: boolean
}
const badges = new Map<number, Badge>()
let isTabBarHidden = false
const redraw = new Set<() => void>()

export const setBadge = (index: number, badge: Badge | undefined): void => {
  if (badge) badges.set(index, badge)
  else badges.delete(index)
  for (const draw of redraw) draw()
}

export const hideTabBar = (isHidden: boolean): void => {
  isTabBarHidden = isHidden
  for (const draw of redraw) draw()
}

type Tapped = (index: number, route: string) => void
let onTab: Tapped = () => {}
let onBack: () => void = () => {}
let depth: () => number = () => 1

export const provideBars = (tapped: Tapped, back: () => void, stackDepth: () => number): void => {
  onTab = tapped
  onBack = back
  depth = stackDepth
}

const part = (className: string, text = ''): HTMLElement => {
  const made = document.createElement('div')
  made.className = className
  made.textContent = text
  return made
}

const asButton = (made: HTMLElement, name: string, onTap: () => void): HTMLElement => {
  made.setAttribute('role', 'button')
  made.setAttribute('aria-label', name)
  made.addEventListener('click', onTap)
  return made
}

/** Source: https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html#tabBar */
const drawTabs = (route: string): HTMLElement => {
  const bar = miniProgram().app.tabBar
  const made = part('wx-tab-bar')
  if (!bar) return made
  made.style.background = bar.backgroundColor ?? '#ffffff'
  made.style.borderTopColor = bar.borderStyle === 'white' ? 'rgba(0, 0, 0, .05)' : 'rgba(0, 0, 0, .2)'
  bar.list.forEach((tab, index) => {
    const isSelected = tab.pagePath === route
    const one = part('wx-tab')
    one.style.color = isSelected ? (bar.selectedColor ?? '#07c160') : (bar.color ?? '#8a8a8a')
    const icon = isSelected ? (tab.selectedIconPath ?? tab.iconPath) : tab.iconPath
    if (icon) {
      const picture = document.createElement('img')
      picture.src = `/files/${icon.replace(/^\//, '')}`
      picture.alt = ''
      one.append(picture)
    }
    one.append(part('wx-tab-text', tab.text ?? ''))
    const badge = badges.get(index)
    if (badge) one.append(part(badge.isDot ? 'wx-tab-dot' : 'wx-tab-badge', badge.text ?? ''))
    if (isSelected) one.setAttribute('aria-current', 'page')
    made.append(asButton(one, tab.text ?? '', () => onTab(index, tab.pagePath)))
  })
  return made
}

/** Draws the bars of one page and keeps the room between them for it. */
export const drawBars = (
  route: string,
  config: PageConfig,
  frame: HTMLElement,
  scroller: HTMLElement,
  isOnTop: () => boolean,
): Bars => {
  let title = config.navigationBarTitleText ?? ''
  let front = config.navigationBarTextStyle ?? 'white'
  let back = config.navigationBarBackgroundColor ?? '#000000'
  let behind = config.backgroundColor ?? '#ffffff'
  let isRefreshing = false
  let custom: ReturnType<typeof createRoot> | undefined
  const tabBar = miniProgram().app.tabBar
  const isTab = (tabBar?.list ?? []).some(({ pagePath }) => pagePath === route)
  const top = part('wx-navigation-bar')
  const bottom = part('wx-bottom')

  const draw = () => {
    const { statusBarHeight, navigationBarHeight, tabBarHeight, safeAreaBottom } = device()
    const isCustomTop = config.navigationStyle === 'custom'
    const topHeight = statusBarHeight + navigationBarHeight
    const isBarShown = isTab && !isTabBarHidden && !tabBar?.custom
    const bottomHeight = isBarShown ? tabBarHeight + safeAreaBottom : 0
    top.style.paddingTop = `${statusBarHeight}px`
    top.style.height = `${navigationBarHeight}px`
    top.style.color = isCustomTop ? '#000000' : front === 'black' ? '#000000' : '#ffffff'
    top.style.background = isCustomTop ? 'transparent' : back
    const name = part('wx-navigation-title', isCustomTop ? '' : title)
    const capsule = part('wx-capsule')
    capsule.append(part('wx-capsule-menu', '•••'), part('wx-capsule-close'))
    top.replaceChildren(name, capsule)
    if (!isCustomTop && depth() > 1) top.prepend(asButton(part('wx-navigation-back'), '返回', onBack))
    frame.style.top = isCustomTop ? '0' : `${topHeight}px`
    frame.style.bottom = `${bottomHeight}px`
    scroller.style.background = behind
    const height = window.innerHeight - (isCustomTop ? 0 : topHeight) - bottomHeight
    frame.style.setProperty('--page-vh', `${height / 100}px`)
    frame.style.setProperty('--safe-area-bottom', isBarShown ? '0px' : `${safeAreaBottom}px`)
    frame.style.setProperty('--safe-area-top', isCustomTop ? `${statusBarHeight}px` : '0px')
    bottom.style.height = `${bottomHeight}px`
    bottom.replaceChildren(...(isBarShown ? [drawTabs(route)] : []))
    top.hidden = bottom.hidden = !isOnTop() && frame.hidden
  }
  frame.parentElement?.append(top, bottom)

  const observer = new MutationObserver(() => {
    top.hidden = frame.hidden
    bottom.hidden = frame.hidden
    if (custom) (custom.getComponent().getBackendElement() as unknown as HTMLElement).hidden = frame.hidden
  })
  observer.observe(frame, { attributes: true, attributeFilter: ['hidden'] })
  // <page-meta> and <navigation-bar> of the page say what they want.
  frame.addEventListener('wx-bar', (event) => {
    const {
      title: said,
      frontColor,
      backgroundColor,
      pageColor,
    } = (event as CustomEvent<Record<string, string>>).detail
    if (pageColor) behind = pageColor
    if (said) title = said
    if (frontColor) front = frontColor.toLowerCase() === '#000000' ? 'black' : 'white'
    if (backgroundColor) back = backgroundColor
    draw()
  })

  if (isTab && tabBar?.custom) {
    custom = createRoot('custom-tab-bar/index')
    const placeholder = part('')
    const holder = part('wx-custom-tab-bar')
    holder.append(placeholder)
    frame.append(holder)
    custom.attach(holder as never, placeholder as never)
  }
  redraw.add(draw)
  return {
    draw,
    setTitle: (given) => {
      title = given
      draw()
    },
    setColours: (given, bar) => {
      front = given.toLowerCase() === '#000000' ? 'black' : 'white'
      back = bar
      draw()
    },
    setBackground: (colour) => {
      behind = colour
      draw()
    },
    tabBar: () => (custom ? (custom.get() as unknown as Caller) : null),
    showRefreshing: (given) => {
      if (given === isRefreshing) return
      isRefreshing = given
      frame.querySelector(':scope > .wx-refreshing')?.remove()
      if (given) frame.prepend(part(`wx-refreshing wx-refreshing-${config.backgroundTextStyle ?? 'dark'}`))
      frame.toggleAttribute('data-wx-refreshing', given)
    },
    remove: () => {
      observer.disconnect()
      redraw.delete(draw)
      custom?.release()
      top.remove()
      bottom.remove()
    },
  }
}
