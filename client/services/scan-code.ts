/** A browser has no camera for codes: one types them. */
export const scanCode: (() => Promise<string | undefined>) | undefined = undefined
