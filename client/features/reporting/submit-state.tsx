import { View } from '@tarojs/components'
import { Alert } from '../../components/alert'
import { aria } from '../../components/aria'
import { Icon } from '../../components/icon'
import './submit-state.css'

interface SubmitStateProps {
  /** Names its parts for tests. */
  readonly form: 'report' | 'counter'
  /** What the form still wants, as its questions are called. */
  readonly missing: readonly string[]
  /** Why it was refused as a whole. */
  readonly refusal: string | undefined
  /** What it waits for; undefined while it does not. */
  readonly waiting: string | undefined
}

/** Over the button of a report that is written: what is missing, what was refused, and what it waits for. */
export function SubmitState({ form, missing, refusal, waiting }: SubmitStateProps) {
  return (
    <>
      {missing.length > 0 && (
        <Alert className="submit-state__missing" name={`${form}-missing`}>
          {`还差${missing.length}处：${missing.join('、')}`}
        </Alert>
      )}
      {refusal !== undefined && <Alert className="submit-state__missing">{refusal}</Alert>}
      {waiting !== undefined && (
        <View className="submit-state__waiting" data-test={`${form}-waiting`} {...aria({ role: 'status' })}>
          <Icon name="hourglass" size={1.1} />
          <View>{waiting}</View>
        </View>
      )}
    </>
  )
}
