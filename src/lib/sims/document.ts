import {type PlanName, plans} from '../addon/plans.js'
import {type Product, products, type Sim, type SimGroup, type SimMessage} from '../carrier/port.js'
import type {ErrorDetails, ResultErrors} from '../error-document.js'
import {safeText} from '../secrets.js'
import {orderOfEach} from './ledger.js'
import type {Registered} from './register.js'
import type {Ledger} from './reserve.js'

/** The SIMs of an app-space. */
export interface SimsDocument {
  readonly appSpace: string
  readonly plan: PlanName
  /** SIMs that the plan allows, held and on order together. */
  readonly limit: number
  readonly held: number
  readonly onOrder: number
  readonly sims: readonly ListedSim[]
}

interface ListedSim {
  readonly sid: string
  readonly name: string | null
  readonly iccid: string
  /** Twilio's word, e.g. `active`. */
  readonly status: string
  /** Name of its fleet or rate plan, else its SID. */
  readonly fleet: string | null
  readonly product: (typeof products)[Product]
  /** Id of the order that it came with. */
  readonly order: string | null
}

export function simsDocument(
  {record, holdings, orders, allocation}: Ledger,
  groups: readonly SimGroup[],
): SimsDocument {
  const nameOf = new Map(groups.map(({sid, name}) => [sid, name || sid]))
  const orderOf = orderOfEach(holdings, orders)
  return {
    appSpace: record.appSpace,
    plan: record.plan,
    limit: plans[record.plan].simLimit,
    held: allocation.held,
    onOrder: allocation.onOrder,
    sims: holdings.sims.map(({sid, name, iccid, status, group, product}) => ({
      sid,
      name: name ?? null,
      iccid,
      status,
      fleet: group === undefined ? null : (nameOf.get(group) ?? group),
      product: products[product],
      order: orderOf.get(sid) ?? null,
    })),
  }
}

/** SIMs that may connect now. */
export interface SimsActivatedDocument extends ResultErrors {
  readonly appSpace: string
  /** Those that were changed, until one failed. */
  readonly sims: readonly ActivatedSim[]
}

interface ActivatedSim extends ChangedSim {
  /** SID of its fleet or rate plan. */
  readonly fleet: string | null
}

/** SIMs that may no longer connect. */
export interface SimsDeactivatedDocument extends ResultErrors {
  readonly appSpace: string
  /** Those that were changed, until one failed. */
  readonly sims: readonly ChangedSim[]
}

interface ChangedSim {
  readonly sid: string
  readonly name: string | null
  /** Twilio's word, e.g. `active`. */
  readonly status: string
}

export function simsActivatedDocument(appSpace: string, sims: readonly Sim[]): SimsActivatedDocument {
  return {appSpace, sims: sims.map((sim) => ({...changedSim(sim), fleet: sim.group ?? null}))}
}

export function simsDeactivatedDocument(appSpace: string, sims: readonly Sim[]): SimsDeactivatedDocument {
  return {appSpace, sims: sims.map(changedSim)}
}

function changedSim({sid, name, status}: Sim): ChangedSim {
  return {sid, name: name ?? null, status}
}

/** A card in the main account's stock. */
export interface SimReleasedDocument {
  readonly appSpace: string
  /** SID. */
  readonly sim: string
  readonly iccid: string
  readonly released: true
}

/** What became of cards that were to be registered; the exit code is the highest of the cards and of `error`. */
export interface CardsRegisteredDocument extends ResultErrors {
  readonly appSpace: string
  /** How many are registered, now or before. */
  readonly registered: number
  readonly failed: number
  readonly cards: readonly RegisteredCard[]
}

interface RegisteredCard {
  readonly iccid: string
  /** `already`: it was registered before. */
  readonly outcome: Registered['outcome']
  /** SID of the SIM. */
  readonly sim: string | null
  readonly name: string | null
  /** Twilio's word, e.g. `active`. */
  readonly status: string | null
  /** Id of the order that it counts for. */
  readonly order: string | null
  /** Why it failed. */
  readonly problem: Pick<ErrorDetails, 'code' | 'message' | 'exitCode'> | null
}

export function cardsRegisteredDocument(appSpace: string, cards: readonly Registered[]): CardsRegisteredDocument {
  const failed = cards.filter(({problem}) => problem !== undefined).length
  return {appSpace, registered: cards.length - failed, failed, cards: cards.map(registeredCard)}
}

function registeredCard({iccid, outcome, sim, order, problem}: Registered): RegisteredCard {
  return {
    iccid,
    outcome,
    sim: sim?.sid ?? null,
    name: sim?.name ?? null,
    status: sim?.status ?? null,
    order: order ?? null,
    problem: problem ? {code: problem.code, message: safeText(problem.message), exitCode: problem.exitCode} : null,
  }
}

/** Machine-to-machine messages, newest first. */
export interface SimMessagesDocument {
  readonly appSpace: string
  readonly messages: readonly ListedSimMessage[]
}

export interface ListedSimMessage {
  readonly sid: string
  /** SID of the SIM. */
  readonly sim: string
  readonly direction: SimMessage['direction']
  readonly transport: SimMessage['transport']
  readonly status: SimMessage['status']
  /** Text, or Base64 where it is binary. */
  readonly payload: string
  readonly binary: boolean
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** Null where the SIM has no name, or is no longer held. */
  readonly simName: string | null
}

/** @param names of the SIMs, by SID */
export function simMessageDocument(message: SimMessage, names: ReadonlyMap<string, string>): ListedSimMessage {
  return {...message, createdAt: message.createdAt.toISOString(), simName: names.get(message.sim) ?? null}
}

/** A machine-to-machine message that was sent. */
export interface SimMessageSentDocument {
  readonly appSpace: string
  /** SID of the SIM. */
  readonly sim: string
  /** SID of the message. */
  readonly message: string
  readonly status: SimMessage['status']
  readonly transport: SimMessage['transport']
}
