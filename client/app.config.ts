import { mainPages, preloads, subpackages } from './packages'
import { routes, tabs } from './routes'

const weappOnly: Partial<Parameters<typeof defineAppConfig>[0]> & { pages: string[] } = {
  pages: mainPages,
  subPackages: subpackages,
  preloadRule: preloads,
  lazyCodeLoading: 'requiredComponents',
  // The place is chosen by the resident on WeChat's own map; the position is never read.
  requiredPrivateInfos: ['chooseLocation'],
  __usePrivacyCheck__: true,
}

// The transition sets `transform` on the page, and `position: fixed` within a transformed element is relative to it
// and not to the window.
const webOnly = { pages: Object.values(routes), animation: false }

export default defineAppConfig({
  window: {
    navigationBarTitleText: '红脸办',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundTextStyle: 'dark',
    backgroundColor: '#f5f3f0',
    backgroundColorTop: '#f5f3f0',
    backgroundColorBottom: '#f5f3f0',
  },
  tabBar: {
    color: '#565b63',
    selectedColor: '#9c2b23',
    backgroundColor: '#ffffff',
    borderStyle: 'white',
    list: tabs.map((tab) => ({
      pagePath: routes[tab.name],
      text: tab.text,
      iconPath: `theme/pictures/${tab.icon}.png`,
      selectedIconPath: `theme/pictures/${tab.icon}-selected.png`,
    })),
  },
  ...(process.env.TARO_ENV === 'weapp' ? weappOnly : webOnly),
})
