import { sharedValue, useShared } from './shared-value'

/** In place of that it is kept: true of a device that is full, and of a private window. */
export const notKeptText = '手机没存下，没发出去前别关这一页'

const forms = sharedValue(0)

/** Tells that what is written in a form is not kept on this device, until the function it returns is called. */
export const noteUnkept = (): (() => void) => {
  forms.become(forms.read() + 1)
  return () => forms.become(forms.read() - 1)
}

/** Whether everything written in the forms that are open would be there again after the product was closed. */
export const useIsAllKept = (): boolean => useShared(forms) === 0
