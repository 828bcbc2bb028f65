/** What a browser keeps for a page, kept for as long as the page is open. */
const memoryStorage = (): Storage => {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, String(value)),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  }
}

const isStorageUsable = (): boolean => {
  try {
    localStorage.setItem('probe', '')
    localStorage.removeItem('probe')
    return true
  } catch {
    return false
  }
}

// A browser that keeps nothing (private windows, cookies switched off) refuses with an exception wherever storage is
// touched, in Taro too. There the page remembers until it is closed.
if (process.env.TARO_ENV === 'h5' && !isStorageUsable())
  Object.defineProperty(window, 'localStorage', { value: memoryStorage(), configurable: true })
