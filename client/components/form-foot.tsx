import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { Alert } from './alert'
import { ClashNotice } from './clash-notice'
import './form-foot.css'

interface FormFootProps {
  /** Somebody else was quicker. */
  readonly clash?: { readonly title: string; readonly text: string } | undefined
  /** Shows how it stands now; absent where that is behind what lies open. */
  readonly onLook?: (() => void) | undefined
  /** Why it was not sent: what it is about may be out of sight. */
  readonly trouble?: string | undefined
  /** What is pressed. */
  readonly children: ReactNode
}

/** The foot of a form: what came of the last press stands over the button that was pressed. */
export function FormFoot({ clash, onLook, trouble, children }: FormFootProps) {
  return (
    <View>
      {clash && <ClashNotice {...clash} onLook={onLook} />}
      {trouble && (
        <Alert className="form-foot__trouble" name="form-trouble">
          {trouble}
        </Alert>
      )}
      {children}
    </View>
  )
}
