import { View } from '@tarojs/components'
import { useCallback, useState } from 'react'
import { publicMs, type Stay, stayMs, stays } from '../../../cloudfunctions/contexts/sign-in/rules/sign-in'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { dayMs, hourMs } from '../../../cloudfunctions/ground/instant'
import { spokenCodeLength } from '../../../cloudfunctions/ground/text/spoken-code'
import { Alert } from '../../components/alert'
import { BigButton, ButtonPair } from '../../components/big-button'
import { Card, Section } from '../../components/card'
import { ChoiceChips } from '../../components/choice-chips'
import { CodeEntry } from '../../components/code-entry'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { FormRow } from '../../components/form-row'
import { Icon } from '../../components/icon'
import { PageFrame } from '../../components/page-frame'
import { Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { instantText } from '../../components/time-text'
import { useNow } from '../../components/use-now'
import { codeIn } from '../../services/code-address'
import { useTakenOnce } from '../../services/scanned-address'
import { isVisitor } from '../../services/signed-in'
import { toast } from '../../services/toast'
import { useCall } from '../../services/use-call'
import { useQuery } from '../../services/use-query'
import './computers-screen.css'

type Seen = OutputOf<'signIn.see'>
type Computer = OutputOf<'webSession.list'>['rows'][number]

const title = '登录电脑'

/** 12小时, 7天. */
const spanText = (ms: number): string => (ms % dayMs === 0 ? `${ms / dayMs}天` : `${ms / hourMs}小时`)

const stayChoices = stays.map((value) => ({ value, label: spanText(stayMs[value]) }))

interface AnswerCardProps {
  readonly code: string
  readonly seen: Seen
  readonly onDone: (isConfirmed: boolean) => void
}

/** What one says to a computer's code: which words it shows, and that it is oneself. */
function AnswerCard({ code, seen, onDone }: AnswerCardProps) {
  const [words, setWords] = useState<string>()
  const [stay, setStay] = useState<Stay>('day')
  const [trouble, setTrouble] = useState<string>()
  const { run, isBusy } = useCall('signIn.answer')

  const answer = async (chosen: string | null): Promise<void> => {
    const outcome = await run({ code, words: chosen, stay })
    if (outcome.ok) onDone(outcome.value.isConfirmed)
    else setTrouble(outcome.error.message)
  }

  const confirm = (): void => {
    if (words === undefined) setTrouble('先点电脑上写的那几个字')
    else void answer(words)
  }

  return (
    <Card title={`要在“${seen.device}”上登录`}>
      <View className="computers__form">
        <FormRow label="电脑上写的是哪几个字？" hint="没有一样的，就点“不是我”。可能有人冒充。">
          <View data-test="words">
            <ChoiceChips
              choices={seen.choices.map((value) => ({ value, label: value }))}
              value={words}
              onChange={setWords}
              layout="rows"
            />
          </View>
        </FormRow>
        {seen.isPublic ? (
          <Notice tone="plain" icon="info">
            公用电脑：关上网页就退出，最多{spanText(publicMs)}。
          </Notice>
        ) : (
          <FormRow label="多久以后自动退出？">
            <ChoiceChips choices={stayChoices} value={stay} onChange={setStay} layout="columns" name="stay" />
          </FormRow>
        )}
        {trouble && (
          <Alert className="computers__trouble" name="sign-in-trouble">
            {trouble}
          </Alert>
        )}
        <ButtonPair>
          <View data-test="not-me">
            <BigButton
              label="不是我"
              tone="secondary"
              isDisabled={isBusy}
              onPress={() => void answer(null)}
            />
          </View>
          <View data-test="it-is-me">
            <BigButton label="是我在登录" isBusy={isBusy} onPress={confirm} />
          </View>
        </ButtonPair>
      </View>
    </Card>
  )
}

interface ComputersScreenProps {
  /** What was scanned, or the code that an address carries. */
  readonly scanned?: string | undefined
}

/** Lets a computer in by the code that it shows, and signs computers out. */
export function ComputersScreen({ scanned = '' }: ComputersScreenProps) {
  // A browser without a name has nothing to let a computer in with.
  if (isVisitor())
    return (
      <PageFrame title={title}>
        <EmptyState
          icon="shield-check"
          title="请在微信里扫"
          hint="打开微信小程序“红脸办”，点“我的”，点“登录电脑”，再扫电脑上的码。"
        />
      </PageFrame>
    )
  return <OwnComputers scanned={scanned} />
}

function OwnComputers({ scanned }: { readonly scanned: string }) {
  const { query, reload, retry } = useQuery('webSession.list', {})
  const [asked, setAsked] = useState<{ readonly code: string; readonly seen: Seen }>()
  const [trouble, setTrouble] = useState<string>()
  const { run, isBusy } = useCall('signIn.see')

  const see = useCallback(
    async (text: string): Promise<void> => {
      setTrouble(undefined)
      const code = codeIn('sign-in', text)
      const outcome = await run({ code })
      if (outcome.ok) setAsked({ code, seen: outcome.value })
      else setTrouble(outcome.error.message)
    },
    [run],
  )

  useTakenOnce(scanned, see)

  const done = (isConfirmed: boolean): void => {
    setAsked(undefined)
    toast(isConfirmed ? '好了，看电脑' : '没有登录，那个码作废了')
    void reload()
  }

  return (
    <PageFrame title={title}>
      {asked ? (
        <AnswerCard {...asked} onDone={done} />
      ) : (
        <Card title="电脑上打开登录页，扫它的码">
          <CodeEntry
            scanLabel="扫电脑上的码"
            label={`扫不了，就输 ${spokenCodeLength} 位口令`}
            placeholder={`电脑上点“看 ${spokenCodeLength} 位口令”`}
            trouble={trouble}
            isBusy={isBusy}
            onCode={(text) => void see(text)}
          />
        </Card>
      )}
      {query.state === 'failed' && <ErrorState message={query.error.message} onRetry={retry} />}
      {query.state === 'loading' && <Skeleton />}
      {query.state === 'ready' && query.value.rows.length > 0 && (
        <Section title="登录过的电脑">
          <Card>
            {query.value.rows.map((computer) => (
              <ComputerRow key={computer.id} computer={computer} onEnded={() => void reload()} />
            ))}
          </Card>
        </Section>
      )}
    </PageFrame>
  )
}

interface ComputerRowProps {
  readonly computer: Computer
  readonly onEnded: () => void
}

function ComputerRow({ computer, onEnded }: ComputerRowProps) {
  const now = useNow()
  const { run, isBusy } = useCall('webSession.end')
  const { id, device, isPublic, startedAt, untilAt, isRunning } = computer

  const end = async (): Promise<void> => {
    const outcome = await run({ sessionId: id })
    if (outcome.ok) onEnded()
    else toast(outcome.error.message)
  }

  const name = isPublic ? `${device}（公用）` : device
  return (
    <View className="computers__row" data-test={isRunning ? 'computer-in' : 'computer-out'}>
      <Icon name={isRunning ? 'circle-dot' : 'circle'} size={1.2} />
      <View className="computers__words">
        <View>{name}</View>
        <View className="computers__hint">
          {instantText(startedAt, now)} 登录，{instantText(untilAt, now)}
          {isRunning ? ' 自动退出' : ' 退出了'}
        </View>
      </View>
      {isRunning && (
        <View className="computers__end" data-test="end-computer">
          <BigButton label="让它退出" tone="secondary" isBusy={isBusy} onPress={() => void end()} />
        </View>
      )}
    </View>
  )
}
