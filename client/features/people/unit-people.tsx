import { View } from '@tarojs/components'
import { type ReactNode, useEffect, useState } from 'react'
import { BigButton } from '../../components/big-button'
import { Card, LinkText, Section } from '../../components/card'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { ListEnd, Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { StatusTag } from '../../components/status-tag'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { usePages } from '../../services/use-pages'
import { roleLabels } from '../../words/roles'
import { termText } from '../../words/term'
import { HistorySheet } from './history-sheet'
import { InvitationCard } from './invitation-card'
import { InviteSheet } from './invite-sheet'
import { type Issued, IssuedPanel } from './issued'
import type { Invited } from './seat-forms'
import { SeatSheet } from './seat-sheet'
import { endingText, personText, type Seat, seatSigns } from './words'
import './people.css'

interface SeatRowProps {
  readonly seat: Seat
  readonly onOpen: () => void
}

function SeatRow({ seat, onOpen }: SeatRowProps) {
  const { role, isYou, state } = seat
  return (
    <Pressable className="people-row" name="seat-row" onPress={onOpen}>
      <View className="people-row__words">
        <View className="people-row__who">
          {personText(seat)}
          {isYou && '（您）'}
        </View>
        <View className="people-row__hint">
          {roleLabels[role]} · {termText(seat, serverNow())}
        </View>
      </View>
      {state !== 'now' && <StatusTag {...seatSigns[state]} />}
      <Icon name="chevron-right" size={1.1} />
    </Pressable>
  )
}

interface UnitPeopleProps {
  readonly unitId: string
  /** Something has changed: what lies beside it shows it, too. */
  readonly onChanged?: () => void
  /** The page, or the part of one, around it; `over` is what lies over the page. */
  readonly frame: (
    body: ReactNode,
    unitName: string | undefined,
    action: ReactNode,
    over: ReactNode,
  ) => ReactNode
}

/** Whoever scans a code that is on the screen is shown beside it, to be told apart by the last digits of their telephone. */
const lookEachMs = 4_000

type Open = { readonly kind: 'invite' } | { readonly kind: 'seat' | 'history'; readonly id: string }

/** Who sits in one unit, who is invited there, and what may be done about it. */
export function UnitPeople({ unitId, onChanged, frame }: UnitPeopleProps) {
  const { pages, reload, retry, loadMore } = usePages('people.list', { unitId })
  const [open, setOpen] = useState<Open>()
  const [issued, setIssued] = useState<Issued>()
  const [handedOver, setHandedOver] = useState<Invited>()
  const close = (): void => setOpen(undefined)
  const changed = (): void => {
    void reload()
    onChanged?.()
  }

  const isCodeShown = issued !== undefined || handedOver !== undefined

  useEffect(() => {
    if (!isCodeShown) return
    const timer = setInterval(() => void reload(), lookEachMs)
    return () => clearInterval(timer)
  }, [isCodeShown, reload])

  const { first } = pages
  if (pages.state === 'loading' || !first)
    return frame(
      pages.state === 'failed' ? (
        <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
      ) : (
        <Skeleton />
      ),
      undefined,
      undefined,
      undefined,
    )

  const { unit, roles, invitations } = first
  const waitingFirst = [...invitations].sort(
    (a, b) => Number(b.acceptedAt !== null) - Number(a.acceptedAt !== null),
  )
  const present = pages.rows.filter(({ state }) => state !== 'over')
  const past = pages.rows.filter(({ state }) => state === 'over')
  const opened = open?.kind === 'seat' ? pages.rows.find(({ id }) => id === open.id) : undefined
  const successor = invitations.find(({ id }) => id === handedOver?.invitationId)
  const shown: Issued | undefined =
    issued ??
    (successor && handedOver
      ? { slips: [{ invitation: successor, code: handedOver.code, holders: [] }], refused: [] }
      : undefined)
  const now = serverNow()
  const ending = endingText(unit, now)
  const isOver = unit.endsAt !== null && unit.endsAt <= now
  // Committees alone have clerks, and units below them.
  const hasUnitsBelow = roles.includes('clerk')
  const listOf = (seats: readonly Seat[]) => (
    <Card>
      {seats.map((seat) => (
        <SeatRow key={seat.id} seat={seat} onOpen={() => setOpen({ kind: 'seat', id: seat.id })} />
      ))}
    </Card>
  )

  const over = (
    <>
      {open?.kind === 'invite' && (
        <InviteSheet
          about={unitId}
          title={`请人到${unit.name}`}
          wanted={[{ unitId, unitName: unit.name, role: roles.length === 1 ? roles[0] : undefined }]}
          roles={roles}
          onClose={close}
          onSent={(sent) => {
            close()
            setIssued(sent)
            changed()
          }}
        />
      )}
      {open?.kind === 'history' && (
        <HistorySheet of={{ invitationId: open.id }} title="这个邀请的经过" onClose={close} />
      )}
      {opened && (
        <SeatSheet
          seat={opened}
          colleagues={present.filter(
            ({ id, role, state, isYou }) =>
              !isYou && state === 'now' && id !== opened.id && role !== opened.role,
          )}
          onClose={close}
          onMoved={changed}
          onDone={(invited) => {
            close()
            setHandedOver(invited)
            changed()
          }}
        />
      )}
    </>
  )

  return frame(
    <View className="unit-people">
      {shown && (
        <IssuedPanel
          issued={shown}
          onClose={() => {
            setIssued(undefined)
            setHandedOver(undefined)
            changed()
          }}
        />
      )}
      <View className="unit-people off-paper">
        {ending && (
          <Notice tone="waiting" icon="calendar-clock">
            {ending}
          </Notice>
        )}
        {waitingFirst.length > 0 && (
          <Section title="邀请中">
            {waitingFirst.map((one) => (
              <InvitationCard
                key={one.id}
                invitation={one}
                onDone={changed}
                onHistory={() => setOpen({ kind: 'history', id: one.id })}
              />
            ))}
          </Section>
        )}
        {present.length > 0 ? (
          <Section title="在这里的人">{listOf(present)}</Section>
        ) : (
          !isOver && (
            <EmptyState
              icon="users"
              title="这里还没有人"
              hint="没人的单位，诉求先由上一级接着。发个邀请，请人来。"
            />
          )
        )}
        {past.length > 0 && <Section title="离任的">{listOf(past)}</Section>}
        {pages.nextCursor !== null && <ListEnd hasMore isLoading={pages.isLoadingMore} onMore={loadMore} />}
        {hasUnitsBelow && <LinkText label="看下面的单位" onPress={() => openPage('people', { unitId })} />}
      </View>
    </View>,
    unit.name,
    // The codes come first: they are shown once.
    !shown && !isOver && (
      <View data-test="invite">
        <BigButton label="发邀请" icon="user-plus" onPress={() => setOpen({ kind: 'invite' })} />
      </View>
    ),
    over,
  )
}
