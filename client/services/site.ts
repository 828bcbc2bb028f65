/** Where the product's pages are served: known to each of them, and to the mini-program if its build was told. */
export const siteAddress = (): string | undefined =>
  process.env.TARO_ENV === 'h5'
    ? `${location.origin}${location.pathname}`
    : process.env.REDFACE_SITE || undefined
