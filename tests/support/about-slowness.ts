/** What the SDK remarks when a request takes its time: that says something of the machine, and nothing of the product. */
export const isAboutSlowness = (text: string): boolean => text.includes('is longer than 3s')
