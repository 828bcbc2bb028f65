import { readSpokenCode } from '../../../cloudfunctions/ground/text/spoken-code'
import { routes } from '../../routes'
import { decode, writeParams } from '../../services/page-address'

/**
 * What a camera reads: WeChat opens the mini-program by the address before `#`, which it hands on whole; any other camera
 * opens this page.
 */
export const codeAddress = (origin: string, code: string): string =>
  `${origin}?${writeParams({ 'sign-in': code })}#/${routes.computers}?${writeParams({ code })}`

/** The code in what was scanned, typed, or handed on by WeChat; as it is where it is none, for the server to say so. */
export const codeIn = (text: string): string => {
  const named = /[?&]sign-in=([^&#]*)/.exec(decode(text))?.[1]
  return readSpokenCode(named ?? text) ?? text
}
