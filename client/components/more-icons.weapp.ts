import './more-icons.css'

/** They are in the package. */
export const bringMoreIcons = (): void => {}
