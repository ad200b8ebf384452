import type {AddonContext} from '../../lib/addon/context.js'
import type {AddonRecord} from '../../lib/addon/record.js'
import type {Session} from '../../lib/session.js'
import type {ParsingToken} from './argv.js'
import type {PartOfList} from './parts-of-list.js'

/** What all commands take that can do the same for many app-spaces. */
export interface BulkCommandLine {
  readonly flags: {
    readonly app?: string | undefined
    readonly 'apps-from'?: string | undefined
    readonly all?: boolean
    readonly concurrency?: number | undefined
    readonly 'fail-fast': boolean
    readonly 'failed-to'?: string | undefined
    readonly 'dry-run': boolean
    readonly yes?: boolean
    readonly timeout?: number | undefined
    readonly sandbox?: boolean
    readonly wait?: boolean
  }
  readonly raw: readonly ParsingToken[]
}

/** What a person should know of a list. */
export interface Beforehand {
  readonly said?: string
  /** Where it does not go well. */
  readonly warnings?: readonly string[]
}

/** What a command does for one app-space, and so for many. */
export interface BulkOperation<Parsed, Request, Done extends object, Preview extends object> {
  /** Many at once, e.g. `creating the add-ons of`. */
  readonly doing: string
  /** What a command line asks for, checked without asking anybody. @throws {Failure} `usage` */
  readonly request: (parsed: Parsed, appSpace: string, session: Session) => Request | Promise<Request>
  /** With --all: which of the add-ons that there are. */
  readonly among?: (parsed: Parsed, record: AddonRecord) => boolean
  /** Looked at and said before anybody is asked and anything begins, with --dry-run and --yes, too. */
  readonly beforehand?: (part: PartOfList<Request>) => Promise<Beforehand | undefined>
  /** @param parts for what can be asked only with what there is. */
  readonly consent?: (requests: readonly Request[], parts: readonly PartOfList<Request>[]) => Promise<void>
  readonly carryOut: (context: AddonContext, request: Request) => Promise<Done>
  /** With --dry-run in place of that. */
  readonly preview: (context: AddonContext, request: Request) => Promise<Preview>
  /** What became of an app-space, or would, in a few words behind its name. */
  readonly brief: (document: Done | Preview) => string
  /** Of all, e.g. what they cost. */
  readonly total?: (documents: readonly (Done | Preview)[]) => string
  /** Whether a line that was carried out would be carried out again. */
  readonly repeats?: (request: Request) => boolean
}
