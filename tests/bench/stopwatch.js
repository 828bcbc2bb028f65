/** Runs in the page beside the mini-program that is measured. */
globalThis.stopwatch = {
  /**
   * Waits until the page on top shows `selector` and no skeleton, and then until nothing changes for a while. Answers
   * the milliseconds from the mark to that sight.
   */
  async untilSettled(selector, mark) {
    const page = () => document.querySelector('.wx-page-frame:not([hidden])')
    const isThere = () => page()?.querySelector(selector) && !page().querySelector('.skeleton')
    for (const end = performance.now() + 60_000; !isThere(); ) {
      if (performance.now() > end) throw new Error(`${selector} does not appear: ${page()?.textContent}`)
      await new Promise(requestAnimationFrame)
    }
    const ms = performance.now() - performance.getEntriesByName(mark).at(-1).startTime
    let changedAt = performance.now()
    const observer = new MutationObserver(() => {
      changedAt = performance.now()
    })
    observer.observe(document, { childList: true, subtree: true, attributes: true, characterData: true })
    while (performance.now() - changedAt < 500) await new Promise((resolve) => setTimeout(resolve, 20))
    observer.disconnect()
    return ms
  },

  /** Swipes down until the list says that it ends. `nodes` are the elements that were there at most. */
  async scrollToEnd(swipePx) {
    performance.mark('scroll')
    const startedAt = performance.now()
    const page = document.querySelector('.wx-page-frame:not([hidden])')
    const scroller = page.querySelector('.wx-page-scroller')
    const isAtEnd = () => /到底了/.test(page.querySelector('.list-end')?.textContent)
    let nodes = 0
    while (!isAtEnd()) {
      if (performance.now() - startedAt > 120_000) throw new Error('the list does not end')
      scroller.scrollBy({ top: swipePx, behavior: 'instant' })
      await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
      nodes = Math.max(nodes, page.querySelectorAll('*').length)
    }
    return { ms: performance.now() - startedAt, nodes }
  },
}
