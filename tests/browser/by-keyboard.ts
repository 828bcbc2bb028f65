import type { Locator } from 'playwright-core'
import { accessFaults } from './access'
import type { Phone } from './phone'

/** More stops than any page has. */
const mostStops = 400

interface Wanted {
  /** Its test name, or that of something around it. */
  readonly name?: string
  readonly selector?: string
  readonly says?: string
}

/** A screen that is worked with keys alone: whichever `phone` answers when it is asked. */
export const byKeyboard = (phone: () => Phone) => {
  const page = () => phone().page

  /** What keeps somebody out of this state of the page is a complaint of it. */
  const look = async (state: string): Promise<void> => {
    phone().complaints.push(...(await accessFaults(page(), state)))
  }

  /**
   * A key, and the next frames: what has just come into a page is put in its place in them and cannot hold the keyboard
   * yet. No hand is as fast.
   */
  const press = async (key: string): Promise<void> => {
    await page().keyboard.press(key)
    await page().evaluate(
      () => new Promise((settled) => requestAnimationFrame(() => requestAnimationFrame(settled))),
    )
  }

  /** Whether the keyboard is on this. */
  const isOn = (wanted: Wanted): Promise<boolean> =>
    page().evaluate(({ name, selector, says }) => {
      const here = document.activeElement
      return (
        here !== null &&
        here !== document.body &&
        (name === undefined || here.closest(`[data-test="${name}"]`) !== null) &&
        (selector === undefined || here.matches(selector)) &&
        (says === undefined || (here.textContent ?? '').includes(says))
      )
    }, wanted)

  /** Goes there with Tab alone, and sees the ring. */
  const reach = async (wanted: Wanted): Promise<void> => {
    for (let stops = 0; !(await isOn(wanted)); stops += 1) {
      if (stops > mostStops) throw new Error(`Tab does not reach ${JSON.stringify(wanted)}`)
      await press('Tab')
    }
    const ring = await page().evaluate(() => {
      const here = document.activeElement
      const ringed = here?.closest('.text-box') ?? here
      return ringed ? getComputedStyle(ringed).outlineWidth : ''
    })
    expect([wanted, ring]).toEqual([wanted, '3px'])
  }

  const enter = async (wanted: Wanted, key: 'Enter' | 'Space' = 'Enter'): Promise<void> => {
    await reach(wanted)
    await press(key)
    // Whatever comes and goes by it, the keyboard stands somewhere: from nowhere Tab begins at the top of the page.
    await page().waitForFunction(() => ![null, document.body].includes(document.activeElement as HTMLElement))
  }

  const become = async (name: string): Promise<void> => {
    await enter({ selector: '.persona-switch' })
    await page().locator('.persona-switch__row').first().waitFor()
    await reach({ selector: '.persona-switch__row', says: name })
    // The page begins anew as somebody else.
    await Promise.all([page().waitForEvent('load'), page().keyboard.press('Enter')])
    await page()
      .locator('.persona-switch__current:visible')
      .filter({ hasText: name.replace(/（.*?）/, '') })
      .waitFor()
  }

  /**
   * Sets a field of dates with the arrows. Its three parts stand in the order of the browser's own language: the one that
   * moves says which it is.
   */
  const turnTo = async (field: Locator, on: string): Promise<void> => {
    const parts = async () => (await field.inputValue()).split('-')
    for (const key of ['ArrowUp', 'ArrowRight', 'ArrowUp', 'ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowLeft'])
      await press(key)
    for (let turned = 0; turned < 3; turned += 1) {
      const before = await parts()
      await press('ArrowUp')
      const after = await parts()
      await press('ArrowDown')
      const moved = before.findIndex((part, at) => part !== after[at])
      for (let turns = 0; (await parts())[moved] !== on.split('-')[moved]; turns += 1) {
        if (turns > 31) throw new Error(`the arrows do not come to ${on}`)
        await press('ArrowUp')
      }
      await press('ArrowRight')
    }
    await expect(field.inputValue()).resolves.toBe(on)
  }

  /** The page that opened has put the keyboard on its title. */
  const openedPage = (title: string) =>
    page().waitForFunction((said) => {
      const here = document.activeElement
      return here?.getAttribute('aria-level') === '1' && here.textContent === said && document.title === said
    }, title)

  const openedSheet = () =>
    page().waitForFunction(() => document.activeElement?.getAttribute('role') === 'dialog')

  const openMine = async (): Promise<void> => {
    await enter({ selector: '.weui-tabbar__item', says: '我的' })
    await openedPage('我的')
  }

  return { look, press, isOn, reach, enter, become, turnTo, openedPage, openedSheet, openMine }
}
