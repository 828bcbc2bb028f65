import type { RoutesOf } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import type { photoContract } from './contract'
import { type AdmitPhotoPorts, admitPhoto } from './use-cases/admit-photo'
import { givePhotoTicket, type TicketPorts } from './use-cases/photo-ticket'

type Routes<A extends keyof typeof photoContract> = Pick<RoutesOf<typeof photoContract, Session>, A>

export const ticketRoutes = (ports: TicketPorts): Routes<'photo.ticket'> => ({
  'photo.ticket': givePhotoTicket(ports),
})

/** Served apart: taking a photograph in needs memory, time and a native library of its own. */
export const admissionRoutes = (ports: AdmitPhotoPorts): Routes<'photo.admit'> => ({
  'photo.admit': admitPhoto(ports),
})
