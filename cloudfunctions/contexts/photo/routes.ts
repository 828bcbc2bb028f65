import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { admissionContract, ticketContract } from './contract'
import { type AdmitPhotoPorts, admitPhoto } from './use-cases/admit-photo'
import { givePhotoTicket, type TicketPorts } from './use-cases/photo-ticket'

export const ticketRoom = (ports: TicketPorts): Room<typeof ticketContract, Session> => ({
  contract: ticketContract,
  routes: { 'photo.ticket': givePhotoTicket(ports) },
})

export const admissionRoom = (ports: AdmitPhotoPorts): Room<typeof admissionContract, Session> => ({
  contract: admissionContract,
  routes: { 'photo.admit': admitPhoto(ports) },
})
