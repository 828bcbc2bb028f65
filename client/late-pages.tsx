import type { ComponentType } from 'react'
import { ErrorState } from './components/empty-state'
import { Late, type LatePart } from './components/late'
import { PageFrame } from './components/page-frame'
import { Skeleton } from './components/skeleton'
import { routes, tabs } from './routes'
import { askAgain } from './services/ask-again'
import { openTogether } from './services/page-opening'

interface PageModule {
  readonly default: ComponentType<object>
}

/** A page as Taro's router in the browser knows it: its path, its configuration, and how its code is loaded. */
interface WebRoute {
  readonly path: string
  readonly navigationBarTitleText?: string
  readonly load: (context: unknown, params: unknown) => readonly [Promise<PageModule>, unknown, unknown]
}

/** Code that is not there by then is waited for on the page itself. */
const patienceMs = 1_000

const tabPaths: readonly string[] = tabs.map(({ name }) => routes[name])

/**
 * Taro's router waits for a page's code before anything changes on the screen, for as long as it takes, and when it
 * does not come the old page stays without a word. With these routes the page opens all the same: it says that it
 * waits, or that it was not loaded, and is asked for anew like everything else.
 */
export const latePages = (given: readonly WebRoute[]): WebRoute[] =>
  given.map((route) => {
    const title = route.navigationBarTitleText ?? ''
    const isTab = tabPaths.includes(route.path)
    let isNew = isTab
    const part: LatePart<object> = { load: () => route.load(undefined, undefined)[0] }
    const latePage: PageModule = {
      default: (props) => (
        <Late
          part={part}
          props={props}
          waiting={
            <PageFrame title={title} isTab={isTab}>
              <Skeleton />
            </PageFrame>
          }
          lost={
            <PageFrame title={title} isTab={isTab}>
              <ErrorState
                message="这一页没有取到，多半是网的事。看看手机的网，再试一次。"
                onRetry={askAgain}
              />
            </PageFrame>
          }
        />
      ),
    }
    return {
      ...route,
      load: (context, params) => {
        // Other pages are opened by the product, which has asked for them; the router calls this for a page that comes
        // back, too.
        if (isNew) openTogether(route.path, {})
        isNew = false
        const [page] = route.load(context, params)
        const later = new Promise<PageModule>((resolve) => {
          setTimeout(() => resolve(latePage), patienceMs)
        })
        return [Promise.race([page.catch(() => latePage), later]), context, params]
      },
    }
  })
