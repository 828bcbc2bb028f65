/** Where one can go in person. */
export const centreTitle = '党群服务中心'

/** What one can do there. */
export const atTheCentre = '不会用手机，或者没有微信，到这里也能报，窗口帮您写。'
