import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { minuteMs } from '../../../cloudfunctions/ground/instant'
import { saidCode, spokenCodeLength } from '../../../cloudfunctions/ground/text/spoken-code'
import { Alert } from '../../components/alert'
import { aria } from '../../components/aria'
import { BigButton } from '../../components/big-button'
import { ErrorState } from '../../components/empty-state'
import { Heading } from '../../components/heading'
import { Icon } from '../../components/icon'
import { PageFrame } from '../../components/page-frame'
import { Pressable } from '../../components/pressable'
import { QrCode } from '../../components/qr-code'
import { ListRow, Notice, SwitchRow } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { codeAddress } from '../../services/code-address'
import { openPage, startOver } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { siteAddress } from '../../services/site'
import { type SigningIn, useSignIn } from './use-sign-in'
import './sign-in-screen.css'

const steps = (words: string | undefined) =>
  [
    ['微信扫右边的码', '用您平时办事的那个微信'],
    [words ? `手机上点“${words}”` : '手机上点和这里一样的字', '没有一样的就别点，可能有人冒充'],
    ['点“是我在登录”', '手机上能随时让这台电脑退出'],
  ] as const

/** 1分38秒, 38秒. */
const leftText = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const minutes = Math.floor((seconds * 1000) / minuteMs)
  return minutes > 0 ? `${minutes}分${seconds % 60}秒` : `${seconds}秒`
}

/** How long the code still holds; nobody is read every second of it. */
function TimeLeft({ until }: { readonly until: number }) {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <View className="sign-in__left">
      <Icon name="clock" size={1.1} />
      <View>还有 {leftText(until - now)}，到时候自动换新码</View>
    </View>
  )
}

interface CodeCardProps {
  readonly shown: SigningIn
  readonly onRenew: () => void
}

/** The code and the words that go with it; or why there is none, and what to do. */
function CodeCard({ shown, onRenew }: CodeCardProps) {
  const [isTyped, setTyped] = useState(false)
  const renew = <BigButton label="换一个新码" icon="refresh-cw" onPress={onRenew} />
  switch (shown.state) {
    case 'beginning':
      return <Skeleton />
    case 'failed':
      return <ErrorState message={shown.error.message} onRetry={onRenew} />
    case 'paused':
      return (
        <View className="sign-in__said">
          <Notice tone="plain" icon="circle-pause" title="这会儿没有人扫">
            要登录，换一个新码。
          </Notice>
          {renew}
        </View>
      )
    case 'refused':
      return (
        <View className="sign-in__said">
          <Alert className="sign-in__alert" name="sign-in-refused">
            <Notice tone="alert" icon="circle-alert" title="手机上没有认这台电脑">
              点了“不是我”，或者两边的字不一样。没有人登录。
            </Notice>
          </Alert>
          {renew}
        </View>
      )
    case 'confirmed':
      return (
        <Notice tone="done" icon="circle-check" title="登录了">
          正在打开工作台……
        </Notice>
      )
    case 'waiting':
    case 'seen': {
      const { code, words, expiresAt, state } = shown
      return (
        <>
          <View className={`sign-in__code ${state === 'seen' ? 'sign-in__code--seen' : ''}`}>
            <QrCode text={codeAddress('sign-in', siteAddress() ?? '', code)} label="登录的二维码" />
          </View>
          {isTyped && (
            <View className="sign-in__typed" data-test="sign-in-code">
              {saidCode(code)}
            </View>
          )}
          <View className="sign-in__words">
            <View className="sign-in__words-hint">手机上要点的字</View>
            <View className="sign-in__three" data-test="sign-in-words">
              {words}
            </View>
          </View>
          <View className="sign-in__state" {...aria({ live: 'polite' })}>
            {state === 'seen' ? '扫过了，请在手机上点一样的字，再点“是我在登录”' : ''}
          </View>
          <TimeLeft until={expiresAt} />
          {!isTyped && (
            <View className="sign-in__button" data-test="show-code">
              <BigButton
                label={`扫不了？看 ${spokenCodeLength} 位口令`}
                tone="secondary"
                onPress={() => setTyped(true)}
              />
            </View>
          )}
        </>
      )
    }
  }
}

interface SignInScreenProps {
  /** This computer has just been signed out. */
  readonly isOver: boolean
}

/** Whoever works here signs in on a computer by their phone: no password, no message. */
export function SignInScreen({ isOver }: SignInScreenProps) {
  const [isPublic, setPublic] = useState(false)
  const { shown, renew } = useSignIn(isPublic, () => {
    startOver('queue')
    window.location.reload()
  })
  const words = 'words' in shown ? shown.words : undefined
  return (
    <PageFrame title="登录" isWide>
      <View className="sign-in">
        <View className="sign-in__how">
          <Heading className="sign-in__title">用手机扫一扫，登录工作台</Heading>
          {isOver && (
            <Alert className="sign-in__alert" name="signed-out">
              <Notice tone="waiting" icon="info" title="这台电脑上的登录结束了">
                时间到了，或者在手机上让它退出了。再扫一次就行。
              </Notice>
            </Alert>
          )}
          {steps(words).map(([what, hint], at) => (
            <View key={hint} className="sign-in__step">
              <View className="sign-in__number">{at + 1}</View>
              <View className="sign-in__step-words">
                <View>{what}</View>
                <View className="sign-in__hint">{hint}</View>
              </View>
            </View>
          ))}
          <View className="sign-in__residents">
            <Icon name="users" size={1.1} />
            <View>居民不用登录电脑：</View>
            <Pressable className="sign-in__link" name="how-to-report" onPress={() => openPage('report')}>
              在手机上上报
            </Pressable>
          </View>
        </View>
        <View className="sign-in__card">
          <CodeCard shown={shown} onRenew={renew} />
          <SwitchRow
            name="public-computer"
            title="这台是公用电脑"
            hint="关上网页就退出，不记住"
            isOn={isPublic}
            onChange={setPublic}
          />
        </View>
      </View>
      <View className="sign-in__foot">
        <ListRow
          name="sign-in-safe"
          icon="shield-check"
          title="不用密码，不收短信"
          hint="登录、退出都有记录，您在手机上看得到"
          onPress={undefined}
        />
      </View>
    </PageFrame>
  )
}
