const hourMs = 3_600_000

const ask = async (action, input) => {
  const { result } = await wx.cloud.callFunction({ name: 'api', data: { action, input } })
  if (!result.ok) throw new Error(result.error.message)
  return result
}

const shown = (card, now) => ({
  id: card.id,
  title: card.title,
  what: [card.categoryName, card.placeWords].filter(Boolean).join(' · '),
  at: `${new Date(card.submittedAt).toLocaleString('zh-CN', { dateStyle: 'medium', timeStyle: 'short' })}上报`,
  picture: card.thumbUrl,
  isDueSoon: card.isDueSoon,
  due: card.runningDueAt === null ? '' : `受理还剩${Math.floor((card.runningDueAt - now) / hourMs)}小时`,
})

Page({
  data: { unitName: '', tabs: [], rows: [], isWhole: false },
  cursor: null,
  isAsking: false,

  async onLoad() {
    const { value: me } = await ask('me.get', {})
    const [{ unitId, unitName }] = me.memberships
    this.unitId = unitId
    const { value: counts } = await ask('queue.counts', { unitId })
    this.tab = counts.tabs[0].tab
    this.setData({ unitName, tabs: counts.tabs })
    await this.more()
  },

  onReachBottom() {
    void this.more()
  },

  async more() {
    if (this.isAsking || this.data.isWhole) return
    this.isAsking = true
    const input = { unitId: this.unitId, tab: this.tab, ...(this.cursor ? { cursor: this.cursor } : {}) }
    const { value, now } = await ask('queue.list', input)
    this.cursor = value.nextCursor
    const from = this.data.rows.length
    this.setData({
      ...Object.fromEntries(value.rows.map((card, at) => [`rows[${from + at}]`, shown(card, now)])),
      isWhole: value.nextCursor === null,
    })
    this.isAsking = false
  },

  open() {},
})
