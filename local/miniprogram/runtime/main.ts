import type { Compiled } from '../compile'
import { openAutomator } from './automator'
import { provideBars } from './bars'
import { buttonActions } from './button-actions'
import { changeDevice } from './device'
import { listenToFingers, pullDown } from './gestures'
import { provideGlobals } from './loader'
import { openMiniProgram } from './mini-program'
import { provideOpenTypes } from './open-types'
import { domOf, openRenderer } from './render'
import * as routing from './routing'
import { emit, explainProblems, hearErrors, openLink, report } from './server-link'
import { lastMissing, wx } from './wx'
import { appEvents } from './wx/system'
import { viewScripts } from './wxs'

/** Of a program's scripts: `App.onError` hears of them. */
const scriptErrors = new Set(['UNCAUGHT', 'HANDLER_FAILED', 'PAGE_FAILED', 'CALLBACK_FAILED'])

const start = async (): Promise<void> => {
  explainProblems((reason) =>
    /is not a function|properties of undefined/.test(reason) && lastMissing() !== ''
      ? `${reason} (wx.${lastMissing()} is not provided by this host)`
      : reason,
  )
  hearErrors(({ code, reason }) => {
    if (scriptErrors.has(code)) routing.callApp('onError', reason)
  })
  routing.provideAppListeners((name, given) => appEvents[name]?.(given))
  await openLink()
  openAutomator()
  const answer = await fetch('/code/main')
  if (!answer.ok) throw new Error(await answer.text())
  const compiled = (await answer.json()) as Compiled
  // What is measured from here is the mini-program's own.
  performance.mark('launch')
  openMiniProgram(compiled)
  for (const problem of compiled.problems) report(problem)

  const getApp = () => routing.theApp()
  const getCurrentPages = () => routing.pageStack().map(({ caller }) => caller)
  provideGlobals({ wx, getApp, getCurrentPages, global: {} })
  openRenderer(viewScripts)
  provideBars(
    (index, route) => {
      const page = routing.currentPage()
      const text = compiled.app.tabBar?.list[index]?.text
      void routing.switchTab(`/${route}`).then(() => {
        const shown = routing.currentPage()
        if (shown) routing.callPage(shown, 'onTabItemTap', { index, pagePath: route, text })
      })
      if (page?.route === route) page.scroller.scrollTo({ top: 0 })
    },
    () => void routing.navigateBack(1),
    () => routing.pageStack().length,
  )
  provideOpenTypes(buttonActions, async ({ url, openType, delta }) => {
    const ways: Readonly<Record<string, () => Promise<unknown>>> = {
      navigate: () => routing.navigateTo(url),
      redirect: () => routing.redirectTo(url),
      switchTab: () => routing.switchTab(url),
      reLaunch: () => routing.reLaunch(url),
      navigateBack: () => routing.navigateBack(delta),
    }
    const page = routing.currentPage()?.route ?? ''
    try {
      const walk = ways[openType]
      if (!walk) throw new Error(`<navigator open-type="${openType}"> is not provided by this host`)
      await walk()
    } catch (error) {
      report({ kind: 'error', code: 'NAVIGATOR', reason: String(error), page })
      throw error
    }
  })
  const pages = document.querySelector<HTMLElement>('.wx-pages')
  if (!pages) throw new Error('the phone has no place for pages')
  listenToFingers(pages)
  const heard = (name: string, work: (detail: never) => void) =>
    document.addEventListener(name, (event) => work((event as CustomEvent).detail as never))
  heard('wx-device', changeDevice)
  heard('wx-pull-down', pullDown)
  heard('wx-show-app', ({ isShown }: { isShown: boolean }) => routing.showApp(isShown))
  await routing.launch()
  const page = routing.currentPage()
  emit('Host.launched', {
    page: page?.route ?? '',
    hasView: page ? domOf(page.root.getComponent()) !== undefined : false,
  })
}

const failed = (code: string, error: unknown): void => {
  const reason =
    error instanceof Error
      ? (error.stack ?? error.message)
      : ((error as { errMsg?: string })?.errMsg ?? String(error))
  const page = routing.currentPage()?.route
  report({ kind: 'error', code, reason, ...(page ? { page } : {}) })
}

window.addEventListener('error', ({ error, message }) => failed('UNCAUGHT', error ?? message))
window.addEventListener('unhandledrejection', ({ reason, promise }) => {
  failed('UNHANDLED_REJECTION', reason)
  routing.callApp('onUnhandledRejection', { reason, promise })
})

start().catch((error: unknown) => {
  failed('LAUNCH_FAILED', error)
  const shown = document.createElement('pre')
  shown.className = 'wx-failure'
  shown.textContent = error instanceof Error ? error.message : String(error)
  document.body.append(shown)
})
