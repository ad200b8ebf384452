import type {NewSimGroup, OutgoingMessage, Sim, SimGroup, SimMessage} from '../../carrier/port.js'
import type {SenderOptions} from '../../transport/transport.js'

/** What Super SIM and Programmable Wireless both do for SIMs, each in its own way. */
export interface ProductCarrier {
  listSims(only: {readonly iccid?: string; readonly neverActivated?: boolean}): Promise<Sim[]>
  fetchSim(name: string): Promise<Sim>
  move(sim: string, accountSid: string, sending: SenderOptions): Promise<void>
  rename(sim: string, name: string): Promise<Sim>
  activate(sim: string, group: string): Promise<Sim>
  deactivate(sim: string): Promise<Sim>
  listGroups(): Promise<SimGroup[]>
  prepareGroup(group: NewSimGroup): Promise<string | undefined>
  createGroup(group: NewSimGroup, prepared: string | undefined): Promise<SimGroup>
  sendMessage(message: OutgoingMessage): Promise<SimMessage>
  listMessages(only: {readonly sim?: string; readonly limit: number}): Promise<SimMessage[]>
  fetchMessage(message: SimMessage): Promise<SimMessage>
}
