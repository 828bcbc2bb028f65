/** WeChat lets nothing but a text field be focused, and that by itself: the page has been scrolled to the part. */
export const focusFirstIn = (_partId: string): void => undefined
