import type { Auth } from '../rules/evaluation'

/** Who calls a function. */
export type Identity =
  | { readonly kind: 'none' }
  | { readonly kind: 'anonymous'; readonly uid: string }
  | { readonly kind: 'custom'; readonly uid: string; readonly customUserId: string }
  | { readonly kind: 'wechat'; readonly openId: string; readonly appId: string }

/**
 * Who asks, as security rules see them. Sign-ins of this machine have an `openid` too, so that rules written for
 * WeChat can be tried: it is the custom user id, or the uid of whoever has none. Documents and files carry it as
 * their creator's.
 */
export const authOf = (identity: Identity): Auth | null => {
  switch (identity.kind) {
    case 'none':
      return null
    case 'wechat':
      return { openid: identity.openId }
    case 'anonymous':
      return { uid: identity.uid, openid: identity.uid, loginType: 'ANONYMOUS' }
    case 'custom':
      return { uid: identity.uid, openid: identity.customUserId, loginType: 'CUSTOM' }
  }
}

/** What a program signs its requests with. */
export interface Credential {
  readonly secretKey: string
  /** Temporary credentials, like an instance's, hold only together with it. */
  readonly sessionToken?: string
  /** The signer's clock, when it is another than this machine's or the cloud's. */
  readonly nowMs?: number
}
