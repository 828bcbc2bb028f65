import { createAnimation } from '../animation'
import { hideTabBar, setBadge } from '../bars'
import { pullDown } from '../gestures'
import { intersectionObserver } from '../intersection-observer'
import { elementOf } from '../render'
import { currentPage, navigateBack, navigateTo, redirectTo, reLaunch, switchTab } from '../routing'
import { selectorQuery } from '../selector-query'
import { askChoice, askDialog, hideToast, showToast } from '../sheets'
import { ApiFailure, apis, number, type Options, text } from './call'

const page = () => {
  const found = currentPage()
  if (!found) throw new ApiFailure('page is not ready')
  return found
}

const url = (options: Options): string => {
  if (typeof options.url !== 'string')
    throw new ApiFailure('parameter error: parameter.url should be String instead of Undefined;')
  return options.url
}

const tabIndex = (options: Options): number => number(options.index, 0)

const scrollTo = async (options: Options): Promise<void> => {
  const { scroller, caller } = page()
  let top = number(options.scrollTop, scroller.scrollTop)
  if (typeof options.selector === 'string') {
    const shadow = (elementOf(caller) as unknown as { getShadowRoot: () => ParentNode }).getShadowRoot()
    const found = (shadow as unknown as { querySelector: (selector: string) => object | null }).querySelector(
      options.selector,
    )
    if (!found) throw new ApiFailure(`the selector ${options.selector} finds nothing`)
    const dom = (found as { getBackendElement: () => HTMLElement }).getBackendElement()
    top =
      dom.getBoundingClientRect().top -
      scroller.getBoundingClientRect().top +
      scroller.scrollTop +
      number(options.offsetTop, 0)
  }
  scroller.scrollTo({ top, behavior: number(options.duration, 300) > 0 ? 'smooth' : 'instant' })
  if (number(options.duration, 300) > 0)
    await new Promise((resolve) => setTimeout(resolve, number(options.duration, 300)))
}

export const interfaceApis: Record<string, unknown> = {
  ...apis({
    navigateTo: async (options) => {
      const channel = await navigateTo(url(options))
      for (const [name, listener] of Object.entries((options.events as Record<string, never>) ?? {}))
        channel?.on(name, listener)
      return { eventChannel: channel }
    },
    redirectTo: async (options) => void (await redirectTo(url(options))),
    reLaunch: async (options) => void (await reLaunch(url(options))),
    switchTab: async (options) => void (await switchTab(url(options))),
    navigateBack: ({ delta }) => navigateBack(number(delta, 1)),
    setNavigationBarTitle: ({ title }) => page().bars.setTitle(text(title)),
    setNavigationBarColor: ({ frontColor, backgroundColor }) => {
      if (!/^#(000000|ffffff)$/i.test(text(frontColor))) throw new ApiFailure('invalid frontColor')
      page().bars.setColours(text(frontColor), text(backgroundColor))
    },
    showNavigationBarLoading: () => ({}),
    hideNavigationBarLoading: () => ({}),
    hideHomeButton: () => ({}),
    setBackgroundColor: ({ backgroundColor }) => {
      if (backgroundColor !== undefined) page().bars.setBackground(text(backgroundColor))
    },
    setBackgroundTextStyle: () => ({}),
    setTabBarBadge: (options) => setBadge(tabIndex(options), { text: text(options.text) }),
    removeTabBarBadge: (options) => setBadge(tabIndex(options), undefined),
    showTabBarRedDot: (options) => setBadge(tabIndex(options), { isDot: true }),
    hideTabBarRedDot: (options) => setBadge(tabIndex(options), undefined),
    showTabBar: () => hideTabBar(false),
    hideTabBar: () => hideTabBar(true),
    pageScrollTo: scrollTo,
    startPullDownRefresh: () => pullDown(),
    stopPullDownRefresh: () => page().bars.showRefreshing(false),
    showToast: ({ title, icon, duration, image }) => {
      if (typeof title !== 'string') throw new ApiFailure('parameter error: parameter.title should be String')
      const known = ['success', 'error', 'loading', 'none']
      const shown = text(icon, image ? 'none' : 'success')
      showToast({ title, icon: known.includes(shown) ? shown : 'none', durationMs: number(duration, 1500) })
    },
    hideToast: () => hideToast(),
    showLoading: ({ title }) => showToast({ title: text(title), icon: 'loading', durationMs: undefined }),
    hideLoading: () => hideToast(),
    showModal: async (options) => {
      for (const name of ['confirmText', 'cancelText'])
        if (text(options[name]).length > 4)
          throw new ApiFailure(`${name} length should not large than 4 Chinese characters`)
      const { isConfirmed, text: written } = await askDialog({
        title: text(options.title),
        content: text(options.content),
        confirmText: text(options.confirmText, '确定'),
        ...(options.showCancel === false ? {} : { cancelText: text(options.cancelText, '取消') }),
        ...(options.editable ? { placeholder: text(options.placeholderText) } : {}),
      })
      return { confirm: isConfirmed, cancel: !isConfirmed, content: options.editable ? written : null }
    },
    showActionSheet: async ({ itemList, alertText }) => {
      const choices = (Array.isArray(itemList) ? itemList : []) as readonly string[]
      if (choices.length === 0) throw new ApiFailure('parameter error: itemList should be Array')
      if (choices.length > 6) throw new ApiFailure('parameter error: itemList should not be large than 6')
      const tapIndex = await askChoice(choices, text(alertText))
      if (tapIndex === undefined) throw new ApiFailure('cancel')
      return { tapIndex }
    },
    showShareMenu: () => ({}),
    hideShareMenu: () => ({}),
    updateShareMenu: () => ({}),
    loadFontFace: () => ({}),
  }),
  createAnimation,
  createSelectorQuery: () => selectorQuery(page().caller),
  createIntersectionObserver: (component: unknown, options: object) =>
    intersectionObserver(component ?? page().caller, options),
  createMediaQueryObserver: (component: unknown) =>
    ((component ?? page().caller) as { createMediaQueryObserver: () => unknown }).createMediaQueryObserver(),
  createMapContext: () => ({
    includePoints: () => {},
    moveToLocation: () => {},
    getCenterLocation: ({ success }: Options) => success?.({ longitude: 0, latitude: 0 }),
  }),
}
