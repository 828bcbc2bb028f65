// Runs in the page before everything else in it: notes in `window.seen` when the first row (`window.wantedRow`) is on the
// screen and what the page did to whoever waited for it.
const seen = { firstRowMs: 0, firstPaintMs: 0, blockedMs: 0, layoutShift: 0 }
window.seen = seen

const observe = (type, note) =>
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true })

observe('paint', ({ name, startTime }) => {
  if (name === 'first-contentful-paint') seen.firstPaintMs = startTime
})
observe('longtask', ({ startTime, duration }) => {
  if (seen.firstPaintMs > 0 && startTime + duration > seen.firstPaintMs) seen.blockedMs += duration - 50
})
observe('layout-shift', ({ value, hadRecentInput }) => {
  if (!hadRecentInput) seen.layoutShift += value
})

const look = () => {
  const rows = [...document.querySelectorAll(window.wantedRow)]
  if (rows.some((row) => row.getClientRects().length > 0)) seen.firstRowMs = performance.now()
  else requestAnimationFrame(look)
}
requestAnimationFrame(look)
