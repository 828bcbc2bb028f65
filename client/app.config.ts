import { mainPages, routes, subpackages, tabs } from './routes'

export default defineAppConfig({
  pages: mainPages,
  subPackages: subpackages,
  window: {
    navigationBarTitleText: '红脸办',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundTextStyle: 'dark',
    backgroundColor: '#f6f4f1',
  },
  tabBar: {
    color: '#5c6067',
    selectedColor: '#9c2b23',
    backgroundColor: '#ffffff',
    borderStyle: 'white',
    list: tabs.map((tab) => ({
      pagePath: routes[tab.name],
      text: tab.text,
      iconPath: `theme/tab-icons/${tab.icon}.png`,
      selectedIconPath: `theme/tab-icons/${tab.icon}-selected.png`,
    })),
  },
  lazyCodeLoading: 'requiredComponents',
  // The place is chosen by the resident on WeChat's own map; the position is never read.
  requiredPrivateInfos: ['chooseLocation'],
  __usePrivacyCheck__: true,
})
