/**
 * Which room may import which (docs/architecture.md): each only those below it. The order is said here and nowhere else.
 * `npm run check:layers` holds it; types count as well.
 */
const ROOMS = [
  ['src/run', 'src/aka', 'src/commands'],
  ['src/cli'],
  ['src/lib/doctor'],
  ['src/lib/session'],
  ['src/lib/profiles-document'],
  ['src/lib/settings-file'],
  ['src/lib/settings'],
  ['src/lib/fleet'],
  ['src/lib/bulk', 'src/lib/audit'],
  ['src/lib/lifecycle'],
  ['src/lib/invoice'],
  ['src/lib/alerts'],
  ['src/lib/usage'],
  ['src/lib/messaging'],
  ['src/lib/sims'],
  ['src/lib/registration'],
  ['src/lib/number'],
  ['src/lib/addon'],
  ['src/lib/registry'],
  ['src/lib/kore'],
  ['src/lib/twilio', 'src/lib/akkeris'],
  ['src/lib/carrier'],
  ['src/lib/transport'],
]
/** All other files right in src/lib: what every room uses. */
const BASE = '^src/lib/[^/]+[.]ts$'

/**
 * @param {string} name
 * @param {string} comment
 * @param {object} from
 * @param {object} to
 */
export const rule = (name, comment, from, to, rest = {}) => ({
  name,
  severity: 'error',
  comment,
  from,
  to,
  ...rest,
})

/** @param {readonly string[]} rooms */
const within = (rooms) => `^(${rooms.join('|')})(/|[.]ts$)`

const layers = ROOMS.flatMap((rooms, index) =>
  rooms.map((room) =>
    rule(
      `below ${room.replace(/^src\/(lib\/)?/, '')}`,
      `${room} is imported by rooms above it, so it can import none of them, nor its neighbours.`,
      {path: within([room])},
      {path: within([...ROOMS.slice(0, index).flat(), ...rooms.filter((other) => other !== room)])},
    ),
  ),
)

export default {
  forbidden: [
    ...layers,
    rule(
      'every-room-has-a-place',
      'A new room of lib belongs into the list above.',
      {path: '^src/lib/[^/]+/', pathNot: within(ROOMS.flat())},
      {},
    ),
    rule(
      'base',
      'What every room uses can use no room.',
      {path: BASE, pathNot: within(ROOMS.flat())},
      {path: within(ROOMS.flat())},
    ),
    rule(
      'sandbox-is-a-wing',
      'The sandbox stands in for Twilio and Akkeris: it knows the transport and nothing of what we do with it.',
      {path: '^src/sandbox/'},
      {path: '^src/', pathNot: ['^src/sandbox/', '^src/lib/transport/', BASE]},
    ),
    rule(
      'sandbox-has-two-doors',
      'Only the session and the commands that are about the sandbox know that there is one.',
      {
        path: '^src/',
        pathNot: ['^src/sandbox/', '^src/lib/session[.]ts$', '^src/(commands|cli/output)/twilio/sandbox/'],
      },
      {path: '^src/sandbox/'},
    ),
    rule(
      'lib-has-no-terminal',
      'lib answers with data: what prompts, prints and reads flags is in src/cli and src/commands.',
      {path: '^src/(lib|sandbox)/'},
      {path: 'node_modules/(@oclif|inquirer|@inquirer|chalk|fast-string-width)/'},
    ),
    rule('no-file-cycles', 'Files that import each other can only be read together.', {}, {circular: true}),
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.json'},
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {exportsFields: ['exports'], conditionNames: ['import', 'node', 'default']},
  },
}
